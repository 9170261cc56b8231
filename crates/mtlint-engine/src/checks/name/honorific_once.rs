//! `name/honorific-once`: one `Mr.` in a text that otherwise says surnames alone.

use crate::rule::{CodeCheck, Fix, ParamError, Params, Report};
use mtlint_document::Document;
use mtlint_document::names::{EntityKind, Evidence, Mention, Names};
use mtlint_text::{Edit, Span};

/// How often surnames stand alone at least, for that to be the text's way.
const FEWEST_BARE: usize = 3;

pub fn checker(params: &Params) -> Result<CodeCheck, ParamError> {
    params.none()?;
    Ok(CodeCheck::document(check))
}

fn check(document: &Document, report: &mut Report<'_>) {
    let names = document.names();
    let mut honoured = names.mentions().iter().filter(|mention| mention.honorific.is_some());
    let (Some(mention), None) = (honoured.next(), honoured.next()) else { return };
    let Some(honorific) = mention.honorific else { return };
    let bare = bare_mentions(document, names, mention);
    let (Some(first), true) = (bare.first(), bare.len() >= FEWEST_BARE) else { return };
    // A president has his title, and whoever leaves it out once says `Mr.` in its place.
    let titled = names.mentions_of(names.entity_of(mention)).any(|other| other.titled);
    // Who is quoted speaks as he likes.
    if titled || document.quotations().holds(mention.span) || !is_polite(document, honorific) {
        return;
    }
    let full = Span::new(honorific.lo(), mention.span.hi());
    let title = document.slice(honorific);
    let message = format!(
        "`{title}` stands before a name only here; the text says surnames alone: an honorific of the source \
         language was carried over once"
    );
    let deletion = Edit::delete(Span::new(honorific.lo(), mention.span.lo()));
    report
        .add(full, message)
        .relate(format!("`{}` alone", document.slice(first.span)), first.span)
        .fix(Fix::unsafe_("delete the honorific", vec![deletion]));
}

/// The mentions of persons by their surname alone, outside quotations; those of the one who is
/// honoured first.
fn bare_mentions<'n>(document: &Document, names: &'n Names, honoured: &Mention) -> Vec<&'n Mention> {
    let is_bare = |other: &&Mention| {
        let entity = names.entity_of(other);
        let is_person = entity.kind == EntityKind::Person || entity.evidence.contains(Evidence::Speaks);
        (is_person || other.entity == honoured.entity)
            && other.honorific.is_none()
            && !other.titled
            && !other.in_heading
            && !document.slice(other.span).contains(' ')
            && !document.quotations().holds(other.span)
    };
    let mut bare: Vec<&Mention> = names.mentions().iter().filter(is_bare).collect();
    bare.sort_by_key(|mention| mention.entity != honoured.entity);
    bare
}

/// Whether it is a form of address that any person may have; a `Sir` or `Dame` always has it.
fn is_polite(document: &Document, honorific: Span) -> bool {
    document.pack().words("honorific.polite").contains(document.slice(honorific))
}
