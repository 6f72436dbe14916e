//! When the clock has to speak: only when something shown is about to change by itself.

use super::model::{Model, Shared};
use crate::domain::time::Span;

/// Whoever has pressed no key for so long is elsewhere.
const GONE_AFTER: Span = Span::minutes(5);

/// Whether anybody looks at the screen: the window has the focus, and something was pressed not long ago.
pub fn looks(model: &Model) -> bool {
    let Shared { focused, touched, now, .. } = model.shared;
    focused && now - touched < GONE_AFTER
}

/// After how many milliseconds a shown age may become another one. `None`: nothing shown changes by itself.
pub fn wake_in(model: &Model) -> Option<u64> {
    // Ages are shown to the minute; every screen that shows a ticket shows one.
    if model.shared.waiting.is_some() {
        return Some(1_000);
    }
    model.shared.session.as_ref()?;
    let into_minute = model.shared.now.0.rem_euclid(60_000);
    u64::try_from(60_000 - into_minute).ok()
}
