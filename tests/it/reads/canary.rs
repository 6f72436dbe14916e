//! Every private text bears a mark; none may ever reach an end user, whatever they list, count, search or open
//! (R109, R115, R116, R126).

use super::all_pages;
use super::world::{self, ADMIN, NOW, act};
use crate::support::{dirs, pg};
use guichet::domain::account::Settings;
use guichet::domain::act::{Change, Deed, ImportedComment, ImportedTicket, NewOrganization};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::id::{OrganizationId, PersonId, TicketId};
use guichet::domain::person::Role;
use guichet::domain::search::Query;
use guichet::domain::status::Status;
use guichet::domain::tag::Tag;
use guichet::domain::ticket::Request;
use guichet::domain::time::Span;
use guichet::domain::view::{Sort, SortKey};
use guichet::store::{Base, Reader, Store};
use std::fmt::Write;

/// What no end user may ever read.
const MARK: &str = "kanarie";

#[tokio::test(flavor = "multi_thread")]
async fn no_private_mark_reaches_an_end_user_on_sqlite() {
    let folder = dirs::temp();
    let store = world::founded(&format!("sqlite:{}", folder.path().join("store.db").display())).await;
    nothing_private(&store).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_private_mark_reaches_an_end_user_on_postgres() {
    let database = pg::Database::create();
    let store = world::founded(&database.url()).await;
    nothing_private(&store).await;
    store.close().await;
}

async fn ticket(store: &Store, user: PersonId, agent: PersonId, subject: &str, comments: Vec<NewComment>) -> TicketId {
    let at = |hours: usize| NOW + Span::hours(i64::try_from(hours).unwrap_or(0) - 90);
    let past = ImportedTicket {
        subject: subject.into(),
        kind: None,
        ticket_type: None,
        problem: None,
        rating: None,
        status: Status::Open,
        status_at: None,
        priority: None,
        requester: Some(user),
        submitter: Some(agent),
        assignee: Some(agent),
        group: None,
        tags: [Tag::parse(MARK).expect("a tag")].into(),
        ccs: [user].into(),
        followers: [agent].into(),
        due_at: None,
        fields: std::collections::BTreeMap::new(),
        external_id: Some(MARK.into()),
        via: Channel::Web,
        created_at: Some(at(0)),
        comments: comments
            .into_iter()
            .enumerate()
            .map(|(hour, comment)| ImportedComment { author: Some(agent), comment, at: Some(at(hour)) })
            .collect(),
    };
    act(store, ADMIN, Deed::ImportTicket(Box::new(past))).await.ticket.expect("a new ticket")
}

async fn everything(store: &Store, reader: &Reader) -> String {
    let mut shown = String::new();
    for base in [Base::Visible, Base::Mine, Base::Ccd, Base::Organization] {
        for by in SortKey::ALL {
            for query in ["", "public", "-absent", "status<solved", "1", "2"] {
                let condition = Query::parse(query).expect("a query").condition();
                let sort = Sort { by, descending: true };
                for found in all_pages(store, reader, base, &condition, sort).await {
                    let request = Request::of(&found, &Settings::default(), &guichet::domain::setup::Setup::default());
                    writeln!(shown, "{base:?} {by:?} {query}: {request:?}").expect("a String takes all");
                }
                let count = store.count(reader, base, &condition).await.expect("a count");
                writeln!(shown, "{base:?} {query}: {count:?}").expect("a String takes all");
            }
        }
    }
    shown
}

async fn nothing_private(store: &Store) {
    let new =
        NewOrganization { name: "Gare".into(), domains: Vec::new(), shared_tickets: true, shared_comments: false };
    let gare = act(store, ADMIN, Deed::CreateOrganization(new)).await.organization;
    let agent = world::person(store, "Marc", "marc@ops.example", Role::Agent, None).await;
    let user = world::person(store, "Ana", "ana@gare.example", Role::EndUser, gare).await;
    let colleague = world::person(store, "Luc", "luc@gare.example", Role::EndUser, gare).await;
    let note = || NewComment::note(format!("a {MARK} note"));
    let public = ticket(store, user, agent, "public one", vec![NewComment::public("public answer"), note()]).await;
    let private = ticket(store, user, agent, &format!("{MARK} subject"), vec![note()]).await;
    let readers = [world::reader(store, user, true, true).await, world::reader(store, colleague, true, true).await];
    for reader in &readers {
        let before = everything(store, reader).await;
        assert!(before.contains("public one") && !before.contains(MARK), "{before}");
        unfindable(store, reader, private, gare).await;
        assert!(store.find_ticket(reader, public).await.expect("a read").is_some());
        // A note, a tag and a follower change nothing at all of what is listed and counted, not even an order.
        let change = Change { add_tags: [Tag::parse("sev").expect("a tag")].into(), ..Change::default() };
        let noted =
            Deed::UpdateTicket { ticket: public, change: Box::new(change), comment: Some(note()), expect: None };
        act(store, agent, noted).await;
        assert_eq!(everything(store, reader).await, before);
    }
    let reply = NewComment::public("now it is public");
    let opened = Deed::UpdateTicket { ticket: private, change: Box::default(), comment: Some(reply), expect: None };
    act(store, agent, opened).await;
    // R117: what is public now is found at once; the note on it still is not.
    let condition = Query::parse("\"now it is public\"").expect("a query").condition();
    for reader in &readers {
        assert_eq!(store.count(reader, Base::Visible, &condition).await.expect("a count"), (1, false));
        let note = Query::parse(&format!("comment:{MARK}")).expect("a query").condition();
        assert_eq!(store.count(reader, Base::Visible, &note).await.expect("a count"), (0, false));
    }
}

/// Neither by a word, nor by a number, nor by the beginning of either.
async fn unfindable(store: &Store, reader: &Reader, private: TicketId, gare: Option<OrganizationId>) {
    let words = ["kanarie", "kan*", "subject:kanarie", "comment:kanarie", "\"a kanarie note\"", "kanarie public"];
    let numbers = [private.to_string(), format!("id:{private}"), format!("#{private} -public")];
    let me = reader.viewer.person;
    let hints = [format!("r{me}"), format!("c{me}"), format!("o{}", gare.map_or(0, |id| id.0))];
    for query in words.iter().map(ToString::to_string).chain(numbers).chain(hints) {
        let condition = Query::parse(&query).expect("a query").condition();
        for base in [Base::Visible, Base::Mine, Base::Ccd, Base::Organization] {
            let found = all_pages(store, reader, base, &condition, Sort::NEWEST).await;
            assert!(found.is_empty(), "{query}: {found:?}");
            assert_eq!(store.count(reader, base, &condition).await.expect("a count"), (0, false), "{query}");
        }
    }
    assert_eq!(store.find_ticket(reader, private).await.expect("a read"), None);
    // The same answer as for a number that never was (R109).
    assert_eq!(store.find_ticket(reader, TicketId(987_654)).await.expect("a read"), None);
}
