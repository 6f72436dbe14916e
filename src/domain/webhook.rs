use super::id::WebhookId;

/// An address to which triggers and automations send what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Which.
    pub id: WebhookId,
    /// As people read it; unique among the webhooks.
    pub name: String,
    /// Where it goes: `https://…`.
    pub url: String,
    /// Whether anything is sent.
    pub active: bool,
}
