use super::method::Method;
use super::rehearsals::{Rehearsals, Rehearse, Rehearsed};
use super::table::methods;
use crate::client::access::AccessLink;
use crate::client::told::{InboxAsk, Told};
use crate::client::{
    AppliedAll, Client, Count, Cursor, DueTicket, Error, Key, ListAsk, LogAsk, Names, News, Page, PeopleAsk, Ran,
    Receipt, Reported, RuleTitle, RuleWhy, Session, Source, Thread, Trial,
};
use crate::domain::account::Organization;
use crate::domain::act::{Deed, OrganizationRef};
use crate::domain::comment::{Attachment, Comment, Upload};
use crate::domain::condition::Condition;
use crate::domain::event::Audit;
use crate::domain::id::{AttachmentId, CommentId, PersonId, RuleId, TicketId, WebhookId};
use crate::domain::metrics::Metrics;
use crate::domain::outgoing::{Delivery, Outgoing};
use crate::domain::person::{Person, PersonRef};
use crate::domain::presence::{Doing, Present};
use crate::domain::removal::DeletedTicket;
use crate::domain::report::Ask as ReportAsk;
use crate::domain::secret::{ApiToken, Secret};
use crate::domain::setup::{Directory, Item, ItemKind, Mentions};
use crate::domain::suspended::Suspended;
use crate::domain::ticket::{Request, Ticket};
use crate::domain::time::Timestamp;
use crate::domain::webhook::{Called, WebhookKeys};
use crate::wire::native::{Parts, Shapes, Travels, Trouble};
use serde_json::Value as Json;

/// A call of a method.
#[derive(Debug)]
pub struct Call {
    /// The name under which an act is sent; empty where none is needed.
    pub key: Key,
    /// What is asked, by the names of the method's arguments.
    pub ask: Json,
    /// The file that is handed in.
    pub file: Vec<u8>,
}

/// What a method answers.
#[derive(Debug)]
pub struct Answered {
    /// As JSON.
    pub answer: Json,
    /// The file that comes with it.
    pub file: Option<Vec<u8>>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Fault {
    /// What was asked cannot be understood.
    Unclear(Trouble),
    /// The account's own answer.
    Failed(Error),
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Self::Unclear(trouble)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Answered {
    fn of(answer: impl Travels) -> Self {
        Self { answer: answer.pack(), file: None }
    }

    fn with_file((answer, file): (impl Travels, Vec<u8>)) -> Self {
        Self { answer: answer.pack(), file: Some(file) }
    }
}

/// What was asked; nothing where a method asks nothing.
fn parts(ask: Json) -> Result<Parts, Trouble> {
    Parts::of(if ask.is_null() { Json::Object(serde_json::Map::new()) } else { ask })
}

macro_rules! each {
    ($($about:literal $way:ident $name:ident($($arg:ident: $type:ty),*) -> $answer:ty;)+) => {
        /// Does what is called and packs what is answered. What is asked is anybody's: what cannot be understood is said,
        /// and whatever else is wrong with it, the client that is asked says.
        ///
        /// # Errors
        /// [`Fault::Unclear`], or what the client answers with.
        pub async fn answer(
            client: &dyn Client,
            rehearsals: &Rehearsals,
            method: &str,
            call: Call,
        ) -> Result<Answered, Fault> {
            match method {
                $(stringify!($name) => {
                    let mut parts = parts(call.ask)?;
                    $(let $arg: $type = parts.take(stringify!($arg))?;)*
                    _ = &mut parts;
                    let done: Result<Answered, Error> = each!(@ $way client call $name($($arg),*));
                    Ok(done?)
                })+
                UPLOAD => {
                    let mut parts = parts(call.ask)?;
                    let (name, content_type) = (parts.take("name")?, parts.take("content_type")?);
                    let upload = client.upload(name, content_type, call.file).await?;
                    Ok(Answered::of(upload))
                }
                REHEARSE => Ok(Answered::of(rehearsals.tell(client, Rehearse::unpack(call.ask)?).await?)),
                _ => Err(Error::NotFound.into()),
            }
        }

        /// All methods: what there is to be described, and to have a route.
        pub const METHODS: &[Method] = &[
            $(Method {
                name: stringify!($name),
                about: $about,
                keyed: each!(@ $way is keyed),
                takes_file: false,
                gives_file: each!(@ $way is filed),
                ask: |shapes| {
                    // Some ask nothing.
                    _ = &shapes;
                    Shapes::object([
                        $((stringify!($arg), (<$type as Travels>::shape(shapes), <$type as Travels>::OMITTABLE))),*
                    ])
                },
                answer: <$answer as Travels>::shape,
            },)+
            Method {
                name: UPLOAD,
                about: "Hands a file in for a comment to come.",
                keyed: false,
                takes_file: true,
                gives_file: false,
                ask: |shapes| {
                    let text = String::shape(shapes);
                    Shapes::object([("name", (text.clone(), false)), ("content_type", (text, false))])
                },
                answer: Upload::shape,
            },
            Method {
                name: REHEARSE,
                about: "What several acts on the set-up would be told, one after the other; nothing is done.",
                keyed: false,
                takes_file: false,
                gives_file: false,
                ask: Rehearse::shape,
                answer: Rehearsed::shape,
            },
        ];
    };
    (@ plain $client:ident $call:ident $name:ident($($arg:ident),*)) => {
        $client.$name($($arg),*).await.map(Answered::of)
    };
    (@ heard $client:ident $call:ident $name:ident($($arg:ident),*)) => {
        $client.$name($($arg),*).await.map(Answered::of)
    };
    (@ keyed $client:ident $call:ident $name:ident($($arg:ident),*)) => {
        $client.$name($call.key, $($arg),*).await.map(Answered::of)
    };
    (@ filed $client:ident $call:ident $name:ident($($arg:ident),*)) => {
        $client.$name($($arg),*).await.map(Answered::with_file)
    };
    (@ keyed is keyed) => { true };
    (@ filed is filed) => { true };
    (@ $way:ident is $other:ident) => { false };
}

/// The method that takes a file.
pub(in crate::client) const UPLOAD: &str = "upload";
/// The method that tells what acts would be told.
pub(in crate::client) const REHEARSE: &str = "rehearse";

methods!(each);
