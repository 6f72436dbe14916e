//! The account's settings (D8, D9, D10, R113): admins alone, within bounds.

use crate::support::world::*;
use guichet::domain::account::{OnHold, PendingEnd};
use guichet::domain::act::{Deed, Setting};
use guichet::domain::id::GroupId;
use guichet::domain::life::{PeopleSetting, SignUp};
use guichet::domain::person::Role;
use guichet::domain::refusal::{Field, Refusal, Thing};
use guichet::domain::time::Span;

fn every_setting() -> Vec<Setting> {
    vec![
        Setting::AccountName("Vélo".to_owned()),
        Setting::AccountUrl(Some("https://velo.example".to_owned())),
        Setting::PrivateTickets(false),
        Setting::PortalOnHold(OnHold::AsOpen),
        Setting::PendingEnd(PendingEnd::Solved),
        Setting::RemindAfter(None),
        Setting::EndAfter(Some(Span::hours(1))),
        Setting::CloseAfter(Some(Span::days(28))),
        Setting::DefaultGroup(Some(FIELD)),
        Setting::Language("fr".to_owned()),
        Setting::AttachmentBytes(1),
        Setting::People(PeopleSetting::SignUp(SignUp::Closed)),
        Setting::People(PeopleSetting::LinkExpires(Span::minutes(5))),
        Setting::People(PeopleSetting::RetentionDays(Some(365))),
        Setting::People(PeopleSetting::TimeZone("Europe/Paris".to_owned())),
    ]
}

/// R113, D8, D9, D10: admins set, others do not; setting what is set already is no event.
#[test]
fn only_an_admin_sets() {
    for setting in every_setting() {
        let deed = Deed::Set(setting.clone());
        for who in EVERYBODY {
            let mut world = World::new();
            let answer = world.act(who, &deed);
            match who {
                ANA => {
                    assert_eq!(told(&answer.unwrap()), format!("account: set {setting:?}"));
                    assert_eq!(told(&world.act(ANA, &deed).unwrap()), "");
                }
                SAM | EVE => assert_eq!(answer, Err(Refusal::Suspended)),
                _ => assert_eq!(answer, Err(Refusal::Role { needs: Role::Admin }), "{}: {setting:?}", name(who)),
            }
        }
    }
}

/// D10: from 1 hour to 28 days, or off; the other waits are positive.
#[test]
fn a_setting_has_bounds() {
    let hour = Span::hours(1);
    let set = |setting| Deed::Set(setting);
    let people = Setting::People;
    let out = |setting| Err(Refusal::OutOfRange { setting });
    check([
        row("D10", World::new(), ANA, set(Setting::CloseAfter(Some(Span(hour.0 - 1)))), out("close_after")),
        row("D10", World::new(), ANA, set(Setting::CloseAfter(Some(Span(Span::days(28).0 + 1)))), out("close_after")),
        row("D9", World::new(), ANA, set(Setting::RemindAfter(Some(Span(0)))), out("remind_after")),
        row("D9", World::new(), ANA, set(Setting::EndAfter(Some(Span(-1)))), out("end_after")),
        row("name", World::new(), ANA, set(Setting::AccountName(" ".to_owned())), Err(Refusal::Empty(Field::Name))),
        row(
            "group",
            World::new(),
            ANA,
            set(Setting::DefaultGroup(Some(GroupId(9)))),
            Err(Refusal::NotFound(Thing::Group)),
        ),
        row("size", World::new(), ANA, set(Setting::AttachmentBytes((1 << 30) + 1)), out("attachment_bytes")),
        row("language", World::new(), ANA, set(Setting::Language(String::new())), Err(Refusal::Empty(Field::Language))),
        row("links", World::new(), ANA, set(people(PeopleSetting::LinkExpires(Span::minutes(4)))), out("link_expires")),
        row("links", World::new(), ANA, set(people(PeopleSetting::LinkExpires(Span::days(8)))), out("link_expires")),
        row("D35", World::new(), ANA, set(people(PeopleSetting::RetentionDays(Some(0)))), out("retention_days")),
        row(
            "zone",
            World::new(),
            ANA,
            set(people(PeopleSetting::TimeZone("Mars".to_owned()))),
            Err(Refusal::Malformed(Field::TimeZone)),
        ),
    ]);
    for span in [hour, Span::days(28)] {
        let mut world = World::new();
        world.act(ANA, &set(Setting::CloseAfter(Some(span)))).unwrap();
        assert_eq!(world.timers().close_after, Some(span));
    }
}

/// D7, D8, D9, D10: the defaults.
#[test]
fn a_new_account_has_the_decided_defaults() {
    let settings = guichet::domain::account::Settings::default();
    assert!(settings.private_tickets, "D7");
    assert_eq!(settings.portal_on_hold, OnHold::Show, "D8");
    let timers = World::new().timers();
    assert_eq!(timers, settings.timers);
    assert_eq!((timers.remind_after, timers.end_after), (Some(Span::days(3)), Some(Span::days(5))), "D9");
    assert_eq!((timers.pending_end, timers.close_after), (PendingEnd::Closed, Some(Span::days(4))), "D9, D10");
}
