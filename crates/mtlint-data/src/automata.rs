//! Automata of the rules' patterns, so that an article need not wait for the patterns that look at it to be built. The
//! build script alone makes them: a debug build has none, and builds each pattern when it is first used.
//!
//! They are for the letters of Western Europe, of which most texts are made, and for patterns whose automata are small:
//! those of others would take more room than they save time.

use crate::blob::Entry;
use crate::pack::needs;
use alphabet::Alphabet;
use plain_pattern::plainer;
use regex_automata::MatchKind;
use regex_automata::dfa::StartKind;
use regex_automata::dfa::dense::{Builder, Config, DFA};
use regex_automata::nfa::thompson;

#[allow(dead_code)]
#[path = "../../mtlint-lang/src/alphabet.rs"]
mod alphabet;
#[path = "../../mtlint-lang/src/plain_pattern.rs"]
mod plain_pattern;

/// How many bytes the two automata of a pattern take at most.
const MOST: usize = 32 * 1024;

/// How many bytes making one of them may take: a pattern that needs more is given up before it takes long.
const MOST_WORK: usize = 512 * 1024;

/// Of each pattern the automaton that finds the end of a match, and the one that goes back from there to its beginning.
/// Sorted by pattern.
pub(crate) fn of_patterns(mut patterns: Vec<String>) -> Vec<Entry<Vec<u8>>> {
    patterns.sort_unstable();
    patterns.dedup();
    let entry = |pattern: String| {
        let [forward, backward] = of_pattern(&pattern)?;
        let is_small = forward.len() + backward.len() <= MOST;
        is_small.then(|| Entry { name: pattern.into_bytes(), parts: [forward, backward] })
    };
    patterns.into_iter().filter_map(entry).collect()
}

/// The automata in the order of bytes of most machines; one that orders them otherwise builds its patterns itself.
fn of_pattern(pattern: &str) -> Option<[Vec<u8>; 2]> {
    let hir = plainer(regex_syntax::parse(pattern).ok()?, Alphabet::Western);
    let without_groups = thompson::Config::new().which_captures(thompson::WhichCaptures::None);
    let config = Config::new().dfa_size_limit(Some(MOST_WORK)).determinize_size_limit(Some(MOST_WORK));
    let make = |nfa: thompson::Config, dfa: Config| {
        let nfa = thompson::Compiler::new().configure(nfa).build_from_hir(&hir).ok()?;
        let dense: DFA<Vec<u32>> = Builder::new().configure(dfa).build_from_nfa(&nfa).ok()?;
        Some(dense.to_sparse().ok()?.to_bytes_little_endian())
    };
    let forward = make(without_groups.clone(), config.clone().start_kind(StartKind::Unanchored))?;
    let backward = config.start_kind(StartKind::Anchored).match_kind(MatchKind::All);
    Some([forward, make(without_groups.reverse(true), backward)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex_automata::dfa::regex::Regex;
    use regex_automata::dfa::sparse::DFA;
    use regex_automata::meta;
    use std::path::Path;

    #[test]
    fn what_an_automaton_finds_is_what_its_pattern_means() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let (patterns, texts) = (crate::pack::patterns(&project), crate::pack::examples(&project));
        assert!(patterns.len() > 50 && texts.len() > 1000);
        let packed = of_patterns(patterns.clone());
        assert!(packed.len() > patterns.len() / 2);
        for Entry { name, parts } in packed {
            let pattern = std::str::from_utf8(&name).unwrap();
            let [forward, backward] = parts.each_ref().map(|part| DFA::from_bytes(part).unwrap().0);
            let automata = Regex::builder().build_from_dfas(forward, backward);
            let hir = plainer(regex_syntax::parse(pattern).unwrap(), Alphabet::Western);
            let regex = meta::Regex::builder().build_from_hir(&hir).unwrap();
            for text in texts.iter().filter(|text| Alphabet::of(text) == Alphabet::Western) {
                assert!(automata.find_iter(text).eq(regex.find_iter(text)), "{pattern}: {text}");
            }
        }
    }
}
