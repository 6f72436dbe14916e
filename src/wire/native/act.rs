use super::{enums, structs};
use crate::domain::act::{
    Change, Deed, ImportedComment, ImportedTicket, NewOrganization, NewPerson, NewTicket, OrganizationChange,
    OrganizationRef, PersonChange, Who,
};
use crate::domain::case::CaseDeed;
use crate::domain::decide::Outcome;
use crate::domain::grant::{Asked, GrantDeed, Pair};
use crate::domain::life::PersonDeed;
use crate::domain::setup::{ItemKey, ItemKind};
use crate::domain::webhook::{Called, SignIn, WebhookDeed, WebhookKeys};

enums! {
    Who { Person(person), System }
    Deed {
        CreateTicket(new),
        UpdateTicket { ticket, change, comment, expect },
        MakeInternal { ticket, comment },
        Merge { source, target, source_comment, target_comment },
        Case(deed),
        RunAutomations { ticket },
        CreatePerson(new),
        UpdatePerson { person, change },
        CreateOrganization(new),
        UpdateOrganization { organization, change },
        CreateGroup { name },
        RenameGroup { group, name },
        DescribeGroup { group, description },
        Person(deed),
        Removal(removal),
        Mail(deed),
        DeleteGroup { group },
        DeleteOrganization { organization },
        Set(setting),
        SetItem(item),
        DeleteItem(key),
        OrderItems { kind, order },
        Webhook { webhook, deed },
        ImportTicket(imported),
        ImportPerson(new),
    }
    CaseDeed { Solve { ticket, problem, comment }, Rate { ticket, score, comment } }
    PersonDeed {
        Approve(person),
        Merge { source, target },
        Delete(person),
        Erase { person, texts },
        Settle { ticket, person },
        Forget { ticket, whose },
        AskAccess { name, email },
        MakeLink { person, link },
        UseLink { link, password },
        SetPassword { person, password },
        AddToken { person, token },
        Grant(deed),
        RevokeToken { person, name },
    }
    GrantDeed {
        Open { person, asked },
        Redeem { code, program, redirect, verifier, pair },
        Renew { refresh, program, pair },
    }
    WebhookDeed { Renew(secret), SignIn(sign_in) }
    SignIn { Bearer(secret), Basic { user, password }, Header { name, value } }
    OrganizationRef { Id(id), Name(name) }
    ItemKind { Kind, Field, Status, View, Macro, Trigger, Automation, Text, Webhook, Schedule }
}

structs! {
    Asked { code, program, redirect, challenge, scope }
    Pair { access, refresh, good_for }
    NewTicket {
        subject, comment, requester, kind, status, priority, assignee, group, tags, ccs, followers, due_at, custom_status,
        fields, external_id, follow_up_of, ticket_type, problem,
    }
    Change {
        subject, status, priority, kind, ticket_type, problem, assignee, group, requester, add_tags, remove_tags, add_ccs, remove_ccs,
        add_followers, remove_followers, due_at, custom_status, fields,
    }
    NewPerson { name, email, phone, role, organization, groups, language, external_id }
    PersonChange {
        name, email, phone, role, organization, groups, language, suspended, time_zone, restriction, away,
        external_id, fields, profile,
    }
    NewOrganization { name, domains, shared_tickets, shared_comments }
    OrganizationChange { name, domains, shared_tickets, shared_comments, fields, profile }
    ImportedTicket {
        subject, kind, status, status_at, priority, requester, submitter, assignee, group, tags, ccs, followers, due_at,
        fields, external_id, via, created_at, comments, ticket_type, problem, rating,
    }
    ImportedComment { author, comment, at }
    Outcome { ticket, comment, person, organization, group, item }
    ItemKey { kind, id }
    Called { id, outbox, ticket, at, took, status, reason, said }
    WebhookKeys { signing, way, name }
}
