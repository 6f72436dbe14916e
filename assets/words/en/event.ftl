# What happened to a ticket, as its history tells it: clauses without a subject, which event-by gives them. Keys begin
# with event-; what is to come with due-.

event-by = { $who } { $what }
event-by-itself = Guichet
event-somebody = somebody
event-numbered = #{ $number }

event-created = opened { $visibility ->
    [internal] a private ticket
   *[public] the ticket
}{ $requester ->
    [self] {""}
   *[other] {" "}for { $name }
}{ $via ->
    [email] {" "}by mail
    [import] , in another system
   *[other] {""}
}
event-created-follows = { $opened }, to follow #{ $number }
event-commented = { $visibility ->
    [internal] { $via ->
        [email] wrote by mail, kept as an internal note
       *[other] wrote an internal note
    }
   *[public] { $via ->
        [email] replied by mail
       *[other] wrote a public reply
    }
}
event-with-files = { $said } with { $count ->
    [one] { $count } file
   *[other] { $count } files
}
event-made-internal = turned the public comment into an internal note
event-made-public = made the ticket public
event-made-private = made the ticket private
event-merged-into = merged it into #{ $number }
event-merged-from = merged #{ $number } into it
event-followed-up = opened #{ $number } to follow it
event-unfilled = solved without { $field }
event-unknown = something that only a newer version of Guichet can tell ({ $name })
event-request-changed = its requester sees the change
event-rule-marked = this automation waits for another status now
event-action-skipped = could not do "{ $action }": { $why ->
    [closed] the ticket is closed
    [not_an_agent] they are no agent who can work
    [not_in_group] they do not work in that group
    [away] they are away
    [nobody] there is nobody to do it with
    [value] the field cannot hold that
    [full] 48 people are in copy already
    [back_to_new] a ticket never goes back to New
    [required] something that must be filled in is not
   *[gone] it names what is not there any more
}
event-called = told the program with number { $number }

event-subject = changed the subject from “{ $from }” to “{ $to }”
event-status = set the status from { $from } to { $to }
event-priority = { $change ->
    [set] set the priority to { $to }
    [removed] took the priority { $from } away
   *[changed] set the priority from { $from } to { $to }
}
event-type = { $change ->
    [set] set the type to { $to }
    [removed] took the type { $from } away
   *[changed] set the type from { $from } to { $to }
}
event-problem = { $change ->
    [set] linked it to the problem #{ $to }
    [removed] unlinked it from the problem #{ $from }
   *[changed] linked it to the problem #{ $to } in place of #{ $from }
}
event-solved-with = was solved with the problem #{ $number }
event-rating-offered = offered the requester to rate it
event-rated = { $why ->
    [given] rated it as { $score ->
        [good] good
       *[bad] bad
    }: { $comment }
   *[none] rated it as { $score ->
        [good] good
       *[bad] bad
    }
}
event-kind = { $change ->
    [set] set the kind to { $to }
    [removed] took the kind { $from } away
   *[changed] set the kind from { $from } to { $to }
}
event-assignee = { $change ->
    [set] assigned it to { $to }
    [removed] took it from { $from }
   *[changed] assigned it to { $to }, before to { $from }
}
event-group = { $change ->
    [set] handed it to the group { $to }
    [removed] took it from the group { $from }
   *[changed] handed it from the group { $from } to { $to }
}
event-requester = changed the requester from { $from } to { $to }
event-organization = { $change ->
    [set] set the organization to { $to }
    [removed] took the organization { $from } away
   *[changed] set the organization from { $from } to { $to }
}
event-due = { $change ->
    [set] set the due date to { $to }
    [removed] took the due date { $from } away
   *[changed] set the due date from { $from } to { $to }
}
event-tags = { $change ->
    [added] added the { $new ->
        [one] tag
       *[other] tags
    } { $added }
    [removed] removed the { $gone ->
        [one] tag
       *[other] tags
    } { $removed }
   *[both] added the { $new ->
        [one] tag
       *[other] tags
    } { $added } and removed { $removed }
}
event-ccs = { $change ->
    [added] put { $added } in copy
    [removed] took { $removed } out of copy
   *[both] put { $added } in copy and took { $removed } out
}
event-followers = { $change ->
    [added] added { $added } as follower
    [removed] removed { $removed } as follower
   *[both] added { $added } as follower and removed { $removed }
}

event-founded = opened the account
event-person-created = added { $name } as { $role }
event-organization-created = added the organization { $name }
event-group-created = added the group { $name }
event-group-renamed = changed the group { $name }
event-organization-deleted = deleted the organization { $name }
event-group-deleted = deleted the group { $name }
event-changed-in = changed { $name }: { $fields }
event-setting = changed the setting { $setting } to { $value }

due-remind = reminder { $when }
due-solve = solved { $when }
due-close = closes { $when }
due-work = { $slug } { $when }
event-custom-status = { $change ->
    [set] set the status to { $to }
    [removed] set the status back from { $from } to the category's own
   *[changed] set the status from { $from } to { $to }
}
event-field = { $change ->
    [set] set { $field } to { $to }
    [removed] took { $from } out of { $field }
   *[changed] changed { $field } from { $from } to { $to }
}
event-rule-ran = { $sort ->
    [automation] ran the automation "{ $title }"
   *[trigger] ran the trigger "{ $title }"
}
event-rules-stopped = { $count ->
    [one] stopped the triggers after one round: they kept each other running
   *[other] stopped the triggers after { $count } rounds: they kept each other running
}
event-notified = told { $name }{ $by ->
    [rule] : “{ $rule }”
   *[nobody] {""}
}
event-held-back = did not tell { $name }{ $by ->
    [rule] {" "}“{ $rule }”
   *[nobody] {""}
}: { $why ->
    [private] the ticket is private
    [no_address] there is no address
    [placeholder] they belong to another account
    [suspended] they are suspended
    [own_act] they did it themselves
    [loop] two programs may be answering each other
    [told] they were told already
   *[internal] what was said is internal
}
event-item-set = { $new ->
    [1] made the { $kind } "{ $name }"
   *[0] changed the { $kind } "{ $name }" in { $keys }
}
event-item-deleted = deleted the { $kind } "{ $name }"
event-items-ordered = put the { $kind ->
    [status] statuses
   *[other] { $kind }s
} into another order
event-person-merged = merged person { $name } into { $other }
event-person-deleted = deleted { $name }
event-person-erased = { $what ->
    [texts] erased person #{ $number } with all that they wrote
   *[person] erased person #{ $number }
}
event-link-made = made a link for a new password of { $name }
event-token-made = made the token { $other } for { $name }
event-token-revoked = revoked the token { $other } of { $name }
event-words-erased = erased the subject and the texts of the fields for good
event-texts-erased = { $count ->
    [one] erased the text and the files of a comment for good
   *[other] erased the texts and the files of { $count } comments for good
}

# The same before it happens, after "it will" or below "what it would do".
will-commented = { $visibility ->
    [internal] write an internal note
   *[public] write a public reply
}
will-made-internal = turn the public comment into an internal note
will-made-public = make the ticket public
will-made-private = make the ticket private
will-unfilled = solve it without { $field }
will-action-skipped = leave out "{ $action }": { $why ->
    [closed] the ticket is closed
    [not_an_agent] they are no agent who can work
    [not_in_group] they do not work in that group
    [away] they are away
    [nobody] there is nobody to do it with
    [value] the field cannot hold that
    [full] 48 people are in copy already
    [back_to_new] a ticket never goes back to New
    [required] something that must be filled in is not
   *[gone] it names what is not there any more
}
will-called = tell the program with number { $number }
will-subject = change the subject from “{ $from }” to “{ $to }”
will-priority = { $change ->
    [set] set the priority to { $to }
    [removed] take the priority { $from } away
   *[changed] set the priority from { $from } to { $to }
}
will-type = { $change ->
    [set] set the type to { $to }
    [removed] take the type { $from } away
   *[changed] set the type from { $from } to { $to }
}
will-problem = { $change ->
    [set] link it to the problem #{ $to }
    [removed] unlink it from the problem #{ $from }
   *[changed] link it to the problem #{ $to } in place of #{ $from }
}
will-solved-with = be solved with the problem #{ $number }
will-rating-offered = offer the requester to rate it
will-kind = { $change ->
    [set] set the kind to { $to }
    [removed] take the kind { $from } away
   *[changed] set the kind from { $from } to { $to }
}
will-assignee = { $change ->
    [set] assign it to { $to }
    [removed] take it from { $from }
   *[changed] assign it to { $to }, before to { $from }
}
will-group = { $change ->
    [set] hand it to the group { $to }
    [removed] take it from the group { $from }
   *[changed] hand it from the group { $from } to { $to }
}
will-requester = change the requester from { $from } to { $to }
will-organization = { $change ->
    [set] set the organization to { $to }
    [removed] take the organization { $from } away
   *[changed] set the organization from { $from } to { $to }
}
will-due = { $change ->
    [set] set the due date to { $to }
    [removed] take the due date { $from } away
   *[changed] set the due date from { $from } to { $to }
}
will-tags = { $change ->
    [added] add the { $new ->
        [one] tag
       *[other] tags
    } { $added }
    [removed] remove the { $gone ->
        [one] tag
       *[other] tags
    } { $removed }
   *[both] add the { $new ->
        [one] tag
       *[other] tags
    } { $added } and remove { $removed }
}
will-ccs = { $change ->
    [added] put { $added } in copy
    [removed] take { $removed } out of copy
   *[both] put { $added } in copy and take { $removed } out
}
will-followers = { $change ->
    [added] add { $added } as follower
    [removed] remove { $removed } as follower
   *[both] add { $added } as follower and remove { $removed }
}
will-field = { $change ->
    [set] set { $field } to { $to }
    [removed] take { $from } out of { $field }
   *[changed] change { $field } from { $from } to { $to }
}
will-rule-ran = { $sort ->
    [automation] run the automation "{ $title }"
   *[trigger] run the trigger "{ $title }"
}
will-rules-stopped = { $count ->
    [one] stop the triggers after one round: they keep each other running
   *[other] stop the triggers after { $count } rounds: they keep each other running
}
will-rule-marked = let this automation wait for another status
will-request-changed = let its requester see the change
will-notified = tell { $name }{ $by ->
    [rule] : “{ $rule }”
   *[nobody] {""}
}
will-held-back = not tell { $name }{ $by ->
    [rule] {" "}“{ $rule }”
   *[nobody] {""}
}: { $why ->
    [private] the ticket is private
    [no_address] there is no address
    [placeholder] they belong to another account
    [suspended] they are suspended
    [own_act] it is their own doing
    [loop] two programs may be answering each other
    [told] they are told already
   *[internal] what is said is internal
}

event-ticket-deleted = deleted the ticket
event-ticket-spam = deleted the ticket as spam
event-ticket-restored = brought the ticket back
event-ticket-purged = deleted the ticket for good
event-redacted = blackened a piece of a comment for good
event-file-redacted = took a file off a comment for good
event-letter-put-back = let number { $number } of the outbox wait again
event-letter-dropped = took number { $number } of the outbox off
event-mail-dropped = threw suspended mail { $number } away
