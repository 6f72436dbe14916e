//! Names in the `OpenAPI` document: of two types with one name it would hold one, and tell of the other what is not so.

use super::Complaint;
use super::source::Source;
use std::collections::BTreeMap;

/// Macros that make a described type, named behind them.
const MACROS: [&str; 3] = ["envelope!(", "sent!(", "page!("];

/// Every name that a source gives to a described type, with its line.
fn names(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    // What stands above a type: whether it is described, and as what.
    let (mut described, mut named, mut in_macro) = (false, None, false);
    for (at, line) in source.code.lines().enumerate() {
        let line = line.trim();
        in_macro = in_macro || MACROS.iter().any(|name| line.starts_with(name));
        if line.starts_with("#[derive(") {
            described = line.contains("ToSchema");
            named = None;
        } else if let Some(rest) = line.strip_prefix("#[schema(as = ") {
            named = rest.split([',', ')']).next().map(str::to_owned);
        } else if let Some(name) = of_type(line).filter(|_| described) {
            found.push((at + 1, named.take().unwrap_or_else(|| name.to_owned())));
            described = false;
        } else if in_macro && line.starts_with(|sign: char| sign.is_ascii_uppercase()) {
            found.extend(line.split_once(" {").map(|(name, _)| (at + 1, name.to_owned())));
            in_macro = false;
        }
    }
    // What is always written out where it is used has no name there.
    found.retain(|(_, name)| !name.is_empty() && !source.code.contains(&format!("inline({name})")));
    found
}

fn of_type(line: &str) -> Option<&str> {
    let mut words = line.split(' ').skip_while(|word| !["struct", "enum"].contains(word));
    words.nth(1)?.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next()
}

/// Every type that has another's name.
pub fn twice(sources: &[Source]) -> Vec<Complaint> {
    let mut all: BTreeMap<String, Vec<Complaint>> = BTreeMap::new();
    for source in sources {
        for (line, name) in names(source) {
            let said = format!("another type is called {name} in the document too: give one #[schema(as = …)]");
            all.entry(name).or_default().push(Complaint::new(source, line, &said));
        }
    }
    assert!(all.len() > 150, "{} are too few to be all", all.len());
    all.into_values().filter(|places| places.len() > 1).flatten().collect()
}
