use super::bounded::Bounded;
use super::{Reason, Secret, SendError, SetupError, Step};
use crate::mail::letter::Rendered;
use crate::mail::settings::{Settings, Tls};
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use std::fmt;
use std::future::Future;
use std::net::IpAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::Mutex;

/// Handing over a whole letter may take this many times as long as another step.
const LETTER_STEPS: u32 = 4;
/// The answer to a farewell is not worth waiting for.
const FAREWELL: Duration = Duration::from_secs(1);
const WAYS_IN: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// A mail server, with a connection that is kept between letters.
pub(super) struct Smtp {
    host: String,
    port: u16,
    tls: Tls,
    parameters: Option<TlsParameters>,
    credentials: Option<Credentials>,
    me: ClientId,
    step: Duration,
    idle: Mutex<Option<AsyncSmtpConnection>>,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({}:{}, {})", self.host, self.port, self.tls.name())
    }
}

impl Smtp {
    pub(super) fn new(settings: &Settings, password: Option<Secret>) -> Result<Self, SetupError> {
        let host = settings.host.clone().ok_or(SetupError::Missing("mail.host"))?;
        if settings.tls == Tls::None && !is_here(&host) {
            return Err(SetupError::PlainElsewhere(host));
        }
        let credentials = match (&settings.user, password) {
            (None, _) => None,
            (Some(user), Some(password)) => Some(Credentials::new(user.clone(), password.reveal().to_owned())),
            (Some(_), None) => return Err(SetupError::Missing("mail.password_file")),
        };
        let parameters = (settings.tls != Tls::None).then(|| parameters(&host, settings)).transpose()?;
        Ok(Self {
            host,
            port: settings.port(),
            tls: settings.tls,
            parameters,
            credentials,
            me: ClientId::default(),
            step: settings.step(),
            idle: Mutex::new(None),
        })
    }

    pub(super) async fn send(&self, letter: &Rendered) -> Result<(), SendError> {
        let kept = self.idle.lock().await.take();
        let mut connection = match kept {
            Some(connection) => match self.still_there(connection).await {
                Some(connection) => connection,
                None => self.connect().await?,
            },
            None => self.connect().await?,
        };
        let sent = self.hand_over(&mut connection, letter).await;
        // After a failure nobody knows where the conversation stands.
        match sent {
            Ok(()) => *self.idle.lock().await = Some(connection),
            Err(_) => farewell(connection).await,
        }
        sent
    }

    pub(super) async fn close(&self) {
        let kept = self.idle.lock().await.take();
        if let Some(connection) = kept {
            farewell(connection).await;
        }
    }

    async fn still_there(&self, mut connection: AsyncSmtpConnection) -> Option<AsyncSmtpConnection> {
        let there = tokio::time::timeout(self.step, connection.test_connected()).await;
        (there == Ok(true)).then_some(connection)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let mut connection = if let (Tls::Required, Some(parameters)) = (self.tls, &self.parameters) {
            // Who answers in there has shown a certificate first; what it may say is bounded by time alone.
            let server = (self.host.as_str(), self.port);
            let parameters = Some(parameters.clone());
            let opened = AsyncSmtpConnection::connect_tokio1(server, Some(self.step), &self.me, parameters, None);
            self.within(Step::Connect, 2, opened).await?
        } else {
            let stream = self.reach().await?;
            let opened = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.me);
            self.within(Step::Connect, 1, opened).await?
        };
        if let (Tls::StartTls, Some(parameters)) = (self.tls, &self.parameters) {
            let upgrade = connection.starttls(parameters.clone(), &self.me);
            self.within(Step::Encrypt, 1, upgrade).await?;
        }
        if let Some(credentials) = &self.credentials {
            self.within(Step::SignIn, 1, connection.auth(&WAYS_IN, credentials)).await?;
        }
        Ok(connection)
    }

    async fn reach(&self) -> Result<Bounded, SendError> {
        let failed = |why: &str| SendError::Later(Reason::new(Step::Connect, None, why));
        let reached = tokio::time::timeout(self.step, TcpStream::connect((self.host.as_str(), self.port))).await;
        match reached {
            Ok(Ok(stream)) => Ok(Bounded::new(stream)),
            Ok(Err(error)) => Err(failed(&error.to_string())),
            Err(_) => Err(failed(TOO_LONG)),
        }
    }

    async fn hand_over(&self, connection: &mut AsyncSmtpConnection, letter: &Rendered) -> Result<(), SendError> {
        let sender = letter.sender.clone();
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let ascii = sender.as_ref().is_none_or(is_ascii) && is_ascii(&letter.recipient);
        let mut parameters = Vec::new();
        if !ascii {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let why = "the server does not know addresses beyond ASCII";
                return Err(SendError::Never(Reason::new(Step::Recipient, None, why)));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        self.within(Step::Sender, 1, connection.command(Mail::new(sender, parameters))).await?;
        let recipient = Rcpt::new(letter.recipient.clone(), Vec::new());
        self.within(Step::Recipient, 1, connection.command(recipient)).await?;
        self.within(Step::Data, 1, connection.command(Data)).await?;
        self.within(Step::Handover, LETTER_STEPS, connection.message(&letter.bytes)).await?;
        Ok(())
    }

    /// Does a step within its time.
    async fn within<T>(
        &self,
        step: Step,
        times: u32,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, SendError> {
        match tokio::time::timeout(self.step * times, work).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(failure(step, &error)),
            Err(_) if step == Step::Handover => Err(SendError::Unknown(Reason::new(step, None, TOO_LONG))),
            Err(_) => Err(SendError::Later(Reason::new(step, None, TOO_LONG))),
        }
    }
}

const TOO_LONG: &str = "no answer in time";

/// What a failure at a step means. A refusal of the recipient or of the letter is for good; one of ourselves (the
/// sender, the password) is a matter of settings, and the letter waits until they are mended. The connection's end after
/// the letter went out leaves open whether it was taken.
fn failure(step: Step, error: &Error) -> SendError {
    let step = if error.is_tls() { Step::Encrypt } else { step };
    let code = error.status().map(u16::from);
    let reason = Reason::new(step, code, &error.to_string());
    match step {
        Step::Recipient | Step::Data | Step::Handover if error.is_permanent() && !about_us(code) => {
            SendError::Never(reason)
        }
        Step::Handover if code.is_none() => SendError::Unknown(reason),
        _ => SendError::Later(reason),
    }
}

/// Refusals that are about who sends, wherever they come: encryption or signing in is wanted.
fn about_us(code: Option<u16>) -> bool {
    matches!(code, Some(523 | 530 | 534 | 535 | 538))
}

async fn farewell(mut connection: AsyncSmtpConnection) {
    // It is closed either way.
    let _ = tokio::time::timeout(FAREWELL, connection.quit()).await;
}

fn parameters(host: &str, settings: &Settings) -> Result<TlsParameters, SetupError> {
    let broken = |error: Error| SetupError::Encryption(error.to_string());
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = &settings.ca {
        let unreadable = |error: std::io::Error| SetupError::Unreadable(path.clone(), error.to_string());
        let pem = std::fs::read(path).map_err(unreadable)?;
        builder = builder.add_root_certificate(Certificate::from_pem(&pem).map_err(broken)?);
    }
    builder.build_rustls().map_err(broken)
}

/// Whether this host is the machine itself.
fn is_here(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
