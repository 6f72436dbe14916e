//! What agents do with rules: why one ran, macros, lists as views want them.

use super::stage::Stage;
use guichet::domain::act::Deed;
use guichet::domain::comment::NewComment;
use guichet::domain::id::{PersonId, RuleId};
use guichet::domain::person::Role;
use guichet::domain::rule::Owner;
use guichet::domain::setup::{Directory, Document, Item, ItemKind};
use guichet::domain::status::Status;
use guichet::domain::view::Column;
use guichet::language::{Language, args};
use guichet::tui::effect::Effect;
use guichet::tui::input::Input;
use guichet::tui::message::Message;
use insta::assert_snapshot;

fn macro_of(id: i64, title: &str, owner: &str, actions: &[&str]) -> Item {
    let document = Document::default().with("title", title).with("owner", owner).with("actions", actions.to_vec());
    Item::read(ItemKind::Macro, id, &document, &Directory::default()).expect("a macro")
}

fn stage(width: u16, height: u16) -> Stage {
    let mut stage = Stage::of(Role::Agent, width, height);
    stage.items.push(macro_of(
        901,
        "Wait for an answer",
        "account",
        &["status: hold", "reply: Hello {{ requester.name }},\nwe wait."],
    ));
    stage.items.push(macro_of(902, "Park it", "person: #2", &["status: hold"]));
    stage.items.push(macro_of(903, "Somebody else's", "person: #77", &["status: hold"]));
    stage
}

fn deed(effect: Option<Effect>) -> Deed {
    let Some(Effect::Act { deed, .. }) = effect else { panic!("{effect:?}") };
    *deed
}

/// Z09: from a list, from the history, and what it looks like.
#[test]
fn why_a_rule_ran_is_a_tree_to_read() {
    let of = |width, height| {
        let mut stage = stage(width, height);
        stage.keys("2 enter h H");
        stage.text("tell");
        stage.keys("enter g g");
        stage.screen()
    };
    assert_snapshot!("why_80x24", of(80, 24));
    assert_snapshot!("why_140x40", of(140, 40));
    let mut stage = stage(80, 24);
    stage.keys("2 H");
    assert_snapshot!("why_pick_80x24", stage.screen());
    stage.keys("esc");
    assert!(!stage.screen().contains("Why which rule?"));
}

/// A macro stands in the composer before it is sent, and is taken back as it was.
#[test]
fn a_macro_is_looked_at_and_taken_back() {
    let mut stage = stage(80, 24);
    stage.keys("2 enter r");
    stage.text("Before.");
    stage.keys("alt-r");
    assert!(!stage.screen().contains("Somebody else's"), "{}", stage.screen());
    stage.text("wait");
    stage.keys("enter");
    assert_snapshot!("macro_composer_80x24", stage.screen());
    stage.keys("alt-z");
    let screen = stage.screen();
    assert!(screen.contains("Before.") && !screen.contains("we wait") && screen.contains("taken back"), "{screen}");
    stage.keys("alt-r");
    stage.text("wait");
    stage.keys("enter ctrl-s");
    let Deed::UpdateTicket { change, comment, .. } = deed(stage.act()) else { panic!("no update") };
    assert_eq!(change.status, Some(Status::Hold));
    assert_eq!(comment, Some(NewComment::public("Before.\n\nHello Ana Ruiz,\nwe wait.")));
}

/// Applied from the list, a macro that speaks opens what is written; one that only changes asks.
#[test]
fn a_macro_is_applied_from_a_list() {
    let mut stage = stage(100, 30);
    stage.keys("2 R");
    stage.text("wait");
    stage.keys("enter");
    assert!(stage.screen().contains("we wait."), "{}", stage.screen());
    let mut stage = self::stage(100, 30);
    stage.keys("2 R");
    stage.text("park");
    stage.keys("enter");
    assert!(stage.screen().contains("Apply \"Park it\" to #"), "{}", stage.screen());
    assert!(stage.act().is_none(), "nothing before the yes");
    stage.keys("y");
    assert!(matches!(deed(stage.act()), Deed::UpdateTicket { comment: None, .. }));
}

/// On several marked tickets at once, with how many change and get a reply before anything is done.
#[test]
fn a_macro_on_several_tickets_says_what_it_comes_to() {
    let mut stage = stage(100, 30);
    stage.keys("2 V R");
    stage.text("wait");
    stage.keys("enter");
    let screen = stage.screen().replace("│", " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("Apply \"Wait for an answer\" to 3 tickets? 2 change, 3 get a reply."), "{screen}");
    assert!(stage.act().is_none());
    stage.keys("y");
    let acts = stage.wanted.iter().filter(|effect| matches!(effect, Effect::Act { .. })).count();
    assert!(acts > 1, "{acts}");
}

/// One is spoken of as one, and what there is none of is not spoken of.
#[test]
fn what_a_macro_comes_to_is_said_in_numbers() {
    let said = |changed: i64, replied: i64, noted: i64, opened: i64| {
        let counts = args![
            title = "Wait",
            count = 3,
            changed = changed,
            replied = replied,
            noted = noted,
            opened = opened,
            refused = 0
        ];
        Language::english().say("macro-ask-several", counts)
    };
    let asked = "Apply \"Wait\" to 3 tickets?";
    assert_eq!(said(3, 0, 0, 0), format!("{asked} 3 change."));
    assert_eq!(
        said(1, 1, 1, 1),
        format!("{asked} One changes, one gets a reply, one gets a note; a private one becomes public for good.")
    );
    assert_eq!(
        said(0, 2, 3, 2),
        format!(
            "{asked} Their values stay as they are, 2 get a reply, 3 get a note; 2 private ones become public for good."
        )
    );
}

/// Columns, headings and groups are the view's; the cursor passes headings, and a click on one chooses nothing.
#[test]
fn a_list_looks_as_its_view_wants() {
    let of = |width, height| {
        let mut stage = stage(width, height);
        stage.shape = Some((
            vec![Column::Id, Column::Subject, Column::Kind, Column::Requester, Column::Created],
            Some(Column::Status),
        ));
        stage.renew();
        stage.keys("2 j");
        stage
    };
    assert_snapshot!("view_shaped_80x24", of(80, 24).screen());
    assert_snapshot!("view_shaped_140x40", of(140, 40).screen());
    let mut stage = of(80, 24);
    let before = stage.screen();
    let heading = before.lines().position(|line| line.starts_with(" Status: ")).expect("a heading");
    let click = guichet::tui::input::Mouse {
        what: guichet::tui::input::MouseKind::Click,
        column: 4,
        row: u16::try_from(heading).expect("a row"),
    };
    stage.say(Message::Input(Input::Mouse(click)));
    assert_eq!(stage.screen(), before);
}

/// A search becomes a view of one's own.
#[test]
fn a_search_is_saved_as_a_view() {
    let mut stage = stage(100, 30);
    stage.keys("/");
    stage.text("status<solved print");
    stage.keys("tab : s a v e - a s enter");
    stage.text("My printers");
    stage.keys("enter");
    let Deed::SetItem(item) = deed(stage.act()) else { panic!("no item") };
    let Item::View(view) = *item else { panic!("no view") };
    assert_eq!((view.slug.as_str(), view.title.as_deref(), view.id), ("my-printers", Some("My printers"), RuleId(0)));
    assert_eq!(view.owner, Owner::Person(PersonId(2)));
    assert_eq!(view.when.tests().len(), 2);
}
