//! Calls of webhooks: what they say is made when they leave, from things as they are then, and with everything that an
//! admin may know, for a webhook is an admin's. A call that may have arrived is made again under the same number, so
//! whoever takes it can tell that it is the same.

mod body;

use super::Error;
use super::post::Post;
use crate::domain::hosts::Hosts;
use crate::domain::id::WebhookId;
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::secret::Secret;
use crate::domain::time::{Span, Timestamp};
use crate::domain::webhook::{Called, Health, Retry, Secrets, SignIn, Webhook, beginning};
use crate::fetch::{Answer, Ask, Fault, Fetcher, MOST, Means, Verdict, fetch};
use crate::store::Ended;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::time::Instant;

/// How long whoever has taken calls has them for themselves: more than one takes at most ([`Means`]), and with the time
/// between two looks less than a minute.
pub const LEASE: Span = Span(40_000);
/// Calls wait here so long for somebody who makes them.
const AWAY: Span = Span::days(7);

/// A call, ready to be made.
#[derive(Clone, Debug)]
pub struct Call {
    taken: Option<Outgoing>,
    webhook: Webhook,
    secrets: Secrets,
    /// The same whenever it is made.
    invocation: String,
    /// The account's number.
    account: String,
    body: Vec<u8>,
}

/// How a call went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Went {
    /// As it stands in the log.
    pub called: Called,
    /// What becomes of it.
    pub end: End,
    /// How its server is doing now.
    pub health: Health,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It was taken.
    Taken,
    /// It is made again.
    Later,
    /// Nobody takes it.
    Failed,
}

/// A secret to sign with, of 256 bits of chance.
///
/// # Errors
/// There is no chance on this machine.
pub fn new_secret() -> Result<Secret, Error> {
    Ok(super::secrets::token()?.0)
}

/// Whoever makes calls to the hosts that an admin allows.
pub fn fetcher(hosts: Hosts, means: Means) -> Fetcher {
    Fetcher::new(hosts, means)
}

impl Post {
    /// The hosts that an admin allows to webhooks.
    pub async fn webhook_hosts(&self) -> Result<Hosts, Error> {
        Ok(self.store().common().await?.settings.webhook_hosts.clone())
    }

    /// Webhooks for which calls are due, with how their servers have been doing. Calls that nobody tried for a week are
    /// held.
    pub async fn due_webhooks(&self) -> Result<Vec<(WebhookId, Health)>, Error> {
        let now = self.now();
        let due = self.store().due_webhooks(now).await?;
        if due.is_empty() {
            return Ok(due);
        }
        self.store().hold_late_calls(Timestamp(now.0 - AWAY.0), now).await?;
        Ok(due)
    }

    /// Takes calls of a webhook that were due at a moment. What must not be made any more is written off; the answer says
    /// how many that were.
    pub async fn take_calls(&self, id: WebhookId, due: Timestamp, most: u32) -> Result<(Vec<Call>, u64), Error> {
        let now = self.now();
        let taken = self.store().claim_calls(id, (now, due), now + LEASE, most).await?;
        if taken.is_empty() {
            return Ok((Vec::new(), 0));
        }
        let common = self.store().common().await?;
        let webhook = common.setup.webhooks.get(&id).cloned().ok_or("gone");
        let webhook = webhook.and_then(|one| if one.active { Ok(one) } else { Err("switched_off") });
        let bodies = body::bodies(self, &common.identity, &taken).await?;
        let (mut calls, mut off) = (Vec::new(), 0);
        for one in taken {
            let made = webhook.clone().and_then(|webhook| Ok((webhook, bodies.get(&one.id).cloned().ok_or("gone")?)));
            match made {
                Err(why) => {
                    self.store().settle(&one, Delivery::Dropped, (now, now), Some(why.to_owned())).await?;
                    off += 1;
                }
                Ok((webhook, body)) => {
                    let secrets = self.store().webhook_secrets(id).await?;
                    let invocation = body::invocation(&common.identity, &one);
                    let account = body::account_number(&common.identity);
                    calls.push(Call { taken: Some(one), webhook, secrets, invocation, account, body });
                }
            }
        }
        Ok((calls, off))
    }

    /// Makes a call and writes down how it went. `chance`, from 0 to 1000, spreads the next try.
    pub async fn make(&self, fetcher: &Fetcher, call: Call, health: Health, chance: u32) -> Result<Went, Error> {
        let (called, verdict, asked) = self.send(fetcher, &call).await;
        let now = self.now();
        let wait = call.taken.as_ref().and_then(|one| {
            let age = Span(now.0 - one.first_try_at.unwrap_or(now).0);
            Retry::wait(one.tries, age, asked, chance)
        });
        let (end, next) = match (verdict, wait) {
            (Verdict::Taken, _) => (End::Taken, now),
            (Verdict::Later, Some(wait)) => (End::Later, now + wait),
            (Verdict::Later, None) | (Verdict::Never, _) => (End::Failed, now),
        };
        let health = match verdict {
            Verdict::Taken => Health::default(),
            Verdict::Later => health.failed(now, asked),
            // It is there, and has an answer.
            Verdict::Never => health,
        };
        let standing = match end {
            End::Taken => Delivery::Sent,
            End::Later => Delivery::Waiting,
            End::Failed => Delivery::Failed,
        };
        let ended = Ended { standing, next, health };
        let taken = call.taken.as_ref().map(|one| (one, ended));
        self.store().called(call.webhook.id, taken, called.clone()).await?;
        Ok(Went { called, end, health })
    }

    /// Calls a webhook with something that is a test.
    pub async fn test_call(&self, fetcher: &Fetcher, webhook: Webhook) -> Result<Called, Error> {
        let common = self.store().common().await?;
        let secrets = self.store().webhook_secrets(webhook.id).await?;
        let invocation = uuid::Uuid::now_v7().simple().to_string();
        let account = body::account_number(&common.identity);
        let body = body::test(&common.account, &webhook, &invocation, self.now());
        let call = Call { taken: None, webhook, secrets, invocation, account, body };
        let (called, _, _) = self.send(fetcher, &call).await;
        self.store().called(call.webhook.id, None, called.clone()).await?;
        Ok(called)
    }

    async fn send(&self, fetcher: &Fetcher, call: &Call) -> (Called, Verdict, Option<Span>) {
        let (at, begun) = (self.now(), Instant::now());
        let headers = call.headers(at);
        let hidden: Vec<String> =
            headers.iter().filter(|(name, _)| call.is_secret(name)).map(|one| one.1.clone()).collect();
        let url = call.webhook.url.clone();
        let answer = fetch(fetcher, Ask { method: "POST", url, headers, body: call.body.clone(), most: MOST }).await;
        let took = Span(i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX));
        let verdict = match &answer {
            Ok(answer) => answer.verdict(),
            Err(Fault::Later(_)) => Verdict::Later,
            Err(Fault::Refused(_)) => Verdict::Never,
        };
        let asked = answer.as_ref().ok().and_then(|answer| answer.retry_after);
        let asked = asked.map(|wait| Span(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)));
        let called = Called {
            id: 0,
            outbox: call.taken.as_ref().map(|one| one.id),
            ticket: call.taken.as_ref().and_then(|one| one.ticket),
            at,
            took,
            status: answer.as_ref().ok().map(|answer| answer.status),
            reason: reason(&answer, verdict).map(str::to_owned),
            said: answer.ok().filter(|_| verdict != Verdict::Taken).and_then(|answer| {
                let mut hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
                hidden.push(call.secrets.signing.expose());
                hidden.extend(call.secrets.sign_in.as_ref().map(|one| one.secret().expose()));
                beginning(&answer.body, &hidden)
            }),
        };
        (called, verdict, asked)
    }
}

/// Why a call was not taken, by the name in scripts.
fn reason(answer: &Result<Answer, Fault>, verdict: Verdict) -> Option<&'static str> {
    match answer {
        Err(fault) => Some(fault.name()),
        Ok(_) if verdict == Verdict::Taken => None,
        Ok(answer) if (300..400).contains(&answer.status) => Some("redirect"),
        Ok(_) => Some("status"),
    }
}

impl Call {
    /// Zendesk's headers, so that whatever takes its webhooks takes ours.
    fn headers(&self, at: Timestamp) -> Vec<(String, String)> {
        let timestamp = crate::wire::Time(at).text();
        let mut headers = vec![
            ("content-type", "application/json".to_owned()),
            ("x-zendesk-account-id", self.account.clone()),
            ("x-zendesk-webhook-id", self.webhook.id.to_string()),
            ("x-zendesk-webhook-invocation-id", self.invocation.clone()),
            ("x-zendesk-webhook-signature", self.signature(&timestamp)),
            ("x-zendesk-webhook-signature-timestamp", timestamp),
        ];
        match &self.secrets.sign_in {
            None => {}
            Some(SignIn::Bearer(token)) => headers.push(("authorization", format!("Bearer {}", token.expose()))),
            Some(SignIn::Basic { user, password }) => {
                let pair = STANDARD.encode(format!("{user}:{}", password.expose()));
                headers.push(("authorization", format!("Basic {pair}")));
            }
            Some(SignIn::Header { name, value }) => headers.push((name, value.expose().to_owned())),
        }
        headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn is_secret(&self, header: &str) -> bool {
        let own = match &self.secrets.sign_in {
            Some(SignIn::Header { name, .. }) => Some(name.as_str()),
            _ => None,
        };
        ["authorization", "x-zendesk-webhook-signature"].contains(&header) || own == Some(header)
    }

    /// The moment and the body, with the secret as it is shown for a key.
    fn signature(&self, timestamp: &str) -> String {
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(self.secrets.signing.expose().as_bytes()) else {
            return String::new();
        };
        let mac = mac.chain_update(timestamp.as_bytes()).chain_update(&self.body);
        STANDARD.encode(mac.finalize().into_bytes())
    }
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    digest.finalize().into()
}
