use crate::support::town::Town;
use guichet::client::{AppliedAll, Error};
use guichet::domain::act::Deed;
use guichet::domain::comment::Visibility;
use guichet::domain::event::Event;
use guichet::domain::id::{PersonId, RuleId, TicketId};
use guichet::domain::refusal::{Refusal, RuleFault, Thing};
use guichet::domain::setup::{Directory, Document, Item, ItemKind};
use guichet::domain::status::Status;

fn macro_of(title: &str, owner: &str, actions: &[&str]) -> Item {
    let document = Document::default().with("title", title).with("owner", owner).with("actions", actions.to_vec());
    Item::read(ItemKind::Macro, 0, &document, &Directory::default()).expect("a macro")
}

async fn made(town: &Town, person: PersonId, item: Item) -> RuleId {
    let receipt = town.does(person, Deed::SetItem(Box::new(item))).await;
    RuleId(receipt.outcome.item.expect("which").id)
}

async fn tried(town: &Town, id: TicketId, which: RuleId) -> AppliedAll {
    town.as_(town.agent).try_macro(vec![id], which).await.expect("what it would do")
}

/// A macro is told, with its placeholders filled in, before it is done, and then it is an act of the agent's like any other.
pub async fn a_macro_is_told_before_it_is_done(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let actions =
        ["status: pending", "add tags: waiting", "reply: Hello {{ requester.name }}, about #{{ ticket.id }}."];
    let which = made(town, town.admin, macro_of("Wait", "account", &actions)).await;
    let all = tried(town, id, which).await;
    let row = &all.rows[0];
    let said = row.comment.as_ref().expect("a reply");
    assert_eq!((said.visibility, said.body.as_str()), (Visibility::Public, &*format!("Hello Ana Ruiz, about #{id}.")));
    let events = row.events.as_ref().expect("it can be done");
    assert!(events.contains(&Event::StatusChanged { from: Status::New, to: Status::Pending }), "{events:?}");
    let ticket = async || town.as_(town.agent).ticket(id, 9).await.expect("the ticket");
    assert_eq!((ticket().await.item.status(), ticket().await.comments.len()), (Status::New, 1), "nothing is done");
    let (change, comment) = (Box::new(row.change.clone()), row.comment.clone());
    town.does(town.agent, Deed::UpdateTicket { ticket: id, change, comment, expect: Some(row.version) }).await;
    let now = ticket().await;
    assert_eq!((now.item.status(), now.comments.len()), (Status::Pending, 2));
    assert_eq!(now.comments[1].author, town.agent);
    town.does(
        town.agent,
        Deed::UpdateTicket {
            ticket: id,
            change: Box::new(guichet::domain::act::Change::status(Status::Closed)),
            comment: None,
            expect: None,
        },
    )
    .await;
    assert_eq!(tried(town, id, which).await.rows[0].events, Err(Refusal::Closed(id)));
}

/// A reply tells nothing that only agents know, whatever stands in a macro: R109.
pub async fn a_macros_reply_is_filled_in_for_its_reader(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let tag = macro_of("Tag", "account", &["add tags: secret"]);
    let which = made(town, town.admin, tag).await;
    let row = tried(town, id, which).await.rows.remove(0);
    town.does(town.agent, Deed::UpdateTicket { ticket: id, change: Box::new(row.change), comment: None, expect: None })
        .await;
    for (action, said) in
        [("reply: Tags {{ ticket.tags }}.", "Tags ."), ("note: Tags {{ ticket.tags }}.", "Tags secret.")]
    {
        let which = made(town, town.admin, macro_of(action, "account", &[action])).await;
        let row = tried(town, id, which).await.rows.remove(0);
        assert_eq!(row.comment.map(|comment| comment.body).as_deref(), Some(said));
    }
}

/// Whose macro it is decides who has it, and who may change it.
pub async fn a_macro_of_ones_own_is_for_oneself(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let own = macro_of("Mine", &format!("person: #{}", town.agent), &["status: pending"]);
    let which = made(town, town.agent, own).await;
    assert_eq!(tried(town, id, which).await.title, "Mine");
    let other = town.as_(town.other_agent).try_macro(vec![id], which).await;
    assert_eq!(other, Err(Error::Refused(Refusal::NotFound(Thing::Item(ItemKind::Macro)))));
    assert_eq!(town.as_(town.ana).try_macro(vec![id], which).await, Err(Error::Denied));
    let both = macro_of("Both", "account", &["reply: a", "note: b"]);
    let refused = town.tries(town.admin, Deed::SetItem(Box::new(both))).await.map(|_| ());
    assert_eq!(refused, Err(Error::Refused(Refusal::BadRule(RuleFault::TwoVoices))));
    let names = macro_of("Names", "account", &["reply: {{ ticket.nothing }}"]);
    let refused = town.tries(town.admin, Deed::SetItem(Box::new(names))).await.map(|_| ());
    assert!(matches!(refused, Err(Error::Refused(Refusal::BadTemplate(..)))), "{refused:?}");
}
