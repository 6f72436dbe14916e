use super::{enums, structs};
use crate::domain::condition::{Misfit, Unfit, Use};
use crate::domain::field::BadValue;
use crate::domain::form::BadForm;
use crate::domain::notice::BadTemplate;
use crate::domain::refusal::{BadWords, Field as Said, Holders, Refusal, RuleFault, Thing, Users};
use crate::domain::search::{Fault, QueryError};

enums! {
    Refusal {
        NotFound(thing),
        Role { needs },
        Suspended,
        NoAccess(standing),
        Conflict { expected, actual },
        Closed(ticket),
        BackToNew,
        KindMissing,
        AgentsOnly(field),
        ReadOnly,
        NotAssigned,
        PrivateOff,
        NoteByEndUser,
        StaysPublic,
        ManyPublicComments,
        AlreadyNote,
        Empty(field),
        Malformed(field),
        BadTemplate(key, bad),
        BadWords { key, why },
        TooLong { field, max },
        NotAnAgent(field),
        NotInGroup,
        NotAnIncident,
        NotAProblem(ticket),
        NotRateable,
        RequesterOnly,
        RatingsOff,
        MergeIntoItself,
        MergeWouldTell,
        FollowUpOfUnclosed(ticket),
        NotDue,
        AddressTaken,
        NameTaken(field),
        LastAdmin,
        OwnRole,
        UnknownUpload,
        TooMuchAsked { max },
        BadValue { field, bad },
        InUse(users),
        BuiltIn,
        IsDefault,
        BadRule(fault),
        Required { fields },
        TeamsField { field },
        NotOnForm { field },
        SwitchedOff(kind),
        StatusOfOtherKinds,
        BadForm(bad),
        Fixed(key),
        TooShort { field, min },
        SignUpClosed,
        TooOften,
        BadLink,
        NotWhileSuspended,
        SamePerson,
        StaffStays,
        MergeIntoShutOut,
        HasUnsolved { count },
        OutOfRange { setting },
    }
    Thing { Ticket(id), Comment, Person, Organization, Group, Kind(id), Item(kind), Token, Notice, Mail, Text, File }
    Said {
        Subject, Comment, Status, Priority, Kind, Requester, Assignee, Group, Tags, Ccs, Followers, Due, ExternalId, Name,
        Email, Phone, Role, Organization, Domains, Language, Suspended, Attachment, Attachments, FileName, Key,
        SharedTickets, SharedComments, TimeZone, Fields, Restriction, Away, Standing, Password, Token, Actions, Type,
        Problem, Profile,
    }
    RuleFault {
        NoCondition, NoAction, NoTime, NeverEnds, Contradiction, NotTheTickets(field), Everything, Circle(rules),
        Unfit(unfit, used), OnlyByHand, OnlyByRule, NotGathered, SignedTag(tag), TwoVoices,
    }
    Misfit { NothingDone, Words, Files, Nobody, NoValue }
    Use { Search, View, Trigger, Automation }
    BadTemplate { Unknown(name), TooLong(max), NotAllowed(what), Broken { line } }
    BadWords { Empty, TooLong(max), NoLanguage, Twice }
    BadValue { Form(form), Option(option), Pattern(pattern), TooLong(max), System }
    BadForm {
        NeverSubmitted(fields), NoTicketField(fields), OffForm(fields), Condition { field, value }, Circle(fields), Pattern,
        NoOptions, SameOptions, Default,
    }
    Fault {
        TooLong, TooMany, Keyword, NoValue, Value(values), Number, Time, Direction, Order, Star, Type, Agents, Status,
    }
}

structs! {
    Unfit { test, why }
    Users { of, option, items, settings, holders }
    Holders { tickets, agents, people, organizations }
    QueryError { at, part, fault }
}
