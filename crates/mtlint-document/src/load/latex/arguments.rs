//! The arguments of LaTeX's commands: which tokens they are, and passing over them.

use super::Reader;
use super::tokens::{Kind, Token};

impl Reader<'_> {
    /// The brace at the token `at`, or behind white space, and the one that closes it.
    pub(super) fn argument(&self, at: usize) -> Option<(usize, usize)> {
        let at = at + usize::from(self.tokens.get(at).is_some_and(|token| token.kind == Kind::Space));
        self.argument_at(at)
    }

    pub(super) fn argument_at(&self, at: usize) -> Option<(usize, usize)> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Open)?;
        Some((at, token.partner? as usize))
    }

    pub(super) fn skip_space(&mut self, wanted: bool) {
        if wanted && self.tokens.get(self.at).is_some_and(|token| token.kind == Kind::Space) {
            self.at += 1;
        }
    }

    /// Skips arguments in brackets.
    pub(super) fn skip_optional(&mut self) {
        while let Some(Token { kind: Kind::OpenBracket, partner: Some(close), .. }) = self.tokens.get(self.at)
        {
            self.at = *close as usize + 1;
        }
    }

    /// Skips arguments of either kind that nothing parts from the command.
    pub(super) fn skip_tight_arguments(&mut self) {
        while let Some(Token { kind: Kind::OpenBracket | Kind::Open, partner: Some(close), .. }) =
            self.tokens.get(self.at)
        {
            self.at = *close as usize + 1;
        }
    }

    /// Skips all arguments; the first may stand behind white space.
    pub(super) fn skip_arguments(&mut self) {
        if self.argument(self.at).is_some() {
            self.skip_space(true);
        }
        self.skip_tight_arguments();
    }
}
