use crate::support::town::{NOW, Town, address};
use guichet::client::{Error, PeopleAsk};
use guichet::domain::account::OnHold;
use guichet::domain::act::{
    Deed, NewOrganization, NewTicket, OrganizationChange, OrganizationRef, PersonChange, Setting,
};
use guichet::domain::comment::NewComment;
use guichet::domain::id::{GroupId, KindId};
use guichet::domain::person::{PersonRef, Role};
use guichet::domain::refusal::{Refusal, Thing};
use guichet::domain::status::{Priority, Status};

pub async fn a_session_says_who_asks_and_what_there_is(town: &Town) {
    let session = town.as_(town.ana).session().await.expect("a session");
    assert_eq!(session.me.id, town.ana);
    assert_eq!(session.account.name, "Vélo Métropole");
    assert_eq!(session.organization.expect("Ana's").name, "Gare du Nord");
    assert_eq!(session.views, []);
    let session = town.as_(town.agent).session().await.expect("a session");
    assert!(session.views.iter().any(|view| view.slug == "unassigned"));
    assert_eq!(session.organization, None);
}

/// R157, R158, R159
pub async fn an_account_begins_with_four_kinds_and_support_ops(town: &Town) {
    let session = town.as_(town.admin).session().await.expect("a session");
    let slugs: Vec<&str> = session.kinds.iter().map(|kind| kind.slug.as_str()).collect();
    assert_eq!(slugs, ["critical", "feature", "hardware", "software"]);
    assert_eq!(session.kinds[0].priority, Some(Priority::Urgent));
    assert!(session.kinds.iter().all(|kind| !kind.guidance.is_empty()));
    assert_eq!(session.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["Support Ops"]);
    assert_eq!(session.settings.default_group, Some(session.groups[0].id));
    assert_eq!((session.me.role, session.me.groups.clone()), (Role::Admin, vec![session.groups[0].id]));
}

/// R157
pub async fn a_request_is_a_new_ticket_of_support_ops(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let thread = town.as_(town.agent).ticket(id, 10).await.expect("the ticket");
    assert_eq!((thread.item.status(), thread.item.group, thread.item.assignee), (Status::New, Some(GroupId(1)), None));
    assert_eq!((thread.item.organization, thread.item.created_at), (Some(town.station), NOW));
    assert_eq!((thread.item.comments, thread.item.version), (1, 2), "opened, and told");
    assert_eq!(thread.names.people[&town.ana], "Ana Ruiz");
    assert_eq!(thread.names.organizations[&town.station], "Gare du Nord");
    assert!(thread.shared, "Z01, R166: Ana's colleagues read it too");
    let thread = town.as_(town.ana).request(id, 10).await.expect("the request");
    assert_eq!(thread.item.status(), Status::Open, "D11: requesters never see New");
    assert_eq!(thread.comments[0].body, "It prints nothing.");
}

pub async fn a_suspended_person_is_refused_everything(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    let change = PersonChange { suspended: Some(true), ..PersonChange::default() };
    town.does(town.admin, Deed::UpdatePerson { person: town.ana, change }).await;
    let ana = town.as_(town.ana);
    let refused = Err(Error::Refused(Refusal::Suspended));
    assert_eq!(ana.session().await.map(|_| ()), refused);
    assert_eq!(ana.request(id, 1).await.map(|_| ()), refused);
    let reply = crate::support::town::says(id, NewComment::public("?"));
    assert_eq!(town.tries(town.ana, reply).await.map(|_| ()), refused);
}

pub async fn an_organization_is_found_by_number_and_name_however_many_there_are(town: &Town) {
    let made = (0..110).map(|n| {
        let new = NewOrganization {
            name: format!("Bakery {n:03}"),
            domains: Vec::new(),
            shared_tickets: false,
            shared_comments: false,
        };
        town.does(town.admin, Deed::CreateOrganization(new))
    });
    let made = futures::future::join_all(made).await;
    let agent = town.as_(town.agent);
    for (n, receipt) in made.iter().enumerate() {
        let id = receipt.outcome.organization.expect("a new organization");
        let name = format!("Bakery {n:03}");
        let found = agent.organization(OrganizationRef::Id(id)).await.expect("it is there");
        assert_eq!((found.id, found.name.as_str()), (id, name.as_str()));
        let named = OrganizationRef::Name(format!(" bakery  {n:03}"));
        assert_eq!(agent.organization(named).await.expect("it is there").id, id);
    }
    let (ana, missing) = (town.as_(town.ana), Err(Error::Refused(Refusal::NotFound(Thing::Organization))));
    let bakery = made[0].outcome.organization.expect("a new organization");
    for hidden in [OrganizationRef::Id(bakery), OrganizationRef::Name("Bakery 000".into())] {
        assert_eq!(ana.organization(hidden).await.map(|_| ()), missing, "to an end user there is only their own");
    }
    assert_eq!(ana.organization(OrganizationRef::Id(town.station)).await.expect("Ana's").name, "Gare du Nord");
    assert_eq!(agent.organization(OrganizationRef::Name("Bakery".into())).await.map(|_| ()), missing);
}

/// R107
pub async fn an_unknown_address_becomes_an_end_user(town: &Town) {
    let mut new = NewTicket::new("A call", NewComment::public("Somebody called."));
    new.kind = Some(KindId(1));
    new.requester = Some(PersonRef::Named { name: "Dora New".into(), email: address("dora@gare.example") });
    new.ccs = vec![PersonRef::Address(address("ANA@gare.example"))];
    let done = town.does(town.agent, Deed::CreateTicket(Box::new(new))).await;
    let ask = PeopleAsk::Address(address("dora@gare.example"));
    let dora = town.as_(town.agent).people(ask).await.expect("an answer").rows.remove(0);
    assert_eq!((dora.role, dora.organization), (Role::EndUser, Some(town.station)));
    let thread = town.as_(dora.id).request(done.outcome.ticket.expect("a ticket"), 5).await.expect("Dora's request");
    let copied: Vec<&str> = thread.item.ccs.iter().map(|id| thread.names.people[id].as_str()).collect();
    assert_eq!(copied, ["ana@gare.example"], "by address: that the account knows her is no news to Dora");
    assert_eq!(town.suggested(town.agent, "dor").await, [dora.id]);
    assert_eq!(thread.item.priority, Some(Priority::Urgent));
}

/// Z01, R166: before a ticket is written its agent can know whether the requester's colleagues will read it.
pub async fn who_reads_along_is_known_beforehand(town: &Town) {
    let agent = town.as_(town.agent);
    let dora = town.person("Dora New", "dora@far.example", Role::EndUser, None).await;
    let by_address = |text| PersonRef::Address(address(text));
    for (requester, along) in [
        (PersonRef::Id(town.ana), true),
        (by_address("BEN@gare.example"), true),
        (PersonRef::Id(dora), false),
        (PersonRef::Id(town.other_agent), false),
        (by_address("nobody@far.example"), false),
    ] {
        assert_eq!(agent.read_along(requester.clone()).await, Ok(along), "{requester:?}");
    }
    let change = OrganizationChange { shared_tickets: Some(false), ..OrganizationChange::default() };
    town.does(town.admin, Deed::UpdateOrganization { organization: town.station, change }).await;
    assert_eq!(agent.read_along(PersonRef::Id(town.ana)).await, Ok(false), "it does not any more");
    assert_eq!(town.as_(town.cleo).read_along(PersonRef::Id(town.ana)).await, Err(Error::Denied));
}

/// D8
pub async fn settings_change_for_everybody_at_once(town: &Town) {
    let id = town.ticket(town.ana, "Printer down", "It prints nothing.").await;
    town.change(id, guichet::domain::act::Change::status(Status::Hold)).await;
    let ana = town.as_(town.ana);
    assert_eq!(ana.request(id, 1).await.expect("the request").item.status(), Status::Hold);
    town.does(town.admin, Deed::Set(Setting::PortalOnHold(OnHold::AsOpen))).await;
    assert_eq!(ana.request(id, 1).await.expect("the request").item.status(), Status::Open);
    assert_eq!(
        town.tries(town.agent, Deed::Set(Setting::PortalOnHold(OnHold::Show))).await.map(|_| ()),
        Err(Error::Refused(Refusal::Role { needs: Role::Admin }))
    );
    town.does(town.admin, Deed::CreateGroup { name: "Field".into() }).await;
    town.does(town.admin, Deed::Set(Setting::AccountName("Vélo".into()))).await;
    let session = town.as_(town.agent).session().await.expect("a session");
    assert_eq!((session.groups.len(), session.account.name.as_str()), (2, "Vélo"));
    assert_eq!(ana.session().await.expect("a session").account.name, "Vélo");
}
