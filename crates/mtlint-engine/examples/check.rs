//! Tells what is wrong with a text and what its score is: `cargo run -p mtlint-engine --example check -- "A text .."`.

use mtlint_engine::Linter;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "The court ruled  on Monday..".to_owned());
    let linter = Linter::builder().language("en").build()?;
    for finding in linter.check(&text) {
        println!("{:?} {} {}: {}", finding.span, finding.severity.as_str(), finding.rule, finding.message);
    }
    println!("score {:.1}", linter.score(&text).score);
    Ok(())
}
