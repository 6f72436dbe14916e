//! Other programs: the person's editor and browser, and what says the mail server's password. Nothing else is ever
//! started.

use crate::tui::message::OutsideError;
use std::io::{self, Read, Write};
use std::process::Stdio;
use std::time::Duration;

/// The longest text taken back from an editor, in bytes.
const EDITED_LIMIT: u64 = 1024 * 1024;

/// How long a program may take to say something.
const SAYING: Duration = Duration::from_secs(30);

/// What a program prints, by the shell; the person sees nothing of it.
pub(super) async fn says(command: &str) -> io::Result<String> {
    #[expect(clippy::disallowed_methods, reason = "the one place that starts programs")]
    let mut program = tokio::process::Command::new("sh");
    program.arg("-c").arg(command).stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let said = tokio::time::timeout(SAYING, program.output()).await.map_err(io::Error::other)??;
    if !said.status.success() {
        return Err(io::Error::other(said.status.to_string()));
    }
    Ok(String::from_utf8_lossy(&said.stdout).into_owned())
}

/// Lets the person write a text in `$VISUAL` or `$EDITOR`. The terminal must have been lent before.
///
/// The file has a name of ours in a folder of its own (0700, 0600), which is removed afterwards: swap and undo files of
/// the editor go with it. `None`: nothing was changed.
pub(super) async fn edit(name: &str, text: &str) -> Result<Option<String>, OutsideError> {
    let file = |path: &std::path::Path, why: std::io::Error| OutsideError::File {
        path: path.display().to_string(),
        why: why.to_string(),
    };
    let mut folder = tempfile::Builder::new();
    folder.prefix("guichet-");
    #[cfg(unix)]
    folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let folder = folder.tempdir();
    let folder = folder.map_err(|why| file(&std::env::temp_dir(), why))?;
    let path = folder.path().join(format!("{name}.md"));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|why| file(&path, why))?;
    let editor = ["VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok());
    let editor = editor.into_iter().find(|editor| !editor.trim().is_empty()).unwrap_or_else(|| "vi".to_owned());
    let fail = |why: String| OutsideError::Program { program: editor.clone(), why };
    // The variable may hold arguments, so the shell splits it; the path is a parameter and never part of the script.
    #[expect(clippy::disallowed_methods, reason = "the one place that starts programs")]
    let mut command = tokio::process::Command::new("sh");
    command.arg("-c").arg(format!("exec {editor} \"$1\"")).arg("sh").arg(&path);
    let status = command.status().await.map_err(|why| fail(why.to_string()))?;
    if !status.success() {
        return Err(fail(status.to_string()));
    }
    let mut bytes = Vec::new();
    let read = std::fs::File::open(&path).and_then(|file| file.take(EDITED_LIMIT).read_to_end(&mut bytes));
    read.map_err(|why| file(&path, why))?;
    match String::from_utf8(bytes) {
        Ok(after) if after.trim_end() == text.trim_end() => Ok(None),
        Ok(after) => Ok(Some(after)),
        // What was written stays where it is: it must not be lost with the folder.
        Err(_) => {
            let kept = folder.keep();
            Err(OutsideError::NotText { path: kept.join(format!("{name}.md")).display().to_string() })
        }
    }
}

/// Opens an address of the account in the person's browser: `http` and `https` only.
pub(super) async fn open_link(link: &str) -> Result<(), OutsideError> {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let fail = |why: String| OutsideError::Program { program: program.to_owned(), why };
    let harmless = link.starts_with("https://") || link.starts_with("http://");
    if !harmless || link.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(fail(link.to_owned()));
    }
    #[expect(clippy::disallowed_methods, reason = "the one place that starts programs")]
    let mut command = tokio::process::Command::new(program);
    command.arg(link).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status().await.map_err(|why| fail(why.to_string()))?;
    if status.success() { Ok(()) } else { Err(fail(status.to_string())) }
}
