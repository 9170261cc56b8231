//! Mends a Markdown text by safe fixes alone, then by those that a person should look over, too:
//! `cargo run -p mtlint-engine --example fix`.

use mtlint_engine::{Applicability, Format, Linter};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let text = std::env::args().nth(1).unwrap_or_else(|| "# News\n\nIt *rained*  all all day .\n".to_owned());
    let linter = Linter::builder().format(Format::Markdown).language("en").build()?;
    let safe = linter.fix(&text);
    println!("{} safe fixes:\n{}", safe.applied, safe.text);
    let all = linter.fix_trusting(&text, Applicability::Unsafe);
    println!("{} fixes in all:\n{}", all.applied, all.text);
    Ok(())
}
