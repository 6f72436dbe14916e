use super::{enums, structs};
use crate::domain::case::CaseEvent;
use crate::domain::event::{Audit, Chain, Created, Event, Skipped};
use crate::domain::life::PersonEvent;
use crate::domain::notice::{Addressee, HeldBack, NoticeRef};
use crate::domain::rule::{RuleRef, RuleSort};

structs! {
    Audit { id, chain, number, at, who, via, events }
    Created {
        id, subject, kind, state, priority, requester, submitter, assignee, group, organization, tags, ccs, followers,
        due_at, custom_status, fields, visibility, via, external_id, follow_up_of, ticket_type, problem,
    }
    RuleRef { sort, id, title }
    NoticeRef { rule, text, to }
}

enums! {
    Chain { Account, Ticket(id) }
    Event {
        Created(ticket),
        Commented(comment),
        MadeInternal(comment),
        VisibilityChanged(to),
        SubjectChanged { from, to },
        StatusChanged { from, to },
        PriorityChanged { from, to },
        KindChanged { from, to },
        AssigneeChanged { from, to },
        GroupChanged { from, to },
        RequesterChanged { from, to },
        OrganizationChanged { from, to },
        TagsChanged { added, removed },
        CcsChanged { added, removed },
        FollowersChanged { added, removed },
        DueChanged { from, to },
        CustomStatusChanged { from, to },
        FieldChanged { field, from, to },
        RuleRan(rule),
        RequestChanged,
        RuleMarked(rule),
        ActionSkipped { action, why },
        Unfilled(field),
        Called { rule, webhook },
        RulesStopped { rounds },
        Notified(notice),
        HeldBack { notice, why },
        Case(event),
        MergedInto(ticket),
        MergedFrom(ticket),
        FollowedUp(ticket),
        Founded,
        PersonCreated { person, role },
        PersonChanged { person, fields },
        OrganizationCreated(organization),
        OrganizationChangedIn { organization, fields },
        GroupCreated(group),
        GroupRenamed(group),
        Person(event),
        Removal(event),
        Mail(event),
        GroupDeleted { group, name },
        OrganizationDeleted { organization, name },
        SettingChanged(setting),
        ItemSet { item, name, keys },
        ItemDeleted { item, name },
        ItemsOrdered(kind),
        Unknown(name),
    }
    CaseEvent {
        TypeChanged { from, to },
        ProblemChanged { from, to },
        SolvedWith(ticket),
        RatingOffered,
        Rated { score, comment },
    }
    PersonEvent {
        Merged { person, into },
        Deleted(person),
        Erased { person, texts },
        LinkMade(person),
        TokenMade { person, name },
        TokenRevoked { person, name },
        TextsErased(comments),
        WordsErased,
    }
    Skipped { Closed, Gone, NotAnAgent, NotInGroup, Away, Nobody, Value, Full, BackToNew, Required }
    RuleSort { Trigger, Automation }
    Addressee { Person(id), Address(email) }
    HeldBack { Private, NoAddress, Placeholder, Suspended, OwnAct, Loop, Told, Internal }
}
