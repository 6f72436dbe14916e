//! What of a set-up somebody is told.

use super::Setup;
use crate::domain::account::Kind;
use crate::domain::field::Field;
use crate::domain::form::{Form, Reader};
use crate::domain::id::{FieldId, KindId, StatusId};
use crate::domain::status::CustomStatus;
use std::collections::BTreeMap;

impl Setup {
    /// A kind's form, as somebody looks at it.
    pub fn form(&self, kind: Option<KindId>, reader: Reader) -> Form<'_> {
        Form::new(&self.fields, kind.and_then(|id| self.kinds.get(&id)), reader)
    }

    /// The fields of which somebody may know, called as they are called for them (R149).
    pub fn fields_for(&self, reader: Reader) -> BTreeMap<FieldId, Field> {
        let seen = self.fields.values().filter(|field| reader.sees(field));
        let told = |field: &Field| match reader {
            Reader::Agent => field.clone(),
            Reader::Requester => field.for_requesters(),
        };
        seen.map(|field| (field.id, told(field))).collect()
    }

    /// The statuses of which somebody may know, called as they are called for them (D11).
    pub fn statuses_for(&self, reader: Reader) -> BTreeMap<StatusId, CustomStatus> {
        let told = |status: &CustomStatus| match reader {
            Reader::Agent => Some(status.clone()),
            Reader::Requester => status.for_requesters(),
        };
        self.statuses.values().filter_map(told).map(|status| (status.id, status)).collect()
    }

    /// The kinds of which somebody may know, in the order in which they are offered: those that are switched off too, for
    /// there are tickets of them. Requesters learn nothing of fields that are not theirs to see.
    pub fn kinds_for(&self, reader: Reader) -> Vec<Kind> {
        let all = self.kinds_in_order().into_iter().cloned();
        if reader == Reader::Agent {
            return all.collect();
        }
        let sees = |id: &FieldId| self.fields.get(id).is_some_and(|field| reader.sees(field));
        let theirs = all.filter(|kind| kind.requesters).map(|mut kind| {
            // What appears by something that they do not see never appears to them.
            let by_others = |id: &FieldId| {
                let mut rules = kind.conditions.iter().filter(|when| when.shows.contains(id)).peekable();
                rules.peek().is_some() && rules.all(|when| !sees(&when.field))
            };
            kind.fields = kind.fields.iter().filter(|id| sees(id) && !by_others(id)).copied().collect();
            kind.conditions.retain(|when| sees(&when.field));
            for when in &mut kind.conditions {
                when.shows.retain(sees);
            }
            kind.statuses.clear();
            kind
        });
        theirs.collect()
    }
}
