use crate::support::town::{Town, address};
use guichet::client::access::{Purpose, Visitor};
use guichet::client::{Client, Embedded, Error, LogAsk, PeopleAsk};
use guichet::domain::act::{Deed, NewTicket, PersonChange};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::event::Audit;
use guichet::domain::id::{GroupId, KindId, PersonId};
use guichet::domain::life::PersonDeed;
use guichet::domain::person::{Among, Role, Standing};
use guichet::domain::refusal::Refusal;
use guichet::domain::secret::Secret;
use guichet::domain::time::Span;

fn visitor(town: &Town) -> Visitor {
    Visitor::new(town.store.clone(), Channel::Web, town.clock())
}

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

/// R154, R155
pub async fn a_link_leads_from_sign_up_to_submitting(town: &Town) {
    let door = visitor(town);
    door.ask_access(Some("Dora New".into()), address("dora@gare.example")).await.expect("asked");
    let mail = door.next_mail().await.expect("an answer").expect("a link for Dora");
    assert_eq!((mail.purpose, mail.person.standing), (Purpose::SignUp, Standing::Pending));
    assert_eq!(mail.person.organization, Some(town.station), "by mail domain");
    assert_eq!(door.next_mail().await, Ok(None), "somebody is sending it");
    town.wait(Span::minutes(1));
    let mail = door.next_mail().await.expect("an answer").expect("whoever had it never said that it is sent");
    door.sent(&mail).await.expect("written down");
    town.wait(Span::minutes(1));
    assert_eq!(door.next_mail().await, Ok(None), "each is sent once");
    let dora = Embedded::new(town.store.clone(), mail.person.id, Channel::Web, town.clock());
    let refused = Err(Error::Refused(Refusal::NoAccess(Standing::Pending)));
    assert_eq!(dora.session().await.map(|_| ()), refused, "R155");
    let mut new = NewTicket::new("Lock", NewComment::public("x"));
    new.kind = Some(KindId(4));
    let submit = Deed::CreateTicket(Box::new(new));
    assert_eq!(dora.act(town.key(), submit.clone()).await.map(|_| ()), refused, "R155");
    let bad = Err(Error::Refused(Refusal::BadLink));
    assert_eq!(door.use_link(&secret("nonsense"), secret("correct horse")).await, bad);
    let short = door.use_link(&mail.link.token, secret("short")).await;
    assert!(matches!(short, Err(Error::Refused(Refusal::TooShort { .. }))), "and the link is still good");
    assert_eq!(door.use_link(&mail.link.token, secret("correct horse")).await, Ok(mail.person.id));
    assert_eq!(door.use_link(&mail.link.token, secret("correct horse")).await, bad, "R155: once");
    assert!(dora.act(town.key(), submit).await.is_ok());
    door.ask_access(None, address("DORA@gare.example")).await.expect("asked");
    let forgotten = door.next_mail().await.expect("an answer").expect("a link");
    assert_eq!(forgotten.purpose, Purpose::NewPassword);
    town.wait(Span::hours(24));
    assert_eq!(door.use_link(&forgotten.link.token, secret("another horse")).await, bad, "R155: it expires");
}

pub async fn a_password_is_verified_whoever_asks(town: &Town) {
    let door = visitor(town);
    let verify = async |who: &str, password: &str| {
        let found = door.verify_password(&address(who), secret(password)).await.expect("an answer");
        found.map(|person| person.id)
    };
    assert_eq!(verify("ana@gare.example", "").await, None, "no password is none");
    town.as_(town.ana).set_password(town.key(), town.ana, secret("correct horse")).await.expect("her own");
    assert_eq!(verify("ANA@gare.example", "correct horse").await, Some(town.ana));
    for (who, password) in [
        ("ana@gare.example", "Correct horse"),
        ("ana@gare.example", ""),
        ("ana@gare.example", &"x".repeat(100_000)),
        ("ben@gare.example", "correct horse"),
        ("nobody@gare.example", "correct horse"),
    ] {
        assert_eq!(verify(who, password).await, None, "{who}");
    }
    let kept = town.store.credentials(&address("ana@gare.example")).await.expect("an answer").expect("Ana").1;
    let kept = kept.expect("a password");
    assert!(kept.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert_eq!(verify("ana@gare.example", &kept.0).await, None, "what is kept opens nothing");
    let others = town.as_(town.agent).set_password(town.key(), town.ana, secret("another horse")).await;
    assert_eq!(others, Err(Error::Denied));
    town.as_(town.admin).set_password(town.key(), town.ana, secret("another horse")).await.expect("an admin");
    assert_eq!(verify("ana@gare.example", "correct horse").await, None);
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    assert_eq!(verify("ana@gare.example", "another horse").await, None, "suspended");
}

pub async fn what_is_asked_for_is_bounded_and_told_to_nobody(town: &Town) {
    let door = visitor(town);
    for who in ["ana@gare.example", "nobody@far.example"] {
        for _ in 0..6 {
            assert_eq!(door.ask_access(None, address(who)).await, Ok(()), "{who}");
        }
    }
    let mut sent = 0;
    while let Some(mail) = door.next_mail().await.expect("an answer") {
        assert_eq!(mail.person.id, town.ana);
        sent += 1;
    }
    assert_eq!(sent, 3, "an hour's worth");
    let mut taken = 0;
    while door.ask_access(Some("X".into()), address(&format!("x{taken}@far.example"))).await.is_ok() {
        taken += 1;
        assert!(taken < 500, "there is no end");
    }
    assert_eq!(taken, 200 - 2 * 3, "of all, known or not");
}

pub async fn a_token_lets_a_program_in_until_it_is_revoked(town: &Town) {
    let door = visitor(town);
    let marc = address("marc@velo.example");
    let token = town.as_(town.agent).add_token(town.key(), town.agent).await.expect("his own");
    assert!(token.expose().len() >= 32);
    let verify =
        async |token: &Secret| door.verify_token(&marc, token).await.expect("an answer").map(|person| person.id);
    assert_eq!(verify(&token).await, Some(town.agent));
    assert_eq!(door.verify_token(&address("lina@velo.example"), &token).await, Ok(None), "another's");
    for wrong in ["", " ", "%", &token.expose()[1..], &token.expose().to_uppercase()] {
        assert_eq!(verify(&secret(wrong)).await, None);
    }
    let tokens = town.as_(town.admin).tokens(town.agent).await.expect("an admin");
    assert_eq!(tokens.len(), 1);
    assert_eq!(town.as_(town.other_agent).tokens(town.agent).await, Err(Error::Denied));
    assert!(town.as_(town.ana).tokens(town.agent).await.is_err());
    let revoke = PersonDeed::RevokeToken { person: town.agent, name: tokens[0].name.clone() };
    town.does(town.agent, Deed::Person(revoke)).await;
    assert_eq!(verify(&token).await, None);
    let token = town.as_(town.admin).add_token(town.key(), town.agent).await.expect("an admin");
    assert_eq!(verify(&token).await, Some(town.agent));
    for suspended in [true, false] {
        let change = PersonChange { suspended: Some(suspended), ..PersonChange::default() };
        town.does(town.admin, Deed::UpdatePerson { person: town.agent, change }).await;
        assert_eq!(verify(&token).await, None, "at once, and for good");
    }
}

/// Every change of people stands in it; no password, link or token does.
pub async fn the_admin_log_tells_everything_but_secrets(town: &Town) {
    let admin = town.as_(town.admin);
    let password = "correct horse canary";
    admin.set_password(town.key(), town.ana, secret(password)).await.expect("set");
    let link = admin.access_link(town.key(), town.ana).await.expect("a link").token;
    let token = admin.add_token(town.key(), town.ana).await.expect("a token");
    let change = PersonChange { name: Some("Ana R.".into()), ..PersonChange::default() };
    town.does(town.ana, Deed::UpdatePerson { person: town.ana, change }).await;
    let all = whole_log(&*admin, false, 3).await;
    let numbers: Vec<i64> = all.iter().map(|audit| audit.number).collect();
    assert_eq!(numbers, (1..=i64::try_from(all.len()).expect("few")).collect::<Vec<_>>(), "without a gap");
    assert!(all.len() >= 12, "{all:?}");
    let told = format!("{all:?}");
    for canary in [password, link.expose(), token.expose()] {
        assert!(!told.contains(canary));
    }
    for who in [town.agent, town.ana] {
        assert_eq!(
            town.as_(who).admin_log(LogAsk { newest_first: false, after: None, limit: 10 }).await.map(|_| ()),
            Err(Error::Denied)
        );
    }
}

async fn whole_log(client: &dyn Client, newest_first: bool, limit: u32) -> Vec<Audit> {
    let (mut after, mut all) = (None, Vec::new());
    loop {
        let page = client.admin_log(LogAsk { newest_first, after, limit }).await.expect("a page");
        all.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// The same from its end, page by page, for admins alone.
pub async fn the_admin_log_is_read_from_its_end(town: &Town) {
    let admin = town.as_(town.admin);
    let all = whole_log(&*admin, false, 100).await;
    let mut back = whole_log(&*admin, true, 3).await;
    back.reverse();
    assert_eq!(back, all);
    for who in [town.agent, town.ana] {
        assert_eq!(
            town.as_(who).admin_log(LogAsk { newest_first: true, after: None, limit: 10 }).await.map(|_| ()),
            Err(Error::Denied)
        );
    }
}

/// By name, page by page, each once; and only those whom the one who asks may find.
pub async fn people_of_an_organization_or_a_group_come_in_pages(town: &Town) {
    for n in 0..7 {
        town.person(&format!("Guest {n}"), &format!("g{n}@gare.example"), Role::EndUser, Some("Gare du Nord")).await;
    }
    let all = async |who: PersonId, of: Among, limit: u32| {
        let (mut after, mut names) = (None, Vec::new());
        loop {
            let ask = PeopleAsk::Among { of, after, limit };
            let page = town.as_(who).people(ask).await.expect("a page");
            names.extend(page.rows.into_iter().map(|one| one.name));
            after = page.next;
            if after.is_none() {
                return names;
            }
        }
    };
    let station = Among::Organization(town.station);
    for limit in [1, 2, 100] {
        let names = all(town.agent, station, limit).await;
        assert_eq!(names.len(), 9, "{names:?}");
        assert!(names.is_sorted(), "{names:?}");
        assert_eq!(all(town.admin, Among::Group(GroupId(1)), limit).await, ["Lina Berg", "Marc Oni", "Olga Owner"]);
    }
    assert_eq!(all(town.ana, station, 2).await, ["Ana Ruiz"], "end users find themselves");
    assert_eq!(all(town.ana, Among::Group(GroupId(1)), 2).await, Vec::<String>::new());
    assert_eq!(all(town.admin, Among::Group(GroupId(11)), 2).await, Vec::<String>::new());
    let (mut after, mut organizations) = (None, Vec::new());
    loop {
        let page = town.as_(town.agent).organizations(String::new(), after, 1).await.expect("a page");
        organizations.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let names: Vec<&str> = organizations.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Gare du Nord", "PaySup"]);
}
