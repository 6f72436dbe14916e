use super::names;
use crate::domain::field::BadValue;
use crate::domain::form::BadForm;
use crate::domain::notice::BadTemplate;
use crate::domain::refusal::{BadWords, Field, Holders, Refusal, RuleFault, Thing, Users};
use crate::domain::setup::{ItemKind, Numbers};
use crate::language::{Args, Language, args};

/// Why something was not done, and what to do instead, in one or two short sentences.
pub fn refusal(words: &Language, refusal: &Refusal) -> String {
    let field = |field: Field| names::field(words, field);
    match refusal {
        Refusal::NotFound(thing) => not_found(words, thing),
        Refusal::Role { needs } => words.say("refusal-role", args![needs = needs.name()]),
        Refusal::Suspended => words.word("refusal-suspended"),
        Refusal::NoAccess(standing) => words.say("refusal-no-access", args![standing = standing.name()]),
        Refusal::Conflict { .. } => words.word("refusal-conflict"),
        Refusal::Closed(id) => words.say("refusal-closed", args![number = id.to_string()]),
        Refusal::BackToNew => words.word("refusal-back-to-new"),
        Refusal::KindMissing => words.word("refusal-kind-missing"),
        Refusal::AgentsOnly(which) => words.say("refusal-agents-only", args![field = field(*which)]),
        Refusal::ReadOnly => words.word("refusal-read-only"),
        Refusal::NotAssigned => words.word("refusal-not-assigned"),
        Refusal::PrivateOff => words.word("refusal-private-off"),
        Refusal::NoteByEndUser => words.word("refusal-note-by-end-user"),
        Refusal::StaysPublic => words.word("refusal-stays-public"),
        Refusal::ManyPublicComments => words.word("refusal-many-public-comments"),
        Refusal::AlreadyNote => words.word("refusal-already-note"),
        Refusal::Empty(which) => words.say("refusal-empty", args![field = field(*which)]),
        Refusal::Malformed(which) => malformed(words, *which),
        Refusal::TooLong { field: which, max } => too_long(words, *which, *max),
        Refusal::BadTemplate(language, bad) => bad_template(words, language, bad),
        Refusal::BadWords { key, why } => bad_words(words, key, *why),
        Refusal::NotAnAgent(which) => words.say("refusal-not-an-agent", args![field = field(*which)]),
        Refusal::NotRateable => words.word("refusal-not-rateable"),
        Refusal::RequesterOnly => words.word("refusal-requester-only"),
        Refusal::RatingsOff => words.word("refusal-ratings-off"),
        Refusal::NotAnIncident => words.word("refusal-not-an-incident"),
        Refusal::NotAProblem(id) => words.say("refusal-not-a-problem", args![number = id.to_string()]),
        Refusal::NotInGroup => words.word("refusal-not-in-group"),
        Refusal::MergeIntoItself => words.word("refusal-merge-into-itself"),
        Refusal::MergeWouldTell => words.word("refusal-merge-would-tell"),
        Refusal::FollowUpOfUnclosed(id) => words.say("refusal-follow-up-of-unclosed", args![number = id.to_string()]),
        Refusal::NotDue => words.word("refusal-not-due"),
        Refusal::AddressTaken => words.word("refusal-address-taken"),
        Refusal::NameTaken(_) => words.word("refusal-name-taken"),
        Refusal::LastAdmin => words.word("refusal-last-admin"),
        Refusal::OwnRole => words.word("refusal-own-role"),
        Refusal::UnknownUpload => words.word("refusal-unknown-upload"),
        Refusal::TooMuchAsked { max } => {
            words.say("refusal-too-much-asked", args![count = i64::try_from(*max).unwrap_or(i64::MAX)])
        }
        Refusal::BadRule(fault) => bad_rule(words, fault),
        Refusal::BadValue { field, bad } => bad_value(words, field, bad),
        Refusal::InUse(users) => in_use(words, users),
        Refusal::BuiltIn => words.word("refusal-built-in"),
        Refusal::IsDefault => words.word("refusal-is-default"),
        Refusal::Required { .. }
        | Refusal::TeamsField { .. }
        | Refusal::NotOnForm { .. }
        | Refusal::SwitchedOff(_)
        | Refusal::StatusOfOtherKinds
        | Refusal::BadForm(_)
        | Refusal::Fixed(_) => of_form(words, refusal),
        Refusal::TooShort { field: which, min } => {
            let count = i64::try_from(*min).unwrap_or(i64::MAX);
            words.say("refusal-too-short", args![field = field(*which), count = count])
        }
        Refusal::SignUpClosed => words.word("refusal-sign-up-closed"),
        Refusal::TooOften => words.word("refusal-too-often"),
        Refusal::BadLink => words.word("refusal-bad-link"),
        Refusal::NotWhileSuspended => words.word("refusal-not-while-suspended"),
        Refusal::SamePerson => words.word("refusal-same-person"),
        Refusal::StaffStays => words.word("refusal-staff-stays"),
        Refusal::MergeIntoShutOut => words.word("refusal-merge-into-shut-out"),
        Refusal::HasUnsolved { count } => {
            words.say("refusal-has-unsolved", args![count = i64::try_from(*count).unwrap_or(i64::MAX)])
        }
        Refusal::OutOfRange { setting } => words.say("refusal-out-of-range", args![setting = *setting]),
    }
}

fn not_found(words: &Language, thing: &Thing) -> String {
    let (what, number) = match thing {
        Thing::Ticket(id) => ("ticket", id.to_string()),
        Thing::Comment => ("comment", String::new()),
        Thing::Person => ("person", String::new()),
        Thing::Organization => ("organization", String::new()),
        Thing::Group => ("group", String::new()),
        Thing::Kind(id) => ("kind", id.to_string()),
        Thing::Item(kind) => (kind.name(), String::new()),
        Thing::Token => ("token", String::new()),
        Thing::Notice => ("notice", String::new()),
        Thing::Mail => ("mail", String::new()),
        Thing::Text => ("piece", String::new()),
        Thing::File => ("file", String::new()),
    };
    words.say("refusal-not-found", args![what = what, number = number])
}

fn malformed(words: &Language, which: Field) -> String {
    match which {
        Field::TimeZone => words.word("refusal-no-time-zone"),
        Field::Language => words.word("refusal-no-language"),
        _ => words.say("refusal-malformed", args![field = names::field(words, which)]),
    }
}

fn bad_value(words: &Language, field: &str, bad: &BadValue) -> String {
    match bad {
        BadValue::Form(form) => words.say("refusal-bad-value", args![field = field, form = *form]),
        BadValue::Option(text) => words.say("refusal-bad-option", args![field = field, value = text.as_str()]),
        BadValue::Pattern(pattern) => {
            words.say("refusal-bad-pattern", args![field = field, pattern = pattern.as_str()])
        }
        BadValue::TooLong(max) => {
            let count = i64::try_from(*max).unwrap_or(i64::MAX);
            words.say("refusal-too-long", args![field = field, count = count])
        }
        BadValue::System => words.say("refusal-bad-system", args![field = field]),
    }
}

/// What has to do with forms and what stands on them.
fn of_form(words: &Language, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Required { fields } => words.say("refusal-required", listed(words, fields)),
        Refusal::TeamsField { field } => words.say("refusal-teams-field", args![field = field.as_str()]),
        Refusal::NotOnForm { field } => words.say("refusal-not-on-form", args![field = field.as_str()]),
        Refusal::SwitchedOff(kind) => words.say("refusal-switched-off", args![what = kind.name()]),
        Refusal::StatusOfOtherKinds => words.word("refusal-status-of-other-kinds"),
        Refusal::BadForm(bad) => bad_form(words, bad),
        Refusal::Fixed(key) => words.say("refusal-fixed", args![key = *key]),
        _ => String::new(),
    }
}

fn listed(words: &Language, fields: &[String]) -> Args<'static> {
    let count = i64::try_from(fields.len()).unwrap_or(i64::MAX);
    args![fields = words.list(fields), count = count]
}

fn bad_form(words: &Language, bad: &BadForm) -> String {
    match bad {
        BadForm::NeverSubmitted(fields) => words.say("refusal-form-never-submitted", listed(words, fields)),
        BadForm::NoTicketField(fields) => words.say("refusal-form-no-ticket-field", listed(words, fields)),
        BadForm::OffForm(fields) => words.say("refusal-form-off-form", listed(words, fields)),
        BadForm::Condition { field, value } => {
            words.say("refusal-form-condition", args![field = field.as_str(), value = value.as_str()])
        }
        BadForm::Circle(fields) => words.say("refusal-form-circle", listed(words, fields)),
        BadForm::Pattern => words.word("refusal-form-pattern"),
        BadForm::NoOptions => words.word("refusal-form-no-options"),
        BadForm::SameOptions => words.word("refusal-form-same-options"),
        BadForm::Default => words.word("refusal-form-default"),
    }
}

fn bad_rule(words: &Language, fault: &RuleFault) -> String {
    match fault {
        RuleFault::NoCondition => words.word("refusal-rule-no-condition"),
        RuleFault::NoAction => words.word("refusal-rule-no-action"),
        RuleFault::NoTime => words.word("refusal-rule-no-time"),
        RuleFault::NeverEnds => words.word("refusal-rule-never-ends"),
        RuleFault::Contradiction => words.word("refusal-rule-contradiction"),
        RuleFault::NotTheTickets(field) => words.say("refusal-rule-not-the-tickets", args![field = field.as_str()]),
        RuleFault::Everything => words.word("refusal-rule-everything"),
        RuleFault::Circle(rules) => words.say("refusal-rule-circle", args![rules = words.list(rules)]),
        RuleFault::Unfit(unfit, place) => super::unfit(words, unfit, *place, &Numbers),
        RuleFault::OnlyByHand => words.word("refusal-rule-only-by-hand"),
        RuleFault::OnlyByRule => words.word("refusal-rule-only-by-rule"),
        RuleFault::NotGathered => words.word("refusal-rule-not-gathered"),
        RuleFault::SignedTag(tag) => {
            let bare = tag.trim_start_matches(['+', '-']);
            words.say("refusal-rule-signed-tag", args![tag = tag.as_str(), bare = bare])
        }
        RuleFault::TwoVoices => words.word("refusal-rule-two-voices"),
    }
}

/// What uses it: the first few by name, and how many agents and tickets.
fn in_use(words: &Language, users: &Users) -> String {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let name = |(kind, name): &(ItemKind, String)| {
        words.say("refusal-in-use-item", args![kind = kind.name(), name = name.as_str()])
    };
    let settings = users.settings.iter().map(|name| words.say("refusal-in-use-setting", args![name = *name]));
    let mut parts: Vec<String> = settings.chain(users.items.iter().take(5).map(name)).collect();
    if users.items.len() > 5 {
        parts.push(words.say("refusal-in-use-more", args![count = count(users.items.len() as u64 - 5)]));
    }
    let Holders { tickets, agents, people, organizations } = users.holders;
    let held = [
        (agents, "refusal-in-use-agents"),
        (people, "refusal-in-use-people"),
        (organizations, "refusal-in-use-organizations"),
        (tickets, "refusal-in-use-tickets"),
    ];
    let held = held.into_iter().filter(|(some, _)| *some > 0);
    parts.extend(held.map(|(some, key)| words.say(key, args![count = count(some)])));
    let list = words.list(&parts);
    match &users.option {
        Some(option) => words.say("refusal-option-in-use", args![option = option.as_str(), users = list]),
        None if users.of.is_some() => words.say("refusal-in-use", args![users = list]),
        None => words.say("refusal-group-in-use", args![users = list]),
    }
}

fn too_long(words: &Language, which: Field, max: u64) -> String {
    let field = names::field(words, which);
    let count = i64::try_from(max).unwrap_or(i64::MAX);
    match which {
        Field::Attachment => words.say("refusal-file-too-large", args![max = words.size(max)]),
        Field::Comment => words.say("refusal-comment-too-long", args![max = words.size(max)]),
        Field::Attachments | Field::Ccs | Field::Followers | Field::Tags => {
            words.say("refusal-too-many", args![field = field, count = count])
        }
        _ => words.say("refusal-too-long", args![field = field, count = count]),
    }
}

fn bad_words(words: &Language, key: &str, why: BadWords) -> String {
    let tag = key.rsplit('.').next().unwrap_or(key);
    match why {
        BadWords::Empty => words.say("refusal-words-empty", args![key = key]),
        BadWords::TooLong(max) => {
            let count = i64::try_from(max).unwrap_or(i64::MAX);
            words.say("refusal-words-too-long", args![key = key, count = count])
        }
        BadWords::NoLanguage => words.say("refusal-words-no-language", args![key = key, tag = tag]),
        BadWords::Twice => words.say("refusal-words-twice", args![key = key, tag = tag]),
    }
}

fn bad_template(words: &Language, language: &str, bad: &BadTemplate) -> String {
    match bad {
        BadTemplate::Unknown(name) => {
            words.say("refusal-template-unknown", args![language = language, name = name.as_str()])
        }
        BadTemplate::TooLong(max) => {
            let count = i64::try_from(*max).unwrap_or(i64::MAX);
            words.say("refusal-template-too-long", args![language = language, count = count])
        }
        BadTemplate::NotAllowed(part) => {
            words.say("refusal-template-not-allowed", args![language = language, part = part.as_str()])
        }
        BadTemplate::Broken { line } => {
            let line = i64::try_from(*line).unwrap_or(i64::MAX);
            words.say("refusal-template-broken", args![language = language, line = line])
        }
    }
}
