//! From a command line to an exit status: gathers what surrounds the program, then runs one command or the full screen.

use super::{log, program, screen, signals};
use crate::cli::{Command, Context, Global, Line, Opened, Output, Streams, Surroundings, Usage};
use crate::config::{Config, Env, Places, Problem};
use crate::domain::time::Timestamp;
use crate::language::{Language, Present, Zone, args};
use crate::report::{Failure, Report, Status, problem_sentence};
use crate::tui::message::OutsideError;
use chrono::{Offset as _, TimeZone as _};
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long the end waits at most for stores to be closed.
const CLOSING: Duration = Duration::from_secs(2);

/// Carries a command line out and says the exit status.
pub fn start(line: Line) -> u8 {
    let env = environment();
    let words = Language::choose(None, locales(&env));
    let mut out = output(&line.global, &env);
    let (places, config, problems) = match configuration(&line.global, &env) {
        Ok(found) => found,
        Err(failure) => return told(&failure, &words, &mut out),
    };
    let words = Language::choose(config.language.as_deref(), locales(&env));
    let around = surroundings(env);
    let mut cx =
        Context { around, words, out, places, config, problems, flags: line.global.flags(), opened: Opened::default() };
    let result = log::open(line.global.verbose, &cx).and_then(|log| {
        let status = carry_out(line, &mut cx);
        if let Err(Failure::Client(error)) = &status {
            log::failed(error);
        }
        tracing::info!(done = status.is_ok(), "ended");
        drop(log);
        status
    });
    // What was printed before a failure is a result all the same.
    let flushed = cx.out.flush();
    let words = cx.words.clone();
    match result.and_then(|status| flushed.map(|()| status)) {
        Ok(status) => status,
        Err(failure) => told(&failure, &words, &mut cx.out),
    }
}

/// Prints the help, or what is wrong with a command line, and says the exit status.
pub fn explain(usage: &Usage) -> u8 {
    usage.print().unwrap_or_else(|failure| {
        let env = environment();
        let mut out = output(&Global::default(), &env);
        told(&failure, &Language::choose(None, locales(&env)), &mut out)
    })
}

fn environment() -> Env {
    Env::new(
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))),
    )
}

fn told(failure: &Failure, words: &Language, out: &mut Output) -> u8 {
    Report::of(failure, words).map_or(Status::Done as u8, |report| {
        out.report(&report);
        report.status
    })
}

fn carry_out(line: Line, cx: &mut Context) -> Result<u8, Failure> {
    let tasks = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    {
        let _inside = tasks.enter();
        signals::survive_full_files()?;
    }
    let interactive = std::io::stdin().is_terminal() && cx.out.width.is_some();
    let command = match line.command {
        Some(Command::Demo(demo)) if interactive && !demo.only_makes() => {
            return tasks.block_on(screen::demo(cx, &demo));
        }
        Some(Command::Serve(serve)) => {
            warn(cx);
            return tasks.block_on(super::serve::serve(cx, &serve)).map(|()| Status::Done as u8);
        }
        Some(command) => command,
        None if interactive => return tasks.block_on(screen::own(cx)),
        None => return Err(no_terminal()),
    };
    if !command.is_about_config() {
        warn(cx);
    }
    tasks.block_on(async {
        let done = Box::pin(command.run(cx)).await;
        close(cx).await;
        done.map(|()| Status::Done as u8)
    })
}

/// The full screen was wanted where it cannot be.
pub(super) const fn no_terminal() -> Failure {
    Failure::said("report-no-terminal", Status::Usage)
}

/// Closes what was opened. Somebody's long read must not hold up the end: nothing would be lost without this.
pub(super) async fn close(cx: &Context) {
    let _late = tokio::time::timeout(CLOSING, cx.opened.close()).await;
}

/// Says what is wrong in the configuration but does not stop anything.
pub(super) fn warn(cx: &mut Context) {
    let path = cx.places.config_file().display().to_string();
    for problem in cx.problems.iter().filter(|problem| problem.fault.is_harmless()) {
        let fault = problem_sentence(problem, &cx.words);
        let line = problem.line.to_string();
        let text = cx.words.say("report-config", args![path = path.as_str(), line = line, fault = fault]);
        cx.out.note(&text);
    }
}

fn configuration(global: &Global, env: &Env) -> Result<(Places, Config, Vec<Problem>), Failure> {
    let named = global.config.clone().or_else(|| env.get("GUICHET_CONFIG").map(PathBuf::from));
    let places = Places::find(env, named).ok_or(Failure::said("report-no-home", Status::Failed))?;
    let (config, problems) = Config::read(&places)?;
    Ok((places, config, problems))
}

fn output(global: &Global, env: &Env) -> Output {
    let mut out = Output::new(Streams::standard());
    #[expect(clippy::disallowed_methods, reason = "asked what it is, not written to")]
    let terminal = std::io::stdout().is_terminal();
    out.width = terminal.then(|| crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns)));
    let dumb = env.get("TERM") == Some("dumb");
    out.colours = terminal && !global.no_color && env.get("NO_COLOR").is_none() && !dumb;
    out.fields = global.fields();
    out.quiet = global.quiet;
    out
}

fn surroundings(env: Env) -> Surroundings {
    let size = crossterm::terminal::size().map(|(columns, rows)| format!("{columns}x{rows}"));
    let facts = [
        ("cli-doctor-term", env.get("TERM").map(str::to_owned)),
        ("cli-doctor-size", size.ok()),
        ("cli-doctor-no-color", env.get("NO_COLOR").map(str::to_owned)),
    ];
    Surroundings {
        clock: Arc::new(now),
        present: Present { now: now().0, zone: Zone::Changing(offset) },
        stdin: Box::new(std::io::stdin()),
        stdin_is_terminal: std::io::stdin().is_terminal(),
        stop_on_interrupt: Box::new(stop_on_interrupt),
        typed: Box::new(super::secret::typed),
        mail_password: Box::new(|settings| Box::pin(async move { super::mail::password(&settings).await })),
        says: Arc::new(Box::new(|command| Box::pin(async move { program::says(&command).await.map_err(Failure::Io) }))),
        keyring: Arc::new(crate::client::remote::keep::native),
        browse: Box::new(|link| {
            Box::pin(async move { edited(program::open_link(&link).await.map(|()| None)).map(|_| ()) })
        }),
        comes_back: Box::new(super::comes_back::listen),
        edit: Box::new(|name, text| Box::pin(async move { edited(program::edit(&name, &text).await) })),
        terminal: facts.into_iter().filter_map(|(key, value)| Some((key, value?))).collect(),
        env,
    }
}

fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            asked.store(true, Ordering::Relaxed);
        }
    });
    stop
}

fn edited(result: Result<Option<String>, OutsideError>) -> Result<Option<String>, Failure> {
    match result {
        Ok(text) => Ok(text),
        Err(OutsideError::File { path, why }) => Err(Failure::file(path, std::io::Error::other(why))),
        Err(OutsideError::Program { program, why }) => {
            Err(Failure::said("cli-editor-failed", Status::Failed).with("program", program).with("why", why))
        }
        Err(OutsideError::NotText { path }) => {
            Err(Failure::said("cli-editor-not-text", Status::Failed).with("path", path))
        }
        Err(other) => Err(Failure::Io(std::io::Error::other(format!("{other:?}")))),
    }
}

/// What the reader speaks, the most wanted first.
fn locales(env: &Env) -> Vec<String> {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env.get(name)).map(str::to_owned);
    named.chain(sys_locale::get_locales()).collect()
}

#[expect(clippy::disallowed_methods, reason = "the clock is read here and handed on as a value")]
fn now() -> Timestamp {
    Timestamp(chrono::Utc::now().timestamp_millis())
}

fn offset(at: i64) -> chrono::FixedOffset {
    let time = chrono::Local.timestamp_millis_opt(at).single();
    time.map_or_else(|| chrono::Utc.fix(), |time| time.offset().fix())
}
