//! When the clock has to speak: only when something shown is about to change by itself.

use super::model::Model;

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
