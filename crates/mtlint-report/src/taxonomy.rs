//! The typologies that findings are mapped to, as SARIF has them.

use mtlint_engine::rule::{ITS_TYPES, MQM_TYPES, Rule, mqm_type};
use serde_json::{Value, json};

const MQM: &str = "MQM Core";
const ITS: &str = "ITS 2.0 Localization Quality Issue";

/// The address that names the typology of ITS.
pub(super) const ITS_REFERENCE: &str = "https://www.w3.org/TR/its20/#lqissue-typevalues";

/// The taxonomies of a run, in the order in which [`taxa`] counts them.
pub(super) fn taxonomies() -> Value {
    let mqm: Vec<Value> = MQM_TYPES
        .iter()
        .map(|known| {
            let path = format!("{} > {}", known.dimension, known.name);
            json!({ "id": known.id, "name": known.name, "shortDescription": { "text": path } })
        })
        .collect();
    let its: Vec<Value> = ITS_TYPES.iter().map(|id| json!({ "id": id, "name": id })).collect();
    json!([
        {
            "name": MQM,
            "organization": "MQM Council",
            "informationUri": "https://themqm.org/error-types-2/typology/",
            "shortDescription": { "text": "Multidimensional Quality Metrics, the core error types, to which the rules are mapped" },
            "isComprehensive": true,
            "taxa": mqm,
        },
        {
            "name": ITS,
            "version": "2.0",
            "organization": "W3C",
            "informationUri": ITS_REFERENCE,
            "shortDescription": { "text": "The values of locQualityIssueType in the Internationalization Tag Set 2.0" },
            "isComprehensive": true,
            "taxa": its,
        },
    ])
}

/// References to the taxonomies themselves.
pub(super) fn references() -> Value {
    json!([{ "name": MQM, "index": 0 }, { "name": ITS, "index": 1 }])
}

/// References to what a rule's findings are in each taxonomy.
pub(super) fn taxa(rule: &Rule) -> Vec<Value> {
    let reference = |taxonomy: usize, name: &str, id: &str, place: Option<usize>| {
        let component = json!({ "name": name, "index": taxonomy });
        place.map(|index| json!({ "id": id, "index": index, "toolComponent": component }))
    };
    let mqm = MQM_TYPES.iter().position(|known| known.id == rule.mqm);
    let its = ITS_TYPES.iter().position(|known| *known == rule.its_type());
    let both = [reference(0, MQM, &rule.mqm, mqm), reference(1, ITS, rule.its_type(), its)];
    both.into_iter().flatten().collect()
}

/// The rule's type in words: `Linguistic conventions > Punctuation`.
pub(super) fn mqm_path(rule: &Rule) -> String {
    mqm_type(&rule.mqm).map_or(rule.mqm.clone(), |known| format!("{} > {}", known.dimension, known.name))
}
