use super::context::Context;
use crate::import::map::Map;
use crate::import::{self, Fault, Input, Progress, Report, Trouble, Why};
use crate::language::args;
use crate::report::{Failure, Status};
use crate::safe::Safe;
use clap::{Args, ValueEnum};
use serde_json::{Map as JsonMap, json};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The most bytes that all files of an import hold together: they are read as a whole.
const MOST_BYTES: u64 = 512 << 20;
/// The most bytes of a mapping.
const MOST_MAP_BYTES: u64 = 1 << 20;

/// Take tickets over from other systems' files; running it again takes over only what is not there yet
#[derive(Args, Debug)]
pub struct Import {
    /// What the files are
    #[arg(long, value_enum)]
    format: Format,
    /// Which column means what, for csv and json
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Which of several systems the files come from: the same number in two of them is two tickets
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Where refused rows are written with their reasons
    #[arg(long, value_name = "FILE", default_value = "import-refused.csv")]
    report: PathBuf,
    /// The files; - for standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Comma-separated values with a heading line, and a mapping
    Csv,
    /// JSON objects, and a mapping
    Json,
    /// What `gh issue list --json` prints
    Github,
    /// The table files of a Zendesk export
    Zendesk,
}

impl Import {
    pub(super) async fn run(self, cx: &mut Context) -> Result<(), Failure> {
        let input = self.input(cx)?;
        let account = cx.account().await?;
        let total = u64::try_from(input.records.len()).unwrap_or(u64::MAX);
        let bar = cx.out.progress(total);
        let stop = (cx.around.stop_on_interrupt)();
        let tell = |progress: Progress| bar.set_position(progress.done());
        let done = import::run(&*account.client, input, &tell, &stop).await;
        bar.finish_and_clear();
        let report = done?;
        let written = write_report(cx, &self.report, &report)?;
        tell_result(cx, &report, written.then_some(self.report.as_path()))?;
        if report.stopped { Err(Failure::said("import-stopped", Status::Failed)) } else { Ok(()) }
    }

    fn input(&self, cx: &mut Context) -> Result<Input, Failure> {
        let mut files = Vec::with_capacity(self.files.len());
        let mut left = MOST_BYTES;
        for path in &self.files {
            let bytes = read(cx, path, left)?;
            left = left.saturating_sub(bytes.len() as u64);
            files.push((path.display().to_string(), bytes));
        }
        let read = match self.format {
            Format::Github => each(&files, import::github::read),
            Format::Zendesk => import::zendesk::read(&files),
            Format::Csv => {
                self.map(cx)?.and_then(|map| each(&files, |name, bytes| import::csv::read(name, bytes, &map)))
            }
            Format::Json => {
                self.map(cx)?.and_then(|map| each(&files, |name, bytes| import::json::read(name, bytes, &map)))
            }
        };
        let input = read.map_err(|trouble| trouble_failure(&trouble))?;
        let source = self.source.clone().filter(|name| !name.trim().is_empty());
        Ok(Input { source, ..input })
    }

    fn map(&self, cx: &mut Context) -> Result<Result<Map, Trouble>, Failure> {
        let Some(path) = &self.map else {
            let format = self.format.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
            return Err(Failure::said("import-trouble-no-map", Status::Usage).with("format", format));
        };
        let bytes = read(cx, path, MOST_MAP_BYTES)?;
        let text = String::from_utf8(bytes).map_err(|error| Trouble::Map(error.to_string()));
        Ok(text.and_then(|text| Map::parse(&text)))
    }
}

/// The records of all files, one after the other.
fn each(files: &[(String, Vec<u8>)], read: impl Fn(&str, &[u8]) -> Result<Input, Trouble>) -> Result<Input, Trouble> {
    let mut all: Option<Input> = None;
    for (name, bytes) in files {
        let input = read(name, bytes)?;
        match &mut all {
            Some(all) => all.records.extend(input.records),
            None => all = Some(input),
        }
    }
    all.ok_or(Trouble::NoTickets)
}

/// What a file holds, if it is not more than that. Files are read as a whole, and some never end.
fn read(cx: &mut Context, path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let done = if path == Path::new("-") {
        cx.around.stdin.by_ref().take(most + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| {
            if file.metadata()?.len() > most {
                return Err(std::io::ErrorKind::FileTooLarge.into());
            }
            file.take(most + 1).read_to_end(&mut bytes)
        })
    };
    let large = || {
        let failure = Failure::said("import-trouble-large", Status::Failed).with("path", path.display().to_string());
        Err(failure.with("max", (MOST_BYTES >> 20).to_string()))
    };
    match done {
        Ok(count) if count as u64 > most => large(),
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::FileTooLarge => large(),
        Err(error) => Err(Failure::file(path, error)),
    }
}

fn trouble_failure(trouble: &Trouble) -> Failure {
    match trouble {
        Trouble::Map(why) => Failure::said("import-trouble-map", Status::Usage).with("why", why),
        Trouble::Columns { missing, present } => {
            Failure::said("import-trouble-columns", Status::Usage).with("missing", missing).with("present", present)
        }
        Trouble::Unreadable(why) => Failure::said("import-trouble-unreadable", Status::Failed).with("why", why),
        Trouble::NoList => Failure::said("import-trouble-no-list", Status::Failed),
        Trouble::NoTickets => Failure::said("import-trouble-no-tickets", Status::Failed),
    }
}

/// Writes down what was refused or left out; whether there was anything.
fn write_report(cx: &Context, path: &Path, report: &Report) -> Result<bool, Failure> {
    if report.faults.is_empty() && report.left_out.is_empty() {
        return Ok(false);
    }
    let headings = ["import-report-heading-file", "import-report-heading-line", "import-report-heading-reason"];
    let refused = report.faults.iter().map(|fault| (fault, sentence(cx, fault)));
    let left_out = report.left_out.iter().map(|fault| {
        let why = sentence(cx, fault);
        (fault, cx.say("import-why-left-out", args![why = why]))
    });
    let text = import::table(&headings.map(|key| cx.word(key)), refused.chain(left_out));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // The reasons hold values of the rows: they are their owner's alone.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| std::io::Write::write_all(&mut file, &text));
    written.map_err(|error| Failure::file(path, error))?;
    Ok(true)
}

/// Why, with nothing in it that could do something to a terminal in which the report is looked at.
fn sentence(cx: &Context, fault: &Fault) -> String {
    let why = match &fault.why {
        Why::NotText(column) => cx.say("import-why-not-text", args![column = column.as_str()]),
        Why::Unreadable(why) => cx.say("import-why-unreadable", args![why = why.as_str()]),
        Why::Missing(field) => cx.say("import-why-missing", args![field = *field]),
        Why::NoTicket(number) => cx.say("import-why-no-ticket", args![number = number.as_str()]),
        Why::BadValue(field, value) => cx.say("import-why-bad-value", args![field = *field, value = value.as_str()]),
        Why::Changed => cx.word("import-why-changed"),
        Why::Refused(error) => crate::report::Report::of(&Failure::Client(error.clone()), &cx.words)
            .map_or_else(String::new, |report| report.sentence.to_string()),
    };
    Safe::line(&why).into_string()
}

fn tell_result(cx: &mut Context, report: &Report, written: Option<&Path>) -> Result<(), Failure> {
    let Progress { total, made, known, refused } = report.progress;
    let path = written.map(|path| path.display().to_string());
    if cx.out.is_json() {
        let import = json!({
            "total": total,
            "imported": made,
            "imported_before": known,
            "refused": refused,
            "left_out": report.left_out.len(),
            "suspended": report.suspended,
            "stopped": report.stopped,
            "report": path,
        });
        return cx.out.whole(JsonMap::from_iter([("import".to_owned(), import)]));
    }
    cx.out.done(&cx.say("import-done", args![made = made, known = known, refused = refused]), &made.to_string())?;
    if report.suspended > 0 {
        let told = cx.say("import-suspended", args![count = report.suspended]);
        cx.out.note(&told);
    }
    if let Some(path) = path {
        let told = cx.say("import-report-at", args![path = path]);
        cx.out.note(&told);
    }
    Ok(())
}
