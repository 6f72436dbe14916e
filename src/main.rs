//! Parse, call, report, exit status; nothing else.

use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let status = match guichet::cli::parse(std::env::args_os()) {
        Ok(line) => guichet::runtime::start(line),
        Err(usage) => guichet::runtime::explain(&usage),
    };
    ExitCode::from(status)
}
