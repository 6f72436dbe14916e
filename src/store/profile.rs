//! What the team keeps of people and organizations, as JSON. Numbers elsewhere stand in columns of their own.

use super::ticket::damaged;
use crate::domain::id::GroupId;
use crate::domain::profile::Profile;
use crate::domain::tag::Tag;
use serde_json::{Map, Value as Json};

/// The texts of a profile by the names that they are kept under.
fn texts(profile: &mut Profile) -> [(&'static str, &mut Option<String>); 4] {
    [
        ("notes", &mut profile.notes),
        ("details", &mut profile.details),
        ("alias", &mut profile.alias),
        ("signature", &mut profile.signature),
    ]
}

/// As it is kept: what has nothing is left out.
pub(super) fn write(profile: Option<&Profile>) -> String {
    let Some(profile) = profile else { return "{}".to_owned() };
    let mut all = Map::new();
    for (name, text) in texts(&mut profile.clone()) {
        all.extend(text.take().map(|text| (name.to_owned(), text.into())));
    }
    if !profile.tags.is_empty() {
        all.insert("tags".to_owned(), profile.tags.iter().map(Tag::as_str).collect());
    }
    all.extend(profile.group.map(|group| ("group".to_owned(), group.0.into())));
    Json::Object(all).to_string()
}

/// The way back from [`write`], with the number elsewhere.
pub(super) fn read(text: &str, external_id: Option<String>) -> sqlx::Result<Option<Box<Profile>>> {
    if text == "{}" && external_id.is_none() {
        return Ok(None);
    }
    let json: Json = serde_json::from_str(text).map_err(|error| damaged(&error.to_string()))?;
    let tags = json["tags"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let tags = tags.map(Tag::parse).collect::<Result<_, _>>().map_err(|_| damaged("a tag is none"))?;
    let group = json["group"].as_i64().map(GroupId);
    let mut profile = Profile { tags, external_id, group, ..Profile::default() };
    for (name, text) in texts(&mut profile) {
        *text = json[name].as_str().map(str::to_owned);
    }
    Ok(profile.kept())
}
