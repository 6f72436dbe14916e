use super::{enums, structs};
use crate::domain::condition::{Actual, Link, Why};

structs! { Why { holds, asked, has, parts } }

enums! {
    Actual {
        Nothing, Number(number), Status(status), Priority(priority), Things(link, ids), Labels(labels), Moment(at),
        Channel(channel), Private(private), Word(word), Role(role), Created(created), By(person), Comment(visibility),
        Change(before, after), Subject(subject), CustomStatus(status), Field(value), Type(one), Satisfaction(one),
    }
    Link { Assignee, Requester, Submitter, Cc, Follower, Group, Organization, Kind }
}
