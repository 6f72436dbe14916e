use crate::domain::act::Deed;
use crate::domain::comment::NewComment;
use crate::domain::refusal::{Field, Refusal};
use crate::domain::ticket::Ticket;

/// How many people one deed may name for the copy. More than may be in copy, for some may be there already.
const MOST_NAMED: usize = 4 * Ticket::MAX_CCS;

/// How much a deed hands in and names, whoever sends it. It tells nothing of the account, and whoever gathers facts asks
/// it first: what is too much costs no reading, and no new numbers.
///
/// # Errors
/// [`Refusal::TooLong`] with the field that has too many.
pub fn bounded(deed: &Deed) -> Result<(), Refusal> {
    match deed {
        Deed::CreateTicket(new) => {
            files(&new.comment)?;
            copies(new.ccs.len())
        }
        Deed::UpdateTicket { change, comment, .. } => {
            comment.as_ref().map_or(Ok(()), files)?;
            copies(change.add_ccs.len().max(change.remove_ccs.len()))
        }
        Deed::Merge { source_comment, target_comment, .. } => {
            files(source_comment)?;
            files(target_comment)
        }
        Deed::ImportTicket(past) => past.comments.iter().try_for_each(|said| files(&said.comment)),
        // None of them names files, or people who may have to be made.
        Deed::Case(_)
        | Deed::MakeInternal { .. }
        | Deed::RunAutomations { .. }
        | Deed::CreatePerson(_)
        | Deed::ImportPerson(_)
        | Deed::UpdatePerson { .. }
        | Deed::CreateOrganization(_)
        | Deed::UpdateOrganization { .. }
        | Deed::CreateGroup { .. }
        | Deed::RenameGroup { .. }
        | Deed::DescribeGroup { .. }
        | Deed::Person(_)
        | Deed::Removal(_)
        | Deed::Mail(_)
        | Deed::DeleteGroup { .. }
        | Deed::DeleteOrganization { .. }
        | Deed::Set(_)
        | Deed::Webhook { .. }
        | Deed::SetItem(_)
        | Deed::DeleteItem(_)
        | Deed::OrderItems { .. } => Ok(()),
    }
}

fn files(comment: &NewComment) -> Result<(), Refusal> {
    let max = NewComment::MAX_FILES;
    if comment.uploads.len() > max {
        return Err(Refusal::TooLong { field: Field::Attachments, max: max as u64 });
    }
    Ok(())
}

fn copies(named: usize) -> Result<(), Refusal> {
    if named > MOST_NAMED {
        return Err(Refusal::TooLong { field: Field::Ccs, max: Ticket::MAX_CCS as u64 });
    }
    Ok(())
}
