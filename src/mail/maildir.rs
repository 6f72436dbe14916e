//! Folders of mail in the maildir form: `tmp` for what is being written, `new` for what nobody has taken, `cur` for the
//! rest. A message is one file, complete from the moment it has its name.

use crate::domain::text::hex;
use crate::domain::time::Timestamp;
use crate::mail::letter::MessageId;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Bytes of a message that is too big which are read all the same: enough for its headers.
const HEAD: u64 = 64 * 1024;
/// Bytes of a digest that a file name bears.
const DIGEST: usize = 12;

/// A folder of mail.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// The name of a message in `new`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// As the file is called.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A message as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// All of it.
    Whole(Vec<u8>),
    /// Its beginning: it is bigger than it may be.
    Head {
        /// Its first bytes.
        head: Vec<u8>,
        /// How big it is.
        size: u64,
    },
    /// Somebody else has taken it.
    Gone,
}

/// What became of a message that was put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It is there now.
    New,
    /// It was there before.
    Before,
}

impl Folder {
    /// A folder of mail, made (for its owner alone) where it is missing.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn open(path: &Path) -> io::Result<Self> {
        for part in ["tmp", "new", "cur"] {
            make(&path.join(part))?;
        }
        Ok(Self { path: path.to_path_buf() })
    }

    /// Up to so many messages that nobody has taken, the oldest name first. Links and folders are left alone.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn waiting(&self, most: usize) -> io::Result<Vec<Name>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.path.join("new"))? {
            let entry = entry?;
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if let Some(name) = entry.file_name().to_str().filter(|name| is_file && !name.starts_with('.')) {
                names.push(Name(name.to_owned()));
            }
        }
        names.sort();
        names.truncate(most);
        Ok(names)
    }

    /// Reads a message that waits, at most so many bytes of it. It goes on waiting until it is taken or refused.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn read(&self, name: &Name, most: u64) -> io::Result<Message> {
        let path = self.path.join("new").join(&name.0);
        let gone = |error: io::Error| {
            if error.kind() == io::ErrorKind::NotFound { Ok(Message::Gone) } else { Err(error) }
        };
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) => return gone(error),
        };
        let size = file.metadata()?.len();
        let mut bytes = Vec::new();
        let read = if size > most { HEAD.min(most) } else { most.saturating_add(1) };
        (&file).take(read).read_to_end(&mut bytes)?;
        // It may have grown meanwhile, though nobody should write in here.
        if size > most || bytes.len() as u64 > most {
            bytes.truncate(usize::try_from(HEAD.min(most)).unwrap_or(usize::MAX));
            return Ok(Message::Head { head: bytes, size });
        }
        Ok(Message::Whole(bytes))
    }

    /// Marks a message as taken: it moves to `cur`, seen. To be called once what it says is stored for good; if that and
    /// this are torn apart by a crash, the message waits again and is known by its Message-ID.
    ///
    /// # Errors
    /// It cannot be moved. One that has gone already is none.
    pub fn taken(&self, name: &Name) -> io::Result<()> {
        self.moved(name, "S")
    }

    /// Marks a message as refused: it moves to `cur`, flagged and unseen, where mail programs show it.
    ///
    /// # Errors
    /// It cannot be moved. One that has gone already is none.
    pub fn refused(&self, name: &Name) -> io::Result<()> {
        self.moved(name, "F")
    }

    fn moved(&self, name: &Name, flag: &str) -> io::Result<()> {
        let base = name.0.split(":2,").next().unwrap_or(&name.0);
        let target = self.path.join("cur").join(format!("{base}:2,{flag}"));
        match fs::rename(self.path.join("new").join(&name.0), target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => sync(&self.path.join("cur")),
        }
    }

    /// Puts a message in, readable by its owner alone, on the disk before this returns. The name follows from the
    /// Message-ID and the date, so the same letter put in twice is there once, as long as nobody has moved it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn put(&self, id: &MessageId, date: Timestamp, bytes: &[u8]) -> io::Result<Delivery> {
        let digest = hex(&Sha256::digest(id.as_str())[..DIGEST]);
        let name = format!("{}.{digest}.guichet", date.0.div_euclid(1000));
        let target = self.path.join("new").join(&name);
        if target.exists() {
            return Ok(Delivery::Before);
        }
        let draft = self.path.join("tmp").join(&name);
        let written = write_new(&draft, bytes).and_then(|()| fs::rename(&draft, &target));
        if written.is_err() {
            // What is left of it would only be in the way of the next try.
            let _ = fs::remove_file(&draft);
        }
        written.and_then(|()| sync(&self.path.join("new"))).map(|()| Delivery::New)
    }
}

/// The message with the line ends of files.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    let mut lines = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            lines.push(*byte);
        }
    }
    file.write_all(&lines)?;
    file.sync_all()
}

fn make(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// A name is there for good once its folder is on the disk.
fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
