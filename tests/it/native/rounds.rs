use super::chance::Chance;
use crate::support::world::every_deed;
use guichet::client::access::AccessLink;
use guichet::client::native::{METHODS, Rehearse, Rehearsed};
use guichet::client::told::{InboxAsk, Told};
use guichet::client::{
    AppliedAll, Count, Cursor, DueTicket, Error, ListAsk, LogAsk, Names, News, Page, PeopleAsk, Ran, Receipt, Reported,
    RuleTitle, RuleWhy, Session, Source, Thread, Trial,
};
use guichet::domain::account::Organization;
use guichet::domain::act::{Deed, OrganizationRef};
use guichet::domain::comment::{Attachment, Comment, Upload};
use guichet::domain::condition::Condition;
use guichet::domain::event::Audit;
use guichet::domain::id::TicketId;
use guichet::domain::metrics::Metrics;
use guichet::domain::outgoing::{Delivery, Outgoing};
use guichet::domain::person::{Person, PersonRef};
use guichet::domain::presence::Present;
use guichet::domain::refusal::Refusal;
use guichet::domain::removal::DeletedTicket;
use guichet::domain::report::Ask;
use guichet::domain::secret::{ApiToken, Secret};
use guichet::domain::setup::{Directory, Item, ItemKind, Mentions, Numbers};
use guichet::domain::suspended::Suspended;
use guichet::domain::ticket::{Request, Ticket};
use guichet::domain::webhook::{Called, WebhookKeys};
use guichet::wire::native::{Shapes, Travels};
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::collections::BTreeSet;
use std::fmt::Debug;

/// What is written is read as it was: of every shape of a type, with all that is in it.
fn rounds<T: Travels>(seed: u64) -> BTreeSet<String> {
    let mut shapes = Shapes::default();
    let shape = T::shape(&mut shapes);
    let mut chance = Chance { shapes: &shapes, dice: StdRng::seed_from_u64(seed) };
    for _ in 0..300 {
        let json = chance.value(&shape, 0).expect("something");
        let read = T::unpack(json.clone()).unwrap_or_else(|trouble| panic!("{trouble}: {json}"));
        let again = read.pack();
        assert_eq!(again, json, "{}", std::any::type_name::<T>());
    }
    shapes.all().keys().cloned().collect()
}

macro_rules! every {
    ($($type:ty),+ $(,)?) => {{
        let mut seen = BTreeSet::new();
        $(seen.extend(rounds::<$type>(7));)+
        seen
    }};
}

#[test]
fn everything_that_travels_comes_back_as_it_was() {
    let tried = every!(
        Session,
        Deed,
        Receipt,
        ItemKind,
        Vec<Item>,
        Mentions,
        Directory,
        Condition,
        (Count, Page<Ticket>),
        News,
        (Vec<Present>, Names),
        ListAsk,
        Page<Request>,
        Source,
        Thread<Ticket>,
        Thread<Request>,
        Page<Comment>,
        Page<Audit>,
        LogAsk,
        AccessLink,
        Secret,
        ApiToken,
        Page<Person>,
        PeopleAsk,
        Page<Organization>,
        Organization,
        OrganizationRef,
        Cursor,
        PersonRef,
        Upload,
        Attachment,
        Ask,
        Reported,
        DueTicket,
        InboxAsk,
        Page<Told>,
        Option<Vec<i64>>,
        Page<Outgoing>,
        Page<DeletedTicket>,
        Delivery,
        Page<Suspended>,
        Page<Called>,
        Called,
        WebhookKeys,
        Suspended,
        Page<Ran>,
        RuleWhy,
        RuleTitle,
        AppliedAll,
        Trial,
        Error,
        Refusal,
        Metrics,
        Rehearse,
        Rehearsed,
    );
    let mut shapes = Shapes::default();
    for method in METHODS {
        (method.ask)(&mut shapes);
        (method.answer)(&mut shapes);
    }
    let missing: Vec<_> = shapes.all().keys().filter(|name| !tried.contains(*name)).collect();
    assert_eq!(missing, Vec::<&String>::new(), "travels and is not tried");
    assert!(tried.len() > 120, "{}", tried.len());
}

fn comes_back<T: Travels + Clone + PartialEq + Debug>(value: &T) {
    assert_eq!(T::unpack(value.clone().pack()).as_ref(), Ok(value));
}

#[test]
fn every_deed_comes_back_as_it_was() {
    for deed in every_deed(TicketId(1), TicketId(2)) {
        comes_back(&deed);
    }
}

/// Passwords and tokens are made where the account is: what is kept of them is not taken from anybody.
#[test]
fn what_is_kept_of_secrets_does_not_travel() {
    use guichet::domain::id::PersonId;
    use guichet::domain::life::PersonDeed;
    use guichet::domain::secret::PasswordHash;
    let password = PasswordHash("$argon2id$v=19$m=4000000,t=9,p=1$c2FsdHNhbHQ$aGFzaA".into());
    let deed = Deed::Person(PersonDeed::SetPassword { person: PersonId(1), password });
    let packed = deed.pack();
    assert!(!packed.to_string().contains("argon2"), "{packed}");
    let said = Deed::unpack(packed).map_err(|trouble| trouble.to_string());
    assert_eq!(said, Err(".person.set_password.password does not travel".to_owned()));
    let sent = serde_json::json!({ "person": { "set_password": { "person": 1, "password": "$argon2id$" } } });
    assert!(Deed::unpack(sent).is_err());
    let token = Secret::new("abc").digest();
    assert!(Deed::unpack(Deed::Person(PersonDeed::AddToken { person: PersonId(1), token }).pack()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_condition_comes_back_as_it_was(condition in crate::condition::chance::condition()) {
        let packed = condition.clone().pack();
        prop_assert_eq!(Condition::unpack(packed), Ok(condition.clone()), "{}", condition.sentence(&Numbers));
    }
}
