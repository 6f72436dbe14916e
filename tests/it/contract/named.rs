use super::schedules::set;
use crate::support::town::Town;
use guichet::client::{Error, ListAsk, Source};
use guichet::domain::act::Change;
use guichet::domain::id::{FieldId, PersonId, StatusId, TicketId};
use guichet::domain::search::Fault;
use guichet::domain::setup::{Datum, Document, ItemKind};

async fn found(town: &Town, person: PersonId, query: &str) -> Result<Vec<TicketId>, Fault> {
    let ask = ListAsk::first(Source::Search(query.into()));
    let client = town.as_(person);
    let rows = if person == town.ana {
        client.requests(ask).await.map(|page| page.rows.iter().map(|one| one.id).collect())
    } else {
        client.tickets(ask).await.map(|page| page.rows.iter().map(|one| one.id).collect())
    };
    rows.map_err(|error| match error {
        Error::Unclear(error) => error.fault,
        other => panic!("{query}: {other:?}"),
    })
}

/// D34: fields and statuses by what the account calls them; by what somebody may not see they cannot ask (R149).
pub async fn a_search_knows_the_accounts_own_names(town: &Town) {
    let field = |slug: &str, kind: &str, access: &str| {
        let document = Document::default().with("slug", slug).with("of", "ticket").with("title", slug);
        document.with("type", kind).with("access", access)
    };
    let option = |name: &str, value: &str| Datum::Table(Document::default().with("name", name).with("value", value));
    let options = Datum::List(vec![option("X 100", "cam_x100"), option("FX9", "cam_fx9")]);
    let camera = field("camera-model", "tagger", "requesters-see").with("options", options);
    let camera = set(town, ItemKind::Field, 0, &camera).await;
    let serial = set(town, ItemKind::Field, 0, &field("serial", "text", "agents")).await;
    let cost = set(town, ItemKind::Field, 0, &field("cost", "decimal", "agents")).await;
    let part = Document::default().with("name", "Waiting for a part").with("category", "pending");
    let part = set(town, ItemKind::Status, 0, &part).await;
    let (one, other) = (town.ticket(town.ana, "One", "a").await, town.ticket(town.ana, "Two", "b").await);
    let fields = [(camera.id, "cam_x100"), (serial.id, "42"), (cost.id, "12.5")];
    let change = Change {
        custom_status: Some(StatusId(part.id)),
        fields: fields.into_iter().map(|(id, text)| (FieldId(id), text.to_owned())).collect(),
        ..Change::default()
    };
    town.change(one, change).await;
    let table = [
        ("camera_model:cam_x100", vec![one]),
        ("camera_model:\"x 100\"", vec![one]),
        ("camera_model:cam_fx9", vec![]),
        ("camera_model:none", vec![other]),
        ("serial:42", vec![one]),
        ("cost>12", vec![one]),
        ("cost>13", vec![]),
        ("custom_status:\"waiting FOR a part\"", vec![one]),
    ];
    for (query, expected) in table {
        assert_eq!(found(town, town.agent, query).await, Ok(expected), "{query}");
    }
    assert_eq!(found(town, town.agent, "custom_status:Nothing").await, Err(Fault::Status));
    assert_eq!(found(town, town.agent, "lens:x").await, Err(Fault::Keyword));
    assert_eq!(found(town, town.ana, "camera_model:\"X 100\"").await, Err(Fault::Agents));
    for hidden in ["serial:42", "cost>12", "lens:x"] {
        assert_eq!(found(town, town.ana, hidden).await, Err(Fault::Keyword), "{hidden}: as if it were not there");
    }
}
