//! Which texts may be looked at: `sources.toml`.

use serde::Deserialize;

/// What may be done with a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It was looked at: weights are made from it, or rules were written with it before the eyes.
    LookedAt,
    /// Nobody has looked at it.
    First,
}

/// A look at a source that nobody had looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    pub date: String,
    pub source: String,
    pub why: String,
}

/// What was found the first time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstFigures {
    pub date: String,
    pub what: String,
    pub recall: f64,
    pub precision: Option<f64>,
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    train: Vec<String>,
    first: Vec<String>,
    inject: Vec<String>,
    #[serde(default, rename = "look")]
    pub looks: Vec<Look>,
    #[serde(default)]
    pub series: Vec<FirstFigures>,
}

impl Sources {
    pub fn read() -> Self {
        toml::from_str(include_str!("sources.toml"))
            .expect("tests/evaluation/sources.toml is as it should be")
    }

    pub fn role(&self, source: &str) -> Role {
        match names(&self.first, source) {
            true => Role::First,
            false => Role::LookedAt,
        }
    }

    /// Whether damage is injected into its texts.
    pub fn is_injected(&self, source: &str) -> bool {
        names(&self.inject, source)
    }
}

fn names(list: &[String], source: &str) -> bool {
    list.iter().any(|name| match name.strip_suffix('*') {
        Some(start) => source.starts_with(start),
        None => name == source,
    })
}

#[test]
fn a_source_has_one_role() {
    let sources = Sources::read();
    for source in &sources.first {
        assert!(!names(&sources.train, source), "{source}: weights are made from what nobody may look at");
    }
    assert_eq!(sources.role("human-large/textbook-openstax"), Role::First);
    assert_eq!(sources.role("human-large/fiction-eltec-en"), Role::LookedAt);
    for look in &sources.looks {
        assert_eq!(
            sources.role(&look.source),
            Role::LookedAt,
            "{} was looked at on {}: {}",
            look.source,
            look.date,
            look.why
        );
    }
}

/// The files of weights name what they are made from.
#[test]
fn no_weights_are_made_from_what_nobody_may_look_at() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["models", "rules/evidence"] {
        crate::sets::walk(&root.join(folder), &mut files);
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for source in &Sources::read().first {
            let name = source.strip_prefix("human-large/").unwrap_or(source);
            assert!(!text.contains(name), "{} is made from {source}", file.display());
        }
    }
}
