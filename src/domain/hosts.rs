// Addresses as values; nothing is opened with them here.
use core::net::{IpAddr, Ipv6Addr};
use std::collections::BTreeSet;
use std::fmt;

/// The longest name of a host, in characters.
const MAX_CHARS: usize = 253;

/// A host that may be spoken to although it is one's own: a name or an address, with one port or with all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Host {
    name: String,
    port: Option<u16>,
}

impl Host {
    /// `hooks.example`, `10.0.0.5:8080`, `::1`, `[::1]:8080`. None for anything else, patterns among it.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(address) = text.parse::<IpAddr>() {
            return Some(Self { name: address.to_string(), port: None });
        }
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) => (name, Some(port.parse::<u16>().ok().filter(|port| *port > 0)?)),
            None => (text, None),
        };
        let name = match name.strip_prefix('[') {
            Some(rest) => rest.strip_suffix(']')?.parse::<Ipv6Addr>().ok()?.to_string(),
            None => folded(name),
        };
        let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let is_name = |name: &str| {
            let parts = || name.split('.');
            // What ends in a number is an address or nothing.
            let last = parts().next_back().is_some_and(|part| part.chars().all(|c| c.is_ascii_digit()));
            name.chars().all(known) && parts().all(|part| !part.is_empty()) && !last
        };
        let fits = !name.is_empty() && name.len() <= MAX_CHARS;
        (fits && (name.parse::<IpAddr>().is_ok() || is_name(&name))).then_some(Self { name, port })
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            None => f.write_str(&self.name),
            Some(port) if self.name.contains(':') => write!(f, "[{}]:{port}", self.name),
            Some(port) => write!(f, "{}:{port}", self.name),
        }
    }
}

/// Hosts that an admin allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts(BTreeSet<Host>);

impl Hosts {
    /// The most hosts of one list.
    pub const MOST: usize = 100;

    /// Those of a list; none when one of them is no host, or there are too many.
    pub fn parse<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Self> {
        let hosts: Option<BTreeSet<Host>> = texts.into_iter().map(Host::parse).collect();
        hosts.filter(|hosts| hosts.len() <= Self::MOST).map(Self)
    }

    /// As it is typed: with commas or blanks between them; `none` for none.
    pub fn read(typed: &str) -> Option<Self> {
        if typed.trim() == "none" {
            return Some(Self::default());
        }
        Self::parse(typed.split([',', ' ', '\n', '\t']).filter(|part| !part.is_empty()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each as it is typed.
    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(ToString::to_string).collect()
    }

    /// Whether a host is one of them: as it is named, not as what it resolves to.
    pub fn has(&self, name: &str, port: u16) -> bool {
        let name = folded(name);
        self.0.iter().any(|one| one.name == name && one.port.is_none_or(|only| only == port))
    }
}

impl fmt::Display for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() { f.write_str("none") } else { f.write_str(&self.texts().join(", ")) }
    }
}

/// A host's name as names are compared: in small letters, without the dot at the end.
pub fn folded(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}
