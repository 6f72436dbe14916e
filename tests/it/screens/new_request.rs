//! A new request in its steps, for both roles.

use super::stage::{ANA, Stage};
use guichet::client::Error;
use guichet::domain::act::{Deed, NewTicket};
use guichet::domain::comment::{NewComment, Visibility};
use guichet::domain::draft::DraftPlace;
use guichet::domain::id::{KindId, PersonId, TicketId};
use guichet::domain::person::{EmailAddress, PersonRef, Role};
use guichet::domain::refusal::{Field, Refusal};
use guichet::domain::status::Status;
use guichet::tui::effect::Effect;
use guichet::tui::input::{Input, Mouse, MouseKind};
use guichet::tui::message::Message;
use insta::assert_snapshot;

fn sent(stage: &mut Stage) -> NewTicket {
    let act = stage.act().expect("an act");
    let Effect::Act { deed, .. } = act else { panic!("{act:?}") };
    let Deed::CreateTicket(new) = *deed else { panic!("{deed:?}") };
    *new
}

/// R156, R158-R162: one key leads to the four kinds, each with its guidance.
#[test]
fn a_request_begins_with_one_of_the_four_kinds() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("c");
    let screen = stage.screen();
    for (title, guidance) in [
        ("Critical / SEV", "many customers hit and no way around it"),
        ("Feature request", "Something new, or feedback"),
        ("Hardware issue", "Something wrong with a device"),
        ("Software issue", "Something wrong with a program"),
    ] {
        assert!(screen.contains(title) && screen.contains(guidance), "{screen}");
    }
    assert!(!screen.contains("No kind"), "{screen}");
    // R159: the form says what is critical.
    for example in ["infrastructure outage", "payments that fail", "rentals that are impossible", "grave slowness"] {
        assert!(screen.contains(example), "{example}: {screen}");
    }
    stage.keys("j j enter");
    stage.text("Printer jams");
    stage.keys("tab");
    stage.text("Since Monday");
    stage.keys("ctrl-s");
    let new = sent(&mut stage);
    let expected =
        NewTicket { kind: Some(KindId(3)), ..NewTicket::new("Printer jams", NewComment::public("Since Monday")) };
    assert_eq!(new, expected);
}

#[test]
fn the_number_is_said_and_leads_to_the_ticket() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("c enter");
    stage.text("Gates");
    stage.keys("tab");
    stage.text("do not open");
    stage.keys("ctrl-s");
    let act = stage.act().expect("an act");
    stage.made(act, TicketId(1042));
    assert!(stage.wanted.contains(&Effect::DropDraft(DraftPlace::NewTicket)));
    assert!(stage.screen().contains("Submitted as #1042"));
    stage.keys("enter");
    assert!(stage.screen().contains("#1042 Payment terminal"));
}

/// Z07: everything is kept from the first keystroke, and comes back, the kind and all.
#[test]
fn leaving_keeps_the_draft_and_coming_back_restores_it() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("c j enter");
    stage.text("Dark mode");
    stage.keys("tab");
    stage.text("My eyes");
    stage.keys("enter");
    stage.text("hurt");
    stage.keys("tab");
    stage.text("tom@shop.example");
    let kept = stage.wanted.iter().filter(|effect| matches!(effect, Effect::KeepDraft(_))).count();
    let letters = "Dark mode".len() + "My eyes".len() + "\n".len() + "hurt".len() + "tom@shop.example".len();
    assert_eq!(kept, letters);
    stage.keys("esc");
    assert!(stage.screen().contains("Kept as a draft"));
    stage.keys("c");
    let screen = stage.screen();
    for words in ["Feature request", "Dark mode", "My eyes", "hurt", "tom@shop.example"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    assert!(!stage.wanted.contains(&Effect::DropDraft(DraftPlace::NewTicket)));
    stage.keys("esc esc D");
    assert!(stage.screen().contains("Dark mode · My eyes"), "known by its subject: {}", stage.screen());
}

/// Z07: what was typed in the agents' fields is in the draft that the store keeps, also half of a name.
#[test]
fn a_draft_of_another_run_comes_back_whole() {
    let mut first = Stage::of(Role::Agent, 80, 24);
    first.keys("c j j j enter");
    first.text("lea");
    first.keys("enter tab tab tab");
    first.text("Subject");
    first.keys("tab");
    first.text("Text");
    first.keys("tab");
    first.text("Tom <tom@new.example>");
    first.keys("ctrl-t");
    let draft = first.wanted.iter().rev().find_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some((**draft).clone()),
        _ => None,
    });
    let mut second = Stage::silent(Role::Agent, 80, 24);
    second.drafts = draft.into_iter().collect();
    second.begin();
    second.keys("c ctrl-s");
    let new = sent(&mut second);
    let email = EmailAddress::parse("tom@new.example").expect("an address");
    assert_eq!(new.requester, Some(PersonRef::Id(PersonId(5))));
    assert_eq!(new.ccs, [PersonRef::Named { name: "Tom".into(), email }]);
    assert_eq!((new.kind, new.subject.as_str()), (Some(KindId(3)), "Subject"));
    assert_eq!(new.comment, NewComment::public("Text"));
}

/// Z07: a refusal says why, takes nothing away, and leads to what is missing.
#[test]
fn a_refused_request_stays_with_everything_in_it() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("c enter tab");
    stage.text("Only a text");
    stage.keys("ctrl-s");
    let act = stage.act().expect("an act");
    stage.acted(act, Err(Error::Refused(Refusal::Empty(Field::Subject))));
    let screen = stage.screen();
    assert!(screen.contains("Only a text") && screen.contains("▌ Subject"), "{screen}");
    assert!(!stage.wanted.contains(&Effect::DropDraft(DraftPlace::NewTicket)));
    stage.text("Now");
    stage.keys("ctrl-s");
    assert_eq!(sent(&mut stage).subject, "Now");
}

/// The same text again goes under the same key; another text is another request.
#[test]
fn sending_again_after_a_lost_answer_does_nothing_twice() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("c enter");
    stage.text("S");
    stage.keys("ctrl-s");
    let key = |act: &Effect| match act {
        Effect::Act { key, .. } => key.clone(),
        other => panic!("{other:?}"),
    };
    let first = stage.act().expect("an act");
    stage.acted(first.clone(), Err(Error::Unreachable("gone".into())));
    stage.keys("ctrl-s");
    let second = stage.act().expect("an act");
    assert_eq!(key(&first), key(&second));
    stage.acted(second.clone(), Err(Error::Unreachable("gone".into())));
    stage.text("!");
    stage.keys("ctrl-s");
    assert_ne!(key(&stage.act().expect("an act")), key(&second));
}

/// Enter never sends, and pasted text never triggers keys.
#[test]
fn enter_and_pasted_text_only_write_in_a_request() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("c enter tab");
    stage.text("one");
    stage.keys("enter");
    stage.say(Message::Input(Input::Paste("two\x13\n\u{1b}q:s".into())));
    assert_eq!(stage.act(), None);
    stage.keys("ctrl-s");
    assert_eq!(sent(&mut stage).comment.body, "one\ntwo\nq:s");
}

/// R116: what is similar is asked as a search of the one who writes, and shown while the subject is typed.
#[test]
fn similar_open_requests_are_shown_while_the_subject_is_typed() {
    let mut stage = Stage::of(Role::EndUser, 120, 40);
    stage.keys("c enter");
    stage.text("printer");
    let screen = stage.screen();
    assert!(screen.contains("Similar open requests") && screen.contains("#1021"), "{screen}");
    stage.keys("shift-tab shift-tab enter");
    assert!(stage.screen().contains("‹ #1021"));
    stage.keys("q");
    assert!(stage.screen().contains("printer"));
}

/// R100: with private tickets switched on the form starts on Internal note; ctrl-t makes it public.
#[test]
fn an_agents_ticket_starts_private_and_the_title_says_who_sees_it() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("c enter");
    assert!(stage.screen().contains("INTERNAL NOTE: only agents will see this"));
    stage.text("lea");
    stage.keys("enter ctrl-t");
    let screen = stage.screen();
    assert!(screen.contains("PUBLIC: Léa Petit and the agents will see this"), "{screen}");
}

/// Z01, R166: who reads along because their organization does is named, too, in both roles; others are not.
#[test]
fn the_form_names_the_organization_that_reads_along() {
    let mut stage = Stage::of(Role::Agent, 100, 24);
    stage.keys("c enter");
    stage.text("ruiz");
    stage.keys("enter ctrl-t");
    assert!(stage.screen().contains("PUBLIC: Ana Ruiz, their organization and the agents"), "{}", stage.screen());
    stage.keys("ctrl-t");
    assert!(stage.screen().contains("INTERNAL NOTE: only agents"), "{}", stage.screen());
    stage.keys("ctrl-t shift-tab shift-tab backspace");
    let mut other = Stage::of(Role::Agent, 100, 24);
    other.keys("c enter");
    other.text("lea");
    other.keys("enter ctrl-t");
    assert!(other.screen().contains("PUBLIC: Léa Petit and the agents"), "{}", other.screen());
    let mut own = Stage::of(Role::EndUser, 100, 24);
    own.keys("c enter");
    assert!(own.screen().contains("you, your organization and the support team will see this"), "{}", own.screen());
}

/// R101: switched off there is no choice, and the ticket is public.
#[test]
fn without_private_tickets_there_is_nothing_to_choose() {
    let mut stage = Stage::silent(Role::Agent, 80, 24);
    stage.settings.private_tickets = false;
    stage.begin();
    stage.keys("c enter ctrl-t");
    let screen = stage.screen();
    assert!(!screen.contains("Internal note: a private ticket") && screen.contains("PUBLIC: you"), "{screen}");
    stage.keys("tab tab");
    stage.text("S");
    stage.keys("ctrl-s");
    assert_eq!(sent(&mut stage).comment.visibility, Visibility::Public);
}

/// R095: nobody named.
#[test]
fn an_empty_requester_is_the_agent() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("c enter tab tab tab");
    stage.text("S");
    stage.keys("ctrl-s");
    assert_eq!(sent(&mut stage).requester, None);
}

/// R102-R105: by name, mail domain, phone number and organization, from two characters on.
#[test]
fn the_requester_field_suggests_people() {
    for (typed, name) in [("pet", "Léa Petit"), ("shop.ex", "Léa Petit"), ("0123", "Léa Petit"), ("gare", "Ana Ruiz")]
    {
        let mut stage = Stage::of(Role::Agent, 80, 24);
        stage.keys("c enter");
        stage.text(&typed[..1]);
        assert!(!stage.screen().contains("+ Add user"));
        stage.text(&typed[1..]);
        let screen = stage.screen();
        assert!(screen.contains(name) && screen.contains(&format!("+ Add user “{typed}”")), "{screen}");
    }
}

/// R107: the last row makes somebody new without leaving the form; nothing else is lost.
#[test]
fn somebody_new_is_added_in_the_form() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("c enter tab tab tab");
    stage.text("Kept");
    stage.keys("shift-tab shift-tab shift-tab");
    stage.text("Tom Blanc");
    stage.keys("up enter");
    stage.text("not an address");
    stage.keys("enter");
    assert!(stage.screen().contains("That is no mail address"));
    stage.keys("ctrl-u");
    stage.text("tom@new.example");
    stage.keys("enter");
    assert!(stage.screen().contains("+ Tom Blanc <tom@new.example>"));
    stage.keys("ctrl-s");
    let new = sent(&mut stage);
    let email = EmailAddress::parse("tom@new.example").expect("an address");
    assert_eq!(new.requester, Some(PersonRef::Named { name: "Tom Blanc".into(), email }));
    assert_eq!(new.subject, "Kept");
}

#[test]
fn half_a_name_is_not_sent_as_nobody() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("c enter");
    stage.text("xy");
    stage.keys("ctrl-s");
    assert_eq!(stage.act(), None);
    assert!(stage.screen().contains("Choose somebody from the list"));
}

/// R106: from a person's ticket, with them as the requester.
#[test]
fn a_new_ticket_for_the_same_requester_is_prefilled() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 C enter");
    assert!(stage.screen().contains("Requester     Ana Ruiz"), "{}", stage.screen());
    stage.text("Again");
    stage.keys("ctrl-s");
    assert_eq!(sent(&mut stage).requester, Some(PersonRef::Id(ANA)));
}

/// R106: from the details beside a conversation, with a click on the name.
#[test]
fn a_click_on_the_requesters_name_opens_a_ticket_for_them() {
    let mut stage = Stage::of(Role::Agent, 120, 40);
    stage.keys("2 enter");
    let screen = stage.screen();
    let row = screen.lines().position(|line| line.contains("Requester    Ana Ruiz")).expect("the name");
    let row = u16::try_from(row).expect("a row");
    stage.say(Message::Input(Input::Mouse(Mouse { what: MouseKind::Click, column: 100, row })));
    stage.keys("enter");
    assert!(stage.screen().contains("Requester     Ana Ruiz"), "{}", stage.screen());
}

/// R108, and the other statuses.
#[test]
fn an_agent_submits_as_a_status() {
    for (keys, status) in [("n", Status::New), ("o", Status::Open), ("p", Status::Pending), ("s", Status::Solved)] {
        let mut stage = Stage::of(Role::Agent, 80, 24);
        stage.keys("c enter");
        stage.keys(&format!("alt-s {keys}"));
        assert_eq!(sent(&mut stage).status, Some(status));
    }
}

#[test]
fn the_optional_fields_are_folded_until_they_are_wanted() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("c enter");
    assert!(!stage.screen().contains("Assignee"));
    stage.keys("alt-o shift-tab enter");
    stage.text("2026-12-01");
    stage.keys("enter shift-tab");
    stage.text("vip, loud");
    stage.keys("shift-tab enter");
    stage.text("urg");
    stage.keys("enter ctrl-s");
    let new = sent(&mut stage);
    assert_eq!(new.tags.iter().map(guichet::domain::tag::Tag::as_str).collect::<Vec<_>>(), ["loud", "vip"]);
    assert_eq!(new.priority, Some(guichet::domain::status::Priority::Urgent));
    assert_eq!(new.due_at, Some(guichet::domain::time::Timestamp(1_796_148_000_000)));
}

#[test]
fn an_end_user_has_no_agents_fields() {
    let mut stage = Stage::of(Role::EndUser, 80, 24);
    stage.keys("c enter alt-o ctrl-t");
    let screen = stage.screen();
    for word in ["Requester", "INTERNAL", "Assignee", "private"] {
        assert!(!screen.contains(word), "{word}: {screen}");
    }
}

#[test]
fn what_a_new_request_looks_like() {
    let of = |role, keys: &str, width, height| {
        let mut stage = Stage::of(role, width, height);
        stage.keys(keys);
        stage
    };
    assert_snapshot!("new_request_kinds_80x24", of(Role::EndUser, "c j", 80, 24).screen());
    assert_snapshot!("new_request_kinds_46x12", of(Role::EndUser, "c j", 46, 12).screen());
    assert_snapshot!("new_request_kinds_agent_120x40", of(Role::Agent, "c", 120, 40).screen());
    for (name, role, width, height) in [
        ("new_request_end_user_80x24", Role::EndUser, 80, 24),
        ("new_request_end_user_120x40", Role::EndUser, 120, 40),
        ("new_request_end_user_46x12", Role::EndUser, 46, 12),
    ] {
        let mut stage = of(role, "c j j enter", width, height);
        stage.text("The printer jams");
        stage.keys("tab");
        stage.text("Since Monday it jams on every second page.");
        assert_snapshot!(name, stage.screen());
    }
    let agents = [("new_request_agent_80x24", 80, 24), ("new_request_agent_120x40", 120, 40)];
    for (name, width, height) in agents {
        let mut stage = of(Role::Agent, "c j j j enter", width, height);
        stage.text("pet");
        assert_snapshot!(format!("{name}_suggests"), stage.screen());
        stage.keys("enter tab tab tab");
        stage.text("The printer jams");
        stage.keys("tab alt-o ctrl-t");
        stage.text("She called this morning.");
        assert_snapshot!(name, stage.screen());
    }
}
