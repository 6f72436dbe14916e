# The form of a new request or ticket. Keys begin with form-.

form-title-request = new request
form-title-ticket = new ticket
form-title-follow-up = follow-up of #{ $number }
form-heading-request = Submit a request
form-heading-ticket = New ticket
form-heading-follow-up = Follow-up of #{ $number }
form-step-1 = 1 of 2
form-step-2 = 2 of 2

## Its fields
form-visibility = For
form-files = Files
form-more = More
form-similar = Similar open requests
    .help = While you type the subject, open requests like it appear here.
    .none = No open request is like it.
form-no-kind = No kind
    .guidance = None of these, or not known yet
form-internal = Internal note: a private ticket
form-public = Public reply: a public ticket
form-requester-empty = name, mail domain, phone or organization; empty: you
form-ccs-empty = a name or an address
form-ccs-empty-request = mail addresses of others who should follow it
form-files-empty = none
form-more-folded = ▸ status, assignee, group, priority, tags, due
form-more-open = ▾ all optional
form-more-rest = status, assignee, group, priority, tags, due
form-more-some = ▸ { $fields }
form-status-empty = New, or Open when somebody is assigned
form-priority-empty = as the kind has it
form-description-empty = What happened, since when, what you have tried
form-follow-up-subject = Follow-up: { $subject }

## Who will see it
form-audience-private = Description * — INTERNAL NOTE: only agents will see this ticket
form-audience-public = Description * — PUBLIC: { $name }{ $ccs ->
    [0] {""}
    [one] , { $ccs } CC
   *[other] , { $ccs } CCs
}{ $colleagues ->
    [yes] , their organization
   *[no] {""}
} and the agents{ $brief ->
    [yes] {""}
   *[no] {" will see this"}
}
form-audience-own = Description * — PUBLIC: you{ $ccs ->
    [0] {""}
    [one] , { $ccs } CC
   *[other] , { $ccs } CCs
}{ $colleagues ->
    [yes] , your organization
   *[no] {""}
} and the agents{ $brief ->
    [yes] {""}
   *[no] {" will see this"}
}
form-audience-request = Description * — you{ $ccs ->
    [0] {""}
    [one] , { $ccs } person in copy
   *[other] , { $ccs } people in copy
}{ $colleagues ->
    [yes] , your organization
   *[no] {""}
} and the support team{ $brief ->
    [yes] {""}
   *[no] {" will see this"}
}

## Somebody new
form-add-user = + Add user “{ $typed }”
form-new-name = Name
form-new-address = Address
form-new-help = ⏎ goes on; esc takes it back

## What is missing
form-no-address = That is no mail address. Write it like ana@example.org.
form-unknown-person = Choose somebody from the list, type a mail address, or leave it empty.
form-bad-tag = { $tag } is no tag: letters, digits and _ - . / : + # @ only.
form-draft = This is what you wrote { $ago } and did not send. { $key } throws it away.
form-chosen = This is chosen, not typed: ⏎ chooses, ⇥ goes on to the next field.
form-no-description = The description is missing. Write what it is about.
form-always-public = Tickets are public in this account: there is nothing to choose.
form-note-stays = This account has no private tickets, so your internal note was left behind as a draft.
form-draft-other = An unsent request for somebody else is here. Send it or throw it away, then open this one again.
form-draft-first = An unsent request is here. Send it or throw it away, then open the follow-up again.

## Done
form-done = Submitted as #{ $number }
form-done-request = The support team has it. You find it under My requests, and their answers with it.
form-done-ticket = Its requester sees it under My requests and can answer.
form-done-private = It is private: its requester knows nothing of it until somebody replies in public.
