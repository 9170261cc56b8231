//! The help of `mtlint` itself: its commands by what one wants to do.

use super::Cli;
use clap::CommandFactory;

/// Commands by purpose. A command that stands nowhere here is listed under the last heading.
const GROUPS: &[(&str, &[&str])] = &[
    ("Check texts", &["check", "filter", "names", "score", "compare", "inject"]),
    ("Rules", &["rules", "explain"]),
    ("Serve", &["server", "serve", "mcp"]),
    ("Set up", &["init", "config", "completions", "man", "schema"]),
    ("More", &["help"]),
];

/// The command line with its commands grouped.
pub(super) fn command() -> clap::Command {
    let command = Cli::command();
    let named = |name: &str| command.get_subcommands().find(|known| known.get_name() == name);
    let listed = |name: &str| GROUPS.iter().any(|(_, names)| names.contains(&name));
    let others = command.get_subcommands().map(clap::Command::get_name).filter(|name| !listed(name));
    let others: Vec<&str> = others.collect();
    let width = command.get_subcommands().map(|known| known.get_name().len()).max().unwrap_or(0);
    let mut list = String::new();
    for (index, (heading, names)) in GROUPS.iter().enumerate() {
        let is_last = index + 1 == GROUPS.len();
        let rest: &[&str] = if is_last { &others } else { &[] };
        let rows = names.iter().chain(rest).filter_map(|name| {
            let about = match *name {
                "help" => "Print the help of a command".to_owned(),
                name => named(name).filter(|known| !known.is_hide_set())?.get_about()?.to_string(),
            };
            Some(format!("  {name:<width$}  {about}\n"))
        });
        let rows: String = rows.collect();
        if !rows.is_empty() {
            list.push_str(&format!("\n{heading}:\n{rows}"));
        }
    }
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n{list}\nOptions:\n{{options}}\n\n\
         `mtlint COMMAND -h` is short, `mtlint COMMAND --help` tells all. \
         `mtlint check` is the one to begin with.\n"
    );
    command.help_template(template)
}
