use super::letter;
use super::sink::{Habit, Offer, Sink};
use crate::support::dirs::temp;
use guichet::domain::person::EmailAddress;
use guichet::mail::letter::{Automatic, Letter};
use guichet::mail::settings::{Settings, Tls, Way};
use guichet::mail::transport::{Secret, SendError, SetupError, Step, Transport};
use std::time::{Duration, Instant};

fn settings(port: u16) -> Settings {
    Settings {
        send: Some(Way::Smtp),
        from: Some("support@acme.example".to_owned()),
        host: Some("127.0.0.1".to_owned()),
        port: Some(port),
        tls: Tls::None,
        timeout: 1,
        ..Settings::default()
    }
}

fn transport(sink: &Sink) -> Transport {
    Transport::new(&settings(sink.port), None).expect("a way out")
}

/// What becomes of a letter that is handed to a server with this habit.
async fn failed(habit: Habit) -> (SendError, usize) {
    let sink = Sink::new(habit).await;
    let begun = Instant::now();
    let error = transport(&sink).send(&letter()).await.expect_err("no letter is taken");
    assert!(begun.elapsed() < Duration::from_secs(20), "{habit:?} holds us up");
    (error, sink.got().len())
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written_and_connections_are_kept() {
    let sink = Sink::new(Habit::Good).await;
    let transport = transport(&sink);
    let first = Letter { text: "a line\n.\n..\n.dots\n".to_owned(), ..letter() };
    transport.send(&first).await.expect("sent");
    let second = Letter { automatic: Automatic::Replied, ..letter() };
    transport.send(&second).await.expect("sent");
    transport.close().await;
    transport.send(&letter()).await.expect("sent after the end");

    let got = sink.got();
    assert_eq!(got.len(), 3);
    assert_eq!((got[0].sender.as_str(), got[0].recipient.as_str()), ("<support@acme.example>", "<mia@blue.example>"));
    let rendered = first.render().expect("a letter").bytes;
    assert_eq!(String::from_utf8_lossy(&got[0].bytes).trim_end(), String::from_utf8_lossy(&rendered).trim_end());
    assert_eq!(got[1].sender, "<>", "nothing can answer an automatic answer");
    assert_eq!(sink.connections(), 2);
}

/// Bad input: a server that is away, slow, refuses some, or lies.
#[tokio::test]
async fn what_did_not_reach_the_letter_itself_is_tried_later() {
    for (habit, step, code) in [
        (Habit::Greets(b"554 5.3.2 not today\r\n"), Step::Connect, Some(554)),
        (Habit::Greets(b"421 busy\r\n"), Step::Connect, Some(421)),
        (Habit::Greets(b"\xff\xfe\x00garbage\r\n"), Step::Connect, None),
        (Habit::Greets(b"SSH-2.0-OpenSSH_9.2\r\n"), Step::Connect, None),
        (Habit::Silent, Step::Connect, None),
        (Habit::Stalls("EHLO"), Step::Connect, None),
        (Habit::EndlessLine, Step::Connect, None),
        (Habit::EndlessLines, Step::Connect, None),
        (Habit::Answers("MAIL", "451 4.3.0 later"), Step::Sender, Some(451)),
        (Habit::Answers("MAIL", "550 5.7.1 not you"), Step::Sender, Some(550)),
        (Habit::Answers("RCPT", "450 4.2.0 greylisted"), Step::Recipient, Some(450)),
        (Habit::Answers("RCPT", "530 5.7.0 sign in first"), Step::Recipient, Some(530)),
        (Habit::Stalls("RCPT"), Step::Recipient, None),
        (Habit::Stalls("MAIL"), Step::Sender, None),
        (Habit::Stalls("DATA"), Step::Data, None),
        (Habit::Closes("EHLO"), Step::Connect, None),
        (Habit::Closes("MAIL"), Step::Sender, None),
        (Habit::Closes("RCPT"), Step::Recipient, None),
        (Habit::Closes("DATA"), Step::Data, None),
        (Habit::Answers("RCPT", "what?"), Step::Recipient, None),
        (Habit::Answers("DATA", "452 4.3.1 disk full"), Step::Data, Some(452)),
        (Habit::AnswersLetter("451 4.7.1 try again"), Step::Handover, Some(451)),
    ] {
        let (error, _) = failed(habit).await;
        let reason = error.reason();
        assert!(matches!(error, SendError::Later(_)), "{habit:?}: {error:?}");
        assert_eq!((reason.step, reason.code), (step, code), "{habit:?}: {error:?}");
        assert!(reason.said.chars().count() <= 500, "{habit:?}");
    }
}

#[tokio::test]
async fn a_recipient_or_letter_that_is_refused_for_good_is_not_tried_again() {
    for (habit, step, code) in [
        (Habit::Answers("RCPT", "550 5.1.1 nobody here"), Step::Recipient, 550),
        (Habit::Answers("RCPT", "552-5.2.2 the mailbox\r\n552 5.2.2 is full"), Step::Recipient, 552),
        (Habit::Answers("DATA", "554 5.5.1 no recipients"), Step::Data, 554),
        (Habit::AnswersLetter("554 5.7.1 we do not like it"), Step::Handover, 554),
    ] {
        let (error, _) = failed(habit).await;
        assert!(matches!(error, SendError::Never(_)), "{habit:?}: {error:?}");
        assert_eq!((error.reason().step, error.reason().code), (step, Some(code)), "{habit:?}");
    }
}

#[tokio::test]
async fn a_letter_without_an_answer_may_have_been_taken() {
    let answers = Habit::AnswersLetter("what letter?");
    for habit in [Habit::ClosesAfterLetter, Habit::StallsAfterLetter, Habit::EndlessAfterLetter, answers] {
        let (error, got) = failed(habit).await;
        assert!(matches!(&error, SendError::Unknown(reason) if reason.step == Step::Handover), "{habit:?}: {error:?}");
        assert_eq!(got, 1, "{habit:?}");
    }
}

/// Whoever says 250 where 354 belongs gets the letter read as commands; nothing in it is one.
#[tokio::test]
async fn a_server_that_says_yes_to_everything_hears_no_command_from_a_letter() {
    let sink = Sink::new(Habit::Yes).await;
    let text = "QUIT\nMAIL FROM:<mallory@x.example>\n".to_owned();
    let sent = transport(&sink).send(&Letter { text, ..letter() }).await;
    // It said that it took the letter; more cannot be known.
    assert_eq!((sent, sink.got().len()), (Ok(()), 0));
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_later_and_found_when_it_is_back() {
    let port = Sink::new(Habit::Good).await.port;
    let away = Transport::new(&settings(port), None).expect("a way out");
    tokio::task::yield_now().await;
    let error = away.send(&letter()).await;
    assert!(matches!(&error, Err(SendError::Later(reason)) if reason.step == Step::Connect), "{error:?}");

    let back = Sink::new(Habit::Good).await;
    let transport = transport(&back);
    transport.send(&letter()).await.expect("sent");
    assert_eq!(back.got().len(), 1);
}

#[tokio::test]
async fn encryption_that_is_wanted_is_never_left_out() {
    let dir = temp();
    let sink = Sink::new(Habit::Good).await;
    for tls in [Tls::StartTls, Tls::Required] {
        let settings = Settings { tls, host: Some("localhost".to_owned()), ..settings(sink.port) };
        let transport = Transport::new(&settings, None).expect("a way out");
        let error = transport.send(&letter()).await.expect_err("a server without encryption");
        assert!(matches!(&error, SendError::Later(_)), "{error:?}");
    }
    // A certificate that nobody vouches for.
    for (tls, offer) in [(Tls::StartTls, Offer::StartTls), (Tls::Required, Offer::Tls)] {
        let sink = Sink::with(Habit::Good, offer, false, Some(dir.path())).await;
        let settings = Settings { tls, host: Some("localhost".to_owned()), ..settings(sink.port) };
        let transport = Transport::new(&settings, None).expect("a way out");
        let error = transport.send(&letter()).await.expect_err("a stranger's certificate");
        assert!(matches!(&error, SendError::Later(reason) if reason.said.contains("certificate")), "{error:?}");
        assert_eq!(sink.got(), []);
    }
    assert_eq!(sink.got(), []);
}

/// Answers that somebody on the way puts before the encrypted ones.
#[tokio::test]
async fn words_in_the_clear_where_encryption_begins_end_the_connection() {
    let dir = temp();
    let habit = Habit::Answers("STARTTLS", "220 go\r\n250-sink\r\n250 AUTH PLAIN");
    let sink = Sink::with(habit, Offer::StartTls, false, Some(dir.path())).await;
    let settings = Settings { tls: Tls::StartTls, host: Some("localhost".to_owned()), ..settings(sink.port) };
    let error = Transport::new(&settings, None).expect("a way out").send(&letter()).await.expect_err("an attack");
    assert!(matches!(&error, SendError::Later(reason) if reason.said.contains("in the clear")), "{error:?}");
}

#[tokio::test]
async fn letters_travel_encrypted_and_signed_in() {
    for (tls, offer) in [(Tls::StartTls, Offer::StartTls), (Tls::Required, Offer::Tls)] {
        let dir = temp();
        let sink = Sink::with(Habit::Good, offer, true, Some(dir.path())).await;
        let settings = Settings {
            tls,
            host: Some("localhost".to_owned()),
            ca: Some(dir.path().join("ca.pem")),
            user: Some("support".to_owned()),
            ..settings(sink.port)
        };
        let right = Transport::new(&settings, Some(Secret::first_line("secret\nmore"))).expect("a way out");
        right.send(&letter()).await.expect("sent");
        right.send(&letter()).await.expect("sent");
        assert!(sink.got().iter().all(|got| got.encrypted && got.signed_in) && sink.got().len() == 2);
        assert_eq!(sink.connections(), 1);

        let wrong = Transport::new(&settings, Some(Secret::first_line("wrong"))).expect("a way out");
        let error = wrong.send(&letter()).await.expect_err("a wrong password");
        assert!(matches!(&error, SendError::Later(reason) if reason.step == Step::SignIn && reason.code == Some(535)));
        assert!(!error.to_string().contains("wrong") && !format!("{wrong:?}").contains("wrong"), "{error}");
    }
}

#[tokio::test]
async fn an_address_beyond_ascii_needs_a_server_that_knows_such() {
    let sink = Sink::new(Habit::Good).await;
    let mut letter = letter();
    letter.to.address = EmailAddress::parse("müller@blue.example").expect("an address");
    let error = transport(&sink).send(&letter).await.expect_err("a server for ASCII alone");
    assert!(matches!(&error, SendError::Never(reason) if reason.step == Step::Recipient), "{error:?}");
}

#[test]
fn settings_that_would_send_a_password_in_the_clear_are_refused() {
    let plain = Settings { host: Some("mail.acme.example".to_owned()), ..settings(25) };
    let told = |settings: &Settings| Transport::new(settings, None).expect_err("settings that are refused");
    assert_eq!(told(&plain), SetupError::PlainElsewhere("mail.acme.example".to_owned()));
    assert_eq!(told(&Settings { host: None, ..settings(25) }), SetupError::Missing("mail.host"));
    let user = Some("support".to_owned());
    assert_eq!(told(&Settings { user, ..settings(25) }), SetupError::Missing("mail.password_file"));
    let missing = Settings { ca: Some("no-such-file.pem".into()), tls: Tls::Required, ..settings(25) };
    assert!(matches!(told(&missing), SetupError::Unreadable(..)));
}

#[cfg(unix)]
#[test]
fn a_password_that_others_can_read_is_not_used() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = temp();
    let file = dir.path().join("password");
    std::fs::write(&file, "secret\n").expect("written");
    let mode = |mode| std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).expect("set");
    mode(0o644);
    assert!(matches!(Secret::from_file(&file), Err(SetupError::OpenToOthers(_))));
    mode(0o600);
    assert_eq!(format!("{:?}", Secret::from_file(&file).expect("a secret")), "***");
}
