//! The full screen from the command line: on the chosen store, or on the demo's two.

use super::mail::Carrying;
use super::start::{close, warn};
use super::{Ended, Error, Options};
use crate::cli::{Context, Demo, Part, Profiles};
use crate::client::beside::Accounts;
use crate::client::lab::Lab;
use crate::config::Theme as Look;
use crate::domain::comment::Channel;
use crate::domain::id::TicketId;
use crate::domain::person::{EmailAddress, Role};
use crate::report::{Failure, Report, Status};
use crate::safe::Safe;
use crate::tui::model;
use crate::tui::theme::Theme;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The full screen on the chosen store; without one, what there is to choose.
pub(super) async fn own(cx: &mut Context) -> Result<u8, Failure> {
    let choice = cx.choice()?;
    if choice.database.is_none() && choice.remote.is_none() {
        let offer = cx.words.word("cli-welcome");
        for line in Safe::text(&offer).lines() {
            cx.out.line(&line)?;
        }
        return Ok(Status::Done as u8);
    }
    warn(cx);
    let profiles = Arc::new(Profiles::new(cx)?);
    let mut begin = Begin::default();
    let mut before = cx.flags.clone();
    loop {
        let place = profiles.place_of(&cx.flags, &cx.choice()?);
        begin.beside = Some((Arc::clone(&profiles) as Arc<dyn Accounts>, place));
        match run(cx, std::mem::take(&mut begin), None).await {
            Ok(Some(Ended::Switched(place, ticket))) => {
                begin.ticket = ticket;
                before = std::mem::replace(&mut cx.flags, profiles.flags(place).unwrap_or_default());
            }
            // Whoever cannot get in there is where they were, and told why.
            Err(failure) if cx.flags != before => {
                begin.said = Report::of(&failure, &cx.words).map(|report| report.sentence);
                cx.flags = before.clone();
            }
            ended => {
                profiles.close().await;
                return status(ended);
            }
        }
    }
}

/// With what the full screen begins.
#[derive(Default)]
struct Begin {
    /// Whom one can be, in the demo.
    cast: Vec<model::Part>,
    /// Whether one has to choose first.
    choose: bool,
    /// One's accounts, and which of them this is.
    beside: Option<(Arc<dyn Accounts>, Option<usize>)>,
    /// The ticket that is opened.
    ticket: Option<TicketId>,
    /// What is said.
    said: Option<Safe>,
}

/// The full screen on the demo's stores, as whoever of its people one wants to be.
pub(super) async fn demo(cx: &mut Context, demo: &Demo) -> Result<u8, Failure> {
    warn(cx);
    let parts = Box::pin(demo.prepare(cx)).await?;
    let lab = Arc::new(lab(cx, &parts).await?);
    cx.around.clock = lab.clock();
    let mut chosen = None;
    loop {
        let Some(part) = parts.get(chosen.unwrap_or(0)) else { return Ok(Status::Done as u8) };
        cx.flags.database = Some(part.database.clone());
        cx.flags.acts_as = Some(part.email.clone());
        let cast = parts.iter().enumerate().map(|(place, part)| shown(part, chosen == Some(place))).collect();
        let begin = Begin { cast, choose: chosen.is_none(), ..Begin::default() };
        match run(cx, begin, Some(Arc::clone(&lab))).await {
            Ok(Some(Ended::Became(place))) => chosen = Some(place),
            ended => {
                lab.close().await;
                return status(ended);
            }
        }
    }
}

/// The demo's accounts beside a clock that can be moved.
async fn lab(cx: &Context, parts: &[Part]) -> Result<Lab, Failure> {
    let mut lab = Lab::new(Arc::clone(&cx.around.clock), cx.places.state().join("demo").join("clock"));
    let mut known = BTreeSet::new();
    for part in parts.iter().filter(|part| part.role == Role::Admin) {
        let email = EmailAddress::parse(&part.email);
        if let Some(email) = email.ok().filter(|_| known.insert(part.database.as_str())) {
            lab.add(&part.account, &part.database, &email).await?;
        }
    }
    Ok(lab)
}

fn shown(part: &Part, present: bool) -> model::Part {
    model::Part {
        name: Safe::line(&part.name),
        role: part.role,
        account: Safe::line(&part.account),
        place: Safe::line(&part.place),
        present,
    }
}

/// Runs it once; none where there is no terminal.
async fn run(cx: &Context, begin: Begin, lab: Option<Arc<Lab>>) -> Result<Option<Ended>, Failure> {
    let drafts = cx.drafts()?;
    let account = cx.account_by(Channel::Web).await?;
    let plain = !cx.out.colours || cx.config.theme == Look::Plain;
    let alone = begin.cast.is_empty();
    let (accounts, present) = begin.beside.unzip();
    let options = Options {
        client: Arc::from(account.client),
        drafts: Arc::new(super::drafts::Files(drafts)),
        clock: Arc::clone(&cx.around.clock),
        zone: cx.around.present.zone,
        words: cx.words.clone(),
        keys: cx.config.keys.clone(),
        theme: if plain { Theme::plain() } else { Theme::colours() },
        mouse: cx.config.mouse,
        cast: begin.cast,
        choose: begin.choose,
        accounts,
        present: present.flatten(),
        open: begin.ticket,
        said: begin.said,
        lab,
    };
    // The demo's people have addresses that nobody has.
    let post = cx.opened.post().filter(|_| alone);
    let carrying = post.map(|post| Carrying::start(post, cx.config.mail.clone()));
    let ended = super::run(options).await;
    if let Some(carrying) = carrying {
        carrying.end().await;
    }
    close(cx).await;
    match ended {
        Ok(ended) => Ok(Some(ended)),
        Err(Error::NoTerminal) => Ok(None),
        Err(Error::Io(error)) => Err(Failure::Io(error)),
    }
}

fn status(ended: Result<Option<Ended>, Failure>) -> Result<u8, Failure> {
    match ended? {
        Some(Ended::Signal(number)) => Ok(u8::try_from(128 + number).unwrap_or(1)),
        Some(_) => Ok(Status::Done as u8),
        None => Err(super::start::no_terminal()),
    }
}
