use crate::domain::person::EmailAddress;
use crate::domain::secret::Secret;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::header::HeaderValue;

/// As whom an account is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// By somebody's API token.
    Token(EmailAddress, Secret),
    /// By an end user's password.
    Password(EmailAddress, Secret),
    /// By what an authorization has given.
    Bearer(Secret),
    /// As nobody.
    Nobody,
}

impl SignIn {
    /// As a header says it; it is not shown by accident. None for nobody, or for what cannot stand in one.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let basic = |name: String, secret: &Secret| {
            format!("Basic {}", BASE64_STANDARD.encode(format!("{name}:{}", secret.expose())))
        };
        let text = match self {
            Self::Token(email, token) => basic(format!("{email}/token"), token),
            Self::Password(email, password) => basic(email.to_string(), password),
            Self::Bearer(token) => format!("Bearer {}", token.expose()),
            Self::Nobody => return None,
        };
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}
