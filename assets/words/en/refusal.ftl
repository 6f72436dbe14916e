# Why an act was refused, and what to do instead: one or two short sentences each. Keys begin with refusal-; those of a
# search that cannot be understood with query-.

refusal-not-found = { $what ->
    [comment] There is no such comment on this ticket. Look at the ticket again.
    [person] There is no such person. Name them by their mail address.
    [organization] There is no such organization. Check its name.
    [group] There is no such group. Choose one from the list.
    [token] There is no such token. List them first.
    [notice] There is nothing of that number, or it was sent already. List the outbox first.
    [mail] There is no suspended mail of that number. List them first.
    [piece] The comment does not say that. Give the piece just as it stands there, with the same spaces and capitals.
    [file] There is no such file on this comment. Look at the ticket again.
    [kind] There is no such kind of request. Choose one from the list.
    [field] There is no such field. Choose one from the list.
    [status] There is no such status. Choose one from the list.
    [view] There is no such view, or it is not yours. Choose one from the list.
    [macro] There is no such macro, or it is not yours. Choose one from the list.
    [trigger] There is no such trigger. Choose one from the list.
    [automation] There is no such automation. Choose one from the list.
    [text] There is no such text of a notice. Choose one from the list.
    [webhook] There is no such webhook. Choose one from the list.
    [schedule] There is no such schedule. Choose one from the list.
   *[ticket] There is nothing with the number { $number }, or you may not see it. Check the number.
}
refusal-role = { $needs ->
    [admin] Only admins may do this. Ask one of them.
    [agent] Only agents may do this. Ask one of them.
   *[end-user] Only people may do this, not the account by itself.
}
refusal-suspended = You are suspended and can do nothing here. Ask an admin.
refusal-no-access = { $standing ->
    [pending] You have no password yet. Follow the link that was sent to your address, or ask for access again.
    [unapproved] Somebody of the team has to allow you in first. Wait for their mail.
   *[gone] You are no longer part of this account. Ask an admin.
}
refusal-conflict = Somebody changed the ticket first. Look at it again, then decide.
refusal-closed = #{ $number } is closed and takes no comment and no change. Open a follow-up of it instead.
refusal-back-to-new = A ticket never goes back to New. Choose Open instead.
refusal-kind-missing = A kind is missing. Choose what sort of request it is.
refusal-agents-only = Only agents may choose this: { $field }. Leave it out.
refusal-read-only = This is a colleague's request: you may read it, not answer it. Ask them to put you in copy.
refusal-not-assigned = Nobody works on this request yet, so you cannot mark it as solved. Write that it is settled instead.
refusal-private-off = Private tickets are switched off here. Write to the requester, or ask an admin to switch them on.
refusal-note-by-end-user = Only agents write internal notes. Send it as a reply.
refusal-stays-public = A public ticket stays public, unless its first comment is its only one. Write internal notes on it instead.
refusal-many-public-comments = More than one comment is public, so none can become a note. Write a note.
refusal-already-note = It is an internal note already and stays one. Write a new reply to say it to the requester.
refusal-empty = This is missing: { $field }. Fill it in.
refusal-malformed = This cannot be understood: { $field }. Check how it is written.
refusal-no-time-zone = There is no such time zone. Name one such as Europe/Paris, or UTC.
refusal-no-language = This is no language. Name one by its tag, such as fr or pt-BR.
refusal-too-long = This is too long: { $field }. { $count } characters at most.
refusal-too-many = There are too many here: { $field }. At most { $count } are taken; leave some out.
refusal-too-much-asked = That is too much at once: { $count } at most. Ask for it in parts.
refusal-comment-too-long = The comment is too long: { $max } at most. Attach a file instead.
refusal-file-too-large = The file is too large: { $max } at most. Make it smaller, or say where it can be fetched.
refusal-not-an-agent = Only an agent who can sign in can be chosen here: { $field }. Choose another person.
refusal-not-rateable = Only a request that was solved can be rated, until it is closed.
refusal-requester-only = Only its requester can rate a request. Ask them what they thought.
refusal-ratings-off = Requests are not rated in this account. An admin can change that with the setting ratings.
refusal-not-an-incident = Only a ticket of the type Incident has a problem. Set its type to Incident as well.
refusal-not-a-problem = #{ $number } is no problem. Name a ticket of the type Problem, or set its type first.
refusal-not-in-group = The assignee does not work in that group. Choose another group, or another assignee.
refusal-merge-into-itself = A ticket cannot be merged into itself. Name another one.
refusal-merge-would-tell = A public word about this merge could reach somebody who must not know of the other ticket. Use internal notes.
refusal-follow-up-of-unclosed = #{ $number } is not closed and takes an answer. Reply to it instead.
refusal-not-due = Nothing is due on this ticket. Wait until it is.
refusal-address-taken = Somebody else has this mail address. Choose another one, or use the person who has it.
refusal-name-taken = Another one has this name already. Choose a different one.
refusal-last-admin = This is the last admin who can sign in. Make somebody else an admin first.
refusal-own-role = You cannot take away your own role or suspend yourself. Ask another admin.
refusal-unknown-upload = A file was not handed in by you, or is part of a comment already. Attach it again.
refusal-too-short = This is too short, or too simple: { $field }. At least { $count } characters, not all the same.
refusal-sign-up-closed = Access cannot be asked for here. Ask somebody of the team to add you.
refusal-too-often = Access was asked for too often in the last hour. Try again later.
refusal-bad-link = This link is wrong, was used before, or is too old. Ask for a new one.
refusal-not-while-suspended = Who is suspended gets no password, link or token. Let them in again first.
refusal-same-person = Nobody can be merged into themselves. Name another person.
refusal-staff-stays = Only end users can be merged into others. Make them an end user first.
refusal-merge-into-shut-out = Nobody is merged into somebody who cannot sign in. Name another person.
refusal-has-unsolved = { $count ->
    [one] They still have an open request. Solve it, or give it to another requester, first.
   *[other] They still have { $count } open requests. Solve them, or give them to another requester, first.
}
refusal-out-of-range = { $setting ->
    [link_expires] The setting { $setting } goes from 5 minutes to 7 days. Choose a time between.
    [notices_per_hour] The setting { $setting } goes from 1 to 10,000. Choose a number between.
    [purge_days] The setting { $setting } goes from 1 day to 36500, or is 0 for never. Choose fewer days.
    [retention_days] The setting { $setting } goes from 1 day to 36500. Choose days between, or none.
    [attachment_bytes] The setting { $setting } goes to 1 GiB, 1073741824. Choose less.
    [close_after] The setting { $setting } goes from 1 hour to 28 days. Choose a time between, or switch it off.
   *[other] The setting { $setting } must be longer than nothing. Choose a longer time, or switch it off.
}

query-too-long = The search is too long. Leave something out.
query-too-many = The search has too many parts. Leave some out.
query-keyword = There is no keyword like this: { $part }. Put words with a colon in quotes.
query-no-value = Something is missing after this: { $part }
query-value = This is not understood: { $part }. It can be { $known }.
query-number = This is no number: { $part }
query-time = This is no time: { $part }. Write 2026-11-22, or 3days, 4hours, 1week.
query-direction = How long ago can only be compared: { $part }. Write created>4hours or updated<3days.
query-order = These values have no order: { $part }. Use a colon.
query-star = A star stands at the end of a word only: { $part }
query-type = Only tickets can be searched here: { $part }. Leave it out.
query-agents = Only agents search by this: { $part }. Leave it out.
query-status = There is no status of your own, or more than one, of that name: { $part }. Check how it is written.
refusal-bad-value = { $form ->
    [integer] { $field } takes a whole number. Write it with digits only.
    [decimal] { $field } takes a number with at most six decimals, such as 12.5.
    [date] { $field } takes a day, written as in 2026-11-22.
    [checkbox] { $field } is ticked or not. Write yes or no.
   *[partialcreditcard] { $field } takes a number of 8 to 19 digits; only the last four are kept.
}
refusal-bad-option = { $value } is none of the options of { $field }. Choose one of them.
refusal-bad-pattern = { $field } takes only what fits { $pattern }. Check what you wrote.
refusal-bad-system = { $field } has a place of its own on every ticket. Change it there.
refusal-in-use-item = the { $kind } "{ $name }"
refusal-in-use-setting = the setting { $name }
refusal-in-use-more = { $count } more
refusal-in-use-agents = { $count ->
    [one] one agent
   *[other] { $count } agents
}
refusal-in-use-people = { $count ->
    [one] one person
    [1000] 1,000 people or more
   *[other] { $count } people
}
refusal-in-use-organizations = { $count ->
    [one] one organization
    [1000] 1,000 organizations or more
   *[other] { $count } organizations
}
refusal-in-use-tickets = { $count ->
    [one] one ticket
    [1000] 1,000 tickets or more
   *[other] { $count } tickets
}
refusal-in-use = It is in use by { $users }. Change that first, or switch it off instead.
refusal-option-in-use = The option { $option } is in use by { $users }. Change that first, or only give the option another name.
refusal-group-in-use = It is in use by { $users }. Change that first.
refusal-built-in = Every account has this, so it cannot be deleted. Switch it off instead.
refusal-is-default = This is what is taken when nobody chooses. Make another one the default first.
refusal-rule-no-condition = A trigger without a condition would run at every change. Say when it should run.
refusal-rule-no-action = A rule that does nothing is none. Say what it should do.
refusal-rule-no-time = An automation waits for a time. Say for how long something must have been so, as in "pending more than 3 days ago".
refusal-rule-never-ends = This would run for ever: nothing that it does makes its condition untrue. Let it change what it asks for, or run only once.
refusal-rule-contradiction = No ticket can ever be so: parts of the condition exclude each other. Leave one of them out, or join them by "or".
refusal-rule-not-the-tickets = { $field } belongs to people or organizations, so no change of a ticket changes it. Ask what it is instead.
refusal-rule-everything = Every ticket is so: the condition leaves none out. Say which tickets are meant.
refusal-rule-circle = These would hand tickets back and forth for ever: { $rules }. Let one of them add a tag, and ask that the tag is not there.
refusal-rule-only-by-hand = Only macros give titles and speak. Let the rule send a notice instead.
refusal-rule-only-by-rule = Only triggers and automations send notices and tell other programs. Leave that out of the macro.

refusal-template-unknown = The text in { $language } names { $name }, which there is not. There are ticket.id, ticket.subject, ticket.url, requester.name, assignee.name, comment.body, account.name and others.
refusal-template-too-long = The text in { $language } is too long: { $count } bytes at most.
refusal-template-not-allowed = The text in { $language } has “{ $part }” between braces. Only names, texts in quotes, ==, !=, and, or, not and if may stand there.
refusal-template-broken = The text in { $language } cannot be understood at line { $line }.
refusal-words-empty = { $key } is empty. Write something there, or leave out what belongs to it.
refusal-words-too-long = { $key } is too long: { $count } characters at most.
refusal-words-no-language = { $key }: there is no language “{ $tag }”. Write its tag, such as fr or pt-BR.
refusal-words-twice = { $key }: this language stands there already, written otherwise. Keep one of them.
refusal-required = { $count ->
        [one] This must be filled in first: { $fields }.
       *[other] These must be filled in first: { $fields }.
    }
refusal-teams-field = The team fills this in: { $field }. Leave it out.
refusal-not-on-form = This is not on the form: { $field }. Leave it out, or choose what lets it appear.
refusal-switched-off = { $what ->
    [kind] This kind of request is switched off. Choose another one.
    [status] This status is switched off. Choose another one.
   *[field] This field is switched off. Leave it out.
}
refusal-status-of-other-kinds = Tickets of this kind do not have this status. Choose another one.
refusal-form-never-submitted = Nobody could submit this form: requesters must fill in { $fields } and may not. Let them edit { $count ->
        [one] it, give it
       *[other] them, give them
    } a default, or require { $count ->
        [one] it
       *[other] them
    } only to solve.
refusal-form-no-ticket-field = { $fields } cannot stand on a form: only fields of tickets can. Leave { $count ->
        [one] it
       *[other] them
    } out.
refusal-form-off-form = A condition names { $fields }, which { $count ->
        [one] is
       *[other] are
    } not on the form. Put { $count ->
        [one] it
       *[other] them
    } among its fields.
refusal-form-condition = { $field } cannot hold “{ $value }”, for which a condition waits. Name a value that it can hold.
refusal-form-circle = These would never appear, for each waits for another: { $fields }. Let one of them stand by itself.
refusal-form-pattern = This pattern is no regular expression, or is too costly. Write a simpler one.
refusal-form-no-options = There is nothing to choose. Add an option.
refusal-form-same-options = Two options have the same name or value. Call them differently.
refusal-form-default = The field cannot hold its default. Choose another one.
refusal-fixed = This stays as it is: { $key }. Make a new one instead.
refusal-rule-signed-tag = A rule does not set the tag { $tag }. Write "add tags: { $bare }" or "remove tags: { $bare }".
refusal-rule-two-voices = A macro replies, or writes a note, not both at once. Make two macros of it.
refusal-rule-not-gathered = Rows can be gathered by status, priority, kind, assignee, group, requester or organization. Choose one of these.
