//! Fields and statuses of the account's own on the command line, in text and as JSON.

use super::lines::Acme;
use super::refused;
use serde_json::{Value, json};

const FIELDS: [(&str, &str); 4] = [
    (
        "model",
        "title = \"Camera model\"\nrequester_title = \"Your camera\"\ntype = \"tagger\"\naccess = \"requesters-edit\"\n\
         required_to_submit = true\n[[options]]\nname = \"X-100\"\nvalue = \"x100\"\n",
    ),
    ("cost", "title = \"Cost CANARY\"\ntype = \"decimal\"\nrequired_to_solve = true\n"),
    ("found", "title = \"What was found\"\ntype = \"textarea\"\naccess = \"requesters-see\"\n"),
    ("card", "title = \"Card\"\ntype = \"partialcreditcard\"\naccess = \"requesters-edit\"\n"),
];

/// An account with a form for cameras, and a status for those at the supplier.
fn cameras() -> Acme {
    let acme = Acme::new();
    for (slug, text) in FIELDS {
        acme.home.write("field.toml", format!("slug = \"{slug}\"\n{text}"));
        acme.json("ana", &["field", "set", "--file", "field.toml"]);
    }
    let form = "slug = \"camera\"\nname = \"Camera\"\nguidance = \"Cameras\"\n\
                fields = [\"model\", \"cost\", \"found\", \"card\"]";
    acme.home.write("form.toml", form);
    acme.json("ana", &["form", "set", "--file", "form.toml"]);
    let status = "name = \"Supplier CANARY\"\ncategory = \"hold\"\nrequester_name = \"Waiting for parts\"";
    acme.home.write("status.toml", status);
    acme.json("ana", &["status", "set", "--file", "status.toml"]);
    acme
}

fn submit(acme: &Acme, fields: &[&str]) -> super::Ran {
    let mut line = vec!["request", "new", "--kind", "camera", "--subject", "No picture", "--body", "Black", "--json"];
    line.extend(fields.iter().flat_map(|field| ["--field", field]));
    acme.run("lea", &line)
}

/// The values of an object's fields that hold something.
fn held(object: &Value) -> Vec<Value> {
    let all = object["custom_fields"].as_array().expect("fields");
    all.iter().map(|field| field["value"].clone()).filter(|value| !value.is_null()).collect()
}

/// D19, R149: what must be there is asked for by its title; fields are named by slug or title; nothing of the team's is in
/// what requesters get.
#[test]
fn fields_are_filled_in_by_name_or_title() {
    let acme = cameras();
    let missing = submit(&acme, &[]);
    assert_eq!(missing.status, Some(1), "{missing:?}");
    assert!(missing.err.contains("Your camera"), "{missing:?}");
    let unknown = submit(&acme, &["Cost CANARY=3"]);
    assert_eq!(unknown.status, Some(3), "{unknown:?}");
    assert!(!unknown.err.replace("There is no field Cost CANARY", "").contains("CANARY"), "{unknown:?}");
    let made = submit(&acme, &["your CAMERA=X-100", "card=4111 1111 1111 1112"]);
    let made: Value = serde_json::from_str(&made.out).expect("JSON");
    let id = made["request"]["id"].to_string();
    assert_eq!(held(&made["request"]), [json!("x100"), json!("XXXXXXXXXXXX1112")]);
    acme.json("marc", &["ticket", "update", &id, "--field", "cost=12,50", "--field", "What was found=Dust\nand sand"]);
    let ticket = acme.json("marc", &["ticket", "show", &id]);
    let all = [json!("x100"), json!("12.5"), json!("Dust\nand sand"), json!("XXXXXXXXXXXX1112")];
    assert_eq!(held(&ticket["ticket"]), all);
    assert_eq!(ticket["ticket"]["custom_fields"], ticket["ticket"]["fields"]);
    let seen = acme.run("lea", &["request", "show", &id]);
    assert!(
        seen.out.contains("Your camera") && seen.out.contains("X-100") && seen.out.contains("and sand"),
        "{seen:?}"
    );
    assert!(!seen.out.contains("CANARY") && !seen.out.contains("12.5"), "{seen:?}");
    let json = acme.json("lea", &["request", "show", &id]);
    assert_eq!(json["request"]["custom_fields"].as_array().map(Vec::len), Some(3), "{json}");
    refused(&acme.run("lea", &["request", "update", &id, "--field", "found=Nothing"]), 1, "The team fills this in");
    acme.json("lea", &["request", "update", &id, "--field", "card=5105105105105100"]);
    let json = acme.json("lea", &["request", "show", &id]);
    assert!(json.to_string().contains("XXXXXXXXXXXX5100"), "{json}");
}

/// D19: solving asks for what must be there then, and names it.
#[test]
fn solving_asks_for_what_must_be_there() {
    let acme = cameras();
    let made = submit(&acme, &["model=x100"]);
    let made: Value = serde_json::from_str(&made.out).expect("JSON");
    let id = made["request"]["id"].to_string();
    let solve = acme.run("marc", &["ticket", "update", &id, "--status", "solved"]);
    assert_eq!(solve.status, Some(1));
    assert!(solve.err.contains("Cost CANARY"), "{solve:?}");
    let solved = acme.json("marc", &["ticket", "update", &id, "--status", "solved", "--field", "cost=3"]);
    assert_eq!(solved["ticket"]["status"], "solved");
}

/// D11: statuses of the account's own by name; requesters read the name for them.
#[test]
fn a_status_is_chosen_by_name() {
    let acme = cameras();
    let made = submit(&acme, &["model=x100"]);
    let made: Value = serde_json::from_str(&made.out).expect("JSON");
    let id = made["request"]["id"].to_string();
    let ticket = acme.json("marc", &["ticket", "update", &id, "--status", "supplier canary"]);
    assert_eq!(ticket["ticket"]["status"], "hold");
    assert!(ticket["ticket"]["custom_status_id"].is_i64());
    let listed = acme.run("lea", &["request", "list"]);
    assert!(listed.out.contains("Waiting for parts") && !listed.out.contains("CANARY"), "{listed:?}");
    let unknown = acme.run("marc", &["ticket", "update", &id, "--status", "somewhere"]);
    assert_eq!(unknown.status, Some(2));
    assert!(unknown.err.contains("Supplier CANARY"), "{unknown:?}");
}

/// Fields of people and organizations: by name, kept, and told to end users only where they may see them.
#[test]
fn people_and_organizations_have_fields() {
    let acme = Acme::new();
    for (slug, of, access) in
        [("size", "person", "requesters-edit"), ("worth", "person", "agents"), ("contract", "organization", "agents")]
    {
        let field =
            format!("slug = \"{slug}\"\ntitle = \"The {slug}\"\nof = \"{of}\"\ntype = \"text\"\naccess = \"{access}\"");
        acme.home.write("field.toml", field);
        acme.json("ana", &["field", "set", "--file", "field.toml"]);
    }
    let lea = "lea@shop.example";
    let user = acme.json("marc", &["person", "update", lea, "--field", "The worth=CANARY", "--field", "size=38"]);
    assert_eq!(user["user"]["user_fields"], json!({ "worth": "CANARY", "size": "38" }));
    acme.json("lea", &["person", "update", "me", "--field", "size=39"]);
    let own = acme.json("lea", &["person", "show", "me"]);
    assert_eq!(own["user"]["user_fields"], json!({ "size": "39" }));
    refused(&acme.run("lea", &["person", "update", "me", "--field", "worth=1"]), 3, "There is no field worth");
    acme.json("marc", &["organization", "update", "Shop", "--field", "contract=CANARY"]);
    let shop = acme.json("marc", &["organization", "show", "Shop"]);
    assert_eq!(shop["organization"]["organization_fields"]["contract"], "CANARY");
    for line in [&["organization", "show", "Shop"][..], &["organization", "list"], &["person", "show", "me"]] {
        let seen = acme.run("lea", &[line, &["--json"]].concat());
        assert!(seen.status == Some(0) && !seen.out.contains("CANARY"), "{seen:?}");
    }
    assert!(acme.run("marc", &["person", "show", lea]).out.contains("The worth"));
}
