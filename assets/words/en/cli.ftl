# The command line: what commands print besides data. Keys begin with cli-.

cli-welcome = Guichet is a help desk in the terminal. No store is chosen yet.

    To look around, with made-up people and tickets:
      guichet demo

    To start a help desk of your own:
      guichet init --account 'Your company' --owner 'Your Name <you@example.org>'

    Afterwards `guichet` opens it. `guichet help` lists the commands.

## Headings and labels
cli-number = #
cli-name = Name
cli-title = Title
cli-tickets = Tickets
cli-ticket = Ticket
cli-email = Mail
cli-phone = Phone
cli-role = Role
cli-groups = Groups
cli-language = Language
cli-suspended = Suspended
cli-suspended-role = { $role }, suspended
cli-away-role = { $role }, away
cli-away-until = until { $time }
cli-standing-role = { $role }, { $standing }
cli-standing-pending = has no password yet
cli-standing-unapproved = waits to be allowed in
cli-standing-merged = merged into number { $number }
cli-standing-deleted = deleted
cli-standing-erased = erased
cli-restriction-groups = those of their groups
cli-restriction-organization = those of their organization
cli-restriction-assigned = those that are assigned to them
cli-domains = Domains
cli-value = Value
cli-text = Text
cli-did = Did
cli-automation = Automation
cli-due = Next
cli-yes = yes
cli-private = This ticket is private: only agents know of it.
cli-attachment = ▣ { $name } · { $size } · file { $id }

## Lists
cli-nothing = There is nothing to list.
cli-more = There is more: --limit gets it.
cli-found = { $number } in all

## What will happen by itself

## What was done
cli-request-opened = Request #{ $number } is submitted.
cli-request-answered = Your answer is on request #{ $number }.
cli-request-changed = #{ $number } is changed.
cli-request-rated = Rated request #{ $number }.
cli-request-solved = Request #{ $number } is marked as solved.
cli-ticket-out-of-sight = It is no longer among the tickets that you work with.
cli-ticket-opened = Ticket #{ $number } is open.
cli-ticket-changed = Ticket #{ $number } is changed.
cli-ticket-answered = Your reply is on ticket #{ $number }.
cli-ticket-noted = Your note is on ticket #{ $number }.
cli-ticket-internal = The comment on ticket #{ $number } is a note now, for good.
cli-ticket-deleted = Ticket #{ $number } is deleted.
cli-ticket-spam = Ticket #{ $number } is deleted, and whoever asked is suspended.
cli-ticket-restored = Ticket #{ $number } is back.
cli-ticket-purged = Ticket #{ $number } is deleted for good.
cli-ticket-redacted = What was named is off ticket #{ $number } for good.
cli-deleted-by = Deleted by
cli-deleted-at = Deleted
cli-ticket-merged = It was merged into ticket #{ $number }.
cli-merge-closing = This was merged into #{ $number }, where it goes on.
cli-merge-going-on = #{ $number } was merged into this one.
cli-person-made = { $name } is known now, as number { $number }.
cli-person-changed = { $name } (number { $number }) is changed.
cli-person-suspended = Suspended { $name }. What they worked on is back with its groups.
cli-person-let-in = { $name } is let in again.
cli-person-approved = { $name } (number { $number }) may come in: a link for a password is on its way.
cli-person-merged = It is all { $name }’s now (number { $number }).
cli-person-deleted = { $name } (number { $number }) is no longer part of the account.
cli-person-erased = Nothing is known of person { $number } any more.
cli-access-asked = If { $address } can have access here, a link was sent to it. It is good for a short time, and once.
cli-password-set = The password is set.
cli-password-set-by-link = The password is set. You can sign in with it from now on.
cli-link-made = What { $name } types after `guichet person password --token`, once, until { $time }:
cli-token-made = A program that has this acts for { $name }. It is shown only now:
cli-token-revoked = The token of { $name } (number { $number }) is revoked.
cli-type-password = Password:{" "}
cli-type-again = The same again:{" "}
cli-type-token = What is in the link:{" "}
cli-organization-made = { $name } is made.
cli-organization-changed = { $name } is changed.
cli-organization-deleted = { $name } is deleted. Its people belong nowhere now; its tickets keep its name.
cli-group-made = The group { $name } is made.
cli-group-deleted = The group { $name } is deleted.
cli-group-changed = Changed { $name }.
cli-group-renamed = The group is called { $name } now.
cli-setting-set = { $name } is { $value } now.
cli-saved = Saved as { $path }
cli-draft-dropped = The draft { $name } is gone.
cli-account-made = { $name } is ready, in { $database }
cli-account-next = Open it with: guichet --database { $database } --as { $owner }
cli-account-next-profile = `guichet` opens it from now on, as { $owner } (profile { $profile }).
cli-verified = Everything is in order: { $tickets ->
        [one] { $tickets } ticket
       *[other] { $tickets } tickets
    }, { $events ->
        [one] { $events } event
       *[other] { $events } events
    }.

## What is missing or wrong on the command line
cli-no-database = No store is named.
    .hint = Say --database sqlite:PATH, or choose a profile with --profile; `guichet init` makes a store.
cli-nobody = Nobody is named who acts.
    .hint = Say --as with a mail address of the account, or set `as` in the profile.
cli-no-owner = The account needs its first admin.
    .hint = Say --owner 'Ana Ruiz <ana@example.org>'.
cli-bad-address = { $address } is no mail address.
cli-no-person = Nobody here is { $who }.
    .hint = `guichet person list` lists everybody.
cli-not-in-copy = Nobody here is { $who }, so nobody was taken out of copy.
cli-no-actor = Nobody here has the address { $who }, so nobody can act with it.
    .hint = Check --as, or the profile's `as`; an admin adds people with `guichet person new`.
cli-taken = There is an account in { $database } already; it stays as it is.
    .hint = Choose another place with --database.
cli-no-group = There is no group { $name }. There are: { $known }
cli-no-kind = There is no kind { $slug }. There are: { $known }
cli-no-own-field = There is no field { $name }. There are: { $known }
cli-no-own-status = There is no status { $name }. There are: { $known }
cli-no-view = There is no view { $name }.
    .hint = `guichet view list` lists them.
cli-no-rule = There is no trigger or automation { $name }.
    .hint = `guichet trigger list` and `guichet automation list` list them: type a title, a name in scripts, or # and a number.
cli-no-organization = There is no organization { $name }.
    .hint = `guichet organization list` lists them.
cli-no-draft = There is no draft { $name }.
    .hint = `guichet draft list` lists them.
cli-no-setting = There is no setting { $name }.
    .hint = `guichet setting list` lists them.
cli-no-setting-but = There is no setting { $name }; did you mean { $nearest }?
cli-bad-setting = { $name } takes { $takes }, not { $value }
cli-no-field = The objects have no key { $field }. They have: { $known }
cli-no-field-but = The objects have no key { $field }; did you mean { $nearest }? They have: { $known }
cli-bad-cursor = That is no cursor of this list.
    .hint = --after takes the meta.after_cursor of the list before.
cli-typed-differently = These were not the same.
    .hint = Try again: nothing was changed.
cli-nothing-typed = Nothing was typed, so nothing was changed.
cli-erase-yes = Nothing brings back what is erased.
    .hint = Say --yes if it is meant. `guichet person delete` keeps the name.
cli-no-body = There is no text.
    .hint = Say --body TEXT, or --body-file FILE (- for standard input). On a terminal your editor opens without either.
cli-draft-unchanged = Nothing was changed, so nothing was sent. The draft { $name } is still there.
    .hint = --draft sends it as it is; `guichet draft drop` throws it away.
cli-kept-draft = What you wrote is kept as the draft { $name }. The same command goes on with it in your editor, and sends it as it is with --draft.
cli-kept-file = What you wrote is kept in { $path }. The same command sends it with --body-file.
cli-empty-body = Nothing was written, so nothing was done.
cli-log-filter = GUICHET_LOG cannot be “{ $filter }”: a level such as debug is expected, or a filter such as guichet=debug.
cli-not-utf8 = { $path } is not UTF-8 text: byte { $at } cannot be read.
cli-bytes-on-terminal = A file is not written to a terminal, where it could do anything.
    .hint = Say --output FILE, or send it on: … --output - > FILE
cli-editor-failed = { $program } could not be run: { $why }
    .hint = Set VISUAL or EDITOR, or say --body.
cli-editor-not-text = What was written is not UTF-8 text. It is kept in { $path }

## What a setting takes
cli-takes-account-name = a name
cli-takes-account-url = an address, or none
cli-takes-anonymous-requests = true or false
cli-takes-attachment-bytes = a number of bytes
cli-takes-close-after = a span from 1h to 28d, or none
cli-takes-default-group = a group's name, or none
cli-takes-end-after = a span such as 5d or 36h, or none
cli-takes-language = a language such as en
cli-takes-link-expires = a span from 5m to 7d
cli-takes-pending-end = closed or solved
cli-takes-portal-on-hold = show or as_open
cli-takes-private-tickets = true or false
cli-takes-agent-ticket-deletion = true or false
cli-takes-purge-days = a number of days; 0 for never
cli-takes-retention-days = a number of days, or none
cli-takes-ratings = on or off
cli-takes-mail-tickets = on or off
cli-takes-notices-per-hour = a number from 1 to 10,000
cli-takes-sign-up = open, approval or closed
cli-takes-time-zone = a time zone such as Europe/Paris
cli-takes-webhooks-allow-hosts = hosts such as hooks.example or 10.0.0.5:8080, with commas between them, 100 at most, or none
cli-takes-remind-after = a span such as 3d or 36h, or none

## Configuration, store, surroundings
cli-config-good = Nothing is wrong in { $path }
cli-config-none = There is no { $path }; the defaults are in force.
cli-config-line = line { $line }: { $fault }
cli-config-keys = The keys are: { $keys }
cli-config-bad = The configuration needs mending.
cli-not-verified = The store contradicts itself; places found: { $found }
    .hint = Keep a copy of it before anything else, then go back to the last good one. From a SQLite file, `sqlite3 FILE .recover` saves what can still be read.
cli-flaw-on = #{ $number }: { $flaw }
cli-flaw-account = The account: { $flaw }
cli-flaw-audit = audit { $number } is not what was written, or one before it is missing
cli-flaw-head = its history ends elsewhere than it should
cli-flaw-text = a text of audit { $number } is not what was written
cli-flaw-comment = comment { $number } is not what was written
cli-flaw-file = file { $number } is missing, or not what was handed in
cli-flaw-state = it is not what its history makes of it
cli-flaw-lookup = it is not found by its tags, people or fields as it should be
cli-flaw-person = tickets are not found as they should be by the fields of person { $number }
cli-flaw-organization = tickets are not found as they should be by the fields of organization { $number }
cli-flaw-index = a search would not find what it should, or more
cli-flaw-no-ticket = there is a history, but no ticket
cli-flaw-database = the database says: { $why }
cli-doctor-terminal = terminal
cli-doctor-language = language
cli-doctor-clock = clock
cli-doctor-config = config
cli-doctor-store = store
cli-doctor-term = TERM={ $value }
cli-doctor-size = { $value } cells
cli-doctor-no-color = NO_COLOR={ $value }
cli-doctor-no-language = { $wanted } is not spoken here; { $code } is used
cli-doctor-languages = Set `language` in the configuration to one of { $known }.
cli-doctor-clock-wrong = The clock is behind. Timers count by it: set it.
cli-doctor-opened = { $database }, { $account }, as { $name } ({ $role })
cli-doctor-opened-nobody = { $database } can be opened; nobody is named who acts
cli-doctor-bad = Not everything works.

## Serving

cli-serve-elsewhere = An account is served by a program of its own.
    .hint = Start it as `guichet serve`.
cli-serve-bad-host = `{ $host }` does not name an account's host and its store.
    .hint = Write it as `--host support.example.org=sqlite:PATH`, or with `postgres://…`.
cli-serve-cannot-listen = Nobody can be served at { $address }: { $why }
    .hint = Choose another address and port with --listen, such as 127.0.0.1:8081.
cli-serve-bad-certificate = The certificate { $path } with its key cannot be used: { $why }
    .hint = Both are files in PEM form, the certificate with those that signed it.

## Accounts of other servers

cli-sign-in-browser =
    Sign in with your browser at

        { $url }
cli-sign-in-no-browser = No browser could be opened here. Open the address in one on this machine, or break off and say --code.
cli-sign-in-code =
    Open this address in a browser, anywhere, and sign in there:

        { $url }
cli-type-code = The code that it shows:{ " " }
cli-type-api-token = API token:{ " " }
cli-sign-in-nobody = Nobody is named whose token or password that is.
    .hint = Add --as with the address of the person.
cli-sign-in-no-client = A Zendesk account knows programs by an OAuth client, and none is named.
    .hint = An admin makes one in the Admin Center, public and with http://127.0.0.1:47823/signed-in as its redirect address; name it with --client-id. Or sign in with --token.
cli-sign-in-address =
    Open this address in a browser, anywhere, and sign in there:

        { $url }

    The browser then finds nothing at an address that begins with http://127.0.0.1; copy that address whole.
cli-type-address = The address:{ " " }
cli-sign-in-no-code = There is no code in this address.
    .hint = Copy it whole from the browser, from http:// to its end, and start once more.
cli-sign-in-no-answer = Nobody signed in within five minutes.
    .hint = Try again, or with --code where the browser cannot come back to this machine.
cli-sign-in-other = What came back belongs to another sign-in; it was not taken.
    .hint = Start once more, and use the page that opens then.
cli-sign-in-kept = What signs you in is kept in { $path }, which only you can read.
cli-sign-in-kept-keyring = What signs you in is kept in this machine's keyring.
cli-sign-in-no-keyring = A file keeps what signs you in, because of this: { $why }
cli-keyring-silent = This machine's keyring does not answer: { $why }
    .hint = Unlock it, or sign in once more with --keep file.
cli-keyring-not-built = This program was built without this system's keyring.
    .hint = Sign in with --keep file, or build it with --features desktop.
cli-signs-in = Signs in by
cli-keeps-file = a file
cli-keeps-keyring = the keyring
cli-keeps-command = a command
cli-signed-in = { $name } is signed in to { $account }, as profile { $profile }
cli-signed-out = Signed out of { $profile }
cli-account-silent = { $profile }: { $why }
cli-signed-out-here = The server could not be told. What this machine had is gone; there it ends by itself within a month.
cli-not-remote = The chosen profile is a store on this machine: nobody signs in there.
    .hint = Name another with --profile; `guichet profile list` shows them.
cli-profile-taken = There is a profile { $name } already, and it is another account.
    .hint = Choose another name, or remove that one with `guichet profile remove`.
cli-profile-added = Profile { $name } is added
cli-profile-removed = Profile { $name } is removed; the account stays as it is
cli-place = Where
cli-whoami = { $name } <{ $email }>, { $role } of { $account }, at { $place }
cli-elsewhere = The chosen profile's account is at another server: this is done there, beside its store.
    .hint = Name the store itself with --database, on the machine that has it.
