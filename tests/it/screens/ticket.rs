//! An open ticket and what is written on it.

use super::stage::Stage;
use guichet::client::Error;
use guichet::domain::act::Deed;
use guichet::domain::comment::{NewComment, Visibility};
use guichet::domain::draft::DraftPlace;
use guichet::domain::id::TicketId;
use guichet::domain::person::Role;
use guichet::domain::refusal::Refusal;
use guichet::domain::status::Status;
use guichet::tui::effect::Effect;
use guichet::tui::input::Input;
use guichet::tui::message::Message;

const REPLY: DraftPlace = DraftPlace::Reply(TicketId(1042));
const NOTE: DraftPlace = DraftPlace::Note(TicketId(1042));

fn writing(keys: &str) -> Stage {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.keys("2 enter");
    stage.keys(keys);
    stage
}

fn comment(effect: &Effect) -> (Option<Status>, Option<NewComment>) {
    let Effect::Act { deed, .. } = effect else { panic!("{effect:?}") };
    let Deed::UpdateTicket { change, comment, .. } = &**deed else { panic!("{deed:?}") };
    (change.status, comment.clone())
}

fn kept(stage: &Stage) -> Vec<(DraftPlace, String)> {
    let kept = stage.wanted.iter().filter_map(|effect| match effect {
        Effect::KeepDraft(draft) => Some((draft.place, draft.body.clone())),
        _ => None,
    });
    kept.collect()
}

/// Z07: from the first keystroke.
#[test]
fn a_draft_is_kept_from_the_first_keystroke() {
    let mut stage = writing("r");
    stage.text("ab");
    assert_eq!(kept(&stage), [(REPLY, "a".into()), (REPLY, "ab".into())]);
}

/// Z07: through Esc, and back.
#[test]
fn a_draft_outlives_leaving_and_comes_back() {
    let mut stage = writing("r");
    stage.text("half a thought");
    stage.keys("esc q");
    assert!(stage.screen().contains("✎ 1042"));
    stage.keys("r");
    assert!(stage.screen().contains("half a thought"));
}

/// Z07: the draft goes only after the account has said yes.
#[test]
fn a_draft_is_dropped_only_after_a_yes() {
    let mut stage = writing("r");
    stage.text("Done.");
    stage.keys("ctrl-s");
    assert!(!stage.wanted.contains(&Effect::DropDraft(REPLY)));
    let act = stage.act().expect("an act");
    assert_eq!(comment(&act), (None, Some(NewComment::public("Done."))));
    stage.acted(act, Ok(()));
    assert!(stage.wanted.contains(&Effect::DropDraft(REPLY)));
    assert!(stage.screen().contains("Public reply sent on #1042"));
}

/// Z07: a refusal leaves the words where they are.
#[test]
fn a_refused_text_stays_and_can_be_sent_again() {
    let mut stage = writing("r");
    stage.text("Done.");
    stage.keys("ctrl-s");
    let act = stage.act().expect("an act");
    stage.acted(act.clone(), Err(Error::Unreachable("gone".into())));
    let screen = stage.screen();
    assert!(screen.contains("Done.") && screen.contains("cannot be reached"), "{screen}");
    assert!(!stage.wanted.contains(&Effect::DropDraft(REPLY)));
    // The same text again goes under the same key, so that it cannot be said twice.
    stage.keys("ctrl-s");
    let (Some(Effect::Act { key: again, .. }), Effect::Act { key: first, .. }) = (stage.act(), act.clone()) else {
        panic!("two acts")
    };
    assert_eq!(again, first);
    stage.acted(act, Err(Error::Unreachable("gone".into())));
    // Another text is another comment.
    stage.text("!");
    stage.keys("ctrl-s");
    let Some(Effect::Act { key: other, .. }) = stage.act() else { panic!("an act") };
    assert_ne!(other, first);
}

/// Enter never sends, and pasted text never triggers keys.
#[test]
fn enter_and_pasted_text_only_write() {
    let mut stage = writing("r");
    stage.text("one");
    stage.keys("enter");
    stage.say(Message::Input(Input::Paste("two\x13\n\u{1b}q:s".into())));
    assert_eq!(stage.act(), None);
    assert_eq!(kept(&stage).last(), Some(&(REPLY, "one\ntwo\nq:s".into())));
    assert!(stage.screen().contains("PUBLIC REPLY"));
}

#[test]
fn pasted_text_does_nothing_where_nothing_is_written() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    let before = stage.screen();
    stage.say(Message::Input(Input::Paste("qqq\u{3}s\n".into())));
    assert_eq!(stage.screen(), before);
    assert_eq!(stage.wanted, []);
}

/// Z01: the title says who will see it, and changes with the kind.
#[test]
fn the_title_names_the_audience() {
    let mut stage = writing("r");
    assert!(stage.screen().contains("PUBLIC REPLY — Ana Ruiz, 2 CCs and the agents will see this"));
    stage.keys("ctrl-t");
    let screen = stage.screen();
    assert!(screen.contains("INTERNAL NOTE — only agents will see this") && screen.contains('╔'), "{screen}");
}

#[test]
fn flipping_takes_the_words_along_without_losing_them() {
    let mut stage = writing("r");
    stage.text("for us only");
    stage.wanted.clear();
    stage.keys("ctrl-t");
    let [Effect::MoveDraft { from, draft }] = stage.wanted.as_slice() else { panic!("{:?}", stage.wanted) };
    assert_eq!((*from, draft.place, draft.body.as_str()), (REPLY, NOTE, "for us only"));
    stage.keys("ctrl-s");
    let act = stage.act().expect("an act");
    assert_eq!(comment(&act).1, Some(NewComment::note("for us only")));
}

/// Each ticket and kind has its own text.
#[test]
fn flipping_to_a_kind_that_has_a_draft_keeps_both() {
    let mut stage = writing("i");
    stage.text("note");
    stage.keys("esc r");
    stage.text("reply");
    stage.keys("ctrl-t");
    assert!(stage.screen().contains("note"));
    stage.keys("ctrl-t");
    assert!(stage.screen().contains("reply"));
    assert_eq!(stage.model.shared.drafts.len(), 2);
}

#[test]
fn sending_can_set_the_status() {
    let mut stage = writing("r");
    stage.text("Solved it.");
    stage.keys("alt-s s");
    let act = stage.act().expect("an act");
    assert_eq!(comment(&act), (Some(Status::Solved), Some(NewComment::public("Solved it."))));
}

/// R123, R125: a private ticket becomes public for good, so it is said first.
#[test]
fn a_public_reply_on_a_private_ticket_is_asked_about() {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.tickets[0].visibility = Visibility::Internal;
    stage.keys("2 enter r");
    stage.text("Hello");
    assert!(stage.screen().contains("MAKES THE TICKET PUBLIC"));
    stage.keys("ctrl-s");
    assert_eq!(stage.act(), None);
    assert!(stage.screen().contains("This cannot be undone"));
    stage.keys("n ctrl-s y");
    assert!(stage.act().is_some());
}

/// R126: an end user's screen has no word of notes.
#[test]
fn an_end_user_writes_no_notes_and_reads_none() {
    let mut stage = Stage::of(Role::EndUser, 100, 30);
    stage.keys("enter i");
    assert!(!stage.screen().contains("INTERNAL"));
    stage.keys("r ctrl-t");
    let screen = stage.screen();
    assert!(screen.contains("REPLY — you, ") && !screen.contains("acquirer"), "{screen}");
}

/// R127, R129: for good, so it is asked about.
#[test]
fn turning_a_comment_into_a_note_is_asked_about() {
    let mut stage = writing("N");
    assert!(stage.screen().contains("for good"));
    stage.keys("y");
    let Some(Effect::Act { deed, .. }) = stage.act() else { panic!("an act") };
    assert!(matches!(*deed, Deed::MakeInternal { ticket: TicketId(1042), .. }));
}

/// R128: what the account would refuse is refused before anybody is asked whether they are sure.
#[test]
fn turning_a_comment_into_a_note_that_cannot_become_one_is_refused_unasked() {
    let mut stage = writing("g g");
    stage.against = Some(Refusal::ManyPublicComments);
    stage.keys("N");
    let screen = stage.screen();
    assert!(screen.contains("More than one comment is public") && !screen.contains("for good"), "{screen}");
    stage.keys("y");
    assert!(stage.act().is_none());
}

/// A sentence that is longer than a line stands in several.
#[test]
fn a_long_refusal_is_read_in_full() {
    let mut stage = Stage::of(Role::Agent, 60, 24);
    stage.against = Some(Refusal::StaysPublic);
    stage.keys("2 enter N");
    let screen = stage.screen();
    let words: Vec<&str> = screen.split_whitespace().collect();
    assert!(
        words.join(" ").contains("unless its first comment is its only one. Write internal notes on it instead."),
        "{screen}"
    );
}

#[test]
fn one_reads_on_to_the_next_ticket_of_the_list() {
    let mut stage = writing("J");
    assert!(stage.screen().contains("#1039 Add CSV export"));
    stage.keys("K");
    assert!(stage.screen().contains("#1042 Payment"));
    stage.keys("K");
    assert!(stage.screen().contains("This is the first ticket"));
}

#[test]
fn hostile_text_is_made_visible() {
    let mut stage = Stage::of(Role::EndUser, 100, 30);
    stage.keys("j j enter");
    let screen = stage.screen();
    assert!(!screen.contains('\u{202e}') && !screen.contains('\u{1b}') && screen.contains("<U+202E>"), "{screen}");
}

#[test]
fn what_is_written_cannot_act_on_the_terminal_either() {
    let mut stage = writing("r");
    stage.say(Message::Input(Input::Paste("a\u{202e}b e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} c".into())));
    let screen = stage.screen();
    assert!(!screen.contains('\u{202e}') && !screen.contains("\u{301}\u{301}\u{301}\u{301}\u{301}"), "{screen}");
    // What is sent is what was pasted.
    assert!(kept(&stage).pop().expect("a draft").1.contains('\u{202e}'));
}

#[test]
fn a_quotation_in_a_public_reply_never_quotes_a_note() {
    let mut stage = writing("r");
    stage.comments.pop();
    stage.keys("esc ctrl-r r alt-q");
    let (_, body) = kept(&stage).pop().expect("a draft");
    assert!(body.starts_with("> Since this morning"), "{body}");
}

#[test]
fn a_draft_is_thrown_away_only_after_a_yes() {
    let mut stage = writing("r");
    stage.text("never mind");
    stage.keys("alt-x");
    assert!(!stage.wanted.contains(&Effect::DropDraft(REPLY)));
    stage.keys("y");
    assert!(stage.wanted.contains(&Effect::DropDraft(REPLY)));
    assert!(!stage.screen().contains("never mind"));
}

#[test]
fn a_file_of_the_conversation_is_saved_by_its_name() {
    let mut stage = writing("x");
    assert!(stage.screen().contains("photo.jpg"));
    stage.keys("enter");
    assert!(stage.wanted.contains(&Effect::Save(guichet::domain::id::AttachmentId(1))));
}

/// Z07: somebody else's words never throw away one's own: they are announced above the conversation.
#[test]
fn a_new_comment_while_writing_is_announced() {
    let mut stage = writing("r");
    stage.text("mine");
    let mut other = stage.comments[2].clone();
    other.id = guichet::domain::id::CommentId(9);
    stage.comments.push(other);
    stage.tickets[0].version += 1;
    let changed = Message::Acted {
        to: guichet::tui::message::ScreenId(999),
        key: guichet::client::Key("k".into()),
        deed: Box::new(Deed::UpdateTicket {
            ticket: TicketId(1042),
            change: Box::default(),
            comment: None,
            expect: None,
        }),
        result: Ok(guichet::client::Receipt {
            outcome: guichet::domain::decide::Outcome::default(),
            repeated: false,
            versions: 1,
        }),
    };
    stage.say(changed);
    let screen = stage.screen();
    assert!(screen.contains("something new has come") && screen.contains("mine"), "{screen}");
}

/// What is typed before the ticket is there is text already, never commands.
#[test]
fn keys_typed_before_the_ticket_is_there_are_text() {
    let mut stage = Stage::of(Role::Agent, 100, 30);
    stage.keys("2");
    stage.deaf = true;
    stage.keys("r q s a");
    stage.text("A");
    assert_eq!(stage.act(), None);
    assert_eq!(kept(&stage).last(), Some(&(REPLY, "qsaA".into())));
    stage.keys("ctrl-s");
    assert_eq!(stage.act(), None);
    assert!(stage.screen().contains("still being fetched"));
}

/// In a small window the details stand in the conversation's place: back leads to it, not out of the ticket.
#[test]
fn back_from_the_details_is_the_conversation() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("2 enter d");
    assert!(stage.screen().contains("Requester    Ana Ruiz"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.screen().contains("Conversation"), "{}", stage.screen());
    stage.keys("esc");
    assert!(stage.screen().contains("Unassigned"), "{}", stage.screen());
    let mut wide = Stage::of(Role::Agent, 140, 40);
    wide.keys("2 enter d esc");
    assert!(wide.screen().contains("Unassigned"), "{}", wide.screen());
}
