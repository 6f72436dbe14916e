# The account's set-up: kinds, fields, statuses, views, macros and rules, on the command line and in the admin's pages.
# Keys begin with setup-.

## What they are called
setup-the = { $kind ->
    [kind] The kind
    [field] The field
    [status] The status
    [view] The view
    [macro] The macro
    [trigger] The trigger
    [automation] The automation
    [text] The text
    [schedule] The schedule
   *[webhook] The webhook
}

## Headings
setup-active = On
setup-in-short = In short
setup-yes = yes
setup-no = no

## What was done
setup-made = { $what } "{ $name }" is made, as number { $number }.
setup-changed = { $what } "{ $name }" is changed: { $keys }.
setup-same = { $what } "{ $name }" is as it was.
setup-deleted = { $what } "{ $name }" is deleted.
setup-ordered = The order is { $names } now.
setup-on = { $what } "{ $name }" is switched on.
setup-off = { $what } "{ $name }" is switched off.
setup-would-make = { $what } "{ $name }" would be made.
setup-would-change = { $what } "{ $name }" would be changed: { $keys }.
setup-would-stay = { $what } "{ $name }" would stay as it is.

setup-exported = { $count ->
    [one] One file is
   *[other] { $count } files are
} in { $path }.
setup-imported = { $added } added, { $changed } changed, { $removed } deleted; { $same } are the same.
setup-imported-nothing = Nothing had to be done; { $same } are the same.
setup-would-import = { $added } would be added, { $changed } changed, { $removed } deleted; { $same } are the same.
setup-would-import-nothing = Nothing would be done; { $same } are the same.
setup-import-left = { $count } could not be taken over; the sentences above say why.
    .hint = Mend them and run it again: what is done is not done twice.
setup-import-would-leave = { $count } could not be taken over; the sentences above say why.
    .hint = Nothing was done. Mend them, or leave them out, and look again.
setup-twice = another file is about { $name } already.

## What is wrong in a document
setup-wrong = { $where }: { $why }
setup-given = the command line
setup-no-toml = line { $line }: { $why }
setup-no-datum = { $key } holds something that is none of text, whole number, true or false, list and table.
setup-missing = { $key } is missing.
setup-type = { $key } takes { $type ->
    [text] a text in quotes
    [number] a whole number
    [flag] true or false
    [list] a list in brackets
   *[table] a table
}.
setup-no-key = There is no { $key } here. There are { $known }.
setup-no-key-but = There is no { $key } here; did you mean { $nearest }?
setup-value = { $key } cannot be "{ $value }".
setup-value-of = { $key } cannot be "{ $value }". It can be { $known }.
setup-unknown = { $key } names "{ $name }", which the account does not have.
setup-condition = { $key } is not understood. { $why }
setup-no-action = { $key }: there is no action "{ $name }". There are { $known }.
setup-no-action-but = { $key }: there is no action "{ $name }"; did you mean { $nearest }?
setup-action-value = { $key }: { $name } cannot be "{ $value }".
setup-hours-zone = { $key }: there is no time zone "{ $value }". Name one such as Europe/Paris, or UTC.
setup-hours-form = { $key }: "{ $value }" are no hours. Write them as in 09:00-12:30.
setup-hours-backwards = { $key }: { $value } ends before it begins. What goes on after midnight stands on the next day.
setup-hours-overlap = { $key }: { $value } and { $other } have time in common. Write them as one.
setup-hours-never = The schedule has not an open hour in its week, so nothing would ever be due by it. Give a day hours, as in monday = ["09:00-17:00"].
setup-hours-holiday = { $key }: "{ $value }" is no day. Write it as in 2026-12-25, or 2026-12-24..2026-12-31 Holidays.
setup-hours-holiday-span = { $key }: { $value } ends before it begins, or lasts for more than { $days } days.
setup-hours-holidays = { $key }: these are too many. { $count } at most.

## What is missing or wrong on the command line
setup-none = There is no { $name } among them.
    .hint = `list` lists them.
setup-none-but = There is no { $name } among them; did you mean { $nearest }?
setup-many = Several are called { $name }: { $numbers }
    .hint = Name one by its number, as in #3.
setup-nothing-to-set = Nothing is said that should be set.
    .hint = Say --file FILE, or --set KEY=VALUE.
setup-nothing-to-try = Nothing is named that could be tried.
    .hint = Name one, or say --file FILE.
setup-bad-pair = { $pair } is not of the form KEY=VALUE.
setup-no-switch = These cannot be switched on or off.
setup-no-order = These have no order.
setup-too-large = { $path } is too large for one thing of the set-up.
setup-not-text = { $path } is no text in UTF-8.

## The admin's pages
admin-title = Admin
admin-kind = Kinds and forms
    .help = what requests can be about, and what is asked then
admin-field = Fields
    .help = what tickets, people and organizations hold, who sees it, when it is required
admin-status = Statuses
    .help = names of the account's own for where a ticket stands
admin-view = Views
    .help = the agents' lists
admin-macro = Macros
    .help = changes and texts that agents apply by hand
admin-trigger = Triggers
    .help = what is done when a ticket is made or changed
admin-automation = Automations
    .help = what is done by itself after some time
admin-text = Texts
    .help = what notices say, in each language
admin-webhook = Webhooks
    .help = addresses to which triggers send what happened
admin-schedule = Business hours
    .help = when a team works, by which rules can count
admin-person = People
    .help = who is part of the account, with their roles and groups
admin-organization = Organizations
    .help = companies and branches of requesters
admin-group = Groups
    .help = teams of agents
admin-setting = Settings
    .help = how the account works: each with what it means
admin-forecast = Forecast
    .help = what will happen by itself, when and on which ticket
admin-mails = Suspended mails
    .help = what came in and is nobody's: take it or drop it
admin-log = Admin log
    .help = who changed people, groups, rules and settings, and when
admin-on = On
admin-name = Name
admin-always = –
admin-new = new
admin-empty = Nothing here yet. Press c to make the first one.
admin-waiting = The account is asked…
admin-delete = Delete { $name }? It is gone for good.
admin-suspend = Suspend { $name }? They can do nothing here until they are let in again; what they work on goes back to its group, assigned to nobody.
admin-demote = Make { $name } an end user? What they work on goes back to its group, assigned to nobody, and they leave their groups.
admin-let-in = Let { $name } in again?
admin-draft = This was filled in before and is not saved: alt-x throws it away.
admin-strange = There is no line for { $key }: it is left out.
admin-nothing-to-choose = Here is nothing to choose from. Type.
admin-one-of = One of { $names }; Enter chooses.
admin-one-a-line = One on each line; alt-c chooses.
admin-actions = One on each line, such as status: solved; alt-c chooses. Lines that are set in belong to the one before.
admin-condition = What must be true, such as: status < solved and updated more than 3 days ago. A view can do without. alt-c shows what can come next.
admin-tables = As TOML.
# $names: what each can have.
admin-rows = As TOML: a line [[{ $key }]] before each, below it lines such as { $names }, each with = and its value.
admin-owner = account, group: NAME or person: ADDRESS; Enter chooses.
admin-flag = Space ticks it.
admin-saving = Saving…
admin-checking = Checking…
admin-good = It can be saved.
admin-bad = Something is wrong above.

## What can be filled in
setup-key-slug = Name in scripts
setup-key-name = Name
setup-key-title = Title
setup-key-requester_title = Title for requesters
setup-key-requester_name = Name for requesters
setup-key-description = Description
setup-key-guidance = When to use it
setup-key-priority = Priority
setup-key-active = On
setup-key-requesters = For requesters
setup-key-default = Default
setup-key-position = Position
setup-key-fields = Fields
setup-key-statuses = Statuses
setup-key-conditions = Conditions
setup-key-translations = Translations
setup-key-of = Belongs to
setup-key-monday = Monday
setup-key-tuesday = Tuesday
setup-key-wednesday = Wednesday
setup-key-thursday = Thursday
setup-key-friday = Friday
setup-key-saturday = Saturday
setup-key-sunday = Sunday
setup-key-holidays = Holidays
setup-key-type = Type
setup-key-access = Who sees it
setup-key-required_to_submit = Needed to submit
setup-key-required_to_solve = Needed to solve
setup-key-tag = Tag
setup-key-pattern = Pattern
setup-key-options = Options
setup-key-category = Category
setup-key-owner = Who has it
setup-key-when = Condition
setup-key-sort_by = Sorted by
setup-key-sort_order = Direction
setup-key-group_by = Grouped by
setup-key-columns = Columns
setup-key-actions = Actions
setup-key-once = Only once a status
setup-key-texts = Texts
setup-key-url = Address
setup-key-email = Mail
setup-key-phone = Phone
setup-key-role = Role
setup-key-organization = Organization
setup-key-groups = Groups
setup-key-restriction = Works with
setup-key-language = Language
setup-key-time_zone = Time zone
setup-key-suspended = Suspended
setup-key-domains = Mail domains
setup-key-shared_tickets = See each other's
setup-key-shared_comments = Answer on those

## Settings and the admin log
log-empty = Nothing was done yet.
setting-takes = It takes { $what }.
setting-set = { $name } is { $value } now.
setting-account-name = What the help desk is called.
setting-account-url = Where others reach it: links in notices begin so.
setting-anonymous-requests = Whether somebody may ask over the API who has not signed in, with a name and an address.
setting-attachment-bytes = How large an attached file may be.
setting-close-after = How long after it was solved a ticket is closed for good.
setting-default-group = The group to which requests go that nobody handed anywhere.
setting-end-after = How long a ticket waits for the requester, before it is ended.
setting-language = The language of whoever chose none.
setting-link-expires = How long a link for a password is good.
setting-ratings = Whether requesters are asked what they thought of how they were helped.
setting-mail-tickets = Whether a mail may open a request.
setting-notices-per-hour = How many letters somebody gets within an hour at most.
setting-pending-end = What becomes of a ticket whose requester did not answer: closed for good, or solved.
setting-portal-on-hold = What requesters see of a ticket that is on hold: On-hold as it is, or Open.
setting-private-tickets = Whether agents may open tickets of which the requester knows nothing.
setting-remind-after = How long a ticket waits for the requester, before they are reminded.
setting-agent-ticket-deletion = Whether agents who work with all tickets delete tickets and blacken comments, and not admins alone.
setting-purge-days = How many days after it was deleted a ticket goes for good; never when 0.
setting-retention-days = How many days after its closing a ticket keeps what was said on it; for ever when none.
setting-sign-up = Who may ask for access: everybody, everybody whom the team lets in, or nobody.
setting-time-zone = Where the account is.
setting-webhooks-allow-hosts = To which hosts webhooks may go inside of your own network, and without TLS.

## People, groups and organizations
admin-none-found = Nobody and nothing is found by that. Esc shows all.
admin-delete-organization = Delete { $name }? Its people belong nowhere then; its tickets keep its name. For good.
admin-delete-person = Delete { $name }? Nothing lets them in any more, what they work on goes back to its group, and their name stays on what they did. For good.
person-since = Known since
person-details = Details
person-open-requests = Open requests
person-open-tickets = Works on
person-admins-only = Only admins change whoever works tickets.
person-gone = There is nobody of that number.
person-nobody = Nobody else is found by that. At least two characters are needed.
person-suspend = Suspend { $name }? They can do nothing here until they are let in again, and no program acts for them any more.{ $tickets ->
    [0] { "" }
    [one] {" "}The ticket that they work on goes back to its group, assigned to nobody.
   *[other] {" "}The { $tickets } tickets that they work on go back to their groups, assigned to nobody.
}
person-let-in = Let { $name } in again? They sign in with the password that they had.
person-approve = Let { $name } in? They get a link with which they set a password.
person-approved-already = They did not ask for access, or have it already.
person-link = Make a link with which { $name } sets a new password? It is shown once, to be handed to them; the password that they have holds until then.
person-delete = Delete { $name }? Nothing lets them in any more, and their name stays on what they did.{ $tickets ->
    [0] { "" }
    [one] {" "}The ticket that they work on goes back to its group.
   *[other] {" "}The { $tickets } tickets that they work on go back to their groups.
}{ $requests ->
    [0] { "" }
    [one] {" "}They have an open request: solve it, or give it to somebody else first.
   *[other] {" "}They have { $requests } open requests: solve them, or give them to somebody else first.
} For good.
person-merge = Merge { $name } into { $other }? All their requests and copies, and their address, become those of { $other }. For good.
person-erase-title = Erase { $name }
person-erase-some = What is known of them; what they wrote stays
person-erase-all = That, and all that they wrote and attached
person-erase = Erase { $name }? Name, address, phone and fields go; what they wrote stays, signed with a number. For good.
person-erase-texts = Erase { $name }? Name, address, phone and fields go, and every text and file of theirs. For good.
person-away-staff = Only who works tickets can be away.
person-away-bad = That is no day. Type one such as 2026-12-24, 3d or 2w, or - for no end.
members-count = { $more ->
    [more] { $count ->
       *[other] The first { $count } people; more below
    }
   *[all] { $count ->
        [one] One person
       *[other] { $count } people
    }
}
members-none = Nobody yet. Press c to add somebody.
members-leave = Take { $person } out of { $name }?
members-leave-last = Take { $person } out of { $name }? It is their only group: who is in none works on the tickets of all groups.
link-title = A link for a password
link-told = { $name } sets a password with this, once, until { $time }. It is not shown again.
link-how = They type it into: guichet person password --token
setup-field-type = { $type ->
    [system] every ticket has it
    [text] a line of text
    [textarea] text
    [integer] a whole number
    [decimal] a number
    [date] a day
    [checkbox] yes or no
    [tagger] one of its options
    [multiselect] some of its options
    [regexp] text of a given form
   *[partialcreditcard] a number of which the end is kept
}
setup-field-access = { $access ->
    [agents] the team alone sees it
    [requesters-see] requesters see it
   *[requesters-edit] requesters fill it in
}
setup-left-behind = { $count ->
    [one] Its translation ({ $languages }) says what it said before: change it too.
   *[other] Its translations ({ $languages }) say what they said before: change them too.
}
