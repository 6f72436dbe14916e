//! What the store says, as a client says it.

use crate::client::{Error, StoreFault};
use crate::store::{self, Fault, FaultKind};

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(refusal) => refusal.into(),
            store::Error::UnknownActor => Self::Denied,
            store::Error::KeyReused => Self::KeyReused,
            store::Error::NotRehearsed => Self::NotRehearsed,
            store::Error::Fault(fault) => fault.into(),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        let detail = fault.detail;
        Self::Store(match fault.kind {
            FaultKind::ReadOnly => StoreFault::ReadOnly(detail),
            FaultKind::Full => StoreFault::Full(detail),
            FaultKind::Locked => StoreFault::Locked(detail),
            FaultKind::Foreign => StoreFault::Foreign(detail),
            FaultKind::Newer => StoreFault::Newer(detail),
            FaultKind::Overtaken => StoreFault::Overtaken(detail),
            FaultKind::Missing => StoreFault::Missing(detail),
            FaultKind::Damaged => StoreFault::Damaged(detail),
            FaultKind::Io => StoreFault::Io(detail),
            FaultKind::Unreachable => return Self::Unreachable(detail),
            FaultKind::Taken | FaultKind::Other => StoreFault::Other(detail),
        })
    }
}
