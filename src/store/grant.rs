//! Codes that wait for their program, and programs that may act for somebody.

use super::Store;
use super::dialect::{Batch, Value, read_row};
use super::fault::Fault;
use super::person::{PersonRow, person_columns};
use super::ticket::link;
use crate::domain::grant::{Asked, Code, Grant, Scope};
use crate::domain::id::PersonId;
use crate::domain::person::Person;
use crate::domain::secret::Digest;
use crate::domain::time::Timestamp;
use sqlx::Row;

macro_rules! grant_columns {
    () => {
        "person_id, name, program, scope, access, access_until, refresh, refresh_until, former, former_at, created_at"
    };
}

pub(super) struct CodeRow(pub(super) Code);

read_row!(CodeRow, |row| {
    let asked = Asked {
        code: Digest(link(row.try_get(0)?)?),
        program: row.try_get(2)?,
        redirect: row.try_get(3)?,
        challenge: row.try_get(4)?,
        scope: Scope::new(row.try_get(5)?),
    };
    Ok(Self(Code { person: PersonId(row.try_get(1)?), asked, until: Timestamp(row.try_get(6)?) }))
});

pub(super) struct GrantRow(pub(super) Grant);

read_row!(GrantRow, |row| {
    let former: Option<Vec<u8>> = row.try_get(8)?;
    let former_at: Option<i64> = row.try_get(9)?;
    let former = former.as_deref().map(link).transpose()?.zip(former_at);
    Ok(Self(Grant {
        person: PersonId(row.try_get(0)?),
        name: row.try_get(1)?,
        program: row.try_get(2)?,
        scope: Scope::new(row.try_get(3)?),
        access: Digest(link(row.try_get(4)?)?),
        access_until: Timestamp(row.try_get(5)?),
        refresh: Digest(link(row.try_get(6)?)?),
        refresh_until: Timestamp(row.try_get(7)?),
        former: former.map(|(digest, at)| (Digest(digest), Timestamp(at))),
        created_at: Timestamp(row.try_get(10)?),
    }))
});

/// Asks for a code and a token that were used, each with who owns it.
pub(super) fn push(batch: &mut Batch, code: &Value, refresh: &Value) {
    batch.push(
        "SELECT digest, person_id, program, redirect, challenge, scope, until FROM sign_in_codes WHERE digest = $1",
        vec![code.clone()],
    );
    batch.push(
        concat!(
            "SELECT ",
            grant_columns!(),
            " FROM grants WHERE refresh = $1 UNION SELECT ",
            grant_columns!(),
            " FROM grants WHERE former = $2"
        ),
        vec![refresh.clone(), refresh.clone()],
    );
    batch.push(
        concat!(
            "SELECT ",
            person_columns!(),
            " FROM people p WHERE p.id IN (SELECT person_id FROM sign_in_codes WHERE digest = $1 \
              UNION SELECT person_id FROM grants WHERE refresh = $2 UNION SELECT person_id FROM grants WHERE former = $3)"
        ),
        vec![code.clone(), refresh.clone(), refresh.clone()],
    );
}

/// Keeps a code; those that nobody fetched in time go.
pub(super) fn keep_code(batch: &mut Batch, code: &Code) {
    let Code { person, asked, until } = code;
    let old = until.0 - crate::domain::grant::GrantLife::CODE.0;
    batch.push("DELETE FROM sign_in_codes WHERE until <= $1", vec![old.into()]);
    batch.push(
        "INSERT INTO sign_in_codes (digest, person_id, program, redirect, challenge, scope, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        vec![
            asked.code.0.as_slice().into(),
            person.0.into(),
            asked.program.as_str().into(),
            asked.redirect.as_str().into(),
            asked.challenge.as_str().into(),
            asked.scope.as_str().into(),
            until.0.into(),
        ],
    );
}

/// Keeps what a program may do, with these tokens and no others.
pub(super) fn keep(batch: &mut Batch, grant: &Grant) {
    let former = grant.former.map(|(digest, _)| digest.0.to_vec());
    batch.push(
        "DELETE FROM grants WHERE person_id = $1 AND (name = $2 OR refresh_until <= $3)",
        vec![grant.person.0.into(), grant.name.as_str().into(), grant.created_at.0.into()],
    );
    batch.push(
        concat!("INSERT INTO grants (", grant_columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"),
        vec![
            grant.person.0.into(),
            grant.name.as_str().into(),
            grant.program.as_str().into(),
            grant.scope.as_str().into(),
            grant.access.0.as_slice().into(),
            grant.access_until.0.into(),
            grant.refresh.0.as_slice().into(),
            grant.refresh_until.0.into(),
            former.as_deref().into(),
            grant.former.map(|(_, at)| at.0).into(),
            grant.created_at.0.into(),
        ],
    );
}

impl Store {
    /// For whom a program acts that has this, and what it may do.
    pub async fn grant_of(&self, access: Digest) -> Result<Option<(Grant, Person)>, Fault> {
        let mut batch = Batch::default();
        let value = || vec![Value::from(access.0.as_slice())];
        batch.push(concat!("SELECT ", grant_columns!(), " FROM grants WHERE access = $1"), value());
        batch.push(
            concat!(
                "SELECT ",
                person_columns!(),
                " FROM people p WHERE p.id = (SELECT person_id FROM grants WHERE access = $1)"
            ),
            value(),
        );
        let rows = self.read(batch).await?;
        let [grants, people] = &rows[..] else { return Ok(None) };
        Ok(grants.first::<GrantRow>()?.map(|row| row.0).zip(people.first::<PersonRow>()?.map(|row| row.0)))
    }
}
