use super::Place;
use crate::domain::job::{Job, JobState};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Work of many rows.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct JobStatus {
    id: String,
    url: Option<String>,
    job_type: &'static str,
    total: u32,
    /// How many rows are done; nothing while none is.
    progress: Option<usize>,
    status: &'static str,
    message: Option<String>,
    /// What became of the rows so far, in their order.
    results: Option<Vec<Value>>,
}

impl JobStatus {
    /// A job, with a word about how it ended.
    pub fn of(job: &Job, message: Option<String>, place: &Place) -> Self {
        let begun = job.state != JobState::Queued;
        let results = || job.results.iter().map(|text| serde_json::from_str(text).unwrap_or_default()).collect();
        Self {
            id: job.id.clone(),
            url: place.url(&format!("job_statuses/{}", job.id)),
            job_type: job.sort.name(),
            total: job.total,
            progress: begun.then_some(job.results.len()),
            status: match job.state {
                JobState::Queued => "queued",
                JobState::Working => "working",
                JobState::Completed => "completed",
                JobState::Failed => "failed",
            },
            message,
            results: begun.then(results),
        }
    }
}
