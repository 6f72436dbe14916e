//! When something can be due: some usual moments, and whatever date is typed.

use super::Value;
use super::offers::holding;
use crate::domain::time::Timestamp;
use crate::safe::Safe;
use crate::tui::choices::Choice;
use crate::tui::model::Shared;

/// A day without a time is due when it ends at work.
const HOUR: u32 = 18;
/// So many days ahead.
const DAYS: [i64; 7] = [0, 1, 2, 3, 7, 14, 30];

fn choice(due: Option<Timestamp>, present: Option<&Value>, shared: &Shared) -> Choice<Value> {
    let value = Value::Due(due);
    let (label, note) = match due {
        Some(at) => (shared.time(at), shared.age(at)),
        None => (shared.word("picker-no-due"), Safe::default()),
    };
    Choice { present: present == Some(&value), value, label, note }
}

/// What is offered while nothing is typed.
pub fn offers(present: Option<&Value>, shared: &Shared) -> Vec<Choice<Value>> {
    let now = shared.present();
    let mut moments: Vec<Timestamp> = DAYS.iter().map(|days| Timestamp(now.day_at(*days, HOUR))).collect();
    moments.retain(|at| *at > shared.now);
    if let Some(Value::Due(Some(at))) = present
        && !moments.contains(at)
    {
        moments.insert(0, *at);
    }
    moments.into_iter().map(Some).chain([None]).map(|due| choice(due, present, shared)).collect()
}

/// What is offered for a typed text: the moment that it names, or else those whose names hold it.
pub fn typed(text: &str, base: &[Choice<Value>], shared: &Shared) -> Vec<Choice<Value>> {
    if let Some(at) = shared.present().moment(text, HOUR) {
        return vec![choice(Some(Timestamp(at)), None, shared)];
    }
    holding(base, text)
}
