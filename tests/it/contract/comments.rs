use crate::support::town::{Town, changes, says};
use guichet::client::{Error, ListAsk, Source};
use guichet::domain::act::{Change, Deed, NewTicket, Who};
use guichet::domain::comment::{NewComment, Visibility};
use guichet::domain::event::Event;
use guichet::domain::id::{AttachmentId, CommentId, TicketId};
use guichet::domain::person::PersonRef;
use guichet::domain::refusal::Refusal;
use guichet::domain::status::Status;

/// R126
pub async fn a_note_reaches_no_end_user(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let before = town.as_(town.ana).request(id, 10).await.expect("the request").item;
    town.wait(guichet::domain::time::Span::minutes(5));
    town.note(id, "CANARY the customer is wrong").await;
    let after = town.as_(town.ana).request(id, 10).await.expect("the request");
    assert_eq!(after.item, before, "not even a time or a count tells of it");
    assert_eq!(after.comments.len(), 1);
    let found = town.as_(town.ana).requests(ListAsk::first(Source::Search("canary".into()))).await.expect("a page");
    assert_eq!(found.rows, []);
    let found = town.as_(town.agent).tickets(ListAsk::first(Source::Search("canary".into()))).await.expect("a page");
    assert_eq!(found.rows.len(), 1);
    let as_requester = town.as_(town.agent).request(id, 10).await;
    assert_eq!(as_requester.map(|_| ()), Err(Error::NotFound), "an agent has no request that is not theirs");
    assert_eq!(town.as_(town.agent).ticket(id, 10).await.expect("the ticket").comments.len(), 2);
}

/// R109, R111, R123
pub async fn a_private_ticket_does_not_exist_for_its_requester(town: &Town) {
    let mut new = NewTicket::new("Watch this one", NewComment::note("Between us: CANARY."));
    new.requester = Some(guichet::domain::person::PersonRef::Id(town.ana));
    let id = town.does(town.agent, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    let ana = town.as_(town.ana);
    assert_eq!(ana.request(id, 5).await.map(|_| ()), Err(Error::NotFound));
    assert_eq!(town.tries(town.ana, says(id, NewComment::public("?"))).await.map(|_| ()), Err(Error::NotFound));
    assert_eq!(ana.requests(ListAsk::first(Source::Mine)).await.expect("a page").rows, []);
    town.reply(town.agent, id, "Now you may know.").await;
    let thread = ana.request(id, 5).await.expect("the request");
    assert_eq!(thread.comments.iter().map(|one| one.body.as_str()).collect::<Vec<_>>(), ["Now you may know."]);
    let found = ana.requests(ListAsk::first(Source::Search("canary".into()))).await.expect("a page");
    assert_eq!(found.rows, []);
}

/// R109: neither a list nor a thread names a private ticket, or somebody else's, as the one that is followed.
pub async fn a_follow_up_does_not_tell_of_what_it_follows(town: &Town) {
    let mut private = NewTicket::new("Watch this one", NewComment::note("Between us."));
    private.requester = Some(PersonRef::Id(town.ana));
    private.status = Some(Status::Closed);
    let private = town.does(town.agent, Deed::CreateTicket(Box::new(private))).await.outcome.ticket.expect("a ticket");
    let public = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    town.change(public, Change::status(Status::Closed)).await;
    let follow = |source, requester| {
        let mut new = NewTicket::new("Again", NewComment::public("It goes on."));
        new.requester = Some(PersonRef::Id(requester));
        new.follow_up_of = Some(source);
        Deed::CreateTicket(Box::new(new))
    };
    for (source, requester, told) in [
        (private, town.ana, None),
        (public, town.ana, Some(public)),
        (public, town.ben, Some(public)),
        (public, town.cleo, None),
        (private, town.cleo, None),
    ] {
        let id = town.does(town.agent, follow(source, requester)).await.outcome.ticket.expect("a ticket");
        let theirs = town.as_(requester);
        assert_eq!(theirs.request(id, 1).await.expect("the request").item.follow_up_of, told);
        let rows = theirs.requests(ListAsk::first(Source::Mine)).await.expect("a page").rows;
        assert_eq!(rows.iter().find(|row| row.id == id).expect("it is theirs").follow_up_of, told);
        let agents = town.as_(town.agent).ticket(id, 1).await.expect("the ticket").item;
        assert_eq!(agents.follow_up_of, Some(source), "agents see what it follows");
    }
}

/// R109, R126: whoever counts through the numbers finds nothing that is not theirs, and no difference between what is
/// hidden and what is not there.
pub async fn what_is_internal_cannot_be_guessed_by_its_number(town: &Town) {
    let agent = town.as_(town.agent);
    let upload = |name: &str| agent.upload(name.into(), "text/plain".into(), b"x".to_vec());
    let first = NewComment { uploads: vec![upload("a").await.expect("kept").token], ..NewComment::note("CANARY one") };
    let mut new = NewTicket::new("CANARY", first);
    new.requester = Some(PersonRef::Id(town.ana));
    new.followers = [town.other_agent].into();
    let private = town.does(town.agent, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a ticket");
    let public = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let note = NewComment { uploads: vec![upload("b").await.expect("kept").token], ..NewComment::note("CANARY two") };
    town.does(town.agent, says(public, note)).await;
    town.does(town.other_agent, says(public, NewComment::note("CANARY three"))).await;
    for person in [town.ana, town.ben, town.cleo] {
        let theirs = town.as_(person);
        for number in 0..20 {
            assert_eq!(theirs.attachment(AttachmentId(number)).await.map(|_| ()), Err(Error::NotFound));
            assert_eq!(theirs.comments(private, CommentId(number), 9).await, Err(Error::NotFound));
            let said = theirs.comments(public, CommentId(number), 9).await.map(|page| page.rows).unwrap_or_default();
            assert!(said.iter().all(|comment| comment.visibility == Visibility::Public && comment.author == town.ana));
        }
        let missing = TicketId(999);
        for id in [private, missing] {
            let follow = NewTicket { follow_up_of: Some(id), ..NewTicket::new("?", NewComment::public("?")) };
            let merge = Deed::Merge {
                source: id,
                target: missing,
                source_comment: NewComment::note("?"),
                target_comment: NewComment::note("?"),
            };
            for deed in [
                says(id, NewComment::public("?")),
                changes(id, Change::status(Status::Solved)),
                Deed::MakeInternal { ticket: id, comment: CommentId(1) },
                Deed::CreateTicket(Box::new(follow)),
                merge,
            ] {
                assert_eq!(town.tries(person, deed.clone()).await.map(|_| ()), Err(Error::NotFound), "{deed:?}");
            }
        }
        let names = theirs.requests(ListAsk::first(Source::Search(String::new()))).await.expect("a page").names;
        assert!(!names.people.contains_key(&town.other_agent), "neither followers nor authors of notes are named");
        let thread = theirs.request(public, 9).await;
        assert!(thread.is_err() || !thread.is_ok_and(|one| one.names.people.contains_key(&town.other_agent)));
    }
}

pub async fn a_file_travels_with_its_comment(town: &Town) {
    let ana = town.as_(town.ana);
    let bytes = vec![0_u8, 159, 146, 150, 0, 10];
    let upload = ana.upload("../../x\u{202e}gpj.exe".into(), "image/png".into(), bytes.clone()).await.expect("kept");
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let comment = NewComment { visibility: Visibility::Public, body: "See".into(), uploads: vec![upload.token] };
    town.does(town.ana, says(id, comment)).await;
    let thread = town.as_(town.agent).ticket(id, 10).await.expect("the ticket");
    let file = &thread.comments[1].attachments[0];
    assert_eq!((file.name.as_str(), file.size), ("../../x\u{202e}gpj.exe", 6));
    assert_eq!(town.as_(town.agent).attachment(file.id).await.expect("the file").1, bytes);
    assert_eq!(ana.attachment(file.id).await.expect("the file").1, bytes);
    assert_eq!(town.as_(town.cleo).attachment(file.id).await.map(|_| ()), Err(Error::NotFound));

    let upload = town.as_(town.agent).upload("secret".into(), "text/plain".into(), b"x".to_vec()).await.expect("kept");
    let note = NewComment { visibility: Visibility::Internal, body: String::new(), uploads: vec![upload.token] };
    town.does(town.agent, says(id, note)).await;
    let thread = town.as_(town.agent).ticket(id, 1).await.expect("the ticket");
    let secret = thread.comments[0].attachments[0].id;
    assert_eq!(ana.attachment(secret).await.map(|_| ()), Err(Error::NotFound));
}

pub async fn an_upload_is_used_once_and_by_its_owner(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let upload = town.as_(town.ana).upload("a".into(), "text/plain".into(), b"x".to_vec()).await.expect("kept");
    let with = || says(id, NewComment { uploads: vec![upload.token.clone()], ..NewComment::public("See") });
    let refused = Err(Error::Refused(Refusal::UnknownUpload));
    assert_eq!(town.tries(town.agent, with()).await.map(|_| ()), refused);
    town.does(town.ana, with()).await;
    assert_eq!(town.tries(town.ana, with()).await.map(|_| ()), refused);
}

pub async fn earlier_comments_come_in_pieces(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "0").await;
    for n in 1..=7 {
        town.reply(town.ana, id, &n.to_string()).await;
    }
    let bodies = |comments: &[guichet::domain::comment::Comment]| -> Vec<String> {
        comments.iter().map(|one| one.body.clone()).collect()
    };
    let ana = town.as_(town.ana);
    let thread = ana.request(id, 3).await.expect("the request");
    assert_eq!((bodies(&thread.comments), thread.more), (vec!["5".into(), "6".into(), "7".into()], true));
    let earlier = ana.comments(id, thread.comments[0].id, 4).await.expect("earlier ones");
    assert_eq!(bodies(&earlier.rows), ["1", "2", "3", "4"]);
    assert_eq!(earlier.names.people.keys().collect::<Vec<_>>(), [&town.ana], "who wrote them, by name");
    let first = ana.comments(id, earlier.rows[0].id, 4).await.expect("the first");
    assert_eq!(bodies(&first.rows), ["0"]);
    assert!(!ana.request(id, 8).await.expect("the request").more);
    let stranger = town.as_(town.cleo).comments(id, earlier.rows[0].id, 4).await;
    assert_eq!(stranger, Err(Error::NotFound));
}

pub async fn hostile_texts_come_back_as_they_were(town: &Town) {
    let mut texts = vec![
        "\u{1b}]52;c;aGk=\u{7} \u{9b}2J \u{202e}txt.exe \u{200b}".to_owned(),
        "'; DROP TABLE tickets; -- $1 ? :x \\ %s {}".to_owned(),
        "\u{301}".repeat(100_000) + "a",
        "line\r\n\ttab\u{85}".to_owned(),
    ];
    texts.push("x".repeat(10 * 1024 * 1024));
    let id = town.ticket(town.ana, "\u{1b}[31mRed\u{202e}", "0").await;
    for text in &texts {
        town.reply(town.ana, id, text).await;
    }
    town.reply(town.ana, id, "nul\0here").await;
    let thread = town.as_(town.ana).request(id, 10).await.expect("the request");
    assert_eq!(thread.item.subject, "\u{1b}[31mRed\u{202e}");
    for (comment, text) in thread.comments[1..].iter().zip(&texts) {
        assert!(comment.body == *text, "{} bytes came back otherwise", text.len());
    }
    assert_eq!(thread.comments.last().expect("a comment").body, "nul\u{2400}here");
}

pub async fn a_history_tells_everything_in_order(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let change = Change { subject: Some("Printer in depot 3".into()), ..Change::default() };
    town.change(id, change).await;
    town.note(id, "Toner.").await;
    let agent = town.as_(town.agent);
    let mut page = agent.audits(id, 0, 10).await.expect("the history");
    let numbers: Vec<i64> = page.rows.iter().map(|audit| audit.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    let told = page.rows.remove(1);
    assert_eq!(
        (told.who, told.via),
        (Who::System, guichet::domain::comment::Channel::Rule),
        "R153: who is told of a new request"
    );
    assert!(told.events.iter().all(|event| matches!(event, Event::RuleRan(_) | Event::Notified(_))), "{told:?}");
    assert!(page.rows.windows(2).all(|two| two[0].id < two[1].id));
    let [Event::Created(created), Event::Commented(first)] = &page.rows[0].events[..] else {
        panic!("{:?}", page.rows[0])
    };
    assert_eq!((created.subject.as_str(), first.body.as_str()), ("Printer down", "It prints nothing."));
    assert_eq!(page.rows[0].who, Who::Person(town.ana));
    let renamed = Event::SubjectChanged { from: "Printer down".into(), to: "Printer in depot 3".into() };
    assert!(page.rows[1].events.contains(&renamed), "{:?}", page.rows[1]);
    assert_eq!(page.names.people[&town.agent], "Marc Oni");
    let first = agent.audits(id, 0, 3).await.expect("the history");
    assert_eq!(first.next.expect("a place").0, "3");
    assert_eq!(agent.audits(id, 3, 3).await.expect("the history").rows, page.rows[2..]);
}

pub async fn a_merge_touches_both_tickets(town: &Town) {
    let source = town.ticket(town.ana, "Printer", "It prints nothing.").await;
    let target = town.ticket(town.ana, "Printer again", "Still nothing.").await;
    let merge = Deed::Merge {
        source,
        target,
        source_comment: NewComment::public("Goes on elsewhere."),
        target_comment: NewComment::public("Comes from elsewhere."),
    };
    town.does(town.agent, merge).await;
    let agent = town.as_(town.agent);
    let closed = agent.ticket(source, 5).await.expect("the ticket").item;
    assert_eq!((closed.status(), closed.merged_into), (Status::Closed, Some(target)));
    assert_eq!(agent.ticket(target, 5).await.expect("the ticket").comments.len(), 2);
    let refused = town.tries(town.agent, changes(source, Change::status(Status::Open))).await;
    assert_eq!(refused.map(|_| ()), Err(Error::Refused(Refusal::Closed(source))));
}
