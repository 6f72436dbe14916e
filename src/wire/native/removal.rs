use super::{enums, structs};
use crate::domain::mailroom::{MailDeed, MailEvent};
use crate::domain::removal::{DeletedTicket, Deletion, Removal, RemovalSetting, RemovalSettings, Removed};

structs! {
    Deletion { at, by, purged }
    DeletedTicket { id, subject, by, at, status }
    RemovalSettings { by_agents, purge_days }
}

enums! {
    Removal {
        Delete(ticket),
        Spam(ticket),
        Restore(ticket),
        Purge(ticket),
        Redact { ticket, comment, text },
        RedactFile { ticket, comment, file },
    }
    Removed {
        Deleted { by, spam },
        Restored,
        Purged,
        Redacted(comment),
        FileRedacted(comment),
    }
    RemovalSetting { ByAgents(on), PurgeDays(days) }
    MailDeed { PutBack(letter), DropLetter(letter), DropMail(mail) }
    MailEvent { PutBack(letter), LetterDropped(letter), MailDropped(mail) }
}
