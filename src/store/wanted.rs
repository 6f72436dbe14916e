//! What an act names, and so what has to be read before it can be decided.

use crate::domain::account::folded_name;
use crate::domain::act::{Act, Change, Deed, ImportedTicket, NewTicket, OrganizationRef, PersonChange, Who};
use crate::domain::case::CaseDeed;
use crate::domain::comment::{NewComment, UploadToken};
use crate::domain::grant::GrantDeed;
use crate::domain::id::{CommentId, GroupId, OrganizationId, PersonId, TicketId};
use crate::domain::life::PersonDeed;
use crate::domain::mailroom::MailDeed;
use crate::domain::person::{EmailAddress, PersonRef};
use crate::domain::removal::Removal;
use crate::domain::secret::Digest;
use crate::domain::setup::{Item, ItemKey, Mentions, Refers};
use std::collections::BTreeSet;

/// What acts name.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a list of what is to be read, each of it apart from the others")]
pub(super) struct Wanted {
    pub(super) tickets: BTreeSet<TicketId>,
    pub(super) people: BTreeSet<PersonId>,
    /// Folded addresses.
    pub(super) addresses: BTreeSet<String>,
    pub(super) organizations: BTreeSet<OrganizationId>,
    /// Folded names of organizations.
    pub(super) names: BTreeSet<String>,
    /// Mail domains, which say where somebody belongs.
    pub(super) domains: BTreeSet<String>,
    pub(super) uploads: BTreeSet<UploadToken>,
    pub(super) comment: Option<CommentId>,
    /// Everything in the set-up.
    pub(super) items: bool,
    /// Something of the set-up that is to be deleted.
    pub(super) item: Option<ItemKey>,
    /// A group that is to be deleted.
    pub(super) group: Option<GroupId>,
    /// How many admins there are.
    pub(super) admins: bool,
    /// What was said on the tickets, for the search index.
    pub(super) words: bool,
    /// What is asked of somebody as a whole.
    pub(super) life: Option<Life>,
    /// Whether people, organizations, groups or settings may change: then nobody else may change them meanwhile.
    pub(super) account: bool,
}

/// What is asked of somebody as a whole, one at a time.
#[derive(Debug, Default)]
pub(super) struct Life {
    /// Whose requests and tokens.
    pub(super) person: Option<PersonId>,
    /// A link that was used.
    pub(super) link: Option<Digest>,
    /// With which address access was asked for.
    pub(super) address: Option<Digest>,
    /// With which address somebody asks who has not signed in.
    pub(super) stranger: Option<Digest>,
    /// A code that was used.
    pub(super) code: Option<Digest>,
    /// A token with which a pair is fetched.
    pub(super) refresh: Option<Digest>,
    /// Whose comments.
    pub(super) said: Option<TicketId>,
    /// The files of which comment.
    pub(super) files: Option<CommentId>,
    /// A letter on its way out.
    pub(super) letter: Option<i64>,
    /// A mail that is nobody's.
    pub(super) mail: Option<i64>,
}

impl Wanted {
    /// And what this act names.
    pub(super) fn add(&mut self, act: &Act) {
        if let Who::Person(id) = act.who {
            self.people.insert(id);
        }
        self.deed(&act.deed);
        // What was asked of late by those who have not signed in.
        if let (Who::System, Deed::CreateTicket(new)) = (act.who, &act.deed)
            && let Some(PersonRef::Named { email, .. }) = &new.requester
        {
            self.life = Some(Life { stranger: Some(Digest::of_address(email)), ..Life::default() });
        }
    }

    /// What an act names beside the set-up, for whoever has that in memory and writes nothing.
    pub(super) fn beside_set_up(act: &Act) -> Self {
        let mut wanted = Self::default();
        wanted.add(act);
        Self { items: false, account: false, ..wanted }
    }

    /// Whether anything is named beside who acts, of what acts on the set-up name.
    pub(super) fn names_more_than(&self, actor: PersonId) -> bool {
        let more = self.people.iter().any(|id| *id != actor) || !self.organizations.is_empty();
        more || !self.names.is_empty() || self.item.is_some() || self.group.is_some()
    }

    /// Whether an act can be decided together with others: none of the records that they share may change by it, but
    /// the tickets, and those are followed.
    pub(super) fn stands_alone(act: &Act) -> bool {
        let mut wanted = Self::default();
        wanted.add(act);
        wanted.account || wanted.comment.is_some() || wanted.life.is_some()
    }

    fn deed(&mut self, deed: &Deed) {
        match deed {
            Deed::CreateTicket(new) => self.new_ticket(new),
            Deed::UpdateTicket { ticket, change, comment, .. } => {
                self.tickets.insert(*ticket);
                self.change(change);
                if let Some(comment) = comment {
                    self.comment(comment);
                }
            }
            Deed::MakeInternal { ticket, comment } => {
                self.tickets.insert(*ticket);
                self.comment = Some(*comment);
                self.words = true;
            }
            Deed::Merge { source, target, source_comment, target_comment } => {
                self.tickets.extend([*source, *target]);
                self.comment(source_comment);
                self.comment(target_comment);
            }
            Deed::Case(deed) => self.case(deed),
            Deed::RunAutomations { ticket } => _ = self.tickets.insert(*ticket),
            Deed::ImportTicket(past) => self.imported(past),
            Deed::SetItem(item) => {
                self.account = true;
                self.items = true;
                self.mentions(item);
            }
            // The set-up is in memory.
            Deed::Webhook { .. } => self.account = true,
            Deed::OrderItems { .. } => {
                self.account = true;
                self.items = true;
            }
            Deed::DeleteGroup { group } => {
                self.account = true;
                self.items = true;
                self.group = Some(*group);
            }
            Deed::DeleteOrganization { organization } => {
                self.account = true;
                self.items = true;
                self.organizations.insert(*organization);
            }
            Deed::DeleteItem(key) => {
                self.account = true;
                self.items = true;
                self.item = Some(*key);
            }
            Deed::Person(deed) => self.person_deed(deed),
            Deed::Removal(removal) => self.removal(removal),
            Deed::Mail(deed) => {
                self.account = true;
                let (letter, mail) = match deed {
                    MailDeed::PutBack(letter) | MailDeed::DropLetter(letter) => (Some(*letter), None),
                    MailDeed::DropMail(mail) => (None, Some(*mail)),
                };
                self.life = Some(Life { letter, mail, ..Life::default() });
            }
            Deed::CreatePerson(_)
            | Deed::ImportPerson(_)
            | Deed::UpdatePerson { .. }
            | Deed::CreateOrganization(_)
            | Deed::UpdateOrganization { .. }
            | Deed::CreateGroup { .. }
            | Deed::RenameGroup { .. }
            | Deed::DescribeGroup { .. }
            | Deed::Set(_) => {
                self.account = true;
                self.account_deed(deed);
            }
        }
    }

    fn case(&mut self, deed: &CaseDeed) {
        self.tickets.insert(deed.ticket());
        if let CaseDeed::Solve { problem, comment, .. } = deed {
            self.tickets.insert(*problem);
            self.comment = *comment;
            self.words = comment.is_some();
        }
    }

    /// What changes no ticket.
    fn account_deed(&mut self, deed: &Deed) {
        match deed {
            Deed::CreatePerson(new) | Deed::ImportPerson(new) => {
                if let Some(email) = &new.email {
                    self.address(email);
                }
                if let Some(named) = &new.organization {
                    self.organization(named);
                }
            }
            Deed::UpdatePerson { person, change } => {
                self.people.insert(*person);
                self.person_change(change);
            }
            Deed::CreateOrganization(new) => {
                self.name(&new.name);
                self.domains.extend(new.domains.iter().map(|domain| domain.to_lowercase()));
            }
            Deed::UpdateOrganization { organization, change } => {
                self.organizations.insert(*organization);
                if let Some(name) = &change.name {
                    self.name(name);
                }
            }
            _ => {}
        }
    }

    /// What is wanted of somebody as a whole: but to take who is gone off a ticket all of it goes alone.
    fn person_deed(&mut self, deed: &PersonDeed) {
        let mut life = Life::default();
        match deed {
            PersonDeed::Settle { ticket, person } => {
                self.tickets.insert(*ticket);
                self.people.insert(*person);
                self.words = true;
                return;
            }
            PersonDeed::Forget { ticket, whose } => {
                self.tickets.insert(*ticket);
                self.people.extend(*whose);
                self.words = true;
                life.said = Some(*ticket);
            }
            PersonDeed::Merge { source, target } => self.people.extend([*source, *target]),
            PersonDeed::AskAccess { email, .. } => {
                self.address(email);
                life.address = Some(Digest::of_address(email));
            }
            PersonDeed::UseLink { link, .. } => life.link = Some(*link),
            PersonDeed::Grant(GrantDeed::Open { person, .. }) => _ = self.people.insert(*person),
            PersonDeed::Grant(GrantDeed::Redeem { code, .. }) => life.code = Some(*code),
            PersonDeed::Grant(GrantDeed::Renew { refresh, .. }) => life.refresh = Some(*refresh),
            PersonDeed::Approve(person)
            | PersonDeed::Delete(person)
            | PersonDeed::Erase { person, .. }
            | PersonDeed::MakeLink { person, .. }
            | PersonDeed::SetPassword { person, .. }
            | PersonDeed::AddToken { person, .. }
            | PersonDeed::RevokeToken { person, .. } => {
                self.people.insert(*person);
                life.person = Some(*person);
            }
        }
        self.admins = true;
        self.account = true;
        self.life = Some(life);
    }

    fn removal(&mut self, removal: &Removal) {
        self.tickets.insert(removal.ticket());
        match removal {
            Removal::Delete(_) | Removal::Restore(_) => {}
            // Whoever asked is shut out.
            Removal::Spam(_) => {
                self.account = true;
                self.admins = true;
            }
            Removal::Purge(ticket) => {
                self.words = true;
                self.life = Some(Life { said: Some(*ticket), ..Life::default() });
            }
            Removal::Redact { comment, .. } | Removal::RedactFile { comment, .. } => {
                self.words = true;
                self.comment = Some(*comment);
                self.life = Some(Life { files: Some(*comment), ..Life::default() });
            }
        }
    }

    /// Whom and what a thing of the set-up names.
    fn mentions(&mut self, item: &Item) {
        for (what, id) in Mentions::of_item(item).ids {
            match what {
                Refers::Person => _ = self.people.insert(PersonId(id)),
                Refers::Organization => _ = self.organizations.insert(OrganizationId(id)),
                _ => {}
            }
        }
    }

    fn new_ticket(&mut self, new: &NewTicket) {
        self.tickets.extend(new.follow_up_of.iter().chain(&new.problem));
        self.people.extend(new.assignee);
        self.people.extend(&new.followers);
        for named in new.requester.iter().chain(&new.ccs) {
            self.person(named);
        }
        self.uploads.extend(new.comment.uploads.iter().cloned());
    }

    fn change(&mut self, change: &Change) {
        self.tickets.extend(change.problem.flatten());
        self.people.extend(change.assignee.flatten());
        self.people.extend(&change.add_followers);
        for named in change.requester.iter().chain(&change.add_ccs) {
            self.person(named);
        }
        self.words |= change.subject.is_some()
            || change.requester.is_some()
            || !change.add_ccs.is_empty()
            || !change.remove_ccs.is_empty();
    }

    fn comment(&mut self, comment: &NewComment) {
        self.uploads.extend(comment.uploads.iter().cloned());
        self.words = true;
    }

    fn person_change(&mut self, change: &PersonChange) {
        if let Some(Some(email)) = &change.email {
            self.address(email);
        }
        if let Some(Some(named)) = &change.organization {
            self.organization(named);
        }
        self.admins = true;
    }

    fn imported(&mut self, past: &ImportedTicket) {
        self.tickets.extend(past.problem);
        self.people.extend(past.requester);
        self.people.extend(past.submitter);
        self.people.extend(past.assignee);
        self.people.extend(past.ccs.iter().chain(&past.followers));
        for said in &past.comments {
            self.people.extend(said.author);
            self.uploads.extend(said.comment.uploads.iter().cloned());
        }
    }

    /// Somebody who is not known becomes so.
    fn person(&mut self, named: &PersonRef) {
        match named {
            PersonRef::Id(id) => _ = self.people.insert(*id),
            PersonRef::Address(email) | PersonRef::Named { email, .. } => {
                self.address(email);
                self.account = true;
            }
        }
    }

    fn address(&mut self, email: &EmailAddress) {
        self.addresses.insert(email.folded());
        self.domains.insert(email.domain());
    }

    fn organization(&mut self, named: &OrganizationRef) {
        match named {
            OrganizationRef::Id(id) => _ = self.organizations.insert(*id),
            OrganizationRef::Name(name) => self.name(name),
        }
    }

    fn name(&mut self, name: &str) {
        // As the rules make one line of it before they compare.
        self.names.insert(folded_name(name));
    }
}
