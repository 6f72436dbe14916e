//! How many tickets each view has, remembered from one look to the next: after a change only those views are counted anew
//! that a changed ticket can have entered or left.
//!
//! What has changed since is told by the numbers of audits. Each changed ticket is taken through its states since then,
//! by its history, and each view's condition is tried on them in memory.

use super::Embedded;
use crate::client::{Count, Error, Source};
use crate::domain::audience::{Viewer, works_on};
use crate::domain::condition::{Asker, Condition, Facts, Target, Test, Text};
use crate::domain::event::{Audit, Event};
use crate::domain::evolve;
use crate::domain::id::TicketId;
use crate::domain::ticket::Ticket;
use crate::domain::time::{Span, Timestamp};
use crate::domain::view::View;
use crate::store::{Base, Known};
use futures::{StreamExt, TryStreamExt};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// So many views are counted at once: the other readers of a store are for lists.
const AT_ONCE: usize = 2;
/// So many things done to tickets are looked at; after more all is counted anew.
const MOST_CHANGED: u32 = 64;
/// After so long a count is taken anew whatever happened: what servers write at once may be told in another order.
const OLD: Span = Span::minutes(5);
/// The same where time alone changes who is counted.
const OLD_IF_TIMED: Span = Span(30_000);

/// What was counted.
#[derive(Debug, Default)]
pub(in crate::client) struct Counted(Mutex<Option<Memory>>);

#[derive(Clone, Debug)]
struct Memory {
    /// For whom, in which revision of the account.
    viewer: Viewer,
    revision: i64,
    /// The last audit of which the counts know.
    last: i64,
    kept: BTreeMap<Source, Kept>,
}

#[derive(Clone, Debug)]
struct Kept {
    when: Condition,
    count: Count,
    at: Timestamp,
}

impl Embedded {
    /// How many tickets each view has, for somebody who works with tickets.
    pub(super) async fn count_views(&self, me: &Known, sources: &[Source]) -> Result<Vec<Count>, Error> {
        let (now, viewer) = (self.now(), me.viewer());
        // What is done while it is counted is looked at the next time.
        let last = self.store.last_audit().await?;
        let mut kept = self.still_so(me, &viewer, last).await?;
        let views = self.store.views(&me.person).await?;
        let wanted = sources.iter().map(|source| Some((source, &view_of(&views, source)?.when)));
        let wanted: BTreeMap<&Source, &Condition> = wanted.collect::<Option<_>>().ok_or(Error::NotFound)?;
        kept.retain(|source, kept| wanted.get(source).is_some_and(|when| **when == kept.when) && !kept.is_old(now));
        let missing = wanted.into_iter().filter(|(source, _)| !kept.contains_key(source));
        let missing: Vec<_> = missing.map(|(source, when)| self.count_view(me, source, when, now)).collect();
        let counted: Vec<(Source, Kept)> = futures::stream::iter(missing).buffered(AT_ONCE).try_collect().await?;
        kept.extend(counted);
        let counts = sources.iter().filter_map(|source| kept.get(source).map(|kept| kept.count)).collect();
        // No ticket changes when a field of its requester does.
        kept.retain(|_, kept| !me.setup().asks_of_others(&kept.when));
        let memory = Memory { viewer, revision: me.revision(), last, kept };
        *self.counted.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(memory);
        Ok(counts)
    }

    async fn count_view(
        &self,
        me: &Known,
        source: &Source,
        when: &Condition,
        now: Timestamp,
    ) -> Result<(Source, Kept), Error> {
        let reader = me.reader(now, false);
        let (value, or_more) = self.store.count(&reader, Base::Visible, when).await?;
        Ok((source.clone(), Kept { when: when.clone(), count: Count { value, or_more }, at: now }))
    }

    /// What was counted before and is so still.
    async fn still_so(&self, me: &Known, viewer: &Viewer, last: i64) -> Result<BTreeMap<Source, Kept>, Error> {
        let before = self.counted.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(mut memory) = before.filter(|one| one.viewer == *viewer && one.revision == me.revision()) else {
            return Ok(BTreeMap::new());
        };
        if last == memory.last {
            return Ok(memory.kept);
        }
        let changed = self.store.changed_since(memory.last, MOST_CHANGED).await?;
        let Some(changed) = changed.filter(|_| last > memory.last) else { return Ok(BTreeMap::new()) };
        let changed: Vec<TicketId> = changed.into_iter().collect();
        let asker = me.asker(self.now());
        for history in self.store.histories(&changed).await? {
            let states = states_since(&history, memory.last);
            memory.kept.retain(|_, kept| !kept.may_differ(&states, viewer, &asker));
        }
        Ok(memory.kept)
    }
}

fn view_of<'v>(views: &'v [View], source: &Source) -> Option<&'v View> {
    let Source::View(slug) = source else { return None };
    views.iter().find(|view| view.slug == *slug)
}

impl Kept {
    fn is_old(&self, now: Timestamp) -> bool {
        let most = if self.when.depends_on_time() { OLD_IF_TIMED } else { OLD };
        // A clock that was set back makes it old, too.
        !(Span(0)..=most).contains(&(now - self.at))
    }

    /// Whether a ticket was in the view at one of the moments, and not at another. Nobody counts on past the bound, so
    /// what comes to that many changes nothing.
    fn may_differ(&self, states: &[Option<Ticket>], viewer: &Viewer, asker: &Asker) -> bool {
        if !self.when.tests().into_iter().all(tells_by_itself) {
            return true;
        }
        let is_in = |state: &Option<Ticket>| {
            state.as_ref().is_some_and(|ticket| works_on(viewer, ticket) && holds(&self.when, ticket, asker))
        };
        let all: BTreeSet<bool> = states.iter().map(is_in).collect();
        let only_comes = states.first().is_some_and(|first| !is_in(first)) && states.last().is_some_and(is_in);
        all.len() > 1 && !(self.count.or_more && only_comes)
    }
}

/// Whether a test is answered by the ticket alone: not by its texts, nor by what people or things are called.
const fn tells_by_itself(test: &Test) -> bool {
    match test {
        Test::Text(..) | Test::NumberOrWord(_) | Test::HasAttachment(_) | Test::Requester(_) | Test::Update(_) => false,
        Test::Link(_, target) => !matches!(target, Target::Address(_) | Target::Name(_)),
        Test::Number(..)
        | Test::Status(..)
        | Test::Priority(..)
        | Test::Type(_)
        | Test::Satisfaction(_)
        | Test::Label(..)
        | Test::Time(..)
        | Test::Never(_)
        | Test::Via(_)
        | Test::Private(_)
        | Test::Comments(..)
        | Test::CustomStatus(_)
        | Test::Field(..) => true,
    }
}

fn holds(when: &Condition, ticket: &Ticket, asker: &Asker) -> bool {
    let text = Text::default();
    let nobody = |_, _| None;
    let facts = Facts {
        ticket,
        text: &text,
        has_attachment: false,
        names: &nobody,
        requester: None,
        organization: None,
        update: None,
    };
    when.holds(&facts, asker)
}

/// A ticket as it was after the audit of that number, and after each since; none before it was opened.
fn states_since(history: &[Audit], last: i64) -> Vec<Option<Ticket>> {
    let mut ticket: Option<Ticket> = None;
    let mut states = Vec::new();
    for audit in history {
        if audit.id.0 > last && states.is_empty() {
            states.push(ticket.clone());
        }
        if let Some(Event::Created(created)) = audit.events.first() {
            ticket = Some(evolve::open(created, audit.at));
        }
        if let Some(ticket) = &mut ticket {
            evolve::evolve_all(ticket, &audit.events, audit.at);
        }
        if audit.id.0 > last {
            states.push(ticket.clone());
        }
    }
    states
}
