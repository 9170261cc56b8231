//! Rules: the file a rule is written in, the matcher it compiles to, what it reports, and the
//! registry of all of them. May use `text`, `lang`, `document` and `pair`.

mod checker;
mod custom;
mod examples;
mod file;
mod finding;
pub mod matcher;
mod mqm;
mod precision;
mod registry;
mod scorer;
mod suppression;
mod word_classes;

pub use checker::{Checker, CodeCheck, Feature, MakeCheck, ParamError, Params, Report, Trigger};
pub use custom::Custom;
pub use examples::{Example, ExampleError, Verdict};
pub use file::{FAMILIES, schema};
pub use finding::{Applicability, Confidence, Finding, Fix, Related, RuleId, Severity, Side};
pub use matcher::Pattern;
pub use mqm::{ITS_TYPES, MQM_TYPES, MqmType, mqm_type};
pub use precision::{Counts, FirstContact, Measured, Precision, wilson};
pub use registry::{Registry, Rule, selects};
pub use scorer::{Assessment, Evidence, Observation, Probability, Scorer};
pub use suppression::{Directive, Reach, Suppressed, SuppressedBy, Suppression};
pub use word_classes::{ClassSet, WordClasses};
