//! News as the server sends them: one stream, held open, from which the client takes what comes.

use super::sorting::{by_way, garbled, unreachable};
use crate::client::{Cursor, Error, News};
use crate::wire::native::Travels as _;
use reqwest::Response;
use std::time::Duration;
use tokio::time::timeout;

/// The longest event, in bytes.
const MOST: usize = 1024 * 1024;
/// After so long without a beat nobody is there any more.
const SILENCE: Duration = Duration::from_secs(40);

/// A stream that is open.
pub(super) struct Hearing {
    response: Response,
    buffer: Vec<u8>,
    /// What the one who listens was told last to go on after.
    pub(super) given: Cursor,
    /// Where the stream is.
    place: Cursor,
}

/// What a stream says.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    place: Option<Cursor>,
    data: Option<String>,
}

impl Hearing {
    /// One that goes on after a place.
    pub(super) fn over(response: Response, after: Cursor) -> Self {
        Self { response, buffer: Vec::new(), given: after.clone(), place: after }
    }

    /// What is new, or nothing when the time is up. What was read is not lost then.
    pub(super) async fn hears(&mut self, within: Duration) -> Result<News, Error> {
        let news = match timeout(within, self.next()).await {
            Ok(news) => news?,
            Err(_) => News::none(self.place.clone()),
        };
        self.given = news.place.clone();
        Ok(news)
    }

    async fn next(&mut self) -> Result<News, Error> {
        loop {
            while let Some(said) = taken(&mut self.buffer) {
                if let Some(place) = said.place {
                    self.place = place;
                }
                if let Some(data) = said.data {
                    let json = serde_json::from_str(&data).map_err(|_| garbled("news are no JSON"))?;
                    return News::unpack(json).map_err(|trouble| garbled(&trouble.to_string()));
                }
            }
            let asked = self.response.url().clone();
            let silent = || unreachable("no news within the time", &asked);
            let chunk = timeout(SILENCE, self.response.chunk()).await.map_err(|_| silent())?;
            let chunk = chunk.map_err(|error| by_way(&error, &asked))?;
            let chunk = chunk.ok_or_else(|| Error::Unreachable("the news ended".to_owned()))?;
            self.buffer.extend_from_slice(&chunk);
            if self.buffer.len() > MOST {
                return Err(garbled("an event is too long"));
            }
        }
    }
}

/// Takes the first whole event off what has come.
fn taken(buffer: &mut Vec<u8>) -> Option<Said> {
    let end = buffer.windows(2).position(|two| two == b"\n\n")?;
    let event: Vec<u8> = buffer.drain(..end + 2).collect();
    let text = String::from_utf8_lossy(&event);
    let mut said = Said { place: None, data: None };
    for line in text.lines() {
        match line.split_once(':').map(|(name, value)| (name, value.strip_prefix(' ').unwrap_or(value))) {
            Some(("id", place)) => said.place = Some(Cursor(place.to_owned())),
            Some(("data", data)) => said.data.get_or_insert_default().push_str(data),
            _ => {}
        }
    }
    Some(said)
}

#[test]
fn events_are_taken_whole() {
    let mut buffer = b": beat\nid: a\n\nevent: news\nid: b\ndata: {\"x\":".to_vec();
    assert_eq!(taken(&mut buffer), Some(Said { place: Some(Cursor("a".into())), data: None }));
    assert_eq!(taken(&mut buffer), None);
    buffer.extend_from_slice(b"1}\n\n");
    assert_eq!(taken(&mut buffer), Some(Said { place: Some(Cursor("b".into())), data: Some("{\"x\":1}".into()) }));
    assert!(buffer.is_empty());
}
