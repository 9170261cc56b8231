//! Adds a rule of one's own to those that come with mtlint: `cargo run -p mtlint-engine --example own_rule`.

use mtlint_engine::Linter;
use std::error::Error;

const RULE: &str = r#"
summary    = "a word that the house does not use"
why        = "The style guide has `e-mail` only."
mqm        = "wrong-term"
severity   = "minor"
confidence = "high"
langs      = ["*"]

[match]
kind    = "regex"
pattern = '\b(?P<bad>email)\b'
mark    = "bad"

[[bad]]
text = "Send an ⟦email⟧ to the editors."

[[bad]]
text = "The ⟦email⟧ never came."

[[good]]
text = "Send an e-mail to the editors."
why  = "as the guide has it"

[[good]]
text = "The emailing went well."
why  = "another word"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let linter = Linter::builder().rule("term/house-word", RULE).select(["term/house-word"]).build()?;
    for finding in linter.check("She wrote an email, then another.") {
        println!("{:?} {}", finding.span, finding.message);
    }
    Ok(())
}
