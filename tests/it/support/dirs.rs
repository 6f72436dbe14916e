//! Folders that are gone after the test, and the program in one of them as if it were alone on a machine.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::pty::Program;

/// An empty folder, removed when dropped.
pub fn temp() -> TempDir {
    tempfile::Builder::new().prefix("guichet-test-").tempdir().expect("a folder for temporary files")
}

/// A home folder of its own with the XDG folders in it: nothing of the real user is read or written.
pub struct Home {
    dir: TempDir,
}

/// How a run of the program ended and what it wrote.
#[derive(Debug)]
pub struct Ran {
    /// The exit status; `None` when a signal ended it.
    pub status: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        let home = Self { dir: temp() };
        for folder in [home.config(), home.data(), home.state(), home.cache()] {
            std::fs::create_dir_all(folder).expect("a folder in a temporary folder");
        }
        home
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// `$XDG_CONFIG_HOME`
    pub fn config(&self) -> PathBuf {
        self.path().join(".config")
    }

    /// `$XDG_DATA_HOME`
    pub fn data(&self) -> PathBuf {
        self.path().join(".local/share")
    }

    /// `$XDG_STATE_HOME`
    pub fn state(&self) -> PathBuf {
        self.path().join(".local/state")
    }

    /// `$XDG_CACHE_HOME`
    pub fn cache(&self) -> PathBuf {
        self.path().join(".cache")
    }

    /// Writes a file, `name` relative to the home folder, and says where it is.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder in the home");
        std::fs::write(&path, content).expect("a file in the home");
        path
    }

    /// The whole environment of a program in this home: English words, UTC, a plain terminal.
    pub fn vars(&self) -> Vec<(String, String)> {
        let text = |path: PathBuf| path.into_os_string().into_string().expect("temporary folders have plain names");
        let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".into());
        [
            ("HOME", text(self.path().into())),
            ("XDG_CONFIG_HOME", text(self.config())),
            ("XDG_DATA_HOME", text(self.data())),
            ("XDG_STATE_HOME", text(self.state())),
            ("XDG_CACHE_HOME", text(self.cache())),
            ("XDG_RUNTIME_DIR", text(self.path().into())),
            ("PATH", path),
            ("TERM", "xterm-256color".into()),
            ("LANG", "en_US.UTF-8".into()),
            ("TZ", "UTC".into()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    /// The program with these arguments as a command whose working folder and environment are this home.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guichet"));
        command.args(args).env_clear().envs(self.vars()).current_dir(self.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end with nothing on standard input.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_with_input(args, "")
    }

    /// Runs the program to its end with this text on standard input.
    pub fn run_with_input(&self, args: &[&str], input: impl AsRef<[u8]> + Send) -> Ran {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("a pipe was asked for");
        let output = std::thread::scope(|scope| {
            // A program may end without reading all of it: a broken pipe is no fault here.
            scope.spawn(move || drop(stdin.write_all(input.as_ref())));
            child.wait_with_output().expect("the program ends")
        });
        Ran {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).expect("the program prints UTF-8"),
            err: String::from_utf8(output.stderr).expect("the program prints UTF-8"),
        }
    }

    /// The program with these arguments, to be started in a pseudo-terminal.
    pub fn program(&self, args: &[&str]) -> Program {
        Program::new(env!("CARGO_BIN_EXE_guichet")).args(args).vars(self.vars()).folder(self.path())
    }
}

#[test]
fn the_program_starts_in_a_home_of_its_own_with_and_without_a_terminal() {
    let home = Home::new();
    let ran = home.run_with_input(&["--version"], "not read");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(home.program(&["--version"]).size(60, 12).start().exit(), 0);
}
