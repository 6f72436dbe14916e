"""People, organizations and groups by zenpy."""

from driving import APIException, RecordNotFoundException, done, eq, ids, number, refused, signed_in, step, session
from zenpy import Zenpy
from zenpy.lib.api_objects import (Group, GroupMembership, Identity, Organization, OrganizationField,
                                   OrganizationMembership, User, UserField)
from zenpy.lib.exception import TooManyValuesException

admin, agent, ana = signed_in("admin"), signed_in("agent"), signed_in("ana")


@step
def everybody_is_who_they_are():
    eq(admin.users.me().role, "admin")
    eq(agent.users.me().id, number("agent"))
    eq(ana.users.me().role, "end-user")
    nobody = Zenpy(subdomain="here", anonymous=True, session=session(), disable_cache=True)
    eq(nobody.users.me().id, None, "nobody")


@step
def people_are_listed_both_ways():
    by_cursor = ids(admin.users(cursor_pagination=2))
    by_number = ids(admin.users(cursor_pagination=False))
    assert len(by_cursor) >= 4 and by_cursor == by_number, (by_cursor, by_number)
    eq(len(by_cursor), len(set(by_cursor)), "nobody comes twice")
    eq(len(admin.users(cursor_pagination=False)), len(by_number), "the count")
    agents = list(admin.users(role="agent"))
    assert agents and all(one.role == "agent" for one in agents)
    two = sorted(ids(admin.users(ids=[number("agent"), number("ana"), 999999])))
    eq(two, sorted([number("agent"), number("ana")]))


@step
def people_are_made_changed_and_taken_out():
    made = admin.users.create(User(name="Nora New", email="nora@new.example", external_id="n-1"))
    eq((made.name, made.role, made.active, made.external_id), ("Nora New", "end-user", True, "n-1"))
    double = refused(APIException, 422, admin.users.create, User(name="Nora Two", email="nora@new.example"))
    eq(double["details"]["email"][0]["error"], "DuplicateValue")
    made.name, made.phone = "Nora Newer", "+33 1 23 45 67 89"
    eq(admin.users.update(made).name, "Nora Newer")
    eq(admin.users(id=made.id).phone, "+33 1 23 45 67 89")
    eq(ids(admin.users.search(query="nora@new.example")), [made.id])
    eq(ids(admin.users.search(external_id="n-1")), [made.id])
    eq(ids(admin.users(external_ids=["n-1"])), [made.id])
    same = admin.users.create_or_update(User(name="Nora Once", email="nora@new.example"))
    eq((same.id, same.name), (made.id, "Nora Once"))
    new = admin.users.create_or_update(User(name="Otto Other", email="otto@new.example"))
    assert new.id != made.id
    merged = admin.users.merge(new.id, made.id)
    eq(merged.id, made.id)
    eq(admin.users.delete(merged).active, False)
    gone = refused(APIException, 403, ana.users.create, User(name="No", email="no@no.example"))
    assert gone["error"]


@step
def many_people_at_once():
    job = done(admin, admin.users.create([User(name=f"Many {n}", email=f"many{n}@new.example") for n in range(3)]))
    eq((job.status, job.total), ("completed", 3))
    made = [row.id for row in job.results]
    eq(len(set(made)), 3)
    people = list(admin.users(ids=made))
    for one in people:
        one.phone = "+33 1 00 00 00 00"
    eq(done(admin, admin.users.update(people)).status, "completed")
    eq({one.phone for one in admin.users(ids=made)}, {"+33 1 00 00 00 00"})
    eq(done(admin, admin.users.delete(people)).status, "completed")
    too_many = refused(TooManyValuesException, 400, admin.users, ids=list(range(1, 103)))
    eq(too_many["max_count"], 100)


@step
def people_have_identities():
    user = admin.users.create(User(name="Ida Entity", email="ida@new.example"))
    first = list(admin.users.identities(id=user.id))
    eq([(one.type, one.value, one.primary) for one in first], [("email", "ida@new.example", True)])
    # A person has one address here: a second one is refused as such, and this one is changed in its place.
    second = refused(APIException, 422, admin.users.identities.create, user, Identity(type="email", value="ida@second.example"))
    eq(second["error"], "RecordInvalid")
    only = first[0]
    eq(admin.users.identities.show(user, only).value, "ida@new.example")
    only.value = "ida@second.example"
    eq(admin.users.identities.update(user, only).value, "ida@second.example")
    eq([one.primary for one in admin.users.identities.make_primary(user, only)], [True])
    eq(admin.users(id=user.id).email, "ida@second.example")


@step
def people_have_what_is_around_them():
    person = number("ana")
    assert "Gare du Nord" in [one.name for one in admin.users.organizations(person)]
    assert list(admin.users.groups(number("agent")))
    assert list(admin.users.group_memberships(number("agent")))
    eq(len(list(admin.users.organization_memberships(person))), 1)
    eq(admin.users.related(person).ccd_tickets, 0)
    for find in (admin.users.requested, admin.users.cced, admin.users.assigned):
        list(find(person))
    list(ana.users.requests(id=person))
    eq(ana.end_user.show(person).id, person)


@step
def organizations_are_kept():
    made = admin.organizations.create(Organization(name="Atelier", domain_names=["atelier.example"], external_id="o-1"))
    eq((made.name, made.domain_names), ("Atelier", ["atelier.example"]))
    double = refused(APIException, 422, admin.organizations.create, Organization(name="Atelier"))
    eq(double["details"]["name"][0]["error"], "DuplicateValue")
    made.domain_names = ["atelier.example", "bike.example"]
    eq(sorted(admin.organizations.update(made).domain_names), ["atelier.example", "bike.example"])
    assert made.id in ids(admin.organizations()) and made.id in ids(admin.organizations(cursor_pagination=False))
    # A person belongs to one organization here.
    free = admin.users.create(User(name="Fay Free", email="fay@free.example"))
    joined = admin.organization_memberships.create(OrganizationMembership(user_id=free.id, organization_id=made.id))
    eq((joined.user_id, joined.organization_id), (free.id, made.id))
    eq(ids(admin.organizations.users(made.id)), [free.id])
    eq(ids(admin.organizations.organization_memberships(made.id)), [joined.id])
    assert joined.id in ids(admin.organization_memberships())
    admin.organization_memberships.delete(joined)
    list(ana.organizations.requests(id=ana.users.me().organization_id))


@step
def organizations_are_taken_out():
    made = admin.organizations.create(Organization(name="Gone soon"))
    eq(admin.organizations.delete(made).status_code, 204)
    refused(RecordNotFoundException, 404, admin.organizations, id=made.id)


@step
def many_organizations_at_once():
    job = done(admin, admin.organizations.create([Organization(name="A1"), Organization(name="A2")]))
    eq(job.status, "completed")
    many = list(admin.organizations(ids=[row.id for row in job.results]))
    eq(sorted(one.name for one in many), ["A1", "A2"])
    eq(done(admin, admin.organizations.delete(many)).status, "completed")


@step
def groups_are_kept():
    made = admin.groups.create(Group(name="Night shift", description="After ten"))
    made.name = "Nights"
    eq(admin.groups.update(made).name, "Nights")
    joined = admin.group_memberships.create(GroupMembership(user_id=number("agent"), group_id=made.id))
    eq(ids(admin.groups.users(made.id)), [number("agent")])
    eq(ids(admin.groups.memberships(made.id)), [joined.id])
    assert made.id in ids(admin.groups.assignable()) and joined.id in ids(admin.group_memberships.assignable())
    assert joined.id in ids(admin.groups.memberships_assignable(made.id))
    defaults = admin.group_memberships.make_default(number("agent"), joined.id)
    eq([one.id for one in defaults if one.default], [joined.id])
    eq(admin.group_memberships(id=joined.id).default, True)
    assert made.id in ids(admin.groups()) and made.id in ids(agent.groups(cursor_pagination=False))
    admin.group_memberships.delete(joined)
    eq(admin.groups.delete(made).status_code, 204)
    refused(APIException, 403, agent.groups.create, Group(name="Mine"))


@step
def fields_of_people_and_organizations():
    one = admin.user_fields.create(UserField(key="bike", title="Bike", type="text"))
    assert one.id in ids(admin.user_fields())
    eq(admin.user_fields(id=one.id).key, "bike")
    user = admin.users(id=number("cleo"))
    user.user_fields["bike"] = "Red"
    admin.users.update(user)
    eq(admin.users(id=number("cleo")).user_fields["bike"], "Red")
    held = refused(APIException, 422, admin.user_fields.delete, one)
    eq(held["error"], "RecordInvalid", "what is in use stays")
    spare = admin.user_fields.create(UserField(key="spare", title="Spare", type="text"))
    eq(admin.user_fields.delete(spare).status_code, 204)
    other = admin.organization_fields.create(OrganizationField(key="depot", title="Depot", type="text"))
    assert other.id in ids(admin.organization_fields())
    admin.organization_fields.reorder([other.id])
    admin.organization_fields.delete(other)
