//! What the screens look like, for both roles at two sizes.

use super::stage::Stage;
use guichet::domain::person::Role;
use insta::assert_snapshot;

#[test]
fn home_of_an_end_user() {
    assert_snapshot!("requests_end_user_80x24", Stage::of(Role::EndUser, 80, 24).screen());
    assert_snapshot!("requests_end_user_120x40", Stage::of(Role::EndUser, 120, 40).screen());
}

#[test]
fn home_of_an_agent() {
    let of = |width, height| {
        let mut stage = Stage::of(Role::Agent, width, height);
        stage.keys("2");
        stage.screen()
    };
    assert_snapshot!("requests_agent_80x24", of(80, 24));
    assert_snapshot!("requests_agent_120x40", of(120, 40));
    assert_snapshot!("requests_agent_150x30", of(150, 30));
}

#[test]
fn an_open_ticket() {
    let of = |role, keys: &str, width, height| {
        let mut stage = Stage::of(role, width, height);
        stage.keys(keys);
        stage.screen()
    };
    assert_snapshot!("ticket_end_user_80x24", of(Role::EndUser, "enter", 80, 24));
    assert_snapshot!("ticket_end_user_120x40", of(Role::EndUser, "enter", 120, 40));
    assert_snapshot!("ticket_agent_80x24", of(Role::Agent, "2 enter", 80, 24));
    assert_snapshot!("ticket_agent_120x40", of(Role::Agent, "2 enter", 120, 40));
    assert_snapshot!("ticket_agent_details_80x24", of(Role::Agent, "2 enter d", 80, 24));
}

/// Z01: the title of what is being written says who will see it.
#[test]
fn a_text_that_is_being_written() {
    let of = |role, keys: &str, width, height| {
        let mut stage = Stage::of(role, width, height);
        stage.keys(keys);
        stage.text("We are looking into it.");
        stage.screen()
    };
    assert_snapshot!("composer_end_user_80x24", of(Role::EndUser, "enter r", 80, 24));
    assert_snapshot!("composer_reply_80x24", of(Role::Agent, "2 enter r", 80, 24));
    assert_snapshot!("composer_note_120x40", of(Role::Agent, "2 enter i", 120, 40));
}

#[test]
fn popups() {
    let of = |keys: &str| {
        let mut stage = Stage::of(Role::Agent, 80, 24);
        stage.keys(keys);
        stage.screen()
    };
    assert_snapshot!("picker_status_80x24", of("2 s"));
    assert_snapshot!("picker_assignee_80x24", of("2 a"));
    assert_snapshot!("palette_80x24", of("2 : a s s i g n"));
    assert_snapshot!("help_80x24", of("?"));
}

/// What one was told: read and unread, with hostile texts, and what the one under the cursor says.
#[test]
fn an_inbox() {
    let of = |width, height| {
        let mut stage = Stage::silent(Role::EndUser, width, height);
        let told = |id: i64, read, subject: &str, body: &str| guichet::client::told::Told {
            id,
            ticket: guichet::domain::id::TicketId(40 + id),
            rule: guichet::domain::id::RuleId(1),
            text: guichet::domain::id::TextId(1),
            at: guichet::domain::time::Timestamp(super::stage::NOW.0 - id * 3_600_000),
            read,
            subject: subject.to_owned(),
            body: body.to_owned(),
        };
        stage.told = vec![
            told(1, false, "Re: #41 Printer \u{1b}[31min depot 3", "Marc Oni wrote:\n\nTry the other tray.\u{202e}"),
            told(2, true, "Your request #42 has arrived", "Hello Ana Ruiz,\n\nwe have received your request."),
            told(3, false, "We are waiting for you: #43 Scanner", "Hello"),
        ];
        stage.begin();
        stage.keys("I space j");
        stage.screen()
    };
    assert_snapshot!("inbox_80x24", of(80, 24));
    assert_snapshot!("inbox_140x40", of(140, 40));
}

#[test]
fn search_and_drafts() {
    let mut stage = Stage::of(Role::Agent, 80, 24);
    stage.keys("/");
    stage.text("pr");
    assert_snapshot!("search_80x24", stage.screen());
    stage.keys("esc 2 r");
    stage.text("half a thought");
    stage.keys("esc q D");
    assert_snapshot!("drafts_80x24", stage.screen());
}

#[test]
fn small_windows() {
    assert_snapshot!("requests_agent_46x12", Stage::of(Role::Agent, 46, 12).screen());
    let mut stage = Stage::of(Role::Agent, 46, 12);
    stage.keys("2 enter r");
    stage.text("In a small window");
    assert_snapshot!("composer_46x12", stage.screen());
    assert_snapshot!("too_small_30x6", Stage::of(Role::Agent, 30, 6).screen());
}
