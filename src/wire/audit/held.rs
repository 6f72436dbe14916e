use super::{AuditEvent, ids, tags};
use crate::domain::event::Event;
use crate::domain::id::PersonId;
use crate::domain::tag::Tag;
use std::collections::BTreeSet;

/// What stands in the lists of a ticket at a place in its history: events tell only what came and went.
#[derive(Clone, Debug, Default)]
pub struct Held {
    tags: BTreeSet<Tag>,
    ccs: BTreeSet<PersonId>,
    followers: BTreeSet<PersonId>,
}

/// What a list becomes.
fn next<T: Ord + Clone>(before: &BTreeSet<T>, added: &BTreeSet<T>, removed: &BTreeSet<T>) -> BTreeSet<T> {
    before.union(added).filter(|one| !removed.contains(one)).cloned().collect()
}

/// What came to a list or left it.
pub(super) fn listed(event: &Event) -> Option<AuditEvent> {
    let (value, previous_value) = (None, None);
    Some(match event {
        Event::TagsChanged { added, removed } => {
            let (added, removed) = (tags(added), tags(removed));
            AuditEvent::Tags { field_name: "tags", value: None, previous_value: None, added, removed }
        }
        Event::CcsChanged { added, removed } => {
            AuditEvent::EmailCcChange { value, previous_value, added_ids: ids(added), removed_ids: ids(removed) }
        }
        Event::FollowersChanged { added, removed } => {
            AuditEvent::FollowerChange { value, previous_value, added_ids: ids(added), removed_ids: ids(removed) }
        }
        _ => return None,
    })
}

impl Held {
    /// What stands in them after all that.
    pub fn passed<'e>(&mut self, events: impl IntoIterator<Item = &'e Event>) {
        for event in events {
            self.pass(event, &mut []);
        }
    }

    /// What stands in them after an event, which is told with the whole list.
    pub(super) fn pass(&mut self, event: &Event, told: &mut [AuditEvent]) {
        match event {
            Event::Created(created) => {
                let (tags, ccs) = (created.tags.clone(), created.ccs.clone());
                *self = Self { tags, ccs, followers: created.followers.clone() };
            }
            Event::TagsChanged { added, removed } => {
                let after = next(&self.tags, added, removed);
                if let [AuditEvent::Tags { value, previous_value, .. }] = told {
                    (*value, *previous_value) = (Some(tags(&after)), Some(tags(&self.tags)));
                }
                self.tags = after;
            }
            Event::CcsChanged { added, removed } => {
                let after = next(&self.ccs, added, removed);
                if let [AuditEvent::EmailCcChange { value, previous_value, .. }] = told {
                    (*value, *previous_value) = (Some(ids(&after)), Some(ids(&self.ccs)));
                }
                self.ccs = after;
            }
            Event::FollowersChanged { added, removed } => {
                let after = next(&self.followers, added, removed);
                if let [AuditEvent::FollowerChange { value, previous_value, .. }] = told {
                    (*value, *previous_value) = (Some(ids(&after)), Some(ids(&self.followers)));
                }
                self.followers = after;
            }
            _ => {}
        }
    }
}
