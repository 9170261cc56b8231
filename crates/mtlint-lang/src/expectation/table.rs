//! Small weights by the hash of what they are for, in a row of bytes that is read where it lies.
//!
//! Rows stand where their hash says, or right behind; each begins with sixteen bits of the hash, so that nearly all
//! of what is not there is known not to be. May use nothing of ours.

/// How many parts of a unit the weights count.
pub const PARTS: i32 = 32;

/// How many bytes of a row are taken by the tag that tells its feature.
const TAG: usize = 2;

/// How many rows stand behind the last place that a hash names.
const SPARE: usize = 64;

/// Rows of `WIDTH` weights by the hash of a feature.
#[derive(Clone, Copy, Debug)]
pub struct Table<'m, const WIDTH: usize> {
    bytes: &'m [u8],
    /// How many places a hash may name.
    places: u64,
}

/// Where the row of a hash stands at the earliest.
fn place_of(hash: u32, places: u64) -> usize {
    ((u64::from(hash) * places) >> 32) as usize
}

/// What tells a row of this hash; 0 tells an empty one.
fn tag_of(hash: u32) -> u16 {
    (hash as u16).max(1)
}

impl<'m, const WIDTH: usize> Table<'m, WIDTH> {
    /// Reads what [`table`] wrote; `None` when it is something else.
    pub fn read(bytes: &'m [u8]) -> Option<Self> {
        let rows = bytes.len() / (TAG + WIDTH);
        let fits = bytes.len() == rows * (TAG + WIDTH) && rows > SPARE;
        fits.then(|| Self { bytes, places: (rows - SPARE) as u64 })
    }

    /// The weights of a feature, in parts of [`PARTS`]; `None` when it has none.
    #[inline]
    pub fn get(&self, hash: u32) -> Option<[i8; WIDTH]> {
        let tag = tag_of(hash);
        let rows = self.bytes.get(place_of(hash, self.places) * (TAG + WIDTH)..)?;
        for row in rows.chunks_exact(TAG + WIDTH) {
            match u16::from_le_bytes([row[0], row[1]]) {
                0 => return None,
                found if found == tag => return Some(std::array::from_fn(|column| row[TAG + column] as i8)),
                _ => {}
            }
        }
        None
    }
}

/// The bytes of a table; of two features that no row can tell apart the first is kept.
pub fn table<const WIDTH: usize>(features: &[(u32, [i8; WIDTH])]) -> Vec<u8> {
    let mut sorted = features.to_vec();
    sorted.sort_by_key(|(hash, _)| *hash);
    // A quarter of the places stays empty, which keeps the ways short.
    let places = features.len() + features.len() / 3 + 1;
    let mut bytes = vec![0; (places + SPARE) * (TAG + WIDTH)];
    let mut next = 0;
    for (hash, weights) in sorted {
        let first = place_of(hash, places as u64);
        let tag = tag_of(hash).to_le_bytes();
        let taken = (first..next).any(|row| bytes[row * (TAG + WIDTH)..][..TAG] == tag);
        let row = first.max(next);
        // The last row stays empty: it ends every search.
        if taken || row + 1 >= places + SPARE {
            continue;
        }
        let row_bytes = &mut bytes[row * (TAG + WIDTH)..][..TAG + WIDTH];
        row_bytes[..TAG].copy_from_slice(&tag);
        row_bytes[TAG..].iter_mut().zip(weights).for_each(|(byte, weight)| *byte = weight as u8);
        next = row + 1;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hashes that are spread as those of features are.
    fn hash(number: u32) -> u32 {
        ((u64::from(number) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
    }

    #[test]
    fn what_is_written_is_found() {
        let features: Vec<(u32, [i8; 2])> = (0..5000).map(|n| (hash(n), [n as i8, -(n as i8 / 2)])).collect();
        let bytes = table(&features);
        let table: Table<'_, 2> = Table::read(&bytes).unwrap();
        let found = features.iter().filter(|(hash, weights)| table.get(*hash) == Some(*weights)).count();
        assert!(found >= 4995, "two of the same tag side by side are rare: {found}");
        let others = (5000..25_000).filter(|n| table.get(hash(*n)).is_some()).count();
        assert!(others < 20, "hardly any is taken for another: {others}");
    }

    #[test]
    fn an_empty_table_holds_nothing() {
        let bytes = table::<3>(&[]);
        let table: Table<'_, 3> = Table::read(&bytes).unwrap();
        assert_eq!(table.get(0), None);
        assert_eq!(table.get(u32::MAX), None);
        assert!(Table::<3>::read(&bytes[1..]).is_none(), "a row is cut");
    }
}
