//! The manual, generated from the definitions of the commands.

use super::Line;
use clap::{Arg, Command, CommandFactory as _};
use std::fmt::Write as _;

/// The manual page in the form of man, every command in it.
pub fn man() -> String {
    let mut page = Vec::new();
    let mut command = Line::command();
    command.build();
    // Writing into memory does not fail.
    let _done = clap_mangen::Man::new(command.clone()).render(&mut page);
    let mut page = String::from_utf8_lossy(&page).into_owned();
    let _done = writeln!(page, ".SH COMMANDS");
    each(&command, &mut |path, command, _| {
        let usage = command.clone().render_usage().to_string();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let _done =
            write!(page, ".TP\n\\fB{}\\fR\n{about}.\n.br\n{}\n", roff(path), roff(usage.trim_start_matches("Usage: ")));
    });
    page
}

fn roff(text: &str) -> String {
    text.replace('\\', "\\\\").replace('-', "\\-")
}

/// The content of `docs/cli.md`.
pub fn markdown() -> String {
    let mut command = Line::command();
    command.build();
    let mut text = String::from(
        "# The command line\n\nGenerated from the program's own definitions; `guichet help COMMAND` says the same.\n\n\
         Exit status: 0 done · 1 refused by a rule, or failed · 2 the command line is wrong · 3 not found, or not visible \
         to this person · 4 this role may not do it · 5 somebody changed it first · 6 the store cannot be reached.\n\n",
    );
    text.push_str("## Options of every command\n\n");
    options(&mut text, command.get_arguments().filter(|arg| arg.is_global_set()));
    each(&command, &mut |path, command, depth| {
        let heading = if depth == 1 { "##" } else { "###" };
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let _done = write!(text, "\n{heading} {path}\n\n{about}.\n");
        if !command.has_subcommands() {
            let usage = command.clone().render_usage().to_string();
            let usage = usage.trim_start_matches("Usage: ").trim();
            let _done = write!(text, "\n```\n{usage}\n```\n");
            let own = || command.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help");
            if own().next().is_some() {
                text.push('\n');
                options(&mut text, own());
            }
        }
    });
    text
}

/// Every command below one, with its whole name.
fn each(command: &Command, visit: &mut dyn FnMut(&str, &Command, usize)) {
    fn below(command: &Command, path: &str, depth: usize, visit: &mut dyn FnMut(&str, &Command, usize)) {
        for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
            let path = format!("{path} {}", one.get_name());
            visit(&path, one, depth);
            below(one, &path, depth + 1, visit);
        }
    }
    below(command, command.get_name(), 1, visit);
}

fn options<'a>(text: &mut String, args: impl Iterator<Item = &'a Arg>) {
    for arg in args {
        let values: Vec<String> = arg.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect();
        let takes = arg.get_num_args().is_none_or(|range| range.takes_values());
        let name = match (arg.get_long(), arg.get_short()) {
            (Some(long), _) => format!("--{long}"),
            (None, Some(short)) => format!("-{short}"),
            (None, None) => String::new(),
        };
        let value = if takes { values.join(" ") } else { String::new() };
        let shown = [name, value].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let choices: Vec<String> = arg.get_possible_values().iter().map(|one| one.get_name().to_owned()).collect();
        let choices = if choices.is_empty() || !takes { String::new() } else { format!(" ({})", choices.join(", ")) };
        let _done = writeln!(text, "- `{shown}` {help}{choices}");
    }
}
