//! What a rehearsal tells is what the acts are told when they are done.

use crate::support::town::Town;
use guichet::client::{Error, LogAsk};
use guichet::domain::account::folded_name;
use guichet::domain::act::{Change, Deed, NewOrganization, OrganizationChange, Setting};
use guichet::domain::decide::Outcome;
use guichet::domain::id::{FieldId, GroupId};
use guichet::domain::person::Role;
use guichet::domain::refusal::{Refusal, RuleFault};
use guichet::domain::setup::{Directory, Item, ItemKey, ItemKind, Mentions, Refers};
use guichet::domain::time::Span;
use guichet::notation;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What things are called by now, in a rehearsal or really.
struct Names {
    directory: Directory,
    items: BTreeMap<(ItemKind, String), i64>,
    groups: BTreeMap<String, GroupId>,
}

impl Names {
    async fn of(town: &Town) -> Self {
        let admin = town.as_(town.admin);
        let people = ["ana@gare.example", "marc@velo.example"].map(|name| (Refers::Person, name.to_owned()));
        let mentions = Mentions { names: people.into(), ..Mentions::default() };
        let directory = admin.directory(mentions).await.expect("the names");
        let groups = admin.session().await.expect("a session").groups;
        let groups = groups.into_iter().map(|group| (folded_name(&group.name), group.id)).collect();
        let mut names = Self { directory, items: BTreeMap::new(), groups };
        for kind in ItemKind::ALL {
            for item in admin.items(kind).await.expect("items") {
                names.items.insert((kind, item.name().to_owned()), item.key().id);
            }
        }
        names
    }

    fn key(&self, kind: ItemKind, name: &str) -> ItemKey {
        ItemKey { kind, id: self.items.get(&(kind, name.to_owned())).copied().unwrap_or(9_999) }
    }

    fn group(&self, name: &str) -> GroupId {
        self.groups.get(&folded_name(name)).copied().unwrap_or(GroupId(9_999))
    }

    fn learn(&mut self, deed: &Deed, outcome: &Outcome) {
        match (deed, outcome.item, outcome.group) {
            (Deed::SetItem(item), Some(key), _) => {
                self.items.insert((key.kind, item.name().to_owned()), key.id);
                self.directory.add_item(&(**item).clone().numbered(key.id));
            }
            (Deed::CreateGroup { name }, _, Some(id)) => {
                self.groups.insert(folded_name(name), id);
                self.directory.add(Refers::Group, id.0, name);
            }
            _ => {}
        }
    }
}

type Step = Box<dyn Fn(&Names) -> Deed>;

fn set(kind: ItemKind, toml: &'static str) -> Step {
    Box::new(move |names| {
        let document = notation::read(toml).expect(toml);
        let item = Item::read(kind, 0, &document, &names.directory);
        let item = item.unwrap_or_else(|fault| panic!("{fault:?} in {toml}"));
        let id = names.items.get(&(kind, item.name().to_owned())).copied();
        Deed::SetItem(Box::new(item.numbered(id.unwrap_or_default())))
    })
}

fn delete(kind: ItemKind, name: &'static str) -> Step {
    Box::new(move |names| Deed::DeleteItem(names.key(kind, name)))
}

fn group(name: &'static str) -> Step {
    Box::new(|_| Deed::CreateGroup { name: name.into() })
}

fn delete_group(name: &'static str) -> Step {
    Box::new(|names| Deed::DeleteGroup { group: names.group(name) })
}

fn default_group(name: &'static str) -> Step {
    Box::new(|names| Deed::Set(Setting::DefaultGroup(Some(names.group(name)))))
}

fn does(deed: Deed) -> Step {
    Box::new(move |_| deed.clone())
}

fn organization(name: &str) -> Step {
    does(Deed::CreateOrganization(NewOrganization {
        name: name.into(),
        domains: Vec::new(),
        shared_tickets: false,
        shared_comments: false,
    }))
}

const CAMERA: &str = "slug = 'camera'\ntitle = 'Camera'\ntype = 'tagger'\naccess = 'requesters-edit'\n\
    options = [{ name = 'X-100', value = 'x100' }, { name = 'X-200', value = 'x200' }]";
const CAMERA_LESS: &str = "slug = 'camera'\ntitle = 'Camera'\ntype = 'tagger'\naccess = 'requesters-edit'\n\
    options = [{ name = 'X-200', value = 'x200' }]";
const HELD: &str = "slug = 'held'\ntitle = 'Held'\ntype = 'tagger'\n\
    options = [{ name = 'A', value = 'aa' }, { name = 'B', value = 'bb' }]";
const LENS: &str = "slug = 'lens'\nname = 'Lens'\ndefault = true\nfields = ['subject', 'camera', 'model']\n\
    conditions = [{ field = 'camera', value = 'x100', shows = ['model'] }]";
const ROUND: &str = "slug = 'round'\nname = 'Round'\nfields = ['camera', 'model']\n\
    conditions = [{ field = 'camera', value = 'x100', shows = ['model'] }, { field = 'model', value = 'y', shows = ['camera'] }]";
const TO_NIGHT: &str = "title = 'To the night'\nwhen = 'field camera is x100'\n\
    actions = ['group: Night', 'notify requester: hello']";

/// Forms, fields and their options.
fn forms() -> Vec<Step> {
    use ItemKind::{Field, Kind, View};
    vec![
        set(Field, CAMERA),
        set(Field, "slug = 'model'\ntitle = 'Model'\ntype = 'text'\naccess = 'requesters-edit'"),
        set(Field, "slug = 'cost'\ntitle = 'Cost'\ntype = 'integer'\nrequired_to_submit = true"),
        set(Kind, "slug = 'never'\nname = 'Never'\nfields = ['cost']"),
        set(Kind, ROUND),
        set(Kind, LENS),
        set(Field, CAMERA_LESS),
        set(Field, "slug = 'camera'\ntitle = 'Camera'\ntype = 'text'"),
        set(View, "slug = 'cameras'\nwhen = 'field camera is x100'\ncolumns = ['field camera']"),
        set(View, "slug = 'CAMERAS'\nwhen = 'number > 1'"),
        delete(Field, "camera"),
        delete(Kind, "lens"),
        set(Field, "slug = 'held'\ntitle = 'Held'\ntype = 'tagger'\noptions = [{ name = 'B', value = 'bb' }]"),
        set(Field, "slug = 'held'\ntitle = 'Held'\ntype = 'tagger'\noptions = [{ name = 'A', value = 'aa' }]"),
        delete(Field, "held"),
        delete(Field, "subject"),
    ]
}

/// Rules, with what they name.
fn rules() -> Vec<Step> {
    use ItemKind::{Automation, Schedule, Text, Trigger, View};
    vec![
        group("Night"),
        group("NIGHT"),
        set(Text, "slug = 'hello'\n[texts.en]\nsubject = 'Hello'\nbody = 'Your {{ticket.fields.model}}'"),
        set(Text, "slug = 'bad'\n[texts.en]\nsubject = 'Hello'\nbody = 'Your {{ticket.fields.nothing}}'"),
        set(Trigger, TO_NIGHT),
        set(Trigger, "title = 'TO THE NIGHT'\nwhen = 'tags include a'\nactions = ['add tags: b']"),
        set(Trigger, "title = 'Ana'\nwhen = 'tags include a'\nactions = ['assignee: ana@gare.example']"),
        set(Trigger, "title = 'Marc'\nwhen = 'tags include a'\nactions = ['assignee: marc@velo.example']"),
        delete_group("Night"),
        delete(Text, "hello"),
        delete(ItemKind::Field, "model"),
        set(Schedule, "name = 'Paris'\ntime_zone = 'Europe/Paris'\nmonday = ['09:00-17:00']"),
        set(
            Automation,
            "slug = 'late'\nwhen = 'created at least 8 business hours ago'\nonce = true\nactions = ['add tags: a']",
        ),
        delete(Schedule, "Paris"),
        set(Automation, "slug = 'to-open'\nwhen = 'hold at least 1 day ago'\nactions = ['status: open']"),
        set(Automation, "slug = 'to-hold'\nwhen = 'open at least 1 day ago'\nactions = ['status: hold']"),
        delete(Automation, "to-open"),
        set(Automation, "slug = 'to-hold'\nwhen = 'open at least 1 day ago'\nactions = ['status: hold']"),
        delete(Automation, "late"),
        delete(Schedule, "Paris"),
        organization("Shop"),
        organization("SHOP"),
        does(Deed::UpdateOrganization {
            organization: guichet::domain::id::OrganizationId(1),
            change: OrganizationChange { name: Some("shop".into()), ..OrganizationChange::default() },
        }),
        set(View, "slug = 'by-number'\nwhen = 'organization is #9999'"),
    ]
}

/// Settings, what is the default, and what goes away once nothing uses it.
fn ends() -> Vec<Step> {
    use ItemKind::{Field, Kind, Macro, Status, Text, Trigger, View};
    vec![
        default_group("Night"),
        delete(Trigger, "To the night"),
        delete_group("Night"),
        default_group("Support Ops"),
        delete_group("Night"),
        default_group("Night"),
        delete_group("Night"),
        delete_group("Support Ops"),
        Box::new(|names| Deed::RenameGroup { group: names.group("Support Ops"), name: "Ops".into() }),
        does(Deed::Set(Setting::CloseAfter(Some(Span::days(40))))),
        does(Deed::Set(Setting::RemindAfter(None))),
        does(Deed::Set(Setting::Language(String::new()))),
        set(Status, "name = 'Part'\ncategory = 'pending'\ndefault = true"),
        set(Status, "name = 'Other'\ncategory = 'pending'\ndefault = true"),
        delete(Status, "Other"),
        delete(Status, "Part"),
        delete(View, "cameras"),
        set(Kind, "slug = 'other'\nname = 'Other'\ndefault = true"),
        delete(Kind, "lens"),
        delete(Field, "model"),
        delete(Text, "hello"),
        delete(Field, "model"),
        set(Field, CAMERA_LESS),
        delete(Field, "camera"),
        delete(Field, "camera"),
        delete(Macro, "nothing"),
        Box::new(|names| Deed::OrderItems { kind: Kind, order: vec![names.key(Kind, "other").id, 1] }),
        does(Deed::OrderItems { kind: Kind, order: vec![9_999] }),
    ]
}

/// Everything that a rehearsal may not change.
async fn seen(town: &Town) -> String {
    let admin = town.as_(town.admin);
    let mut all = vec![format!("{:?}", admin.session().await.expect("a session"))];
    for kind in ItemKind::ALL {
        all.push(format!("{:?}", admin.items(kind).await.expect("items")));
    }
    all.push(format!(
        "{:?}",
        admin.admin_log(LogAsk { newest_first: true, after: None, limit: 1 }).await.expect("the log").rows
    ));
    all.push(format!("{:?}", admin.organizations(String::new(), None, 100).await.expect("organizations")));
    all.join("\n")
}

async fn rehearsed(town: &Town, steps: &[Step]) -> Vec<Result<(), Error>> {
    let mut names = Names::of(town).await;
    let admin = town.as_(town.admin);
    let mut rehearsal = admin.rehearse().await.expect("a rehearsal");
    let mut told = Vec::new();
    for step in steps {
        let deed = step(&names);
        let done = rehearsal.act(deed.clone()).await;
        if let Ok(outcome) = &done {
            names.learn(&deed, outcome);
        }
        told.push(done.map(|_| ()));
    }
    told
}

async fn done(town: &Town, steps: &[Step]) -> Vec<Result<(), Error>> {
    let mut names = Names::of(town).await;
    let mut told = Vec::new();
    for step in steps {
        let deed = step(&names);
        let done = town.tries(town.admin, deed.clone()).await;
        if let Ok(receipt) = &done {
            names.learn(&deed, &receipt.outcome);
        }
        told.push(done.map(|_| ()));
    }
    told
}

/// Each act is told the same in a rehearsal and when it is done, with all those before it; and a rehearsal changes nothing.
pub async fn a_rehearsal_tells_what_the_acts_are_told(town: &Town) {
    let mut names = Names::of(town).await;
    let held = set(ItemKind::Field, HELD)(&names);
    let receipt = town.does(town.admin, held.clone()).await;
    names.learn(&held, &receipt.outcome);
    let ticket = town.ticket(town.ana, "Printer", "a").await;
    let fields = [(FieldId(names.key(ItemKind::Field, "held").id), "aa".to_owned())].into();
    town.change(ticket, Change { fields, ..Change::default() }).await;

    let steps: Vec<Step> = forms().into_iter().chain(rules()).chain(ends()).collect();
    let before = seen(town).await;
    let told = rehearsed(town, &steps).await;
    assert_eq!(seen(town).await, before, "a rehearsal changes nothing");
    assert_eq!(rehearsed(town, &steps).await, told, "and not for the next one either");
    let truth = done(town, &steps).await;
    for (at, (told, truth)) in told.iter().zip(&truth).enumerate() {
        assert_eq!(told, truth, "step {at}");
    }
    let refused = |why: fn(&Refusal) -> bool| {
        told.iter().filter(|one| matches!(one, Err(Error::Refused(refusal)) if why(refusal))).count()
    };
    assert!(refused(|why| matches!(why, Refusal::InUse(_))) >= 9, "{told:?}");
    assert!(refused(|why| matches!(why, Refusal::BadForm(_))) >= 2, "{told:?}");
    assert!(refused(|why| matches!(why, Refusal::NameTaken(_))) >= 4, "{told:?}");
    assert!(refused(|why| matches!(why, Refusal::NotFound(_))) >= 4, "{told:?}");
    assert_eq!(refused(|why| matches!(why, Refusal::IsDefault)), 2, "{told:?}");
    assert_eq!(refused(|why| matches!(why, Refusal::BadTemplate(..))), 1, "{told:?}");
    assert_eq!(refused(|why| matches!(why, Refusal::BadRule(RuleFault::Circle(_)))), 1, "{told:?}");
    assert!(told.iter().filter(|one| one.is_ok()).count() >= 25, "{told:?}");
}

/// Only admins rehearse, only the set-up, and everybody else goes on meanwhile; no number is used up.
pub async fn a_rehearsal_is_for_admins_and_in_nobodys_way(town: &Town) {
    for person in [town.agent, town.ana] {
        assert_eq!(town.as_(person).rehearse().await.map(|_| ()).err(), Some(Error::Denied));
    }
    let made = async |title: &str| {
        let toml = format!("title = '{title}'\nactions = ['add tags: a']");
        let document = notation::read(&toml).expect("a document");
        let item = Item::read(ItemKind::Macro, 0, &document, &Directory::default()).expect("a macro");
        Deed::SetItem(Box::new(item))
    };
    let first = town.does(town.admin, made("First").await).await.outcome.item.expect("a macro");
    let (one, other) = (town.as_(town.admin), town.as_(town.admin));
    let (mut one, mut other) = (one.rehearse().await.expect("one"), other.rehearse().await.expect("another"));
    let rehearsed = one.act(made("Second").await).await.expect("made").item.expect("a macro");
    let again = one.act(made("second").await).await;
    assert!(matches!(again, Err(Error::Refused(Refusal::NameTaken(_)))), "{again:?}");
    assert!(other.act(made("Second").await).await.is_ok(), "each is by itself");
    town.ticket(town.ana, "Printer", "a").await;
    let second = town.does(town.admin, made("Second").await).await.outcome.item.expect("a macro");
    assert_eq!(second.id, first.id + 1, "no number was taken");
    assert!(one.act(Deed::DeleteItem(rehearsed)).await.is_ok());
    assert!(one.act(made("Second").await).await.is_ok());
    let ticket = Deed::CreateGroup { name: "x".repeat(1_000_000) };
    assert!(matches!(one.act(ticket).await, Err(Error::Refused(Refusal::TooLong { .. }))));
    let person = guichet::domain::act::PersonChange { role: Some(Role::EndUser), ..Default::default() };
    let person = Deed::UpdatePerson { person: town.admin, change: person };
    assert_eq!(one.act(person).await.map(|_| ()), Err(Error::NotRehearsed));
}

/// Far more rules than anybody has take seconds: the account is not read again for each.
pub async fn thousands_of_rules_are_rehearsed_at_once(town: &Town) {
    let admin = town.as_(town.admin);
    let mut rehearsal = admin.rehearse().await.expect("a rehearsal");
    let began = Instant::now();
    for number in 0..2_000 {
        let toml = format!(
            "title = 'Rule {number}'\nwhen = 'tags include a{number} and status < solved'\nactions = ['add tags: b{number}']"
        );
        let document = notation::read(&toml).expect("a document");
        let item = Item::read(ItemKind::Trigger, 0, &document, &Directory::default()).expect("a trigger");
        rehearsal.act(Deed::SetItem(Box::new(item))).await.expect("nothing stands against it");
    }
    assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
}
