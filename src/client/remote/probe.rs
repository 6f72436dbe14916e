use super::sorting::garbled;
use super::transport::{Again, Question, Reply, Transport};
use crate::client::Error;
use crate::client::native::PREFIX;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::Value as Json;

impl Transport {
    /// Whether another Guichet answers there; an account at Zendesk where not. Nobody signs in for it.
    ///
    /// # Errors
    /// Nobody answers, or something that is neither.
    pub async fn is_guichet(&self) -> Result<bool, Error> {
        let own = format!("{}/session", PREFIX.trim_start_matches('/'));
        let reply = self.look(Method::POST, own, b"{}".to_vec()).await?;
        if json(&reply).is_some_and(|said| said.get("guichet").is_some()) {
            return Ok(true);
        }
        // Strangers are answered, too.
        let reply = self.look(Method::GET, "api/v2/users/me".to_owned(), Vec::new()).await?;
        let said = json(&reply);
        match said.filter(|said| said.get("user").is_some() || said.get("error").is_some()) {
            Some(_) => Ok(false),
            None => Err(garbled("what answers there is no account of a help desk")),
        }
    }

    async fn look(&self, method: Method, path: String, body: Vec<u8>) -> Result<Reply, Error> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        let question = Question { method, path, headers, body, again: Again::Read, with_file: false };
        self.ask_as_nobody(&question).await
    }
}

fn json(reply: &Reply) -> Option<Json> {
    serde_json::from_slice(&reply.body).ok()
}
