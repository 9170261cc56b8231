//! Damage on purpose: clean text is damaged as translation, splitting, scraping and exporting do, and the
//! exact place and the text that mends it are told.
//!
//! What is done is said by operators, one TOML file each in `operators/`; a file names one of the actions of
//! `action/` and its parameters. The same text, operator and seed give the same damage on every machine.
//! Rules and operators know nothing of each other, so that what is measured with one says something of the
//! other. May use `text`, `lang`, `document` and `toml_file`.

mod action;
mod classes;
mod operator;
mod passage;
mod random;
mod sample;
mod template;
mod transform;

pub use operator::{ActionName, Form, Operator, Operators, Process, Set};
pub use passage::passages;
pub use random::Random;
pub use sample::{Damage, Injector, Mixture, Sample};
pub use transform::TRANSFORMS;
