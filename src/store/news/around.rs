//! Who has which ticket open, and who has read what they were told. Of these there is no history: only how it is now, which
//! is compared with how it was.

use crate::domain::id::{PersonId, TicketId};
use crate::domain::news::{Around, Happened, What};
use crate::domain::presence::{Doing, Present};
use crate::store::Store;
use crate::store::dialect::{Batch, read_row};
use crate::store::fault::Fault;
use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};

/// Of more nobody is told who comes and goes: they learn it when they ask.
const MOST: i64 = 2_000;
/// Clocks of those who read may differ by so much, in milliseconds.
const APART: i64 = 60_000;

/// How it is.
#[derive(Debug, Default)]
pub(super) struct Now {
    open: BTreeMap<TicketId, BTreeSet<Present>>,
    /// Who has read of late, and when.
    read: BTreeMap<PersonId, i64>,
}

impl Now {
    /// What has happened since it was otherwise.
    pub(super) fn since(&self, before: &Self) -> Vec<Happened> {
        let tickets: BTreeSet<TicketId> = before.open.keys().chain(self.open.keys()).copied().collect();
        let nobody = BTreeSet::new();
        let around = tickets.into_iter().filter_map(|ticket| {
            let of = |all: &Self| all.open.get(&ticket).unwrap_or(&nobody).clone();
            let (before, after) = (of(before), of(self));
            let what = What::Around(Around { ticket, before, after });
            let is_news = matches!(&what, What::Around(around) if around.before != around.after);
            is_news.then(|| Happened { what, told: BTreeSet::new() })
        });
        let mut happened: Vec<Happened> = around.collect();
        let read = self.read.iter().filter(|(person, at)| before.read.get(*person) != Some(*at));
        let told: BTreeSet<PersonId> = read.map(|(person, _)| *person).collect();
        if !told.is_empty() {
            happened.push(Happened { what: What::Read, told });
        }
        happened
    }

    /// From when on it is to be looked who has read.
    pub(super) fn looks_from(&self) -> i64 {
        self.read.values().max().map_or(i64::MIN, |last| last - APART)
    }
}

struct OpenRow(TicketId, Present);

read_row!(OpenRow, |row| {
    let doing = if row.try_get::<i64, _>(2)? == 1 { Doing::Replies } else { Doing::Looks };
    Ok(Self(TicketId(row.try_get(0)?), Present { person: PersonId(row.try_get(1)?), doing }))
});

struct ReadRow(PersonId, i64);

read_row!(ReadRow, |row| Ok(Self(PersonId(row.try_get(0)?), row.try_get(1)?)));

impl Store {
    /// Who has what open, and who has read something after a moment.
    pub(super) async fn around(&self, read_after: i64) -> Result<Now, Fault> {
        let mut batch = Batch::default();
        batch.push("SELECT ticket_id, person_id, doing FROM presence LIMIT $1", vec![MOST.into()]);
        batch.push(
            "SELECT person_id, at FROM readings WHERE at > $1 ORDER BY at DESC LIMIT $2",
            vec![read_after.into(), MOST.into()],
        );
        let rows = self.read(batch).await?;
        let [open, read] = &rows[..] else { return Ok(Now::default()) };
        let mut now = Now::default();
        for OpenRow(ticket, present) in open.read()? {
            now.open.entry(ticket).or_default().insert(present);
        }
        now.read = read.read::<ReadRow>()?.into_iter().map(|row| (row.0, row.1)).collect();
        Ok(now)
    }
}

/// What is the same is no news, and what is another is told once.
#[test]
fn what_is_another_is_told_once() {
    let looks = |person| Present { person: PersonId(person), doing: Doing::Looks };
    let now = |people: &[i64], read: &[(i64, i64)]| Now {
        open: [(TicketId(7), people.iter().map(|person| looks(*person)).collect())].into(),
        read: read.iter().map(|(person, at)| (PersonId(*person), *at)).collect(),
    };
    let (one, two) = (now(&[1], &[(3, 10)]), now(&[1, 2], &[(3, 11), (4, 9)]));
    assert_eq!(one.since(&one), []);
    assert_eq!(two.since(&two), []);
    let told = two.since(&one);
    let hears =
        |id| told.iter().any(|one| matches!(&one.what, What::Around(around) if around.is_heard_by(PersonId(id))));
    assert_eq!((1..=3).map(hears).collect::<Vec<_>>(), [true, false, false]);
    let read: Vec<PersonId> = told.iter().flat_map(|one| one.told.iter().copied()).collect();
    assert_eq!(read, [PersonId(3), PersonId(4)]);
    assert_eq!(two.looks_from(), 11 - APART);
    assert_eq!(Now::default().since(&two).len(), 1, "all have left it");
}
