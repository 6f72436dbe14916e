//! How many: asked for many views at once, and no more often than an account allows.

use super::Zendesk;
use super::api::encoded;
use super::known::Known;
use super::query::sought;
use crate::client::{Count, Error, Source};
use crate::wire::received::Row;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;

/// How many sources are counted at once.
const MOST: usize = 50;
/// How many views one question counts.
const TOGETHER: usize = 20;
/// An account counts views six times a minute.
const GOOD: Duration = Duration::from_secs(11);

impl Zendesk {
    pub(super) async fn count_all(&self, sources: Vec<Source>) -> Result<Vec<Count>, Error> {
        if sources.len() > MOST {
            return Err(crate::domain::refusal::Refusal::TooMuchAsked { max: MOST as u64 }.into());
        }
        let known = self.known().await?;
        let mut found: BTreeMap<Source, Count> = self.shelf.counted(GOOD);
        let views: Vec<&Source> =
            sources.iter().filter(|source| matches!(source, Source::View(_)) && !found.contains_key(*source)).collect();
        for some in views.chunks(TOGETHER) {
            found.extend(self.count_views(some, &known).await?);
        }
        for source in &sources {
            if !found.contains_key(source) {
                found.insert(source.clone(), self.count(source, &known).await?);
            }
        }
        self.shelf.remember_counts(&found, Instant::now());
        Ok(sources.iter().filter_map(|source| found.get(source).copied()).collect())
    }

    async fn count_views(&self, views: &[&Source], known: &Known) -> Result<Vec<(Source, Count)>, Error> {
        if !known.is_staff() {
            return Err(Error::Denied);
        }
        let mut wanted: BTreeMap<i64, Source> = BTreeMap::new();
        for source in views {
            if let Source::View(slug) = source {
                wanted.insert(known.view(slug)?.0, (*source).clone());
            }
        }
        let ids: Vec<String> = wanted.keys().map(i64::to_string).collect();
        let body = self.api.refresh(&format!("views/count_many?ids={}", ids.join(","))).await?;
        let mut counts: BTreeMap<i64, Count> =
            Row(&body).list("view_counts").filter_map(|row| Some((row.int("view_id")?, view_count(row)))).collect();
        let unknown = Count { value: 0, or_more: true };
        Ok(wanted.into_iter().map(|(id, source)| (source, counts.remove(&id).unwrap_or(unknown))).collect())
    }

    async fn count(&self, source: &Source, known: &Known) -> Result<Count, Error> {
        let staff = known.is_staff();
        let exact = |value: i64| Count { value: u64::try_from(value).unwrap_or_default(), or_more: false };
        let organization = known.session.organization.as_ref().map(|one| one.id);
        let path = match source {
            Source::Mine => "requests?per_page=1".to_owned(),
            Source::Ccd => "requests/ccd?per_page=1".to_owned(),
            Source::Organization => match organization {
                Some(id) => format!("organizations/{id}/requests?per_page=1"),
                None => return Ok(exact(0)),
            },
            Source::Incidents(problem) if staff => format!("tickets/{problem}/incidents?per_page=1"),
            Source::View(_) | Source::Incidents(_) => return Err(Error::Denied),
            Source::Search(text) => {
                let text = sought(text, known)?.text;
                if staff {
                    format!("search/count?query={}", encoded(format!("type:ticket {text}").trim()))
                } else {
                    format!("requests/search?query={}&per_page=1", encoded(&text))
                }
            }
        };
        let body = self.api.get(&path).await?;
        let count = Row(&body).get("count");
        Ok(exact(count.number().or_else(|| count.int("value")).unwrap_or_default()))
    }
}

/// While it is worked out there is no number; `~700` is about so many.
fn view_count(row: Row<'_>) -> Count {
    let value = row.int("value").and_then(|value| u64::try_from(value).ok());
    let about = row.text("pretty").is_some_and(|pretty| pretty.starts_with('~'));
    Count { value: value.unwrap_or_default(), or_more: value.is_none() || about }
}
