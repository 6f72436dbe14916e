//! Work of many rows: begun by a route, done row by row as the one who began it, and asked for by its name. A job lies in
//! the store from the moment it is answered on, so whoever serves the account goes on with it, whatever becomes of whom
//! it was sent to.

mod rows;

use super::App;
use super::ask::Ask;
use super::caller::Caller;
use super::paging::{Paging, Rows};
use super::problem::Problem;
use super::shape::{Listed, Pages, envelope, page};
use super::site::Site;
use crate::client::jobs::Taken;
use crate::client::{Cursor, Error};
use crate::domain::id::PersonId;
use crate::domain::job::{Begun, Job, JobSort, JobState};
use crate::domain::text::hex;
use crate::domain::time::{Span, Timestamp};
use crate::language::args;
use crate::wire::{JobStatus, Place, Time};
use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// So many rows are done between two times that their results are written down.
const KEPT_EACH: usize = 10;
/// So long a job waits that the account could not go on with.
const PAUSE: Span = Span(5_000);

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show)).routes(routes!(show_many))
}

envelope!(
    /// A job.
    JobOne { job_status: JobStatus }
);
page!(
    /// A page of jobs.
    JobPage { job_statuses: JobStatus }
);

/// Jobs of one's own, for admins all, the newest first.
#[utoipa::path(get, path = "/job_statuses", tag = "Job Statuses", params(Pages),
    responses((status = 200, description = "A page", body = JobPage)))]
async fn list(caller: Caller, ask: Ask) -> Result<Listed, Problem> {
    let paging = Paging::by_cursor(&ask)?;
    let place = caller.place(&caller.staff().await?);
    let (from, newer) = match &paging {
        Paging::Cursor { before: Some(before), after: None, .. } => (Some(before.clone()), true),
        Paging::Cursor { after, .. } => (after.clone(), false),
        Paging::Offset { .. } => (None, false),
    };
    let page = caller.say(caller.client.jobs_begun(from, newer, paging.size()).await)?;
    let (first, last) = (page.rows.first().map(Cursor::after_job), page.rows.last().map(Cursor::after_job));
    let rows = page.rows.iter().map(|job| shown(&caller, job, &place)).collect();
    let rows = Rows { rows, first, last, more: page.next.is_some(), count: None };
    Ok(Json(rows.body("job_statuses", &paging, &caller.here.url(), &ask)))
}

/// Where a job stands. For whoever began it, and for admins.
#[utoipa::path(get, path = "/job_statuses/{job_status_id}", tag = "Job Statuses", params(("job_status_id" = String, Path)),
    responses((status = 200, description = "The job", body = JobOne)))]
async fn show(caller: Caller, Path(id): Path<String>) -> Result<Json<JobOne>, Problem> {
    let place = caller.place(&caller.staff().await?);
    let job = caller.say(caller.client.job(&id).await)?;
    Ok(Json(JobOne { job_status: shown(&caller, &job, &place) }))
}

/// Several jobs by their names, 100 at most; those for which one may not ask are left out.
#[utoipa::path(get, path = "/job_statuses/show_many", tag = "Job Statuses", params(("ids" = String, Query)),
    responses((status = 200, description = "The jobs", body = JobPage)))]
async fn show_many(caller: Caller, ask: Ask) -> Result<Json<Value>, Problem> {
    let place = caller.place(&caller.staff().await?);
    let ids = ask.list("ids");
    if ids.len() > Job::MAX_ROWS {
        return Err(Problem::too_many_values());
    }
    let mut jobs = Vec::with_capacity(ids.len());
    for id in &ids {
        match caller.client.job(id).await {
            Ok(job) => jobs.push(shown(&caller, &job, &place)),
            Err(Error::NotFound) => {}
            Err(error) => return Err(caller.problem(&error)),
        }
    }
    Ok(Json(json!({ "job_statuses": jobs })))
}

fn shown(caller: &Caller, job: &Job, place: &Place) -> JobStatus {
    let message = match (job.state, job.done_at) {
        (JobState::Completed, Some(at)) => {
            Some(caller.words().say("server-job-completed", args![time = Time(at).text()]))
        }
        (JobState::Failed, _) => Some(caller.words().word("server-job-failed")),
        _ => None,
    };
    JobStatus::of(job, message, place)
}

/// What is to be done.
pub(super) struct Asked {
    /// What with each row.
    pub sort: JobSort,
    /// What all rows have in common.
    pub common: Value,
    /// The rows.
    pub rows: Vec<Value>,
}

impl Asked {
    /// Rows that have nothing in common.
    pub(super) fn of(sort: JobSort, rows: Vec<Value>) -> Self {
        Self { sort, common: Value::Null, rows }
    }

    /// The name under which it is kept: the same for the same `Idempotency-Key` of the same person.
    fn job(self, person: PersonId, key: Option<&str>) -> Result<Job, Problem> {
        let name = match key {
            Some(key) => Sha256::digest(format!("{person}:{key}")),
            None => Sha256::digest(uuid::Uuid::new_v4().as_bytes()),
        };
        let id = format!("V3-{}", hex(&name[..16]));
        let rows: Vec<String> = self.rows.iter().map(Value::to_string).collect();
        let common = self.common.to_string();
        let bytes = common.len() + rows.iter().map(String::len).sum::<usize>();
        if bytes > Job::MAX_BYTES {
            return Err(Problem::too_large());
        }
        let mut digest = Sha256::new();
        for text in [self.sort.name(), &common].into_iter().chain(rows.iter().map(String::as_str)) {
            digest.update((text.len() as u64).to_le_bytes());
            digest.update(text);
        }
        let digest = hex(&digest.finalize());
        let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let (state, begun_at) = (JobState::Queued, Timestamp(0));
        let (results, done_at) = (Vec::new(), None);
        Ok(Job { id, person, sort: self.sort, digest, common, rows, total, begun_at, state, results, done_at })
    }
}

/// The name under which a client sends something once, however often it sends it.
const IDEMPOTENCY: &str = "idempotency-key";

/// Begins a job, does what can be done of it at once, and answers how it stands.
pub(super) async fn begin(app: &App, caller: &Caller, headers: &HeaderMap, asked: Asked) -> Result<Response, Problem> {
    let session = caller.staff().await?;
    if asked.rows.is_empty() {
        return Err(Problem::bad_body("There is nothing to be done"));
    }
    let bad = || Problem::bad_parameter("Idempotency-Key");
    let key = headers.get(IDEMPOTENCY).map(|key| key.to_str().map_err(|_| bad())).transpose()?;
    if key.is_some_and(|key| key.is_empty() || key.len() > 255) {
        return Err(bad());
    }
    let job = asked.job(session.me.id, key)?;
    let id = job.id.clone();
    let begun = caller.say(caller.client.begin_job(job).await)?;
    match begun {
        Begun::Full => return Err(Problem::too_many_jobs()),
        Begun::Other => return Err(caller.problem(&Error::KeyReused)),
        // It is kept: what goes wrong from here on is gone on with.
        Begun::Now => {
            if let Err(error) = work(&caller.here.site, Some(&id), app.job_rows()).await {
                tracing::warn!(%error, "a job waits");
            }
        }
        Begun::Before => {}
    }
    let job = caller.say(caller.client.job(&id).await)?;
    let place = caller.place(&session);
    let mut response = Json(JobOne { job_status: shown(caller, &job, &place) }).into_response();
    if key.is_some() {
        let lookup = HeaderValue::from_static(if begun == Begun::Before { "hit" } else { "miss" });
        response.headers_mut().insert(HeaderName::from_static("x-idempotency-lookup"), lookup);
    }
    Ok(response)
}

impl App {
    /// Works on jobs that wait in all accounts, and says how many rows were done.
    ///
    /// # Errors
    /// An account cannot be asked.
    pub async fn work(&self) -> Result<usize, Error> {
        let mut rows = 0;
        for site in self.sites().all().into_iter().filter(|site| !site.door.only_reads()) {
            let jobs = site.door.jobs();
            while jobs.wait().await? {
                let Some(done) = work(&site, None, usize::MAX).await? else { break };
                rows += done;
            }
        }
        Ok(rows)
    }
}

/// Takes a job, that one or one that waits, and does so many of its rows. How many were done; none where nobody waits.
async fn work(site: &Arc<Site>, id: Option<&str>, most: usize) -> Result<Option<usize>, Error> {
    let jobs = site.door.jobs();
    let Some(mut taken) = jobs.take(id).await? else { return Ok(None) };
    let first = taken.job.results.len();
    if usize::try_from(taken.time).unwrap_or(usize::MAX) > first + Job::TRIES {
        jobs.end(&mut taken, JobState::Failed).await?;
        return Ok(Some(0));
    }
    let common: Value = serde_json::from_str(&taken.job.common).unwrap_or_default();
    let end = taken.job.rows.len().min(first.saturating_add(most));
    for at in first..end {
        let Ok(result) = one(site, &taken, (at, &common)).await else {
            // Not the row's fault: the account could not answer.
            jobs.leave(taken, PAUSE).await?;
            return Ok(Some(at - first));
        };
        taken.job.results.push(result.to_string());
        let keeps = (at + 1 - first).is_multiple_of(KEPT_EACH) || jobs.is_to_be_kept(&taken);
        if keeps && at + 1 < end && !jobs.keep(&mut taken).await? {
            return Ok(Some(at + 1 - first));
        }
    }
    if end == taken.job.rows.len() {
        jobs.end(&mut taken, JobState::Completed).await?;
    } else {
        jobs.leave(taken, Span(0)).await?;
    }
    Ok(Some(end - first))
}

/// What becomes of a row. An error is none of its own: it is tried again.
async fn one(site: &Arc<Site>, taken: &Taken, (at, common): (usize, &Value)) -> Result<Value, Problem> {
    let job = &taken.job;
    let row: Value = job.rows.get(at).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let caller = Caller::working(job.person, Arc::clone(site), Job::key(&job.id, at, "")).await?;
    match rows::done(&caller, job.sort, common, &row).await {
        Ok(result) => Ok(result.shown(at)),
        Err(problem) if problem.passes() => Err(problem),
        Err(problem) => {
            let (error, details) = problem.said();
            // A number is looked for, also of what did not come to be.
            let id = row["id"].as_i64().unwrap_or_default();
            let action = rows::action(job.sort);
            let said = json!({ "index": at, "id": id, "action": action, "success": false, "error": error, "details": details });
            Ok(said)
        }
    }
}
