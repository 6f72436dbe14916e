//! The courier takes letters that wait, sends them, and writes down what became of them: sent only after somebody else
//! has said that they have it. One that comes to an end in between leaves letters that are tried again with the same
//! Message-ID.

use crate::client::Error;
use crate::client::access::{AccessMail, Purpose};
use crate::client::post::{Parcel, Post};
use crate::domain::locale::preferred;
use crate::domain::person::EmailAddress;
use crate::domain::time::{Span, Timestamp};
use crate::language::{Language, args};
use crate::mail::backoff::Backoff;
use crate::mail::letter::{Automatic, Letter, Mailbox, MessageId};
use crate::mail::settings::{Settings, Way};
use crate::mail::token::{self, Token};
use crate::mail::transport::{Secret, SendError, SetupError, Transport};
use std::time::Duration;

/// So many letters are taken at once: each may take minutes with a slow server, and is said to be in hand all the while.
const AT_ONCE: u32 = 5;
/// How often that is said: three times before others may take it.
const KEEPING: Duration = Duration::from_secs(13);

/// What a courier did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Letters that somebody else has now.
    pub sent: u64,
    /// Letters that are tried again later.
    pub later: u64,
    /// Letters that nobody takes.
    pub failed: u64,
    /// Letters that must not be sent, or not for now.
    pub held: u64,
}

impl Carried {
    /// Whether there was anything to do.
    pub const fn is_nothing(&self) -> bool {
        self.sent + self.later + self.failed + self.held == 0
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            sent: self.sent + other.sent,
            later: self.later + other.later,
            failed: self.failed + other.failed,
            held: self.held + other.held,
        }
    }
}

/// Carries an account's letters by one way.
pub struct Courier {
    post: Post,
    transport: Transport,
    backoff: Backoff,
    /// Whether the settings say that no letter is sent at all.
    holds: bool,
    keeping: Duration,
}

impl Courier {
    /// For an account, as the settings say; the password is what [`password_file`](Settings::password_file) or
    /// [`password_command`](Settings::password_command) gave.
    ///
    /// # Errors
    /// The settings are not usable.
    pub fn new(post: Post, settings: &Settings, password: Option<Secret>) -> Result<Self, SetupError> {
        let holds = settings.send == Some(Way::Nowhere);
        let transport = Transport::new(settings, password)?;
        Ok(Self { post, transport, backoff: Backoff::default(), holds, keeping: KEEPING })
    }

    /// The same, which says so often that it is still at what it took.
    #[must_use]
    pub const fn keeping_each(mut self, keeping: Duration) -> Self {
        self.keeping = keeping;
        self
    }

    /// Whether letters go anywhere.
    pub const fn leads_anywhere(&self) -> bool {
        self.transport.leads_anywhere()
    }

    /// Whether letters are held because the settings say that they go nowhere. Where nothing is said of them they are left
    /// alone: another program may be about to send them.
    pub const fn holds(&self) -> bool {
        self.holds
    }

    /// Sends everything that is due, each letter once. A server that takes none of several is left alone until the next
    /// time: who waits for it with every letter would never come to an end.
    ///
    /// # Errors
    /// The store could not do it. What was sent by then is written down.
    pub async fn flush(&self) -> Result<Carried, Error> {
        if self.holds {
            self.post.is_nowhere().await?;
        }
        if !self.leads_anywhere() {
            return Ok(Carried::default());
        }
        self.post.is_here().await?;
        let (mut all, due) = (self.links().await?, self.post.now());
        loop {
            let (some, reached) = self.some(due).await?;
            all = all.and(some);
            if some.is_nothing() || !reached {
                return Ok(all);
            }
        }
    }

    /// Sends a few of those that were due, and says whether the server had an answer to any.
    async fn some(&self, due: Timestamp) -> Result<(Carried, bool), Error> {
        let (parcels, held) = self.post.take_due(AT_ONCE, due).await?;
        let mut carried = Carried { held, ..Carried::default() };
        if parcels.is_empty() {
            return Ok((carried, true));
        }
        let mut reached = false;
        let secret = self.post.reply_secret().await?;
        let name = self.post.account_name().await?;
        let mut waiting = &parcels[..];
        while let [parcel, after @ ..] = waiting {
            let in_hand = waiting;
            waiting = after;
            if in_hand.len() < parcels.len() && !self.post.keep(parcel).await? {
                // Somebody else has it by now.
                carried.later += 1;
                continue;
            }
            if let Some(letter) = self.letter(parcel, &secret, &name) {
                let sent = self.at_it(in_hand, self.transport.send(&letter)).await;
                reached |= self.settle(parcel, sent, &mut carried).await?;
            } else {
                self.post.not_sent(parcel, None, "address".to_owned()).await?;
                carried.failed += 1;
                reached = true;
            }
        }
        Ok((carried, reached))
    }

    /// What becomes of something that is done with letters in hand, which are kept meanwhile.
    async fn at_it<T>(&self, in_hand: &[Parcel], work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        loop {
            if let Ok(done) = tokio::time::timeout(self.keeping, &mut work).await {
                return done;
            }
            for parcel in in_hand {
                if let Err(error) = self.post.keep(parcel).await {
                    tracing::warn!(%error, "letters in hand");
                }
            }
        }
    }

    /// Writes down what became of a letter; whether the server had an answer to it.
    async fn settle(&self, parcel: &Parcel, sent: Result<(), SendError>, carried: &mut Carried) -> Result<bool, Error> {
        let mut reached = true;
        match sent {
            Ok(()) => {
                self.post.sent(parcel).await?;
                carried.sent += 1;
            }
            Err(SendError::Never(reason)) => {
                self.post.not_sent(parcel, None, SendError::Never(reason).to_string()).await?;
                carried.failed += 1;
            }
            Err(error) => {
                reached = error.is_about_letter();
                let age = Span(self.post.now().0 - parcel.first_try_at.0);
                let wait = self.backoff.wait(parcel.tries, age, chance());
                self.post.not_sent(parcel, wait, error.to_string()).await?;
                if wait.is_some() {
                    carried.later += 1;
                } else {
                    carried.failed += 1;
                }
            }
        }
        Ok(reached)
    }

    fn from(&self, name: &str) -> Option<Mailbox> {
        let from = self.transport.from()?.clone();
        Some(Mailbox { name: from.name.or_else(|| Some(name.to_owned())), ..from })
    }

    fn letter(&self, parcel: &Parcel, secret: &[u8], name: &str) -> Option<Letter> {
        let from = self.from(name)?;
        let domain = from.address.domain();
        let token =
            parcel.ticket.zip(parcel.person).map(|(ticket, person)| (ticket, Token::new(secret, ticket, person)));
        // What answers this very letter; the thread is the same for all.
        let answer = parcel.ticket.zip(parcel.person).filter(|_| parcel.note);
        let answer = answer.map(|(ticket, person)| Token::of_note(secret, ticket, person));
        let (message_id, thread, reply_to) = match &token {
            Some((ticket, token)) => {
                let answer = answer.as_ref().unwrap_or(token);
                (
                    token::message_id(*ticket, answer, &parcel.serial, &domain)?,
                    token::thread_id(*ticket, token, &domain),
                    token::reply_address(&from.address, *ticket, answer),
                )
            }
            None => (token::loose_id(&parcel.serial, &domain)?, None, None),
        };
        let automatic = match parcel.ticket {
            None => Automatic::Replied,
            Some(_) if parcel.quotes => Automatic::No,
            Some(_) => Automatic::Generated,
        };
        Some(Letter {
            message_id,
            date: parcel.at,
            reply_to: reply_to.map(|address| Mailbox { name: from.name.clone(), address }),
            to: Mailbox { name: parcel.name.clone(), address: parcel.to.clone() },
            subject: parcel.subject.clone(),
            text: parcel.body.clone(),
            in_reply_to: None,
            references: thread.into_iter().collect(),
            language: Some(parcel.language.clone()),
            automatic,
            headers: Vec::new(),
            from,
        })
    }

    /// Sends links to those who wait for one. One that cannot be sent is made anew the next time.
    async fn links(&self) -> Result<Carried, Error> {
        let visitor = self.post.visitor();
        let mut carried = Carried::default();
        while let Some(mail) = visitor.next_mail().await? {
            let Some(letter) = self.access_letter(&mail).await? else {
                visitor.sent(&mail).await?;
                continue;
            };
            match self.transport.send(&letter).await {
                Ok(()) => {
                    visitor.sent(&mail).await?;
                    carried.sent += 1;
                }
                Err(SendError::Never(_)) => {
                    visitor.sent(&mail).await?;
                    carried.failed += 1;
                }
                Err(_) => {
                    visitor.not_sent(&mail).await?;
                    carried.later += 1;
                    break;
                }
            }
        }
        Ok(carried)
    }

    async fn access_letter(&self, mail: &AccessMail) -> Result<Option<Letter>, Error> {
        let name = self.post.account_name().await?;
        let usual = self.post.language().await?;
        let words = Language::written(&preferred(mail.person.language.as_deref(), &usual));
        let (subject, text) = match mail.purpose {
            Purpose::SignUp => ("access-mail-sign-up-subject", "access-mail-sign-up"),
            Purpose::NewPassword => ("access-mail-password-subject", "access-mail-password"),
        };
        // It was made a moment ago: 24 hours are said to be 24.
        let hours = (mail.link.expires_at.0 - self.post.now().0 + Span::minutes(30).0) / Span::hours(1).0;
        let (Some(from), Some(to)) = (self.from(&name), mail.person.email.clone()) else { return Ok(None) };
        let Some(message_id) = unique_id(&from.address) else { return Ok(None) };
        let said = args![
            account = name.as_str(),
            name = mail.person.name.as_str(),
            token = mail.link.token.expose(),
            hours = hours.max(1)
        ];
        Ok(Some(Letter {
            message_id,
            date: self.post.now(),
            from,
            reply_to: None,
            // A name that anybody may have typed is not carried to an address that nobody has said is theirs.
            to: Mailbox { name: (mail.purpose == Purpose::NewPassword).then(|| mail.person.name.clone()), address: to },
            subject: words.say(subject, args![account = name.as_str()]),
            text: words.say(text, said),
            in_reply_to: None,
            references: Vec::new(),
            language: Some(words.code().to_owned()),
            automatic: Automatic::Generated,
            headers: Vec::new(),
        }))
    }

    /// Ends what is kept open between letters.
    pub async fn close(&self) {
        self.transport.close().await;
    }
}

fn unique_id(from: &EmailAddress) -> Option<MessageId> {
    token::loose_id(&uuid::Uuid::now_v7().to_string(), &from.domain())
}

/// From 0 to 1.
fn chance() -> f64 {
    let mut bytes = [0; 4];
    // Without chance everything waits the longest.
    getrandom::fill(&mut bytes).map_or(1.0, |()| f64::from(u32::from_ne_bytes(bytes)) / f64::from(u32::MAX))
}

/// When letters are looked for next, while a program is open.
pub const EVERY: Duration = Duration::from_secs(10);
