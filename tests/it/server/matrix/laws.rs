//! What holds of whole classes of answers, whatever the table says.

use super::asks::{Route, Target};
use super::people::Got;

/// Where nobody in particular gets more than a refusal.
const FOR_NOBODY: [&str; 9] = [
    "GET /",
    "GET /oauth/authorizations/new",
    "POST /oauth/authorizations/new",
    "POST /oauth/tokens",
    "GET /access",
    "POST /access",
    "GET /access/{token}",
    "POST /access/{token}",
    "GET /api/v2/users/me",
];
/// Everybody may read here: the same to all, and about nothing of anybody's.
const OPEN: [&str; 6] = [
    "GET /api/v2/locales",
    "GET /api/v2/locales/{locale_id}",
    "GET /api/v2/locales/agent",
    "GET /api/v2/locales/public",
    "GET /api/v2/locales/detect_best_locale",
    "GET /api/v2/locales/current",
];
/// What an end user may do to a ticket they must not know of: nothing.
const HIDDEN: [Target; 6] = ["(private)", "(foreign)", "(a group's)", "(assigned)", "(deleted)", "(none)"];

const OUTSIDE: [&str; 2] = ["nobody", "somebody with a wrong token"];
const END_USERS: [&str; 5] =
    ["a stranger", "one who left the organization", "a colleague", "one in copy", "the requester"];

/// What is wrong with an answer.
pub fn fault(route: &Route, target: Target, who: &str, answer: &Got) -> Option<String> {
    let name = route.name();
    let reached = answer.status < 400;
    let said = &answer.body[..answer.body.len().min(300)];
    if answer.status >= 500 {
        return Some(format!("{}: {said}", answer.status));
    }
    let page = FOR_NOBODY.contains(&name.as_str());
    let open = OPEN.contains(&name.as_str());
    if reached && !page && !open && (OUTSIDE.contains(&who) || who == "a suspended agent") {
        return Some(format!("{} to somebody from outside: {said}", answer.status));
    }
    if reached
        && who.contains("for people alone")
        && !(page
            || open
            || (name.contains("/v2/users") && !name.contains("/tickets"))
            || name.contains("tokens/current"))
    {
        return Some(format!("{} to a program that was let do something else: {said}", answer.status));
    }
    let of_ticket = route.path.contains("{ticket_id}") || route.path.contains("{request_id}");
    if reached && END_USERS.contains(&who) {
        if route.path.starts_with("/api/v2/tickets") {
            return Some(format!("{} to an end user, who knows no tickets: {said}", answer.status));
        }
        if of_ticket && HIDDEN.contains(&target) {
            return Some(format!("{} to an end user, who must not know of it: {said}", answer.status));
        }
    }
    let json = answer.headers.contains("application/json");
    let kept = answer.headers.contains("no-store") || answer.headers.contains("private");
    if answer.status == 200 && json && !route.is_change() && !kept {
        return Some(format!("somebody on the way may keep it: {}", answer.headers));
    }
    if answer.headers.contains("access-control-allow") || answer.headers.contains("set-cookie") {
        return Some(format!("other pages may read it: {}", answer.headers));
    }
    if !answer.headers.contains("nosniff") {
        return Some(format!("its type may be guessed: {}", answer.headers));
    }
    None
}
