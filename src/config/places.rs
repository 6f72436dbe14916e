use super::Env;
use std::path::{Path, PathBuf};

const NAME: &str = "guichet";

/// Where the program's files are: the XDG variables first, on every system; then the system's own places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    config: PathBuf,
    data: PathBuf,
    state: PathBuf,
    named: Option<PathBuf>,
}

impl Places {
    /// The places of this environment. `named` is the configuration file that a flag or variable names.
    /// None when not even a home folder is known.
    pub fn find(env: &Env, named: Option<PathBuf>) -> Option<Self> {
        let system = directories::ProjectDirs::from("", "", NAME);
        // A relative path in such a variable is to be ignored, says their specification.
        let xdg = |name| env.get(name).map(PathBuf::from).filter(|path| path.is_absolute()).map(|path| path.join(NAME));
        let of = |name, place: fn(&directories::ProjectDirs) -> &Path| {
            xdg(name).or_else(|| system.as_ref().map(|dirs| place(dirs).to_path_buf()))
        };
        Some(Self {
            config: of("XDG_CONFIG_HOME", directories::ProjectDirs::config_dir)?,
            data: of("XDG_DATA_HOME", directories::ProjectDirs::data_dir)?,
            state: of("XDG_STATE_HOME", |dirs| dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()))?,
            named,
        })
    }

    /// The configuration file.
    pub fn config_file(&self) -> PathBuf {
        self.named.clone().unwrap_or_else(|| self.config.join("config.toml"))
    }

    /// Whether the configuration file was named, and so must be there.
    pub const fn config_named(&self) -> bool {
        self.named.is_some()
    }

    /// Where stores are that are only named.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Where drafts, the demo and the log are.
    pub fn state(&self) -> &Path {
        &self.state
    }

    /// The log.
    pub fn log_file(&self) -> PathBuf {
        self.state.join("guichet.log")
    }

    /// The store of a profile that names none.
    pub fn store_of(&self, profile: &str) -> String {
        format!("sqlite:{}", self.data.join(format!("{profile}.db")).display())
    }
}
