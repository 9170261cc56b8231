//! The packed form of the catalogue: one blob, in which every text and model lies as it is and is found by its section
//! and name without being parsed. The build script writes it and the library reads it, both with this file.

/// A part of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Rules,
    Examples,
    Packs,
    Territories,
    Peoples,
    Scorers,
    Values,
    Words,
    Taggers,
    Expectations,
    Letters,
    Pieces,
    Pairs,
    TwoForms,
    PageLines,
    Marks,
    Respellings,
    Precision,
    Operators,
    Classes,
    QuotationCosts,
    Automata,
}

impl Section {
    /// In the order of the blob.
    pub(crate) const ALL: [Self; 22] = [
        Self::Rules,
        Self::Examples,
        Self::Packs,
        Self::Territories,
        Self::Peoples,
        Self::Scorers,
        Self::Values,
        Self::Words,
        Self::Taggers,
        Self::Expectations,
        Self::Letters,
        Self::Pieces,
        Self::Pairs,
        Self::TwoForms,
        Self::PageLines,
        Self::Marks,
        Self::Respellings,
        Self::Precision,
        Self::Operators,
        Self::Classes,
        Self::QuotationCosts,
        Self::Automata,
    ];
}

/// A name and what stands under it; the second part is empty in most sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry<T> {
    pub name: T,
    pub parts: [T; 2],
}

/// All sections as one blob: of each where it begins, then of each the number of its entries, and of each entry the three
/// lengths and the bytes.
pub(crate) fn write(sections: &[Vec<Entry<Vec<u8>>>]) -> Vec<u8> {
    let (mut starts, mut blob) = (Vec::new(), Vec::new());
    let number =
        |value: usize| u32::try_from(value).expect("a part of the catalogue is under 4 GB").to_le_bytes();
    for entries in sections {
        starts.extend(number(blob.len()));
        blob.extend(number(entries.len()));
        for Entry { name, parts: [first, second] } in entries {
            let pieces = [name, first, second];
            pieces.iter().for_each(|piece| blob.extend(number(piece.len())));
            pieces.iter().for_each(|piece| blob.extend_from_slice(piece));
        }
    }
    [starts, blob].concat()
}

/// The entries of a section; `None` where the blob is not what [`write()`] makes.
pub(crate) fn read(blob: &[u8], section: Section) -> Option<Vec<Entry<&[u8]>>> {
    let (starts, sections) = blob.split_at_checked(4 * Section::ALL.len())?;
    let start = number(&mut starts.get(4 * section as usize..)?)?;
    let mut rest = sections.get(start..)?;
    (0..number(&mut rest)?).map(|_| entry(&mut rest)).collect()
}

fn entry<'b>(blob: &mut &'b [u8]) -> Option<Entry<&'b [u8]>> {
    let lengths = [number(blob)?, number(blob)?, number(blob)?];
    let [name, first, second] = lengths.map(|length| blob.split_off(..length));
    Some(Entry { name: name?, parts: [first?, second?] })
}

fn number(blob: &mut &[u8]) -> Option<usize> {
    let bytes = blob.split_off(..4)?;
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}
