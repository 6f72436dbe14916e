use crate::support::town::{Town, says};
use guichet::client::door::Door;
use guichet::client::told::InboxAsk;
use guichet::client::{Error, ListAsk, Receipt, Source};
use guichet::domain::act::{Change, Deed, NewTicket, PersonChange, Setting};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{CommentId, GroupId, PersonId, TicketId};
use guichet::domain::person::{Restriction, Role};
use guichet::domain::refusal::{Refusal, Thing};
use guichet::domain::removal::{DeletedTicket, Removal, RemovalSetting};
use guichet::domain::status::Status;
use guichet::domain::tag::Tag;
use guichet::domain::time::Span;

async fn does(town: &Town, who: PersonId, removal: Removal) -> Result<Receipt, Error> {
    town.tries(who, Deed::Removal(removal)).await
}

async fn done(town: &Town, removal: Removal) {
    does(town, town.admin, removal).await.expect("done");
}

async fn found(town: &Town, query: &str) -> Vec<TicketId> {
    let page = town.as_(town.agent).tickets(ListAsk::first(Source::Search(query.into()))).await.expect("a page");
    page.rows.iter().map(|ticket| ticket.id).collect()
}

async fn deleted(town: &Town, who: PersonId) -> Result<Vec<DeletedTicket>, Error> {
    town.as_(who).deleted_tickets(None, 100).await.map(|page| page.rows)
}

async fn agents_delete(town: &Town) {
    town.does(town.admin, Deed::Set(Setting::Removal(RemovalSetting::ByAgents(true)))).await;
}

/// The first comment of a ticket, with its text.
async fn first(town: &Town, id: TicketId) -> (CommentId, String) {
    let thread = town.as_(town.agent).ticket(id, 50).await.expect("the ticket");
    (thread.comments[0].id, thread.comments[0].body.clone())
}

/// R109: as if there had never been one, for everybody, by every way; and then as it was.
pub async fn a_deleted_ticket_is_for_nobody_until_it_is_brought_back(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "zebra").await;
    let other = town.ticket(town.ana, "Scanner", "b").await;
    let tags = ["paper"].map(|tag| Tag::parse(tag).expect("a tag")).into();
    let change = Change { assignee: Some(Some(town.agent)), add_tags: tags, ..Change::default() };
    town.change(id, change).await;
    town.reply(town.agent, id, "On it").await;
    let as_it_was = town.as_(town.agent).ticket(id, 50).await.expect("the ticket");
    let (agent, ana) = (town.as_(town.agent), town.as_(town.ana));
    let told = async || ana.inbox(InboxAsk { unread_only: false, after: None, limit: 50 }).await.expect("told").rows;
    let before = told().await.len();
    assert!(told().await.iter().any(|one| one.ticket == id));

    done(town, Removal::Delete(id)).await;
    for who in [town.ana, town.agent, town.admin] {
        let client = town.as_(who);
        assert_eq!(client.request(id, 5).await, Err(Error::NotFound));
        assert!(client.ticket(id, 5).await.is_err());
        assert!(client.audits(id, 0, 50).await.is_err());
        assert!(client.comments(id, CommentId(99), 50).await.is_err());
        assert_eq!(town.tries(who, says(id, NewComment::public("x"))).await.map(|_| ()), Err(Error::NotFound));
    }
    for query in ["zebra", "printer", &format!("{id}"), "tags:paper", "assignee:me", "requester:ana@gare.example"] {
        assert!(!found(town, query).await.contains(&id), "{query}");
    }
    let all = ListAsk::first(Source::Search(String::new()));
    assert_eq!(agent.tickets(all).await.expect("all").rows.iter().map(|one| one.id).collect::<Vec<_>>(), [other]);
    let mine = ana.requests(ListAsk::first(Source::Mine)).await.expect("mine").rows;
    assert_eq!(mine.iter().map(|one| one.id).collect::<Vec<_>>(), [other]);
    assert_eq!(ana.counts(vec![Source::Mine]).await.expect("a count")[0].value, 1);
    assert_eq!(agent.counts(vec![Source::View("all-unsolved".into())]).await.expect("a count")[0].value, 1);
    assert!(
        agent.forecast(town.clock()() + Span::days(90), 100).await.expect("a forecast").iter().all(|d| d.ticket != id)
    );
    assert!(told().await.iter().all(|one| one.ticket != id));

    let rows = deleted(town, town.admin).await.expect("the deleted");
    let row = &rows[0];
    assert_eq!((row.id, row.subject.as_str(), row.by, row.status), (id, "Printer", Some(town.admin), Status::Open));
    town.verified().await;

    done(town, Removal::Restore(id)).await;
    let now = agent.ticket(id, 50).await.expect("it is back");
    let mut same = now.item.clone();
    (same.version, same.updated_at) = (as_it_was.item.version, as_it_was.item.updated_at);
    assert_eq!((same, now.comments, now.due), (as_it_was.item, as_it_was.comments, as_it_was.due));
    assert_eq!(found(town, "zebra").await, [id]);
    assert_eq!(told().await.len(), before);
    assert_eq!(deleted(town, town.admin).await.expect("the deleted"), []);
}

/// Admins always, agents where the account lets them, restricted agents and end users never.
pub async fn who_may_delete_is_for_the_account_to_say(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "a").await;
    let bound = town.person("Gus", "gus@velo.example", Role::Agent, None).await;
    let change = PersonChange {
        restriction: Some(Restriction::Groups),
        groups: Some(vec![GroupId(1)]),
        ..PersonChange::default()
    };
    town.does(town.admin, Deed::UpdatePerson { person: bound, change }).await;
    let admins = || Err(Error::Refused(Refusal::Role { needs: Role::Admin }));
    assert_eq!(does(town, town.agent, Removal::Delete(id)).await.map(|_| ()), admins());
    assert_eq!(deleted(town, town.agent).await, Err(Error::Denied));
    agents_delete(town).await;
    for who in [bound, town.ana] {
        assert!(does(town, who, Removal::Delete(id)).await.is_err());
        assert_eq!(deleted(town, who).await, Err(Error::Denied));
    }
    assert_eq!(does(town, town.cleo, Removal::Delete(id)).await.map(|_| ()), Err(Error::NotFound));
    let key = town.key();
    let delete = || Deed::Removal(Removal::Delete(id));
    let agent = town.as_(town.agent);
    assert!(!agent.act(key.clone(), delete()).await.expect("deleted").repeated);
    assert!(agent.act(key, delete()).await.expect("done before").repeated);
    assert_eq!(does(town, town.agent, Removal::Delete(id)).await.map(|_| ()), Err(Error::NotFound));
    assert_eq!(does(town, town.agent, Removal::Purge(id)).await.map(|_| ()), admins(), "for good is for admins");
    does(town, town.agent, Removal::Restore(id)).await.expect("back");
    assert_eq!(does(town, town.agent, Removal::Restore(id)).await.map(|_| ()), Err(Error::NotFound));
    assert_eq!(
        does(town, town.admin, Removal::Purge(id)).await.map(|_| ()),
        Err(Error::NotFound),
        "only what is deleted"
    );
}

/// D35: texts, files, fields and subject go; the number, and a history that holds, stay.
pub async fn what_is_deleted_for_good_leaves_its_number_and_its_history(town: &Town) {
    let bytes = b"secret plan".to_vec();
    let upload = town.as_(town.ana).upload("plan.txt".into(), "text/plain".into(), bytes).await.expect("kept");
    let comment = NewComment { uploads: vec![upload.token], ..NewComment::public("zebra") };
    let new = NewTicket { kind: Some(guichet::domain::id::KindId(4)), ..NewTicket::new("Heron", comment) };
    let id = town.does(town.ana, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    let follow = town.ticket(town.ana, "Later", "x").await;
    done(town, Removal::Delete(id)).await;
    done(town, Removal::Purge(id)).await;
    assert_eq!(deleted(town, town.admin).await.expect("the deleted"), []);
    assert_eq!(does(town, town.admin, Removal::Restore(id)).await.map(|_| ()), Err(Error::NotFound));
    assert_eq!(found(town, "zebra").await, []);
    let kept = town.store.histories(&[id]).await.expect("its history");
    let text = format!("{kept:?}");
    assert!(!text.contains("zebra") && !text.contains("Heron") && !text.contains("plan.txt"), "{text}");
    let next = town.ticket(town.ana, "Next", "y").await;
    assert!(next > follow && follow > id, "no number comes twice");
}

/// After so many days, 30 if nobody said otherwise; never when it is said so.
pub async fn what_was_deleted_long_ago_goes_by_itself(town: &Town) {
    let id = town.ticket(town.ana, "Printer", "zebra").await;
    done(town, Removal::Delete(id)).await;
    let days = |days| Deed::Set(Setting::Removal(RemovalSetting::PurgeDays(days)));
    town.does(town.admin, days(0)).await;
    town.wait(Span::days(400));
    town.as_(town.agent).catch_up().await.expect("done");
    assert_eq!(deleted(town, town.admin).await.expect("the deleted").len(), 1, "never");
    town.does(town.admin, days(401)).await;
    town.as_(town.agent).catch_up().await.expect("done");
    assert_eq!(deleted(town, town.admin).await.expect("the deleted").len(), 1, "not yet");
    town.wait(Span::days(1));
    // Whoever serves the account is nobody of it.
    Door::of(town.store.clone(), town.clock()).catch_up().await.expect("done");
    assert_eq!(deleted(town, town.admin).await.expect("the deleted"), []);
    let by_hand = town.ticket(town.ana, "Scanner", "b").await;
    done(town, Removal::Delete(by_hand)).await;
    let soon = town.tries(town.admin, Deed::Removal(Removal::Restore(by_hand))).await;
    assert!(soon.is_ok(), "what is not due stays");
}

/// Both by one act, or neither.
pub async fn spam_is_deleted_and_its_sender_shut_out(town: &Town) {
    let id = town.ticket(town.ana, "Buy now", "a").await;
    agents_delete(town).await;
    does(town, town.agent, Removal::Spam(id)).await.expect("done");
    assert_eq!(town.as_(town.ana).session().await.map(|_| ()), Err(Error::Refused(Refusal::Suspended)));
    assert_eq!(deleted(town, town.agent).await.expect("the deleted").len(), 1);
    // Of somebody of the team an agent cannot say so.
    let theirs = town.ticket(town.other_agent, "Mine", "b").await;
    assert!(does(town, town.agent, Removal::Spam(theirs)).await.is_err());
    assert!(town.as_(town.agent).ticket(theirs, 5).await.is_ok(), "neither is done");
    assert!(town.as_(town.other_agent).session().await.is_ok());
}

/// In the comment, in the history, in what is found, for whoever reads; on closed tickets, too.
pub async fn a_piece_of_a_comment_is_blackened_everywhere(town: &Town) {
    let id = town.ticket(town.ana, "Card", "my card is 4111 1111, yes 4111 1111!").await;
    town.change(id, Change::status(Status::Closed)).await;
    let (comment, _) = first(town, id).await;
    let redact = |text: &str| Removal::Redact { ticket: id, comment, text: text.to_owned() };
    assert!(does(town, town.agent, redact("4111 1111")).await.is_err(), "who may not delete may not");
    let nowhere = Err(Error::Refused(Refusal::NotFound(Thing::Text)));
    assert_eq!(does(town, town.admin, redact("5222")).await.map(|_| ()), nowhere);
    done(town, redact("4111 1111")).await;
    let black = "my card is ▇▇▇▇▇▇▇▇▇, yes ▇▇▇▇▇▇▇▇▇!";
    assert_eq!(first(town, id).await.1, black);
    let request = town.as_(town.ana).request(id, 5).await.expect("hers");
    assert_eq!(request.comments[0].body, black);
    assert_eq!((found(town, "4111").await, found(town, "card").await), (vec![], vec![id]));
    let history = town.as_(town.agent).audits(id, 0, 50).await.expect("its history");
    assert!(!format!("{history:?}").contains("4111"), "{history:?}");
    town.verified().await;
    done(town, redact("card")).await;
    assert_eq!(first(town, id).await.1, "my ▇▇▇▇ is ▇▇▇▇▇▇▇▇▇, yes ▇▇▇▇▇▇▇▇▇!");
    town.verified().await;
    done(town, Removal::Delete(id)).await;
    done(town, Removal::Purge(id)).await;
}

/// That there was one stays to be seen; what it was called and what was in it does not.
pub async fn a_file_is_taken_off_its_comment(town: &Town) {
    let send = async |name: &str, text: &str| {
        let bytes = text.as_bytes().to_vec();
        town.as_(town.ana).upload(name.into(), "text/plain".into(), bytes).await.expect("kept").token
    };
    let uploads = vec![send("card.txt", "4111").await, send("plan.txt", "a plan").await];
    let comment = NewComment { uploads, ..NewComment::public("see both") };
    let new = NewTicket { kind: Some(guichet::domain::id::KindId(4)), ..NewTicket::new("Files", comment) };
    let id = town.does(town.ana, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    let said = town.as_(town.ana).request(id, 5).await.expect("hers").comments.remove(0);
    let [card, plan] = [said.attachments[0].id, said.attachments[1].id];
    let off = |file| Removal::RedactFile { ticket: id, comment: said.id, file };
    assert!(does(town, town.ana, off(card)).await.is_err());
    done(town, off(card)).await;
    let after = town.as_(town.ana).request(id, 5).await.expect("hers").comments.remove(0);
    let names: Vec<&str> = after.attachments.iter().map(|file| file.name.as_str()).collect();
    assert_eq!((names, after.body.as_str()), (vec!["redacted.txt", "plan.txt"], "see both"));
    let (about, bytes) = town.as_(town.ana).attachment(card).await.expect("what is left");
    assert_eq!((about.name.as_str(), about.size, bytes), ("redacted.txt", 0, vec![]));
    assert_eq!(town.as_(town.ana).attachment(plan).await.expect("the other").1, b"a plan");
    town.as_(town.agent).catch_up().await.expect("what is to be removed is");
    town.verified().await;
    done(town, Removal::Redact { ticket: id, comment: said.id, text: "both".into() }).await;
    let missing = Err(Error::Refused(Refusal::NotFound(Thing::File)));
    assert_eq!(does(town, town.admin, off(guichet::domain::id::AttachmentId(999))).await.map(|_| ()), missing);
}

/// R109: what a ticket was merged into, or follows, is not named once it is deleted.
pub async fn others_do_not_name_what_is_deleted(town: &Town) {
    let (source, target) = (town.ticket(town.ana, "A", "a").await, town.ticket(town.ana, "B", "b").await);
    let merge = Deed::Merge {
        source,
        target,
        source_comment: NewComment::note("merged"),
        target_comment: NewComment::note("merged"),
    };
    town.does(town.agent, merge).await;
    let agent = town.as_(town.agent);
    let into = async || agent.ticket(source, 5).await.expect("the source").item.merged_into;
    assert_eq!(into().await, Some(target));
    done(town, Removal::Delete(target)).await;
    assert_eq!(into().await, None);
    let history = agent.audits(source, 0, 50).await.expect("its history");
    assert!(!format!("{history:?}").contains("MergedInto"), "{history:?}");
    let mut follow = NewTicket::new("After", NewComment::note("x"));
    follow.follow_up_of = Some(target);
    assert_eq!(town.tries(town.agent, Deed::CreateTicket(Box::new(follow))).await.map(|_| ()), Err(Error::NotFound));
    done(town, Removal::Restore(target)).await;
    assert_eq!(into().await, Some(target));
}
