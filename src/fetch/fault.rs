use super::resolve::Inside;
use std::error::Error as _;
use std::fmt;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It was not sent, and will not be while things are as they are.
    Refused(Refused),
    /// It may go well another time. Whether it arrived nobody knows.
    Later(Trouble),
}

/// Why a request may not leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is no address of a server, or one that hides something.
    Url,
    /// It names who signs in: secrets do not belong into addresses.
    Credentials,
    /// It is not `https`, to a host that no admin allows.
    Scheme,
    /// It leads to this machine or a network of one's own, and no admin allows the host.
    Address,
    /// A header cannot be sent.
    Header,
}

/// What went wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody knows the host's addresses.
    Name,
    /// Nobody takes the connection.
    Connection,
    /// It cannot be said in confidence: the certificate, most often.
    Tls,
    /// It took too long.
    Timeout,
    /// The other side hung up, or said what is no answer.
    Broken,
    /// It cannot be begun on this machine.
    Here,
}

impl Refused {
    /// The name in scripts and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Url => "bad_url",
            Self::Credentials => "credentials_in_url",
            Self::Scheme => "not_https",
            Self::Address => "private_address",
            Self::Header => "bad_header",
        }
    }
}

impl Trouble {
    /// The name in scripts and logs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "unknown_host",
            Self::Connection => "connection",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Broken => "broken_answer",
            Self::Here => "not_begun",
        }
    }
}

impl Fault {
    /// The name in scripts and logs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Refused(why) => why.name(),
            Self::Later(trouble) => trouble.name(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::error::Error for Fault {}

/// What an error of the library below means. Its text is not taken on: it may hold addresses and what stands in them.
pub(super) fn of(error: &reqwest::Error) -> Fault {
    let mut causes: Vec<&(dyn std::error::Error + 'static)> = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause);
        // What an input error holds is not its source: that one's source is.
        let held = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match held {
            Some(held) => Some(held),
            None => cause.source(),
        };
    }
    let says = |inside: Inside| causes.iter().any(|cause| cause.downcast_ref::<Inside>() == Some(&inside));
    if says(Inside::Refused) {
        return Fault::Refused(Refused::Address);
    }
    Fault::Later(if says(Inside::Unknown) {
        Trouble::Name
    } else if error.is_timeout() {
        Trouble::Timeout
    } else if causes.iter().any(|cause| cause.is::<rustls::Error>()) {
        Trouble::Tls
    } else if error.is_connect() {
        Trouble::Connection
    } else if error.is_builder() {
        Trouble::Here
    } else {
        Trouble::Broken
    })
}
