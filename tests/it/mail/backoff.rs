use guichet::domain::time::Span;
use guichet::mail::backoff::Backoff;
use proptest::prelude::*;

#[test]
fn a_letter_waits_twice_as_long_after_each_failure_up_to_a_bound() {
    let backoff = Backoff::default();
    let waits: Vec<i64> =
        (1..=12).map(|failures| backoff.wait(failures, Span(0), 1.0).expect("not given up").0 / 60_000).collect();
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
    assert_eq!(backoff.wait(1, Span(0), 0.0), Some(Span(30_000)), "chance takes off half at most");
}

#[test]
fn a_letter_is_given_up_after_five_days() {
    let backoff = Backoff::default();
    assert!(backoff.wait(20, Span(Span::days(5).0 - Span::hours(6).0), 1.0).is_some());
    assert_eq!(backoff.wait(20, Span(Span::days(5).0 - Span::hours(6).0 + 1), 1.0), None);
    assert_eq!(backoff.wait(1, Span(i64::MAX), 0.5), None);
}

proptest! {
    #[test]
    fn no_wait_is_shorter_than_half_or_longer_than_the_bound(failures: u32, chance: f64, age in 0..Span::days(4).0) {
        let wait = Backoff::default().wait(failures, Span(age), chance).expect("not given up").0;
        prop_assert!((30_000..=Span::hours(6).0).contains(&wait), "{wait}");
        if failures > 9 {
            prop_assert!(wait >= Span::hours(3).0);
        }
    }
}
