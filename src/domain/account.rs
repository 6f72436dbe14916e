use super::form::{Reader, Values};
use super::hosts::Hosts;
use super::id::{FieldId, GroupId, KindId, OrganizationId, StatusId};
use super::life::PeopleSettings;
use super::locale::nearest;
use super::profile::Profile;
use super::removal::RemovalSettings;
use super::rule::Action;
use super::setup::{ItemKey, Setup};
use super::status::{Priority, Status};
use super::time::{Span, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// One help desk: its name and address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// As people read it, such as `Vélo Métropole`.
    pub name: String,
    /// Where it can be reached by others, when it can.
    pub url: Option<String>,
}

/// What an admin has chosen for the whole account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own, under its own name")]
pub struct Settings {
    /// Whether agents may open private tickets (R113, D7).
    pub private_tickets: bool,
    /// What requesters see of On-hold (D8).
    pub portal_on_hold: OnHold,
    /// What the stock automations do, as they are now: they stand among the automations.
    pub timers: Timers,
    /// The group to which requests go (R157).
    pub default_group: Option<GroupId>,
    /// The account's language, such as `en`.
    pub language: String,
    /// The largest attachment, in bytes.
    pub attachment_bytes: u64,
    /// What is chosen about people.
    pub people: PeopleSettings,
    /// Whether a mail may open a request (D14).
    pub mail_tickets: bool,
    /// Whether somebody may ask who has not signed in.
    pub anonymous_requests: bool,
    /// How many letters somebody gets within an hour at most: two programs may be answering each other.
    pub notices_per_hour: u32,
    /// Whether requesters are asked what they thought of how they were helped.
    pub ratings: bool,
    /// To which hosts webhooks may go although they are one's own, or take no TLS.
    pub webhook_hosts: Hosts,
    /// What is chosen about deleting tickets.
    pub removal: RemovalSettings,
}

impl Settings {
    /// The shortest and longest time from Solved to Closed (D10).
    pub const CLOSE_AFTER: (Span, Span) = (Span::hours(1), Span::days(28));
    /// The largest file that an account can allow, in bytes: files are handled in memory as a whole.
    pub const MAX_ATTACHMENT_BYTES: u64 = 1 << 30;

    /// The fewest and most letters within an hour.
    pub const NOTICES_PER_HOUR: (u32, u32) = (1, 10_000);

    /// What end users need of them: when their requests go on by themselves (Z10), the language, how large a file may
    /// be. How agents work, and what of it is shown to requesters, is not theirs to know: it is as in a new account.
    #[must_use]
    pub fn for_requesters(&self) -> Self {
        let usual = Self::default();
        Self {
            timers: self.timers,
            language: self.language.clone(),
            attachment_bytes: self.attachment_bytes,
            people: PeopleSettings { time_zone: self.people.time_zone.clone(), ..usual.people },
            ratings: self.ratings,
            ..usual
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            private_tickets: true,
            portal_on_hold: OnHold::Show,
            timers: Timers::default(),
            default_group: None,
            language: "en".to_owned(),
            attachment_bytes: 50 * 1024 * 1024,
            people: PeopleSettings::default(),
            mail_tickets: false,
            anonymous_requests: false,
            notices_per_hour: 100,
            ratings: false,
            webhook_hosts: Hosts::default(),
            removal: RemovalSettings::default(),
        }
    }
}

/// What the automations of a new account do (D9, D10), for those who set them like any other setting. None when such an
/// automation is switched off, gone, or does something else by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timers {
    /// After how long in Pending the requester is reminded (R172).
    pub remind_after: Option<Span>,
    /// After how long in Pending the ticket is ended (R173).
    pub end_after: Option<Span>,
    /// What a Pending ticket becomes for want of an answer (D9).
    pub pending_end: PendingEnd,
    /// After how long in Solved the ticket is closed (R177, D10).
    pub close_after: Option<Span>,
}

impl Default for Timers {
    fn default() -> Self {
        Self {
            remind_after: Some(Span::days(3)),
            end_after: Some(Span::days(5)),
            pending_end: PendingEnd::Closed,
            close_after: Some(Span::days(4)),
        }
    }
}

impl Timers {
    /// The name of the automation that reminds.
    pub const REMIND: &str = "remind";
    /// The name of the automation that ends what waits for want of an answer.
    pub const END: &str = "end";
    /// The name of the automation that closes what is solved.
    pub const CLOSE: &str = "close";

    /// As an account's automations are now.
    pub fn of(setup: &Setup) -> Self {
        let named = |slug: &str| setup.automations.iter().find(|rule| rule.active && rule.slug == slug);
        let wait = |slug: &str| named(slug).and_then(|rule| rule.when.waits());
        let solves = named(Self::END).is_some_and(|rule| rule.then.contains(&Action::Status(Status::Solved)));
        Self {
            remind_after: wait(Self::REMIND),
            end_after: wait(Self::END),
            pending_end: if solves { PendingEnd::Solved } else { PendingEnd::Closed },
            close_after: wait(Self::CLOSE),
        }
    }
}

/// What requesters see of a ticket that is On-hold (D8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnHold {
    /// On-hold, as it is.
    Show,
    /// Open.
    AsOpen,
}

/// How a Pending ticket ends for want of an answer (D9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingEnd {
    /// It is closed: for good.
    Closed,
    /// It is solved: an answer still reopens it.
    Solved,
}

/// A kind of request with the sentence that says when to use it (R158-R162, D29).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// On the wire `ticket_form_id`.
    pub id: KindId,
    /// The name in scripts: `critical`, `feature`, `hardware`, `software`, and what admins add.
    pub slug: String,
    /// As people read it.
    pub name: String,
    /// When to use it (R159): in the first line, and more in further ones.
    pub guidance: String,
    /// The priority of new requests of this kind: urgent for Critical (R159).
    pub priority: Option<Priority>,
    /// Name and guidance in other languages.
    pub translations: BTreeMap<String, Translation>,
    /// The fields on its form, in their order.
    pub fields: Vec<FieldId>,
    /// When which of them appear.
    pub conditions: Vec<Appearance>,
    /// The account's own statuses that tickets of this kind may have; all when none is named.
    pub statuses: BTreeSet<StatusId>,
    /// Whether it is offered.
    pub active: bool,
    /// Whether requesters may choose it.
    pub requesters: bool,
    /// Whether tickets without a choice have this form (R074).
    pub default: bool,
    /// Its place in the order in which kinds are offered, from 1.
    pub position: i64,
}

impl Kind {
    /// A kind with nothing chosen but what must be: offered to everybody, with an empty form.
    pub fn new(id: KindId, slug: &str) -> Self {
        Self {
            id,
            slug: slug.to_owned(),
            name: slug.to_owned(),
            guidance: String::new(),
            priority: None,
            translations: BTreeMap::new(),
            fields: Vec::new(),
            conditions: Vec::new(),
            statuses: BTreeSet::new(),
            active: true,
            requesters: true,
            default: false,
            position: id.0,
        }
    }

    /// What it is called, for whoever reads that language.
    pub fn name_in(&self, language: &str) -> &str {
        nearest(&self.translations, language).map_or(&self.name, |words| &words.name)
    }

    /// When to use it, for whoever reads that language.
    pub fn guidance_in(&self, language: &str) -> &str {
        let words = nearest(&self.translations, language).filter(|words| !words.guidance.is_empty());
        words.map_or(&self.guidance, |words| &words.guidance)
    }

    /// Whether somebody may choose it for a ticket: nobody one that is switched off.
    pub const fn is_offered(&self, reader: Reader) -> bool {
        self.active && (self.requesters || matches!(reader, Reader::Agent))
    }
}

/// Name and guidance in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// As people read it.
    pub name: String,
    /// When to use it.
    pub guidance: String,
}

/// Fields that stand on a form only while another field has a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The field that decides.
    pub field: FieldId,
    /// What it must hold, as it is written.
    pub value: String,
    /// The fields that appear then.
    pub shows: Vec<FieldId>,
    /// Whether those are required while they are shown.
    pub required: bool,
}

/// A group of agents, such as `Support Ops`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which.
    pub id: GroupId,
    /// As people read it; unique in the account without regard to case.
    pub name: String,
    /// What it is for. The team alone reads it.
    pub description: Option<String>,
}

impl Group {
    /// A group of which nothing is said but its name.
    pub fn new(id: GroupId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), description: None }
    }
}

/// The company or branch that requesters belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Which.
    pub id: OrganizationId,
    /// As people read it; unique in the account without regard to case.
    pub name: String,
    /// Mail domains whose new people belong here, folded.
    pub domains: Vec<String>,
    /// Whether its people see each other's public requests (R166).
    pub shared_tickets: bool,
    /// Whether its people may also answer on each other's requests.
    pub shared_comments: bool,
    /// What the account's own fields of organizations hold; one without a value is not there.
    pub fields: Values,
    /// What the team keeps of it for itself.
    pub profile: Option<Box<Profile>>,
    /// When it came to be; none where nobody is to know.
    pub created_at: Option<Timestamp>,
    /// When it was different last; none where nobody is to know.
    pub updated_at: Option<Timestamp>,
}

impl Organization {
    /// An organization of which nothing is said but its name; its people read nothing of each other.
    pub fn new(id: OrganizationId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            domains: Vec::new(),
            shared_tickets: false,
            shared_comments: false,
            fields: Values::new(),
            profile: None,
            created_at: None,
            updated_at: None,
        }
    }
}

/// Something whose times stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dated {
    /// A group.
    Group(GroupId),
    /// A thing of the set-up.
    Item(ItemKey),
}

/// When something came to be, and was different last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moments {
    /// When it came to be.
    pub created: Timestamp,
    /// When it was different last.
    pub updated: Timestamp,
}

/// The form by which names of groups and organizations are compared: one line, without regard to case.
pub fn folded_name(name: &str) -> String {
    super::text::one_line(name).to_lowercase()
}
