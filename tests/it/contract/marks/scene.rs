//! A town in which everything internal bears a mark.

use crate::support::town::{Town, address, changes, says};
use guichet::client::post::Post;
use guichet::domain::act::{Change, Deed, NewPerson, NewTicket, OrganizationChange, OrganizationRef, PersonChange};
use guichet::domain::comment::NewComment;
use guichet::domain::field::{Access, Field, FieldType, Holder};
use guichet::domain::id::{FieldId, GroupId, KindId, PersonId, StatusId, TextId, TicketId};
use guichet::domain::notice::{NoticeText, Wording};
use guichet::domain::person::{PersonRef, Restriction, Role};
use guichet::domain::removal::Removal;
use guichet::domain::setup::{Document, Item, ItemKind, Mentions, Refers};
use guichet::domain::status::{CustomStatus, Status};
use guichet::domain::tag::Tag;
use guichet::domain::time::Span;
use std::collections::BTreeMap;

pub struct Scene {
    pub ana: PersonId,
    pub ben: PersonId,
    pub copied: PersonId,
    pub stranger: PersonId,
    pub agent: PersonId,
    pub of_groups: PersonId,
    pub of_assigned: PersonId,
    pub of_organization: PersonId,
    pub suspended: PersonId,
    /// Rules by their names.
    pub rules: Vec<String>,
    pub macros: Vec<i64>,
}

/// More than there is of anything.
pub const NUMBERS: std::ops::Range<i64> = 0..40;

async fn made(town: &Town, item: Item) -> i64 {
    town.does(town.admin, Deed::SetItem(Box::new(item))).await.outcome.item.expect("a new thing").id
}

async fn written(town: &Town, who: PersonId, kind: ItemKind, document: Document) -> i64 {
    let mentions = Mentions { names: [(Refers::Person, "olga@velo.example".to_owned())].into(), ..Mentions::default() };
    let directory = town.as_(town.admin).directory(mentions).await.expect("the names");
    let item = Item::read(kind, 0, &document, &directory).expect("a thing");
    town.does(who, Deed::SetItem(Box::new(item))).await.outcome.item.expect("a new thing").id
}

fn field(of: Holder, slug: &str) -> Item {
    Item::Field(Field {
        id: FieldId(0),
        of,
        slug: slug.into(),
        title: format!("Title {slug}"),
        requester_title: None,
        description: format!("About {slug}"),
        translations: BTreeMap::new(),
        kind: FieldType::Text,
        access: Access::Agents,
        required_to_submit: false,
        required_to_solve: false,
        default: None,
        active: true,
        position: 0,
    })
}

async fn with_file(town: &Town, who: PersonId, mark: &str, comment: NewComment) -> NewComment {
    let bytes = format!("{mark} in a file").into_bytes();
    let upload = town.as_(who).upload(format!("{mark}.txt"), "text/plain".into(), bytes).await.expect("kept");
    NewComment { uploads: vec![upload.token], ..comment }
}

/// A text that says all that a text can.
async fn everything_in_a_text(town: &Town) {
    let names = ["ticket.fields.mkfield", "ticket.tags", "ticket.is_private", "comment.body", "comment.author"];
    let body = names.map(|name| format!("{{{{ {name} }}}}")).join(" ");
    let wording = Wording { subject: format!("all {body}"), body: format!("{body} {{{{ ticket.subject }}}}") };
    let text = NoticeText {
        id: TextId(0),
        slug: "mktext".into(),
        description: "mkinside".into(),
        bodies: BTreeMap::from([("en".to_owned(), wording)]),
    };
    made(town, Item::Text(text)).await;
    let to = ["requester", "ccs", "assignee", "group", "followers", "address watch@partner.example"];
    let actions: Vec<String> = to.iter().map(|to| format!("notify {to}: mktext")).collect();
    let trigger = Document::default().with("title", "mktrigger").with("when", "number > 0").with("actions", actions);
    written(town, town.admin, ItemKind::Trigger, trigger).await;
}

async fn set_up(town: &Town) -> (FieldId, FieldId, FieldId, StatusId) {
    let ticket = FieldId(made(town, field(Holder::Ticket, "mkfield")).await);
    let person = FieldId(made(town, field(Holder::Person, "mkfield_person")).await);
    let organization = FieldId(made(town, field(Holder::Organization, "mkfield_organization")).await);
    let status = CustomStatus {
        id: StatusId(0),
        category: Status::Open,
        name: "mkstatus".into(),
        requester_name: None,
        description: "mkstatus".into(),
        active: true,
        default: false,
        position: 0,
        translations: BTreeMap::new(),
    };
    let status = StatusId(made(town, Item::Status(status)).await);
    let webhook = Document::default().with("name", "mkwebhook").with("url", "https://mkinside.example/");
    written(town, town.admin, ItemKind::Webhook, webhook).await;
    let automation = Document::default()
        .with("slug", "mkautomation")
        .with("title", "mkautomation")
        .with("when", "tags include mkwhen and updated more than 2 days ago")
        .with("actions", vec!["status: closed"]);
    written(town, town.admin, ItemKind::Automation, automation).await;
    let view = Document::default().with("slug", "mkview").with("title", "mkview").with("when", "tags include mkwhen");
    written(town, town.admin, ItemKind::View, view).await;
    (ticket, person, organization, status)
}

async fn agent(town: &Town, name: &str, groups: Vec<GroupId>, restriction: Restriction) -> PersonId {
    let new = NewPerson {
        name: name.into(),
        email: Some(address(&format!("{}@velo.example", name.to_lowercase()))),
        phone: None,
        role: Role::Agent,
        organization: (restriction == Restriction::Organization).then(|| OrganizationRef::Name("PaySup".into())),
        groups,
        language: None,
        external_id: None,
    };
    let id = town.does(town.admin, Deed::CreatePerson(new)).await.outcome.person.expect("an agent");
    let change = PersonChange { restriction: Some(restriction), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: id, change }).await;
    id
}

async fn opened(town: &Town, by: PersonId, new: NewTicket) -> TicketId {
    town.does(by, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket")
}

impl Scene {
    pub async fn make(town: &Town) -> Self {
        let (ticket, person, organization, status) = set_up(town).await;
        let other = town.does(town.admin, Deed::CreateGroup { name: "mkgroup".into() }).await;
        let other = other.outcome.group.expect("a group");
        let copied = town.person("Zed", "copy@else.example", Role::EndUser, None).await;
        let stranger = town.person("Dora", "dora@far.example", Role::EndUser, None).await;
        let follower = town.person("mkfollower", "follows@velo.example", Role::Agent, None).await;
        let scene = Self {
            ana: town.ana,
            ben: town.ben,
            copied,
            stranger,
            agent: town.agent,
            of_groups: agent(town, "Gus", vec![other], Restriction::Groups).await,
            of_assigned: agent(town, "Asta", vec![GroupId(1)], Restriction::Assigned).await,
            of_organization: agent(town, "Oda", vec![GroupId(1)], Restriction::Organization).await,
            suspended: agent(town, "Sus", vec![GroupId(1)], Restriction::None).await,
            rules: vec!["mktrigger".into(), "mkautomation".into(), "remind".into()],
            macros: NUMBERS.collect(),
        };
        everything_in_a_text(town).await;
        let value = |id: FieldId, text: &str| BTreeMap::from([(id, text.to_owned())]);
        let change = PersonChange { fields: value(person, "mkperson"), ..PersonChange::default() };
        town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
        let change =
            OrganizationChange { fields: value(organization, "mkorganization"), ..OrganizationChange::default() };
        town.does(town.admin, Deed::UpdateOrganization { organization: town.station, change }).await;
        let own = Document::default()
            .with("title", "mkpersonal mkmacro")
            .with("owner", "person: olga@velo.example")
            .with("actions", vec!["add tags: mkpersonal", "note: mkpersonal"]);
        written(town, town.admin, ItemKind::Macro, own).await;
        // Staff in copy, put there by staff: nobody else's to know, nor their addresses.
        let copied = town.person("mkcopied", "mkcopied@velo.example", Role::Agent, None).await;
        scene.tickets(town, [follower, copied], (ticket, status)).await;
        scene.requests_of_agents(town, other).await;
        let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
        town.does(town.admin, Deed::UpdatePerson { person: scene.suspended, change }).await;
        deleted(town).await;
        stray_mail(town).await;
        town.wait(Span::hours(1));
        scene
    }

    /// A public ticket of Ana's with notes on it, a private one in her name, one that was merged, and one of others.
    async fn tickets(&self, town: &Town, [follower, copied]: [PersonId; 2], (field, status): (FieldId, StatusId)) {
        let first = with_file(town, town.ana, "mkown", NewComment::public("mkown text")).await;
        let mut new = NewTicket { kind: Some(KindId(4)), ..NewTicket::new("mkown subject", first) };
        new.ccs = vec![PersonRef::Address(address("copy@else.example"))];
        let public = opened(town, town.ana, new).await;
        let note = with_file(town, town.agent, "mknote", NewComment::note("mknote text")).await;
        town.does(town.agent, says(public, note)).await;
        let change = Change {
            add_tags: ["mktag", "mkwhen"].map(|tag| Tag::parse(tag).expect("a tag")).into(),
            add_followers: [follower].into(),
            add_ccs: vec![PersonRef::Id(copied)],
            fields: BTreeMap::from([(field, "mkvalue".to_owned())]),
            custom_status: Some(status),
            ..Change::default()
        };
        town.change(public, change).await;
        town.reply(town.agent, public, "mkown answer").await;
        let first = with_file(town, town.agent, "mkprivate", NewComment::note("mkprivate text")).await;
        let private = NewTicket {
            requester: Some(PersonRef::Id(town.ana)),
            ccs: vec![PersonRef::Id(self.copied), PersonRef::Id(town.ben)],
            external_id: Some("mkexternal".into()),
            ..NewTicket::new("mkprivate subject", first)
        };
        let private = opened(town, town.agent, private).await;
        town.does(town.agent, says(private, NewComment::note("mkprivate more"))).await;
        let again = town.ticket(town.ana, "mkown again", "mkown").await;
        let merge = Deed::Merge {
            source: again,
            target: private,
            source_comment: NewComment::note("mknote merged"),
            target_comment: NewComment::note("mkprivate merged"),
        };
        town.does(town.agent, merge).await;
        let foreign = town.ticket(town.cleo, "mkforeign subject", "mkforeign text").await;
        town.does(town.agent, says(foreign, NewComment::public("mkforeign answer"))).await;
        let change = Change { fields: BTreeMap::from([(field, "kept".to_owned())]), ..Change::default() };
        town.does(town.agent, changes(foreign, change)).await;
    }

    /// What each restricted agent works with, and what they asked for themselves elsewhere.
    async fn requests_of_agents(&self, town: &Town, other: GroupId) {
        for person in [self.of_groups, self.of_assigned, self.of_organization, self.suspended] {
            let mut work = NewTicket::new("Work", NewComment::note("Do it."));
            work.requester = Some(PersonRef::Id(town.cleo));
            work.group = (person == self.of_groups).then_some(other);
            let work = opened(town, town.agent, work).await;
            if person == self.of_assigned {
                town.change(work, Change { assignee: Some(Some(person)), ..Change::default() }).await;
            }
            // Asked for in the name of one's own, of another organization than the one that they work for.
            let mut asks = NewTicket::new("Their own", NewComment::public("Please."));
            asks.requester = Some(PersonRef::Id(self.stranger));
            asks.ccs = vec![PersonRef::Id(person)];
            let asks = opened(town, town.agent, asks).await;
            town.does(town.agent, says(asks, NewComment::note("mkabout them"))).await;
            if person != self.of_organization {
                let mut asks = NewTicket::new("Their own", NewComment::public("Please."));
                asks.requester = Some(PersonRef::Id(person));
                let asks = opened(town, town.agent, asks).await;
                town.does(town.agent, says(asks, NewComment::note("mkabout them"))).await;
                let change = Change {
                    add_tags: ["mktag", "mkwhen"].map(|tag| Tag::parse(tag).expect("a tag")).into(),
                    ..Change::default()
                };
                town.change(asks, change).await;
            }
        }
    }
}

/// A public ticket with everything on it, which is no more.
async fn deleted(town: &Town) {
    let first = with_file(town, town.ana, "mkdeleted", NewComment::public("mkdeleted text")).await;
    let mut new = NewTicket { kind: Some(KindId(4)), ..NewTicket::new("mkdeleted subject", first) };
    new.ccs = vec![PersonRef::Address(address("copy@else.example"))];
    let id = opened(town, town.ana, new).await;
    town.reply(town.agent, id, "mkdeleted answer").await;
    town.does(town.admin, Deed::Removal(Removal::Delete(id))).await;
}

/// A mail that is nobody's.
async fn stray_mail(town: &Town) {
    let mail = "From: Nobody <nobody@far.example>\r\nTo: s@velo.example\r\nSubject: mksuspended\r\n\
         Message-ID: <1@far.example>\r\n\r\nmksuspended\r\n";
    let post = Post::new(town.store.clone(), town.clock());
    guichet::post::receiving::receive(&post, mail.as_bytes().to_vec(), None).await.expect("suspended");
}
