//! What stands behind the `?` of a request, and numbers in its path.

use super::problem::Problem;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::str::FromStr;
use url::form_urlencoded;

/// What stands behind the `?`: names may come more than once, and unknown ones are left alone.
#[derive(Clone, Debug, Default)]
pub struct Ask(Vec<(String, String)>);

impl Ask {
    /// The last of that name that is not empty. Some clients write `None` for nothing.
    pub fn get(&self, name: &str) -> Option<&str> {
        let named = self.0.iter().rev().find(|(key, value)| key == name && !value.is_empty() && value != "None");
        named.map(|(_, value)| value.as_str())
    }

    /// All pairs, as they came.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Whether a switch is on.
    pub fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value == "true" || value == "1")
    }

    /// A number.
    ///
    /// # Errors
    /// It is none.
    pub fn number<T: FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        let number = |text: &str| text.parse().map_err(|_| Problem::bad_parameter(name));
        self.get(name).map(number).transpose()
    }

    /// Several values with commas between them, or under `name[]`.
    pub fn list(&self, name: &str) -> Vec<String> {
        let brackets = format!("{name}[]");
        let named = self.0.iter().filter(|(key, _)| key == name || *key == brackets);
        let split = named.flat_map(|(_, value)| value.split(','));
        split.map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    /// Numbers with commas between them, 100 at most.
    ///
    /// # Errors
    /// One is none, or there are too many.
    pub fn ids(&self, name: &str) -> Result<Vec<i64>, Problem> {
        let list = self.list(name);
        if list.len() > 100 {
            return Err(Problem::too_many_values());
        }
        list.iter().map(|text| text.parse().map_err(|_| Problem::bad_parameter(name))).collect()
    }

    /// What else is wanted beside the objects.
    pub fn include(&self) -> BTreeSet<String> {
        self.list("include").into_iter().collect()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }
}

/// The one number in a path; what is none is no record's.
pub struct Id(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(id) = Path::<i64>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        Ok(Self(id))
    }
}

/// Two numbers in a path.
pub struct Ids(pub i64, pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Ids {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path((one, other)) =
            Path::<(i64, i64)>::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        Ok(Self(one, other))
    }
}
