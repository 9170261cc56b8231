//! Colours, or none.

use anstyle::{AnsiColor, Color, Style};
use mtlint_engine::rule::Severity;

const fn color(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(color)))
}

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
/// Line numbers and frames.
pub const GUTTER: Style = color(AnsiColor::BrightBlue).bold();
/// Places that explain a finding.
pub const RELATED: Style = color(AnsiColor::BrightBlue).bold();
pub const REMOVED: Style = color(AnsiColor::Red);
pub const ADDED: Style = color(AnsiColor::Green);
/// Within a removed or added line, what differs.
pub const REMOVED_STRONG: Style = color(AnsiColor::Red).bold().underline();
pub const ADDED_STRONG: Style = color(AnsiColor::Green).bold().underline();
pub const HUNK: Style = color(AnsiColor::Cyan);

/// The colour of a severity.
pub const fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Neutral => color(AnsiColor::BrightBlack).bold(),
        Severity::Minor => color(AnsiColor::Cyan).bold(),
        Severity::Major => color(AnsiColor::Yellow).bold(),
        Severity::Critical => color(AnsiColor::Red).bold(),
    }
}

/// Writes styled text, or plain text where no colour is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    pub color: bool,
}

impl Paint {
    /// Appends `text` to `out`.
    pub fn push(self, out: &mut String, style: Style, text: &str) {
        if self.color && !text.is_empty() && style != Style::new() {
            use std::fmt::Write;
            write!(out, "{style}{text}{style:#}").expect("a String takes everything");
        } else {
            out.push_str(text);
        }
    }

    /// `text` by itself.
    pub fn text(self, style: Style, text: &str) -> String {
        let mut out = String::new();
        self.push(&mut out, style, text);
        out
    }
}
