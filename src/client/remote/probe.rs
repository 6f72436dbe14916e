use super::sorting::garbled;
use super::transport::{Again, Question, Reply, Transport};
use crate::client::Error;
use crate::client::native::MARK;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value as Json;

impl Transport {
    /// Whether another Guichet answers there; an account at Zendesk where not. Nobody signs in for it.
    ///
    /// # Errors
    /// Nobody answers, or something that is neither.
    pub async fn is_guichet(&self) -> Result<bool, Error> {
        // Strangers are answered, too.
        let reply = self.look("api/v2/users/me").await?;
        if reply.headers.contains_key(MARK) {
            return Ok(true);
        }
        let said = json(&reply);
        match said.filter(|said| said.get("user").is_some() || said.get("error").is_some()) {
            Some(_) => Ok(false),
            None => Err(garbled("what answers there is no account of a help desk")),
        }
    }

    async fn look(&self, path: &str) -> Result<Reply, Error> {
        let (method, headers) = (Method::GET, HeaderMap::new());
        let question =
            Question { method, path: path.to_owned(), headers, body: Vec::new(), again: Again::Read, with_file: false };
        self.ask_as_nobody(&question).await
    }
}

fn json(reply: &Reply) -> Option<Json> {
    serde_json::from_slice(&reply.body).ok()
}
