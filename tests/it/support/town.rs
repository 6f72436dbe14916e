//! An account with a few people in it, on either database, with a clock that only moves when it is told to.

use super::afar::Afar;
use super::dirs;
use super::pg::Database;
use guichet::client::{Client, Embedded, Error, Key, PeopleAsk, Receipt};
use guichet::domain::account::Account;
use guichet::domain::act::{Change, Deed, NewOrganization, NewPerson, NewTicket, OrganizationRef};
use guichet::domain::comment::{Channel, NewComment};
use guichet::domain::id::{KindId, OrganizationId, PersonId, TicketId};
use guichet::domain::person::{EmailAddress, Role};
use guichet::domain::time::{Span, Timestamp};
use guichet::store::{Clock, Founding, Store};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tempfile::TempDir;

/// 2026-11-22T08:00:00Z.
pub const NOW: Timestamp = Timestamp(1_795_334_400_000);

/// What a town stands on, gone when dropped.
pub enum Ground {
    Sqlite(TempDir),
    Pg(Database),
}

impl Ground {
    pub fn sqlite() -> Self {
        Self::Sqlite(dirs::temp())
    }

    pub fn pg() -> Self {
        Self::Pg(Database::create())
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(_) => format!("sqlite:{}", self.file().display()),
            Self::Pg(database) => database.url(),
        }
    }

    /// The file of a SQLite store.
    pub fn file(&self) -> PathBuf {
        match self {
            Self::Sqlite(dir) => dir.path().join("store/guichet.db"),
            Self::Pg(_) => panic!("a server has no file"),
        }
    }
}

/// An account with an admin, two agents, and end users of two organizations.
pub struct Town {
    pub ground: Ground,
    pub store: Store,
    /// Where everybody asks over the network.
    afar: Option<Afar>,
    /// Whether they speak Zendesk's dialect with it.
    in_zendesks: bool,
    now: Arc<AtomicI64>,
    keys: AtomicU64,
    pub admin: PersonId,
    pub agent: PersonId,
    pub other_agent: PersonId,
    /// Of the station, whose people see each other's requests.
    pub ana: PersonId,
    pub ben: PersonId,
    /// Of the payment supplier.
    pub cleo: PersonId,
    pub station: OrganizationId,
}

pub fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

pub fn founding() -> Founding {
    Founding {
        account: Account { name: "Vélo Métropole".into(), url: None },
        owner: "Olga Owner".into(),
        email: address("olga@velo.example"),
        language: "en".into(),
    }
}

/// A clock that stands at [`NOW`].
pub fn still() -> Clock {
    Arc::new(|| NOW)
}

impl Town {
    pub async fn sqlite() -> Self {
        Self::on(Ground::sqlite()).await
    }

    pub async fn pg() -> Self {
        Self::on(Ground::pg()).await
    }

    /// On SQLite, where everybody asks a server over the network.
    pub async fn remote() -> Self {
        let mut town = Self::sqlite().await;
        town.afar = Some(Afar::serve(town.store.clone(), town.clock()).await);
        town
    }

    /// The same in Zendesk's dialect.
    pub async fn zendesk() -> Self {
        Self { in_zendesks: true, ..Self::remote().await }
    }

    pub async fn on(ground: Ground) -> Self {
        let store = Store::found(&ground.url(), founding(), &still()).await.expect("a new account");
        let now = Arc::new(AtomicI64::new(NOW.0));
        let admin = store.first_admin().await.expect("an answer").expect("the owner").id;
        let nobody = PersonId(0);
        let mut town = Self {
            ground,
            store,
            afar: None,
            in_zendesks: false,
            now,
            keys: AtomicU64::new(0),
            admin,
            agent: nobody,
            other_agent: nobody,
            ana: nobody,
            ben: nobody,
            cleo: nobody,
            station: OrganizationId(0),
        };
        town.station = town.organization("Gare du Nord", true).await;
        town.agent = town.person("Marc Oni", "marc@velo.example", Role::Agent, None).await;
        town.other_agent = town.person("Lina Berg", "lina@velo.example", Role::Agent, None).await;
        town.ana = town.person("Ana Ruiz", "ana@gare.example", Role::EndUser, Some("Gare du Nord")).await;
        town.ben = town.person("Ben Okafor", "ben@gare.example", Role::EndUser, Some("Gare du Nord")).await;
        town.cleo = town.person("Cléo Petit", "cleo@pay.example", Role::EndUser, Some("PaySup")).await;
        town
    }

    async fn organization(&self, name: &str, shared: bool) -> OrganizationId {
        let new = NewOrganization {
            name: name.into(),
            domains: vec!["gare.example".into()],
            shared_tickets: shared,
            shared_comments: false,
        };
        self.does(self.admin, Deed::CreateOrganization(new)).await.outcome.organization.expect("a new organization")
    }

    pub async fn person(&self, name: &str, email: &str, role: Role, organization: Option<&str>) -> PersonId {
        let groups = if role.is_staff() { vec![guichet::domain::id::GroupId(1)] } else { Vec::new() };
        let new = NewPerson {
            name: name.into(),
            email: Some(address(email)),
            phone: None,
            role,
            organization: organization.map(|name| OrganizationRef::Name(name.into())),
            groups,
            language: None,
            external_id: None,
        };
        self.does(self.admin, Deed::CreatePerson(new)).await.outcome.person.expect("a new person")
    }

    pub fn clock(&self) -> Clock {
        let now = Arc::clone(&self.now);
        Arc::new(move || Timestamp(now.load(Ordering::SeqCst)))
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    pub fn wait(&self, span: Span) {
        self.now.fetch_add(span.0, Ordering::SeqCst);
    }

    /// Somebody as a client.
    pub fn as_(&self, person: PersonId) -> Box<dyn Client> {
        match &self.afar {
            Some(afar) if self.in_zendesks => afar.in_zendesks(person),
            Some(afar) => afar.as_(person),
            None => Box::new(self.beside_the_store(person)),
        }
    }

    pub fn key(&self) -> Key {
        Key(format!("key-{}", self.keys.fetch_add(1, Ordering::SeqCst)))
    }

    pub async fn tries(&self, person: PersonId, deed: Deed) -> Result<Receipt, Error> {
        self.as_(person).act(self.key(), deed).await
    }

    /// Arranges something. What cannot be done over the network there is done on the account's own pages.
    #[track_caller]
    pub fn does(&self, person: PersonId, deed: Deed) -> impl Future<Output = Receipt> + '_ {
        let caller = std::panic::Location::caller();
        async move {
            let done = match self.tries(person, deed.clone()).await {
                Err(Error::NotHere(_)) => self.beside_the_store(person).act(self.key(), deed).await,
                done => done,
            };
            done.unwrap_or_else(|error| panic!("{caller}: {error:?}"))
        }
    }

    /// The admin, where everything can be arranged and looked at.
    pub fn office(&self) -> Box<dyn Client> {
        if self.in_zendesks { Box::new(self.beside_the_store(self.admin)) } else { self.as_(self.admin) }
    }

    fn beside_the_store(&self, person: PersonId) -> Embedded {
        Embedded::new(self.store.clone(), person, Channel::Web, self.clock())
    }

    /// A ticket of somebody's, public.
    pub async fn ticket(&self, person: PersonId, subject: &str, body: &str) -> TicketId {
        let mut new = NewTicket::new(subject, NewComment::public(body));
        new.kind = Some(KindId(4));
        self.does(person, Deed::CreateTicket(Box::new(new))).await.outcome.ticket.expect("a new ticket")
    }

    pub async fn reply(&self, person: PersonId, ticket: TicketId, body: &str) -> Receipt {
        self.does(person, says(ticket, NewComment::public(body))).await
    }

    pub async fn note(&self, ticket: TicketId, body: &str) -> Receipt {
        self.does(self.agent, says(ticket, NewComment::note(body))).await
    }

    pub async fn change(&self, ticket: TicketId, change: Change) -> Receipt {
        self.does(self.agent, changes(ticket, change)).await
    }

    pub async fn suggested(&self, person: PersonId, text: &str) -> Vec<PersonId> {
        let ask = PeopleAsk::Suggest { text: text.into(), staff_only: false, limit: 10 };
        let page = self.as_(person).people(ask).await.expect("an answer");
        page.rows.iter().map(|person| person.id).collect()
    }

    /// Whether a file with just these bytes is still kept.
    pub async fn left_of_files(&self, bytes: &[u8]) -> bool {
        match &self.ground {
            Ground::Sqlite(dir) => {
                let mut folders = vec![dir.path().to_owned()];
                while let Some(folder) = folders.pop() {
                    for entry in std::fs::read_dir(folder).expect("a folder") {
                        let path = entry.expect("an entry").path();
                        if path.is_dir() {
                            folders.push(path);
                        } else if std::fs::read(path).is_ok_and(|found| found == bytes) {
                            return true;
                        }
                    }
                }
                false
            }
            Ground::Pg(database) => {
                use sqlx::Connection;
                let mut conn = sqlx::PgConnection::connect(&database.url()).await.expect("the database");
                let count: i64 = sqlx::query_scalar("SELECT count(*) FROM blobs WHERE bytes = $1")
                    .bind(bytes)
                    .fetch_one(&mut conn)
                    .await
                    .expect("a count");
                conn.close().await.expect("closed");
                count > 0
            }
        }
    }

    /// Checks everything that can be checked of the store.
    pub async fn verified(&self) {
        let verified = self.store.verify(|_| ()).await.expect("an answer");
        assert_eq!(verified.faults, Vec::new());
    }
}

pub fn says(ticket: TicketId, comment: NewComment) -> Deed {
    Deed::UpdateTicket { ticket, change: Box::default(), comment: Some(comment), expect: None }
}

pub fn changes(ticket: TicketId, change: Change) -> Deed {
    Deed::UpdateTicket { ticket, change: Box::new(change), comment: None, expect: None }
}

/// The mode of a file or folder, without its type.
pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).expect("a file").permissions().mode() & 0o777
}
