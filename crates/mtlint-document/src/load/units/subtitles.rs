//! Subtitles: SRT and WebVTT.

use super::{Broken, Format, Source, Unit};
use crate::{Cue, UnitFacts};
use mtlint_text::Span;
use std::collections::HashMap;

/// A subtitle, as it is written.
#[derive(Clone, Debug)]
struct Subtitle {
    id: String,
    /// In milliseconds.
    start: u64,
    end: u64,
    text: Span,
}

pub(super) fn read(format: Format, text: &str, source: Option<&str>) -> Result<Vec<Unit>, Broken> {
    let cues = cues(format, text)?;
    let others = match source {
        Some(source) => self::cues(format, source)
            .map_err(|broken| Broken::at(0, format!("its source is broken: {}", broken.message)))?,
        None => Vec::new(),
    };
    let by_id: HashMap<&str, &Subtitle> = others.iter().map(|cue| (cue.id.as_str(), cue)).collect();
    // A file may be late as a whole.
    let shift = {
        let mut shifts: Vec<i64> = cues
            .iter()
            .filter_map(|cue| {
                Some(i64::try_from(by_id.get(cue.id.as_str())?.start).ok()? - i64::try_from(cue.start).ok()?)
            })
            .collect();
        shifts.sort_unstable();
        shifts.get(shifts.len() / 2).copied().unwrap_or(0)
    };
    let moved = |time: u64| time.saturating_add_signed(-shift);
    let mut units: Vec<Unit> = Vec::new();
    for (index, cue) in cues.iter().enumerate() {
        let other = by_id.get(cue.id.as_str());
        let next = cues.get(index + 1).map(|next| next.start);
        let times = Cue {
            start: cue.start,
            end: cue.end,
            next,
            source: other.map(|other| (moved(other.start), moved(other.end))),
        };
        units.push(Unit {
            id: cue.id.clone(),
            target: cue.text,
            source: other.map_or(Source::None, |other| Source::Elsewhere(other.text)),
            facts: UnitFacts { cue: Some(times), is_finished: true, ..UnitFacts::default() },
            ..Unit::default()
        });
    }
    // What the source shows and the target does not, where it belongs.
    let known: HashMap<&str, &Subtitle> = cues.iter().map(|cue| (cue.id.as_str(), cue)).collect();
    for other in others.iter().filter(|other| !known.contains_key(other.id.as_str())) {
        let place = cues.iter().find(|cue| cue.start >= other.start).map_or(text.len(), |cue| cue.text.lo());
        units.push(Unit {
            id: other.id.clone(),
            target: Span::at(place),
            source: Source::Elsewhere(other.text),
            facts: UnitFacts { is_finished: true, ..UnitFacts::default() },
            ..Unit::default()
        });
    }
    Ok(units)
}

fn cues(format: Format, text: &str) -> Result<Vec<Subtitle>, Broken> {
    if format == Format::Vtt && !text.starts_with("WEBVTT") {
        return Err(Broken::at(0, "the first line is not `WEBVTT`"));
    }
    let mut cues: Vec<Subtitle> = Vec::new();
    let mut start = 0;
    let mut before: Option<&str> = None;
    let mut is_open = false;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let span = Span::new(start, start + content.len());
        start += line.len();
        if let Some((from, to)) = content.split_once("-->") {
            let times = time(from).zip(time(to.split_whitespace().next().unwrap_or_default()));
            let (from, to) = times
                .ok_or_else(|| Broken::at(span.lo(), "a time is not `00:00:00,000 --> 00:00:00,000`"))?;
            let id = before
                .map(str::trim)
                .filter(|id| !id.is_empty())
                .map_or_else(|| (cues.len() + 1).to_string(), str::to_owned);
            cues.push(Subtitle { id, start: from, end: to, text: Span::at(start.min(text.len())) });
            is_open = true;
        } else if content.trim().is_empty() {
            is_open = false;
        } else if let Some(cue) = cues.last_mut().filter(|_| is_open) {
            cue.text = if cue.text.is_empty() { span } else { cue.text.cover(span) };
        } else if format == Format::Srt && !content.trim().bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Broken::at(span.lo(), "a subtitle has no line with its times"));
        }
        before = (!is_open).then_some(content);
    }
    Ok(cues)
}

/// `00:01:02,345` or `01:02.345` in milliseconds.
fn time(text: &str) -> Option<u64> {
    let (clock, thousandths) = text.trim().rsplit_once([',', '.'])?;
    let mut milliseconds = thousandths.parse::<u64>().ok().filter(|_| thousandths.len() == 3)?;
    let parts: Vec<&str> = clock.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for (part, unit) in parts.iter().rev().zip([1_000_u64, 60_000, 3_600_000]) {
        milliseconds = part.parse::<u64>().ok()?.checked_mul(unit)?.checked_add(milliseconds)?;
    }
    Some(milliseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_read_with_their_times() {
        let text = "1\n00:00:01,000 --> 00:00:02,750\nOne.\nTwo.\n\n2\n00:00:03,000 --> 00:00:04,000\n\n";
        let cues = cues(Format::Srt, text).unwrap();
        assert_eq!((cues.len(), cues[0].text.of(text), cues[0].end), (2, "One.\nTwo.", 2750));
        assert!(cues[1].text.is_empty());
        assert!(self::cues(Format::Vtt, text).is_err());
        assert!(self::cues(Format::Srt, "1\n00:00 -> 1\nx\n").is_err());
    }

    #[test]
    fn a_lost_subtitle_is_an_empty_unit() {
        let cue = |id: u32, text: &str| format!("{id}\n00:00:0{id},000 --> 00:00:0{id},900\n{text}\n\n");
        let source = cue(1, "One") + &cue(2, "Two");
        let units = read(Format::Srt, &cue(1, "Eins"), Some(&source)).unwrap();
        assert_eq!((units[1].id.as_str(), units[1].target.is_empty()), ("2", true));
    }
}
