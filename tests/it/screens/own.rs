//! The account's own fields and statuses on the screen.

use super::stage::Stage;
use crate::support::world::{field, options, status, when};
use guichet::client::Error;
use guichet::domain::act::Deed;
use guichet::domain::field::{Access, Field, FieldType, Value};
use guichet::domain::id::{FieldId, StatusId, TicketId};
use guichet::domain::person::Role;
use guichet::domain::refusal::Refusal;
use guichet::domain::setup::Item;
use guichet::domain::status::{CustomStatus, Status};
use guichet::tui::effect::Effect;
use insta::assert_snapshot;

const MODEL: FieldId = FieldId(901);
const PARTS: FieldId = FieldId(902);
const WHAT: FieldId = FieldId(903);
const CARD: FieldId = FieldId(904);
const COST: FieldId = FieldId(905);
const BROKEN: FieldId = FieldId(906);
const WORKSHOP: StatusId = StatusId(950);

/// Hardware has a model that must be there, parts and what they look like when the second model is chosen, a card, and a
/// cost of which only agents know.
fn stage(role: Role, width: u16, height: u16) -> Stage {
    let mut stage = Stage::silent(role, width, height);
    let needed = |field| Field { required_to_submit: true, ..field };
    let fields = [
        needed(field(MODEL, "Model", FieldType::Choice(options(&["x100", "x200"])))),
        field(PARTS, "Parts", FieldType::Choices(options(&["lid", "lens"]))),
        needed(field(WHAT, "Looks", FieldType::Lines)),
        field(CARD, "Card", FieldType::Masked),
        Field { access: Access::Agents, ..field(COST, "Cost", FieldType::Decimal) },
        field(BROKEN, "Broken", FieldType::Checkbox { tag: None }),
    ];
    for item in &mut stage.items {
        if let Item::Kind(kind) = item
            && kind.slug == "hardware"
        {
            kind.fields = fields.iter().map(|field| field.id).collect();
            kind.conditions = vec![when(MODEL, "x200", &[WHAT])];
        }
    }
    stage.items.extend(fields.into_iter().map(Item::Field));
    let workshop = status(WORKSHOP, "In the workshop", Status::Open);
    stage.items.push(Item::Status(CustomStatus { requester_name: Some("Being repaired".into()), ..workshop }));
    for ticket in &mut stage.tickets {
        ticket.kind = Some(guichet::domain::id::KindId(3));
        ticket.fields.insert(MODEL, Value::Choice(options(&["x100"])[0].tag.clone()));
        ticket.fields.insert(COST, Value::Integer(3));
        if ticket.status() == Status::Open {
            ticket.custom_status = Some(WORKSHOP);
        }
    }
    stage.begin();
    stage
}

fn deed(stage: &mut Stage) -> Deed {
    refused(stage, None)
}

/// What was sent, which the account then refuses.
fn refused(stage: &mut Stage, refusal: Option<Refusal>) -> Deed {
    let act = stage.act().expect("an act");
    let Effect::Act { deed, .. } = act.clone() else { panic!("{act:?}") };
    if let Some(refusal) = refusal {
        stage.acted(act, Err(Error::Refused(refusal)));
    }
    *deed
}

/// The kind's fields stand on its form: needed ones at once, others folded, some when another holds something. What is
/// missing is said beside the field.
#[test]
fn a_form_shows_the_fields_of_its_kind() {
    let mut stage = stage(Role::EndUser, 80, 24);
    stage.keys("c j j enter");
    stage.text("No picture");
    let screen = stage.screen();
    assert!(screen.contains("Model *") && !screen.contains("Looks") && !screen.contains("Cost"), "{screen}");
    assert_snapshot!("fields_80x24", screen);
    stage.keys("tab");
    stage.text("Black");
    stage.keys("ctrl-s");
    let missing = Refusal::Required { fields: vec!["Model".to_owned()] };
    let Deed::CreateTicket(new) = refused(&mut stage, Some(missing)) else { panic!("a ticket") };
    assert!(new.fields.is_empty(), "{new:?}");
    let screen = stage.screen();
    assert!(screen.contains("missing") && screen.contains("▌ Model *"), "{screen}");
    stage.keys("enter down enter");
    let screen = stage.screen();
    assert!(screen.contains("X200") && screen.contains("Looks"), "{screen}");
    stage.keys("tab");
    stage.text("A line");
    stage.keys("enter");
    stage.text("and another");
    stage.keys("alt-o tab tab tab tab tab");
    stage.text("4111 1111 1111 1112");
    assert_snapshot!("fields_all_80x24", stage.screen());
    let draft = stage.model.shared.drafts.values().next().expect("a draft").clone();
    assert_eq!(draft.fields["field-901"], "x200");
    assert!(draft.fields.values().all(|text| !text.contains("4111")), "{draft:?}");
    stage.keys("ctrl-s");
    let Deed::CreateTicket(new) = deed(&mut stage) else { panic!("a ticket") };
    assert_eq!((new.fields[&MODEL].as_str(), new.fields[&WHAT].as_str()), ("x200", "A line\nand another"));
    assert_eq!(new.fields[&CARD], "XXXXXXXXXXXX1112", "a number that is not kept whole does not leave whole");
}

/// R149: a requester sees what is theirs to see of a request, and fills in what is theirs to fill in.
#[test]
fn a_requester_reads_and_fills_in_their_fields() {
    let mut stage = stage(Role::EndUser, 120, 40);
    stage.keys("enter");
    let screen = stage.screen();
    assert!(screen.contains("Model") && screen.contains("X100") && !screen.contains("Cost"), "{screen}");
    stage.keys("e");
    assert_snapshot!("fields_request_120x40", stage.screen());
    stage.keys("tab tab tab space ctrl-s");
    let Deed::UpdateTicket { change, .. } = deed(&mut stage) else { panic!("a change") };
    assert_eq!(change.fields.into_iter().collect::<Vec<_>>(), [(BROKEN, "true".to_owned())]);
}

/// Agents see the whole form, and choose among all statuses.
#[test]
fn an_agent_sees_the_whole_form_and_all_statuses() {
    let mut stage = stage(Role::Agent, 140, 40);
    stage.keys("2 enter");
    let screen = stage.screen();
    assert!(screen.contains("Cost"), "{screen}");
    assert_snapshot!("fields_ticket_140x40", screen);
    stage.keys("s");
    let screen = stage.screen();
    assert!(screen.contains("In the workshop"), "{screen}");
    stage.text("workshop");
    stage.keys("enter");
    let Deed::UpdateTicket { ticket, change, .. } = deed(&mut stage) else { panic!("a change") };
    assert!(ticket > TicketId(0));
    assert_eq!(change.custom_status, Some(WORKSHOP));
}
