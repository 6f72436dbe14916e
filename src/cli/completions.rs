use super::Line;
use super::context::Context;
use crate::report::Failure;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

/// What a shell needs to complete command lines.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, cx: &mut Context) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Line::command(), "guichet", &mut script);
        cx.out.raw(&String::from_utf8_lossy(&script))
    }
}
