"""Views, macros, rules, fields, forms, statuses and what else is set up, by zenpy."""

from driving import RecordNotFoundException, eq, ids, number, refused, signed_in, step
from zenpy.lib.api_objects import Automation, CustomFieldOption, Macro, Ticket, TicketField, Trigger, View

admin, agent = signed_in("admin"), signed_in("agent")


def ticket(subject, **more):
    return agent.tickets.create(Ticket(subject=subject, description=f"About {subject}", requester_id=number("ana"), **more)).ticket


@step
def views_are_kept_and_looked_at():
    seen = ticket("Viewed", tags=["viewed"])
    made = admin.views.create(View(title="Viewed ones", all=[{"field": "status", "operator": "less_than", "value": "solved"},
        {"field": "current_tags", "operator": "includes", "value": "viewed"}], output={"columns": ["subject", "requester"]}))
    eq(made.title, "Viewed ones")
    eq(ids(agent.views.tickets(made)), [seen.id])
    eq(ids(agent.views.tickets(made, cursor_pagination=False)), [seen.id])
    eq(agent.views.count(made).value, 1)
    eq(agent.views.execute(made).id, made.id)
    assert made.id in ids(agent.views()) and made.id in ids(agent.views.active())
    assert ids(agent.views.compact())
    eq(ids(agent.views.search("Viewed")), [made.id])
    made.title = "Seen ones"
    eq(admin.views.update(made).title, "Seen ones")
    eq(admin.views.delete(made).status_code, 204)
    refused(RecordNotFoundException, 404, agent.views, id=made.id)


@step
def macros_are_kept_and_applied():
    made = admin.macros.create(Macro(title="Solve it", actions=[{"field": "status", "value": "pending"},
        {"field": "comment_value", "value": "Dear {{requester.name}}"}]))
    assert made.id in ids(agent.macros())
    eq(agent.macros.apply(made).ticket.status, "pending")
    one = ticket("By macro")
    eq(agent.tickets.show_macro_effect(one, made).ticket.status, "pending")
    eq(agent.tickets(id=one.id).status, "new", "nothing is changed")
    made.title = "Park it"
    eq(admin.macros.update(made).title, "Park it")
    eq(admin.macros.delete(made).status_code, 204)


@step
def rules_are_kept():
    made = admin.triggers.create(Trigger(title="Mark", conditions={"all": [{"field": "status", "operator": "is", "value": "new"}], "any": []},
        actions=[{"field": "current_tags", "value": "marked"}]))
    assert made.id in ids(admin.triggers())
    assert "marked" in ticket("Triggered").tags
    admin.triggers.delete(made)
    made = admin.automations.create(Automation(title="Close after four days", conditions={"all": [{"field": "status", "operator": "is", "value": "solved"},
        {"field": "SOLVED", "operator": "greater_than", "value": "96"}], "any": []}, actions=[{"field": "status", "value": "closed"}]))
    assert made.id in ids(admin.automations())
    admin.automations.delete(made)


@step
def fields_and_forms_are_kept():
    made = admin.ticket_fields.create(TicketField(type="tagger", title="Wheel", custom_field_options=[
        {"name": "Front", "value": "wheel_front"}, {"name": "Back", "value": "wheel_back"}]))
    assert made.id in ids(agent.ticket_fields()) and made.id in ids(agent.ticket_fields(cursor_pagination=False))
    eq([one.value for one in admin.ticket_fields(id=made.id).custom_field_options], ["wheel_front", "wheel_back"])
    admin.ticket_fields.options.create_or_update(made, CustomFieldOption(name="Spare", value="wheel_spare"))
    eq(len(list(admin.ticket_fields.options(id=made.id))), 3)
    admin.ticket_fields.delete(made)
    forms = list(agent.ticket_forms())
    assert forms and agent.ticket_forms(id=forms[0].id).name == forms[0].name


@step
def the_rest_of_the_set_up_is_read():
    list(agent.custom_statuses())
    eq(list(agent.sharing_agreements()), [])
    assert list(agent.locales())
    list(agent.tags())
    list(admin.suspended_tickets())


@step
def ratings_are_listed():
    eq(list(admin.satisfaction_ratings()), [])
