//! Signing in by the person's browser: OAuth 2 with PKCE. The crate `oauth2` would bring second versions of six crates for
//! the two questions below.

use super::keep::Signed;
use super::sorting::garbled;
use super::transport::{Again, Question, Transport};
use crate::client::Error;
use crate::domain::secret::Secret;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// What this program asks for: everything that its person may do.
const SCOPE: &str = "read write";

/// A sign-in that has begun: the address that the person opens, and what comes of it.
pub struct Asking {
    /// What the person's browser opens.
    pub url: String,
    program: String,
    redirect: String,
    state: String,
    verifier: Secret,
}

impl Asking {
    /// Begins; the code will come to `redirect`. `program` is the identifier under which the account knows this program.
    ///
    /// # Errors
    /// There is no chance to be had, or no such address.
    pub fn begin(transport: &Transport, program: &str, redirect: &str) -> Result<Self, Error> {
        let (verifier, state) = (chance()?, chance()?);
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let mut url = transport.address("oauth/authorizations/new")?;
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", program),
            ("redirect_uri", redirect),
            ("scope", SCOPE),
            ("state", &state),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let (program, redirect) = (program.to_owned(), redirect.to_owned());
        Ok(Self { url: url.to_string(), program, redirect, state, verifier: Secret::new(verifier) })
    }

    /// Whether what came back belongs to this sign-in.
    pub fn is_of(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }

    /// Fetches the tokens for the code.
    ///
    /// # Errors
    /// [`Error::SignedOut`] when it is not good.
    pub async fn redeem(&self, transport: &Transport, code: &str) -> Result<Signed, Error> {
        let body = json!({
            "grant_type": "authorization_code",
            "code": code.trim(),
            "client_id": self.program,
            "redirect_uri": self.redirect,
            "code_verifier": self.verifier.expose(),
        });
        fetch(transport, &body, Again::Never).await
    }
}

/// Fetches the next pair. The same one is asked for again when the answer did not come: the account takes it once more.
pub(super) async fn renew(transport: &Transport, program: &str, refresh: &Secret) -> Result<Signed, Error> {
    let body = json!({ "grant_type": "refresh_token", "refresh_token": refresh.expose(), "client_id": program });
    fetch(transport, &body, Again::Read).await
}

async fn fetch(transport: &Transport, body: &Json, again: Again) -> Result<Signed, Error> {
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
    let question = Question {
        method: Method::POST,
        path: "oauth/tokens".to_owned(),
        headers,
        body: body.to_string().into_bytes(),
        again,
        with_file: false,
    };
    let reply = transport.ask_as_nobody(&question).await?;
    if matches!(reply.status, StatusCode::UNAUTHORIZED | StatusCode::BAD_REQUEST) {
        return Err(Error::SignedOut);
    }
    if !reply.status.is_success() {
        return Err(super::sorting::by_status(reply.status, &reply.headers, transport.now()));
    }
    let said: Json =
        serde_json::from_slice(&reply.body).map_err(|_| garbled("the answer is no JSON, or not all of it"))?;
    let text = |name: &str| said.get(name).and_then(Json::as_str).map(Secret::new);
    let access = text("access_token").ok_or_else(|| garbled("there are no tokens in the answer"))?;
    // Some accounts give one that is good for long, and no other after it.
    Ok(Signed { access, refresh: text("refresh_token").unwrap_or_else(|| Secret::new("")) })
}

/// 256 bits that nobody can guess.
fn chance() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| garbled("this system has no chance to give"))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}
