//! Makes a picture for the documentation: runs a program in a pseudo-terminal, presses keys, and writes the screen as
//! an SVG file. The program gets an empty home folder, so the picture is the same on every machine. For example:
//!
//! ```text
//! cargo run --example picture -- --out docs/pictures/requests.svg --size 100x28 \
//!     --step 'wait:Requests' --step 'keys:down down enter' --step 'wait:Reply' -- target/release/guichet demo
//! ```

mod boxes;
mod svg;

/// The terminal of the tests.
#[path = "../../tests/it/support"]
mod support {
    #[allow(dead_code, clippy::disallowed_methods, reason = "made for the tests, which do more with a terminal")]
    pub mod pty;
}

use std::path::PathBuf;

use clap::Parser;
use support::pty::{Program, Terminal};

#[derive(Parser)]
struct Options {
    /// The file to write
    #[arg(long)]
    out: PathBuf,
    /// Columns and rows of the terminal
    #[arg(long, default_value = "100x30", value_parser = size)]
    size: (u16, u16),
    /// What the window's title bar says, instead of the title that the program sets
    #[arg(long)]
    title: Option<String>,
    /// A variable for the program's environment
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = variable)]
    vars: Vec<(String, String)>,
    /// What to do before the picture, in this order: `wait:TEXT`, `gone:TEXT`, `keys:KEYS`, `type:TEXT`, `paste:TEXT`
    #[arg(long = "step", value_name = "STEP", value_parser = step)]
    steps: Vec<Step>,
    /// The program and its arguments
    #[arg(last = true, required = true)]
    program: Vec<String>,
}

#[derive(Clone)]
enum Step {
    Wait(String),
    Gone(String),
    Keys(String),
    Type(String),
    Paste(String),
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let parts = text.split_once('x').and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
    parts.filter(|(columns, rows)| *columns > 0 && *rows > 0).ok_or_else(|| "write a size like 100x30".to_owned())
}

fn variable(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').ok_or("write a variable like NAME=VALUE")?;
    Ok((parts.0.to_owned(), parts.1.to_owned()))
}

fn step(text: &str) -> Result<Step, String> {
    let (kind, value) = text.split_once(':').ok_or("write a step like keys:enter")?;
    let value = value.to_owned();
    match kind {
        "wait" => Ok(Step::Wait(value)),
        "gone" => Ok(Step::Gone(value)),
        "keys" => Ok(Step::Keys(value)),
        "type" => Ok(Step::Type(value)),
        "paste" => Ok(Step::Paste(value)),
        _ => Err(format!("no step is called {kind}")),
    }
}

fn main() -> std::io::Result<()> {
    let options = Options::parse();
    let home = tempfile::tempdir()?;
    let path = std::env::var("PATH").unwrap_or_default();
    let home_folder = home.path().to_string_lossy().into_owned();
    let vars = [
        ("HOME", home_folder.as_str()),
        ("PATH", &path),
        ("TERM", "xterm-256color"),
        ("COLORTERM", "truecolor"),
        ("LANG", "en_US.UTF-8"),
        ("TZ", "UTC"),
    ];
    let (columns, rows) = options.size;
    let terminal = Program::new(std::path::absolute(&options.program[0])?)
        .args(&options.program[1..])
        .vars(vars.map(|(name, value)| (name.to_owned(), value.to_owned())))
        .vars(options.vars)
        .folder(home.path())
        .size(columns, rows)
        .start();
    for step in &options.steps {
        carry_out(&terminal, step);
    }
    let title = options.title.unwrap_or_else(|| terminal.title());
    if let Some(folder) = options.out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(options.out, svg::picture(&terminal.screen(), &title))
}

fn carry_out(terminal: &Terminal, step: &Step) {
    match step {
        Step::Wait(text) => terminal.wait_for(text),
        Step::Gone(text) => terminal.wait_gone(text),
        Step::Keys(keys) => terminal.keys(keys),
        Step::Type(text) => terminal.type_text(text),
        Step::Paste(text) => terminal.paste(text),
    }
}
