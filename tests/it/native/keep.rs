//! What signs one in, in a file and in a keyring.

use crate::support::dirs::temp;
use crate::support::town::address;
use guichet::client::remote::SignIn;
use guichet::client::remote::keep::{Keep, Keeper as _, Signed};
use guichet::domain::secret::Secret;
use keyring_core::mock;
use std::path::Path;

fn pair(text: &str) -> Signed {
    Signed { access: Secret::new(format!("{text} access")), refresh: Secret::new(format!("{text} refresh")) }
}

/// The same of both: what is kept is there for whoever comes later, for this profile alone, until it is forgotten.
fn goes_and_comes(open: impl Fn(&str) -> Keep) {
    assert_eq!((open("acme").read(), open("acme").by_hand()), (Ok(None), Ok(None)));
    open("acme").write(&pair("first")).expect("kept");
    open("acme").write(&pair("second")).expect("kept");
    assert_eq!(open("acme").read(), Ok(Some(pair("second"))));
    assert_eq!((open("ac me").read(), open("acme").by_hand()), (Ok(None), Ok(None)));
    let ana = address("ana@velo.example");
    for by in [SignIn::Token(ana.clone(), Secret::new("a token")), SignIn::Password(ana, Secret::new("a \"word\""))] {
        open("acme").keep_by_hand(&by).expect("kept");
        assert_eq!((open("acme").by_hand(), open("acme").read()), (Ok(Some(by)), Ok(None)));
    }
    assert!(open("acme").keep_by_hand(&SignIn::Nobody).is_err());
    open("acme").forget().expect("gone");
    open("acme").forget().expect("gone already");
    assert_eq!(open("acme").by_hand(), Ok(None));
}

#[test]
fn what_signs_one_in_is_kept_in_a_file_for_its_owner_alone() {
    let folder = temp();
    goes_and_comes(|profile| Keep::in_file(folder.path(), profile));
    let keep = Keep::in_file(folder.path(), "acme");
    keep.write(&pair("one")).expect("kept");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(keep.path()).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    std::fs::write(keep.path(), "half of").expect("written");
    assert!(keep.read().is_err());
}

#[test]
fn what_signs_one_in_is_kept_in_a_keyring_and_in_no_file() {
    let (folder, keyring) = (temp(), mock::Store::new().expect("a keyring"));
    let open = |folder: &Path, profile: &str| Keep::in_keyring(keyring.clone(), folder, profile);
    goes_and_comes(|profile| open(folder.path(), profile));
    let keep = open(folder.path(), "acme");
    keep.write(&pair("one")).expect("kept");
    assert!(!keep.path().exists());
    assert_eq!(open(Path::new("/elsewhere"), "acme").read(), Ok(None), "another person's, or another try");
    assert_eq!(Keep::in_file(folder.path(), "acme").read(), Ok(None));
    // Two programs do not fetch at once, whatever keeps what they fetch.
    let held = keep.hold().expect("held");
    let lock = std::fs::File::open(keep.path().with_extension("lock")).expect("a lock");
    assert!(lock.try_lock().is_err());
    drop(held);
    lock.try_lock().expect("free");
}

/// What a keyring says of a fault never holds what is kept in it.
#[test]
fn a_keyring_that_fails_tells_no_secret() {
    let (folder, keyring) = (temp(), mock::Store::new().expect("a keyring"));
    let keep = Keep::in_keyring(keyring.clone(), folder.path(), "acme");
    keep.write(&pair("one")).expect("kept");
    let inner = keyring.inner.lock().expect("unlocked");
    let entry = inner.borrow().first().cloned().expect("an entry");
    drop(inner);
    for fault in [
        keyring_core::Error::BadEncoding(b"hunter2".to_vec()),
        keyring_core::Error::NoStorageAccess("it is locked".into()),
    ] {
        entry.set_error(fault);
        let error = keep.read().expect_err("a fault");
        assert!(!format!("{error:?}").contains("hunter2") && !format!("{error:?}").contains("104"), "{error:?}");
    }
    assert_eq!(keep.read(), Ok(Some(pair("one"))));
}
