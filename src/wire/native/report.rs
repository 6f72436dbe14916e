use super::{enums, structs};
use crate::domain::report::{Ask as ReportAsk, Cell, Dimension, Key as RowKey, Report, Row, Spread, Step};

structs! {
    ReportAsk { from, until, by, cuts, only, schedule }
    Report { rows, total }
    Row { keys, cell }
    Cell { opened, solved, unsolved, reopened, first_answer, solution }
    Spread { count, median, p90, mean }
}

enums! {
    Dimension { Status, Kind, Organization, Group, Assignee, Requester, Channel, Priority, Tag, Time(step) }
    Step { Day, Week, Month }
    RowKey {
        Status(status), Kind(kind), Organization(organization), Group(group), Assignee(person), Requester(person),
        Channel(channel), Priority(priority), Tag(tag), Before, Time(at), After,
    }
}
