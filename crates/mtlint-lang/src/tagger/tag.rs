//! Parts of speech, as Universal Dependencies names them, and the forms of verbs.

/// A part of speech of Universal Dependencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartOfSpeech {
    Adjective,
    Adposition,
    Adverb,
    Auxiliary,
    CoordinatingConjunction,
    Determiner,
    Interjection,
    Noun,
    Numeral,
    Particle,
    Pronoun,
    ProperNoun,
    Punctuation,
    SubordinatingConjunction,
    Symbol,
    Verb,
    Other,
}

impl PartOfSpeech {
    /// Those whose words are few and known, and tie the others together.
    pub const CLOSED: [Self; 7] = [
        Self::Adposition,
        Self::Auxiliary,
        Self::CoordinatingConjunction,
        Self::Determiner,
        Self::Particle,
        Self::Pronoun,
        Self::SubordinatingConjunction,
    ];
}

/// The form of a verb or an auxiliary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerbForm {
    /// `go`, `be`: infinitive, imperative, and what looks like them.
    Base,
    /// `go`, `goes`, `can`: finite, of the present.
    Present,
    /// `went`, `said`: finite, of the past.
    Past,
    /// `gone`, `said`
    PastParticiple,
    /// `going`
    PresentParticiple,
}

/// What a word is in its sentence: its part of speech and, of a verb, its form. The tagger tells these apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag(u8);

/// How many tags there are.
pub const TAGS: usize = 25;

const ALL: [(PartOfSpeech, Option<VerbForm>); TAGS] = {
    use PartOfSpeech::*;
    use VerbForm::*;
    [
        (Adjective, None),
        (Adposition, None),
        (Adverb, None),
        (CoordinatingConjunction, None),
        (Determiner, None),
        (Interjection, None),
        (Noun, None),
        (Numeral, None),
        (Particle, None),
        (Pronoun, None),
        (ProperNoun, None),
        (Punctuation, None),
        (SubordinatingConjunction, None),
        (Symbol, None),
        (Other, None),
        (Auxiliary, Some(Base)),
        (Auxiliary, Some(Present)),
        (Auxiliary, Some(Past)),
        (Auxiliary, Some(PastParticiple)),
        (Auxiliary, Some(PresentParticiple)),
        (Verb, Some(Base)),
        (Verb, Some(Present)),
        (Verb, Some(Past)),
        (Verb, Some(PastParticiple)),
        (Verb, Some(PresentParticiple)),
    ]
};

impl Tag {
    /// The tag of a part of speech and, of verbs and auxiliaries, a form; `None` where the two do not fit.
    pub fn new(part: PartOfSpeech, form: Option<VerbForm>) -> Option<Self> {
        ALL.iter().position(|tag| *tag == (part, form)).map(|index| Self(index as u8))
    }

    /// The tag with this index, below [`TAGS`].
    pub fn from_index(index: usize) -> Option<Self> {
        (index < TAGS).then_some(Self(index as u8))
    }

    /// Its index, below [`TAGS`].
    #[inline]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    pub fn part(self) -> PartOfSpeech {
        ALL[self.index()].0
    }

    /// The form of a verb or an auxiliary.
    pub fn verb_form(self) -> Option<VerbForm> {
        ALL[self.index()].1
    }
}

impl std::fmt::Debug for Tag {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:?}", self.part())?;
        self.verb_form().map_or(Ok(()), |form| write!(formatter, " {form:?}"))
    }
}

/// A set of tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TagSet(u32);

impl TagSet {
    /// The set whose bits are the indices of its tags.
    pub fn from_bits(bits: u32) -> Self {
        Self(bits & ((1 << TAGS) - 1))
    }

    /// A bit for each tag, by its index.
    pub fn bits(self) -> u32 {
        self.0
    }

    pub fn insert(&mut self, tag: Tag) {
        self.0 |= 1 << tag.0;
    }

    pub fn contains(self, tag: Tag) -> bool {
        self.0 >> tag.0 & 1 != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The tags of the set, by their index.
    pub fn tags(self) -> impl Iterator<Item = Tag> {
        let mut rest = self.0;
        let lowest = move || {
            let index = rest.trailing_zeros();
            rest &= rest.checked_sub(1)?;
            Some(index)
        };
        std::iter::from_fn(lowest).filter_map(|index| Tag::from_index(index as usize))
    }

    /// Whether the set holds this part of speech, in any form.
    pub fn has(self, part: PartOfSpeech) -> bool {
        self.tags().any(|tag| tag.part() == part)
    }

    /// Whether all tags of the set, which is not empty, are one of these parts of speech.
    pub fn is_only(self, parts: &[PartOfSpeech]) -> bool {
        !self.is_empty() && self.tags().all(|tag| parts.contains(&tag.part()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_by_what_it_says() {
        for index in 0..TAGS {
            let tag = Tag::from_index(index).unwrap();
            assert_eq!(Tag::new(tag.part(), tag.verb_form()), Some(tag));
        }
        assert_eq!(Tag::new(PartOfSpeech::Noun, Some(VerbForm::Past)), None);
        assert_eq!(Tag::from_index(TAGS), None);
    }

    #[test]
    fn a_set_knows_its_parts() {
        let mut set = TagSet::default();
        assert!(set.is_empty() && !set.is_only(&[PartOfSpeech::Verb]));
        set.insert(Tag::new(PartOfSpeech::Verb, Some(VerbForm::Past)).unwrap());
        assert!(set.has(PartOfSpeech::Verb) && set.is_only(&[PartOfSpeech::Verb]));
        set.insert(Tag::new(PartOfSpeech::Noun, None).unwrap());
        assert!(!set.is_only(&[PartOfSpeech::Verb]) && set.has(PartOfSpeech::Noun));
    }
}
