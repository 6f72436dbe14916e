//! Every method of a client, asked for as much as it can be asked for.

use super::scene::{NUMBERS, Scene};
use crate::support::town::{NOW, address, changes, says};
use guichet::client::told::InboxAsk;
use guichet::client::{Client, Cursor, Error, Key, ListAsk, LogAsk, PeopleAsk, Source};
use guichet::domain::act::{Change, Deed, NewTicket, OrganizationRef, PersonChange};
use guichet::domain::case::{CaseDeed, Score, TicketType};
use guichet::domain::comment::NewComment;
use guichet::domain::condition::{Condition, Pattern, Place, Test};
use guichet::domain::id::{AttachmentId, CommentId, GroupId, OrganizationId, PersonId, RuleId, TicketId, WebhookId};
use guichet::domain::life::PersonDeed;
use guichet::domain::person::PersonRef;
use guichet::domain::report::{Ask as ReportAsk, Dimension};
use guichet::domain::secret::Secret;
use guichet::domain::setup::{Directory, Document, Item, ItemKey, ItemKind, Mentions, Refers};
use guichet::domain::status::Status;
use guichet::domain::time::Span;
use guichet::domain::view::{Sort, SortKey};
use std::fmt::Debug;

/// What is looked for by words.
const MARKS: [&str; 13] = [
    "mkprivate",
    "mknote",
    "mkvalue",
    "mktag",
    "mkstatus",
    "mkexternal",
    "mkcopied",
    "mkfollower",
    "mkgroup",
    "mkabout",
    "mkown",
    "mkforeign",
    "mkperson",
];

fn shown<T: Debug>(answer: Result<T, Error>) -> String {
    match answer {
        Ok(answer) => format!("{answer:?}\n"),
        // It repeats what was asked.
        Err(Error::Unclear(_)) => "refused: not understood\n".to_owned(),
        Err(error) => format!("refused: {error:?}\n"),
    }
}

/// What was found by a word tells of it, whatever it looks like.
fn found(mark: &str, many: bool) -> String {
    if many { format!("{mark} was found\n") } else { String::new() }
}

async fn each<T: Debug>(ask: impl AsyncFn(i64) -> Result<T, Error>) -> String {
    let mut all = String::new();
    for number in NUMBERS {
        all += &shown(ask(number).await);
    }
    all
}

fn queries(mark: &str) -> Vec<String> {
    let fields = ["", "subject:", "comment:", "tags:", "status:", "external_id:", "group:", "follower:", "requester:"];
    let mut all: Vec<String> = fields.iter().map(|field| format!("{field}{mark}")).collect();
    all.push(format!("{}*", &mark[..mark.len() - 1]));
    all.push(format!("mkfield:{mark}"));
    all
}

fn sources() -> Vec<Source> {
    let views = ["mkview", "unassigned", "all", "mine"].map(|slug| Source::View(slug.into()));
    let mut all = vec![Source::Mine, Source::Ccd, Source::Organization, Source::Search(String::new())];
    all.extend(views);
    all
}

macro_rules! lists {
    ($client:ident, $method:ident) => {{
        let mut all = String::new();
        for source in sources() {
            for by in SortKey::ALL {
                let ask = ListAsk { sort: Some(Sort { by, descending: true }), ..ListAsk::first(source.clone()) };
                all += &shown($client.$method(ask).await);
            }
        }
        for id in NUMBERS {
            all += &shown($client.$method(ListAsk::first(Source::Incidents(TicketId(id)))).await);
        }
        for mark in MARKS {
            for query in queries(mark) {
                let page = $client.$method(ListAsk::first(Source::Search(query.clone()))).await;
                all += &found(mark, page.is_ok_and(|page| !page.rows.is_empty()));
                let ask = ListAsk { narrow: Some(query), ..ListAsk::first(Source::Mine) };
                all += &found(mark, $client.$method(ask).await.is_ok_and(|page| !page.rows.is_empty()));
            }
        }
        all
    }};
}

async fn counts(client: &dyn Client) -> String {
    let mut all = shown(client.counts(sources()).await);
    for mark in MARKS {
        for query in queries(mark) {
            let counts = client.counts(vec![Source::Search(query)]).await;
            all += &found(mark, counts.is_ok_and(|counts| counts.iter().any(|count| count.value > 0)));
        }
    }
    all
}

async fn matching(client: &dyn Client) -> String {
    let mut all = shown(client.matching(Condition::EVERYTHING, 100).await);
    for mark in MARKS {
        let test = Condition::from(Test::Text(Place::Anywhere, Pattern::parse(mark, false).expect("a word")));
        all += &found(mark, client.matching(test, 9).await.is_ok_and(|(count, _)| count.value > 0));
    }
    all
}

/// An incident of a problem.
fn linked(problem: TicketId) -> Change {
    Change { ticket_type: Some(Some(TicketType::Incident)), problem: Some(Some(problem)), ..Change::default() }
}

/// Things that one might want of every number there is.
fn deeds(id: i64) -> Vec<Deed> {
    let (ticket, person) = (TicketId(id), PersonId(id));
    let new = || NewTicket::new("?", NewComment::public("?"));
    let merge = |source, target| Deed::Merge {
        source,
        target,
        source_comment: NewComment::public("?"),
        target_comment: NewComment::public("?"),
    };
    vec![
        says(ticket, NewComment::public("?")),
        says(ticket, NewComment::note("?")),
        changes(ticket, Change::status(Status::Solved)),
        changes(ticket, Change { assignee: Some(Some(person)), ..Change::default() }),
        changes(ticket, Change { group: Some(Some(GroupId(id))), ..Change::default() }),
        changes(ticket, Change { ticket_type: Some(Some(TicketType::Task)), ..Change::default() }),
        changes(TicketId(1), linked(ticket)),
        changes(ticket, linked(TicketId(1))),
        Deed::Case(CaseDeed::Rate { ticket, score: Score::Good, comment: None }),
        Deed::Case(CaseDeed::Solve { ticket, problem: ticket, comment: None }),
        Deed::MakeInternal { ticket, comment: CommentId(id) },
        merge(ticket, TicketId(1)),
        merge(TicketId(1), ticket),
        Deed::CreateTicket(Box::new(NewTicket { follow_up_of: Some(ticket), ..new() })),
        Deed::CreateTicket(Box::new(NewTicket { requester: Some(PersonRef::Id(person)), ..new() })),
        Deed::CreateTicket(Box::new(NewTicket { ccs: vec![PersonRef::Id(person)], ..new() })),
        Deed::UpdatePerson { person, change: PersonChange { phone: Some(None), ..PersonChange::default() } },
        Deed::Person(PersonDeed::Delete(person)),
        Deed::Person(PersonDeed::Approve(person)),
        Deed::Person(PersonDeed::Merge { source: person, target: PersonId(1) }),
        Deed::DeleteGroup { group: GroupId(id) },
        Deed::DeleteOrganization { organization: OrganizationId(id) },
        Deed::DeleteItem(ItemKey { kind: ItemKind::Field, id }),
        Deed::DeleteItem(ItemKey { kind: ItemKind::Macro, id }),
    ]
}

async fn checks(client: &dyn Client) -> String {
    let mut all = String::new();
    for id in NUMBERS {
        for deed in deeds(id) {
            all += &shown(client.check(deed).await);
        }
    }
    all
}

async fn rehearses(client: &dyn Client) -> String {
    let mut rehearsal = match client.rehearse().await {
        Ok(rehearsal) => rehearsal,
        Err(error) => return shown::<()>(Err(error)),
    };
    let mut all = String::new();
    for id in NUMBERS {
        for deed in deeds(id) {
            all += &shown(rehearsal.act(deed).await);
        }
    }
    all
}

/// Only what changes nothing: who may do it at all has done nothing by it.
async fn acts(client: &dyn Client) -> String {
    each(async |id| {
        let deed = Deed::MakeInternal { ticket: TicketId(id), comment: CommentId(9_999) };
        client.act(Key(format!("mark-{id}")), deed).await
    })
    .await
}

async fn items(client: &dyn Client) -> String {
    let mut all = String::new();
    for kind in ItemKind::ALL {
        all += &shown(client.items(kind).await);
    }
    all
}

async fn people(client: &dyn Client) -> String {
    let mut all = String::new();
    for text in ["an", "be", "cl", "do", "mkf", "gare", "example", "pay", "06"] {
        for staff_only in [false, true] {
            all += &shown(client.people(PeopleAsk::Suggest { text: text.into(), staff_only, limit: 99 }).await);
        }
    }
    all += &shown(client.people(PeopleAsk::Address(address("ana@gare.example"))).await);
    all += &shown(client.people(PeopleAsk::Ids(NUMBERS.map(PersonId).collect())).await);
    all + &shown(client.people(PeopleAsk::Role { role: None, after: None, limit: 99 }).await)
}

async fn organization(client: &dyn Client) -> String {
    let named = client.organization(OrganizationRef::Name("Gare du Nord".into())).await;
    shown(named) + &each(async |id| client.organization(OrganizationRef::Id(OrganizationId(id))).await).await
}

async fn report(client: &dyn Client) -> String {
    let mut all = String::new();
    for dimension in Dimension::ALL {
        let ask = ReportAsk { by: vec![dimension], ..ReportAsk::new(NOW + Span::days(-9), NOW + Span::days(9)) };
        all += &shown(client.report(ask).await);
    }
    for mark in MARKS {
        let only = Condition::from(Test::Text(Place::Anywhere, Pattern::parse(mark, false).expect("a word")));
        let ask = ReportAsk { only, ..ReportAsk::new(NOW + Span::days(-9), NOW + Span::days(9)) };
        let rows = client.report(ask).await.map(|reported| format!("{:?}", reported.report)).unwrap_or_default();
        all += &found(mark, rows.contains("tickets: 1"));
    }
    all
}

fn view() -> Item {
    let document = Document::default().with("slug", "tried").with("when", "number > 0");
    Item::read(ItemKind::View, 0, &document, &Directory::default()).expect("a view")
}

fn mentions() -> Mentions {
    Mentions {
        ids: NUMBERS.flat_map(|id| [(Refers::Person, id), (Refers::Organization, id)]).collect(),
        names: [(Refers::Person, "ana@gare.example".to_owned()), (Refers::Organization, "Gare du Nord".to_owned())]
            .into(),
    }
}

async fn why(client: &dyn Client, scene: &Scene) -> String {
    let mut all = String::new();
    for rule in &scene.rules {
        all += &each(async |id| client.why(TicketId(id), rule.clone()).await).await;
    }
    all
}

async fn files(client: &dyn Client) -> String {
    each(async |id| {
        let file = client.attachment(AttachmentId(id)).await;
        file.map(|(file, bytes)| (file, String::from_utf8_lossy(&bytes).into_owned()))
    })
    .await
}

async fn news(client: &dyn Client) -> String {
    let begun = client.news(None, 0).await;
    let place = begun.as_ref().ok().map(|news| news.place.clone());
    let unknown = client.news(Some(Cursor("?".into())), 0).await;
    let all = [begun, client.news(place, 0).await, unknown];
    all.map(|news| shown(news.map(|news| (news.tickets, news.everything, news.session, news.unread)))).concat()
}

/// A table of methods, each with how it is asked.
macro_rules! asks {
    ($($method:ident: |$client:ident, $scene:ident| $ask:expr;)+) => {
        /// Every method that is asked.
        pub const METHODS: &[&str] = &[$(stringify!($method)),+];

        /// What every method answers.
        pub async fn everything(client: &dyn Client, scene: &Scene) -> Vec<(&'static str, String)> {
            let mut all = Vec::new();
            $(all.push((stringify!($method), {
                let ($client, $scene) = (client, scene);
                let _ = $scene;
                $ask
            }));)+
            all
        }
    };
}

asks! {
    session: |client, _s| shown(client.session().await);
    act: |client, _s| acts(client).await;
    check: |client, _s| checks(client).await;
    rehearse: |client, _s| rehearses(client).await;
    items: |client, _s| items(client).await;
    directory: |client, _s| shown(client.directory(mentions()).await);
    matching: |client, _s| matching(client).await;
    tickets: |client, _s| lists!(client, tickets);
    requests: |client, _s| lists!(client, requests);
    counts: |client, _s| counts(client).await;
    ticket: |client, _s| each(async |id| client.ticket(TicketId(id), 100).await).await;
    request: |client, _s| each(async |id| client.request(TicketId(id), 100).await).await;
    comments: |client, _s| each(async |id| client.comments(TicketId(id), CommentId(i64::MAX), 100).await).await;
    metrics: |client, _s| each(async |id| client.metrics(TicketId(id)).await).await;
    audits: |client, _s| each(async |id| client.audits(TicketId(id), 0, 100).await).await;
    admin_log: |client, _s| {
        let ask = |newest_first| LogAsk { newest_first, after: None, limit: 100 };
        [shown(client.admin_log(ask(false)).await), shown(client.admin_log(ask(true)).await)].concat()
    };
    access_link: |client, _s| each(async |id| client.access_link(Key(format!("link-{id}")), PersonId(id)).await).await;
    set_password: |client, _s| {
        shown(client.set_password(Key("word".into()), PersonId(999), Secret::new("correct horse battery")).await)
    };
    add_token: |client, _s| shown(client.add_token(Key("token".into()), PersonId(999)).await);
    tokens: |client, _s| each(async |id| client.tokens(PersonId(id)).await).await;
    people: |client, _s| people(client).await;
    organization: |client, _s| organization(client).await;
    organizations: |client, _s| shown(client.organizations(String::new(), None, 99).await);
    read_along: |client, _s| each(async |id| client.read_along(PersonRef::Id(PersonId(id))).await).await;
    upload: |client, _s| shown(client.upload("a".into(), "text/plain".into(), b"a".to_vec()).await);
    attend: |client, _s| {
        client.attend(true);
        String::new()
    };
    attachment: |client, _s| files(client).await;
    report: |client, _s| report(client).await;
    forecast: |client, _s| shown(client.forecast(NOW + Span::days(60), 100).await);
    inbox: |client, _s| shown(client.inbox(InboxAsk { unread_only: false, after: None, limit: 100 }).await);
    unread: |client, _s| shown(client.unread().await);
    mark_read: |client, _s| shown(client.mark_read(Some(vec![999])).await);
    outbox: |client, _s| shown(client.outbox(None, None, 100).await);
    suspended: |client, _s| shown(client.suspended(None, 100).await);
    suspended_mail: |client, _s| each(async |id| client.suspended_mail(id).await).await;
    webhook_calls: |client, _s| each(async |id| client.webhook_calls(WebhookId(id), None, 100).await).await;
    webhook_keys: |client, _s| each(async |id| client.webhook_keys(WebhookId(id)).await).await;
    test_webhook: |client, _s| shown(client.test_webhook(WebhookId(999)).await);
    deleted_tickets: |client, _s| shown(client.deleted_tickets(None, 100).await);
    run_timers: |client, _s| shown(client.run_timers(Some(NOW + Span::days(30)), true, None).await);
    why: |client, scene| why(client, scene).await;
    rules: |client, _s| shown(client.rules().await);
    try_macro: |client, scene| {
        let mut all = String::new();
        for id in &scene.macros {
            all += &each(async |ticket| client.try_macro(vec![TicketId(ticket)], RuleId(*id)).await).await;
        }
        all
    };
    try_item: |client, _s| shown(client.try_item(view()).await);
    present: |client, _s| each(async |id| client.present(TicketId(id), None).await).await;
    news: |client, _s| news(client).await;
    catch_up: |client, _s| shown(client.catch_up().await);
    waiting: |client, _s| client.waiting().map_or_else(String::new, |why| format!("{:?}", why.borrow().is_some()));
}
