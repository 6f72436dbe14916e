use crate::client::beside::Accounts;
use crate::safe::Safe;
use crate::tui::model::Place;

/// The accounts that one can be in, as the screen has them.
pub(super) fn places(accounts: Option<&dyn Accounts>, present: Option<usize>) -> Vec<Place> {
    let names = accounts.map(Accounts::names).unwrap_or_default();
    let signs_in = |place| accounts.and_then(|all| all.signs_in(place)).map(|by| Safe::line(&by));
    let place = |(place, name): (usize, &String)| Place {
        name: Safe::line(name),
        present: present == Some(place),
        signs_in: signs_in(place),
    };
    names.iter().enumerate().map(place).collect()
}
