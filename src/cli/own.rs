//! The account's own fields and statuses on the command line: by slug, by title, or by number.

use super::account::Account;
use crate::domain::account::folded_name;
use crate::domain::field::{Field, FieldType, Holder};
use crate::domain::id::{FieldId, StatusId};
use crate::domain::status::Status as Category;
use crate::report::{Failure, Status};
use clap::Args;
use std::collections::BTreeMap;

/// What fields hold.
#[derive(Args, Clone, Debug, Default)]
pub struct Own {
    /// What a field holds: its name or title, and the value; nothing takes the value away. Can be given again
    #[arg(long = "field", value_name = "NAME=VALUE", value_parser = pair)]
    field: Vec<(String, String)>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, _)| !name.trim().is_empty());
    let (name, value) = pair.ok_or_else(|| "a field is written NAME=VALUE, as in 'Camera model=x100'".to_owned())?;
    Ok((name.trim().to_owned(), value.to_owned()))
}

impl Own {
    /// The values by their fields, of tickets, people or organizations.
    pub(super) fn values(&self, account: &Account, of: Holder) -> Result<BTreeMap<FieldId, String>, Failure> {
        let value = |(name, value): &(String, String)| {
            let field = account.field(name, of)?;
            // A number that is not kept whole does not even leave whole.
            let masked = Some(field).filter(|field| field.kind == FieldType::Masked);
            let masked = masked.and_then(|field| field.kind.read(value).ok().flatten());
            Ok((field.id, masked.map_or_else(|| value.clone(), |value| value.written())))
        };
        self.field.iter().map(value).collect()
    }
}

impl Account {
    /// The field of that slug, title or number, as the one who asks knows it.
    pub(super) fn field(&self, name: &str, of: Holder) -> Result<&Field, Failure> {
        let wanted = folded_name(name);
        let languages = self.session.languages();
        let fields = || self.session.fields.values().filter(|field| field.of == of && !field.is_system());
        let called = |field: &&Field| {
            let titles = [Some(&field.title), field.requester_title.as_ref()];
            let translated = field.title_in(&languages, !self.is_staff());
            titles.into_iter().flatten().any(|title| folded_name(title) == wanted) || folded_name(translated) == wanted
        };
        let exact = fields().find(|field| field.slug == name || name == format!("#{}", field.id));
        let mut titled = fields().filter(called);
        let only = exact.or_else(|| titled.next().filter(|_| titled.next().is_none()));
        only.ok_or_else(|| {
            let known: Vec<&str> = fields().filter(|field| field.active).map(|field| field.slug.as_str()).collect();
            Failure::said("cli-no-own-field", Status::NotFound).with("name", name).with("known", known.join(", "))
        })
    }

    /// What a status of the command line means: one of the account's own by name or number, or a category.
    pub(super) fn status(&self, name: &str) -> Result<(Option<Category>, Option<StatusId>), Failure> {
        if let Some(category) = Category::parse(&name.to_lowercase()) {
            return Ok((Some(category), None));
        }
        let wanted = folded_name(name);
        let statuses = || self.session.statuses.values().filter(|status| status.active);
        let languages = self.session.languages();
        let found = statuses().find(|status| {
            let same = |text: &str| folded_name(text) == wanted;
            same(&status.name) || same(status.name_in(&languages)) || name == format!("#{}", status.id)
        });
        let known = || {
            let own = statuses().map(|status| status.name_in(&languages).to_owned());
            Category::ALL.map(|one| one.name().to_owned()).into_iter().chain(own).collect::<Vec<_>>().join(", ")
        };
        let missing = || Failure::said("cli-no-own-status", Status::Usage).with("name", name).with("known", known());
        found.map(|status| (None, Some(status.id))).ok_or_else(missing)
    }
}
