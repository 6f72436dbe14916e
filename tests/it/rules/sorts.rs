//! What sort of "no" an error is, and which exit status follows from that.

use guichet::client::{Capability, Error, StoreFault};
use guichet::domain::id::TicketId;
use guichet::domain::person::{Role, Standing};
use guichet::domain::refusal::{Field, Refusal, Sort, Thing};
use guichet::domain::time::Timestamp;
use guichet::report::Status;

fn fault(of: fn(String) -> StoreFault) -> Error {
    Error::Store(of("why".to_owned()))
}

/// R109: that there is none and that one may not know of it are of one sort, whichever way they are said.
#[test]
fn each_error_is_of_one_sort_which_gives_its_exit_status() {
    let rows = [
        (Error::NotFound, Sort::NotFound, Status::NotFound),
        (Error::Refused(Refusal::NotFound(Thing::Ticket(TicketId(7)))), Sort::NotFound, Status::NotFound),
        (Error::Refused(Refusal::NotFound(Thing::Person)), Sort::NotFound, Status::NotFound),
        (Error::Denied, Sort::Denied, Status::Denied),
        (Error::SignedOut, Sort::ShutOut, Status::Denied),
        (Error::Refused(Refusal::Role { needs: Role::Admin }), Sort::Denied, Status::Denied),
        (Error::Refused(Refusal::AgentsOnly(Field::Assignee)), Sort::Denied, Status::Denied),
        (Error::Refused(Refusal::ReadOnly), Sort::Denied, Status::Denied),
        (Error::Refused(Refusal::Suspended), Sort::ShutOut, Status::Denied),
        (Error::Refused(Refusal::NoAccess(Standing::Pending)), Sort::ShutOut, Status::Denied),
        (Error::Conflict { theirs: 3 }, Sort::Conflict, Status::Conflict),
        (Error::Refused(Refusal::Conflict { expected: 1, actual: 3 }), Sort::Conflict, Status::Conflict),
        (Error::KeyReused, Sort::KeyReused, Status::Conflict),
        (Error::Refused(Refusal::BackToNew), Sort::Rule, Status::Failed),
        (Error::Refused(Refusal::TooLong { field: Field::Subject, max: 400 }), Sort::Rule, Status::Failed),
        (Error::Refused(Refusal::TooLong { field: Field::Attachment, max: 9 }), Sort::TooLarge, Status::Failed),
        (Error::Refused(Refusal::TooMuchAsked { max: 100 }), Sort::Unclear, Status::Usage),
        (Error::Refused(Refusal::TooOften), Sort::TooMany, Status::Unreachable),
        (Error::Throttled(Timestamp(0)), Sort::TooMany, Status::Unreachable),
        (Error::Unreachable("why".to_owned()), Sort::Unavailable, Status::Unreachable),
        (Error::NotRehearsed, Sort::Unsupported, Status::Failed),
        (Error::Said("why".to_owned()), Sort::Rule, Status::Failed),
        (Error::NotHere(Capability::Why), Sort::Unsupported, Status::Failed),
        (Error::Garbled("why".to_owned()), Sort::Broken, Status::Unreachable),
        (fault(StoreFault::ReadOnly), Sort::Stuck, Status::Failed),
        (fault(StoreFault::Full), Sort::Stuck, Status::Failed),
        (fault(StoreFault::Locked), Sort::Unavailable, Status::Unreachable),
        (fault(StoreFault::Missing), Sort::Unavailable, Status::Unreachable),
        (fault(StoreFault::Overtaken), Sort::Unavailable, Status::Unreachable),
        (fault(StoreFault::Damaged), Sort::Broken, Status::Unreachable),
        (fault(StoreFault::Other), Sort::Broken, Status::Unreachable),
    ];
    for (error, sort, status) in rows {
        assert_eq!((error.sort(), Status::from(sort)), (sort, status), "{error:?}");
    }
}
