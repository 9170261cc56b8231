//! Where rules and checks meet: the registry of the rules that come with mtlint, with the checks of those that are code.
//! May use `rule` and `checks`; whoever wants a registry calls this.

use crate::checks::CHECKS;
use crate::rule::Registry;
use mtlint_text::toml_file::Problem;

impl Registry {
    /// The rules built into the binary.
    ///
    /// # Panics
    /// When one of them is wrong, which a test rules out.
    pub fn builtin() -> Self {
        Self::with_files(std::iter::empty()).unwrap_or_else(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("rules built in:\n{}", told.join("\n"))
        })
    }

    /// The rules built in, and those of `files`: (id, name of the file for messages, text).
    ///
    /// # Errors
    /// Everything that is wrong in all files.
    pub fn with_files<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>,
    ) -> Result<Self, Vec<Problem>> {
        Self::new(CHECKS, files)
    }
}
