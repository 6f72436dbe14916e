use super::calendar::Calendar;
use super::house::House;
use std::collections::BTreeMap;

/// Which of the tickets are arranged by hand: ticket to entry. Each lies where its age puts it, or as near before that
/// as there is room; in a small account half of the tickets at most, those that matter most.
pub(super) fn arrange(house: &House, calendar: Calendar) -> BTreeMap<u64, usize> {
    let room = usize::try_from(calendar.tickets / 2).unwrap_or(usize::MAX);
    let mut desk = BTreeMap::new();
    for (place, entry) in house.entries().enumerate().take(room) {
        let aimed = calendar.at_age(entry.opened.0);
        let mut free = (0..=aimed).rev().chain(aimed + 1..calendar.tickets);
        if let Some(k) = free.find(|k| !desk.contains_key(k)) {
            desk.insert(k, place);
        }
    }
    desk
}
