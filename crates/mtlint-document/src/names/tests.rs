use super::*;
use mtlint_lang::{Language, Packs};

fn english(text: &str) -> Document {
    Document::plain(text, Language::parse("en").ok(), &Packs::builtin())
}

/// The forms of every entity, the names first.
fn ledger(text: &str) -> Vec<Vec<String>> {
    let document = english(text);
    let texts = |entity: &Entity| entity.forms.iter().map(|form| form.text.clone()).collect();
    document.names().entities().iter().map(texts).collect()
}

/// The forms of the entity that has this form.
fn forms(text: &str, form: &str) -> Vec<String> {
    ledger(text).into_iter().find(|forms| forms.iter().any(|it| it == form)).unwrap_or_default()
}

#[test]
fn names_are_found_with_what_joins_them() {
    let text = "Yesterday the mayor met Ana de la Cruz, Omar al-Hadi and J. P. Moss of Berg & Sons in St. Albans. \
        The talks went well. Tomorrow they go to the U.S. with Vera Lind-Okafor’s lawyer.";
    let names: Vec<String> = ledger(text).into_iter().flatten().collect();
    assert_eq!(
        names,
        [
            "Ana de la Cruz",
            "Omar al-Hadi",
            "J. P. Moss",
            "Berg & Sons",
            "St. Albans",
            "U.S.",
            "Vera Lind-Okafor"
        ]
    );
}

#[test]
fn a_mention_knows_its_surroundings() {
    let document = english("We asked President Ilse Brandt. Mr. Odera’s answer came late. Brandt said no.");
    let names = document.names();
    let texts: Vec<&str> = names.mentions().iter().map(|mention| document.slice(mention.span)).collect();
    assert_eq!(texts, ["Ilse Brandt", "Odera", "Brandt"]);
    let [brandt, odera, again] = names.mentions() else { unreachable!() };
    assert!(brandt.titled && brandt.is_certain());
    assert!(odera.possessive && odera.honorific.is_some());
    assert_eq!(document.slice(odera.full), "Mr. Odera");
    assert!(again.sentence_initial);
    assert_eq!(brandt.entity, again.entity);
    assert_eq!(names.entity_of(brandt).kind, EntityKind::Person);
    assert_eq!(names.most_mentioned().map(Entity::name), Some("Ilse Brandt"));
    assert!(names.entity_of(odera).is_mentioned_once());
    assert_eq!(names.mention_at(odera.span.lo()), Some(odera));
    assert_eq!(names.mentions_in(Span::new(0, 32)), [*brandt]);
}

#[test]
fn surnames_join_the_one_full_name_they_end() {
    let text = "The singer Ruth Amery met Jon Pell. On Friday Amery sang, and Pell played.";
    assert_eq!(forms(text, "Amery"), ["Ruth Amery", "Amery"]);
    let brothers = "Jon Pell and his brother Max Pell came. Then Pell sang.";
    assert_eq!(forms(brothers, "Pell"), ["Pell"]);
}

#[test]
fn a_territory_holds_its_people_and_capital() {
    let document = english(
        "The talks between China and Norway failed. A Chinese envoy left for Beijing; the Norwegians stayed.",
    );
    let names = document.names();
    let china = names.entities().iter().find(|entity| entity.name() == "China").unwrap();
    assert_eq!(china.kind, EntityKind::Country);
    let mentions: Vec<&str> =
        names.mentions_of_territory(china.territory.unwrap()).map(|it| document.slice(it.span)).collect();
    assert_eq!(mentions, ["China", "Chinese", "Beijing"]);
}

#[test]
fn acronyms_join_what_they_spell() {
    let text = "The National Harbour Trust (NHT) paid. Later the NHT left. The Coastal Guard Office was closed, and CGO men wept.";
    assert_eq!(forms(text, "NHT"), ["National Harbour Trust", "NHT"]);
    assert_eq!(forms(text, "CGO"), ["Coastal Guard Office", "CGO"]);
    let document = english("It belongs to the Northern Ice Service (NIX).");
    let expansion = document.names().expansions()[0];
    assert!(!expansion.spells);
    assert_eq!(document.slice(expansion.expansion), "Northern Ice Service");
}

#[test]
fn spellings_of_one_name_are_one_entity() {
    let text = "We met Nils Holm-Berg in May. The writer Holm-Berg lives here, and Holm Berg has two dogs.";
    let document = english(text);
    let names = document.names();
    let entity = names.entities().iter().find(|entity| entity.name() == "Nils Holm-Berg").unwrap();
    let odd = entity.forms.iter().find(|form| form.text == "Holm Berg").unwrap();
    assert_eq!(odd.relation, Relation::Spelling(Variation::Hyphen));
    assert_eq!(odd.spells.map(|form| entity.forms[form].text.as_str()), Some("Holm-Berg"));
}

#[test]
fn a_name_heard_wrong_joins_the_name_that_was_introduced() {
    let text = "The baker Tunde Adeyemi opened early. It was cold, but Adeyemi had a queue. In the evening Adeyami slept.";
    assert_eq!(forms(text, "Adeyami"), ["Tunde Adeyemi", "Adeyemi", "Adeyami"]);
}

#[test]
fn two_things_of_like_names_stay_apart() {
    for (text, name) in [
        ("Trade with Iran grew, and Iran was glad. A year later Iraq followed.", "Iraq"),
        ("The poet read Pushkin. She wrote to Putin and heard from Putin again.", "Pushkin"),
        ("Ann Petersen and Bo Pedersen met. Later Petersen left, and Pedersen stayed.", "Bo Pedersen"),
        ("We saw Martin Keller again. Then Keller spoke of the Kellers at length.", "Kellers"),
    ] {
        let forms = forms(text, name);
        assert!(
            forms.len() == 1 || name == "Bo Pedersen" && forms == ["Bo Pedersen", "Pedersen"],
            "{forms:?}"
        );
    }
}

#[test]
fn the_capital_of_a_sentence_makes_no_name() {
    assert!(ledger("Apples are cheap. Bread is not. They went home. We paid.").is_empty());
}

#[test]
fn every_spelling_is_one_of_the_name() {
    let document = english(
        "We met Nikoloz Gelashvili, the head of the union, on Monday. In the hall Gelashvili spoke. \
         Here Gelashvili sat. On Tuesday the union and Gerashvili came back. Nobody told Gelashvily so.",
    );
    let found: Vec<(&str, &str)> =
        document.deviating_names().iter().map(|it| (document.slice(it.mention.span), it.preferred)).collect();
    assert_eq!(found, [("Gerashvili", "Gelashvili"), ("Gelashvily", "Gelashvili")]);
}
