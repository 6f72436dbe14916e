//! What will happen by itself, and mails that are nobody's.

use super::stage::Stage;
use guichet::domain::act::Deed;
use guichet::domain::id::TicketId;
use guichet::domain::mailroom::MailDeed;
use guichet::domain::person::Role;
use guichet::tui::effect::{Effect, Question};
use insta::assert_snapshot;

fn asked(stage: &Stage, wanted: impl Fn(&Question) -> bool) -> bool {
    stage.asked.iter().any(wanted)
}

fn page(keys: &str, width: u16, height: u16) -> Stage {
    let mut stage = Stage::of(Role::Agent, width, height);
    stage.keys(keys);
    stage
}

/// Z10: over all tickets, each of which is a key away.
#[test]
fn what_is_coming_is_a_list() {
    assert_snapshot!("forecast_80x24", page("g f", 80, 24).screen());
    assert_snapshot!("forecast_140x40", page("g f", 140, 40).screen());
    let mut stage = page("g f enter", 80, 24);
    assert!(stage.screen().contains("#1039 Add CSV export"), "{}", stage.screen());
    stage.keys("J");
    assert!(stage.screen().contains("#1007"), "{}", stage.screen());
    page("g f G enter q q", 46, 12).screen();
}

/// D14: what came in and is nobody's is read, taken and dropped.
#[test]
fn suspended_mails_are_looked_at() {
    assert_snapshot!("mails_80x24", page("g m", 80, 24).screen());
    assert_snapshot!("mails_140x40", page("g m", 140, 40).screen());
    let mut stage = page("g m d", 80, 24);
    assert!(stage.screen().contains("Throw the mail"), "{}", stage.screen());
    stage.keys("n");
    let drops =
        |effect: &Effect| matches!(effect, Effect::Act { deed, .. } if **deed == Deed::Mail(MailDeed::DropMail(3)));
    assert!(!stage.wanted.iter().any(drops));
    stage.keys("d y");
    assert!(stage.wanted.iter().any(drops), "{:?}", stage.wanted);
    let mut stage = page("g m c y", 80, 24);
    assert!(asked(&stage, |question| matches!(question, Question::TakeMail { id: 3, ticket: None, .. })));
    assert!(stage.screen().contains("on #1042"), "{}", stage.screen());
    // The ticket that it claims to be about stands there already.
    stage.keys("i enter");
    assert!(asked(&stage, |question| matches!(question, Question::TakeMail { ticket: Some(TicketId(1042)), .. })));
    stage.keys("i");
    stage.text("x");
    stage.keys("enter");
    assert!(stage.screen().contains("1042x is no ticket number"), "{}", stage.screen());
    let mut small = page("g m j enter G", 46, 12);
    assert!(small.screen().contains("cannot be read"), "{}", small.screen());
    small.keys("q");
    assert!(small.screen().contains("ann@"), "{}", small.screen());
}

#[test]
fn requesters_have_neither_page() {
    for keys in ["g f", "g m"] {
        let mut stage = Stage::of(Role::EndUser, 80, 24);
        let before = stage.screen();
        stage.keys(keys);
        assert_eq!(stage.screen(), before, "{keys}");
    }
}
