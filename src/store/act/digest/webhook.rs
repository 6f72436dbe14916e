use super::ink::{Ink, Written};
use crate::domain::webhook::WebhookDeed;

/// Of secrets it has their digests. What is made by chance is another each time, and the key alone says which it is.
impl Written for WebhookDeed {
    fn write(&self, ink: &mut Ink<'_>) {
        ink.text(self.key());
        if let Self::SignIn(Some(sign_in)) = self {
            ink.text(sign_in.name());
            ink.text(sign_in.shown().unwrap_or_default());
            ink.bytes(&sign_in.secret().digest().0);
        }
    }
}
