# The full screen: titles, columns, hints, empty lists, dialogs. Keys begin with the screen's name.

somebody = somebody
nothing = —

## Starting
start-waiting = Opening the account…
start-failed = The account cannot be opened.
too-small = This window has { $width }x{ $height } cells. Guichet needs { $least_width }x{ $least_height }: make it larger.

## Lists
list-mine = My requests
list-ccd = CC'd
list-organization = Organization
view-unassigned = Unassigned
view-mine = Mine
view-my-groups = My groups
view-all-unsolved = All unsolved
view-recently-solved = Recently solved
view-pending = Pending
view-on-hold = On-hold
column-number = #
list-waiting = Fetching…
list-waits-for-you = ← you
list-due = { $age }, { $due }
list-narrow = Narrow:
list-empty-mine = No requests yet. Press { $key } to submit one.
list-empty-ccd = Nobody has put you in copy yet. What others share with you appears here.
list-empty-organization = Nobody in your organization has a request. Press { $key } to submit one.
list-empty-view = Nothing here: this list is done. Press ⇥ for the next one.
list-empty-narrowed = Nothing matches. Press esc to see the whole list again.
preview-opened = opened { $ago }
preview-last = last comment by { $name } { $ago }

## Order
picker-sort = Order
sort-own = As the list has it
sort-relevance = Best match first
sort-updated-down = Updated, latest first
sort-updated-up = Updated, oldest first
sort-number-down = Number, newest first
sort-number-up = Number, oldest first
sort-status-down = Status, solved first
sort-status-up = Status, new first
sort-priority-down = Priority, urgent first
sort-priority-up = Priority, low first

## A ticket
ticket-conversation = Conversation { $count }
ticket-details = Ticket
ticket-details-request = Request
ticket-private = ⊘ private
ticket-earlier = ↑ earlier comments: gg fetches them
ticket-newer = something new has come
ticket-others-reply =
    { $count ->
        [one] { $names } is replying
       *[other] { $names } are replying
    }
ticket-others-look =
    { $count ->
        [one] { $names } looks at it too
       *[other] { $names } look at it too
    }
comment-internal = INTERNAL NOTE
field-merged-into = Merged into
field-follow-up-of = Follows
field-timer = Timer

history-title = History
history-empty = Nothing has happened yet.

## Writing
composer-sending = Sending…
composer-you = you
composer-note = INTERNAL NOTE — only agents will see this
composer-reply = PUBLIC REPLY — { $name }{ $ccs ->
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
composer-makes-public = PUBLIC REPLY, MAKES THE TICKET PUBLIC — { $name }{ $ccs ->
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
composer-request = REPLY — { $name }{ $ccs ->
    [0] {""}
    [one] , { $ccs } person in copy
   *[other] , { $ccs } people in copy
}{ $colleagues ->
    [yes] , the organization
   *[no] {""}
} and the support team{ $brief ->
    [yes] {""}
   *[no] {" will see this"}
}
merge-source-comment = This ticket was merged into #{ $number }.
merge-target-comment = #{ $number } was merged into this ticket.

## Search
search-title = search
search-label = Search:
search-empty = Nothing found. Words, "a phrase", status<solved, assignee:me, tags:vip, updated<3days

## Drafts
drafts-title = drafts
title-unread = ● { $count } unread
drafts-empty = Nothing is waiting to be sent.
drafts-reply = Public reply
drafts-note = Internal note
drafts-new = New request
drafts-form = Form

## Popups
picker-none = Nothing matches.
picker-type-tags = type a tag; a space ends it
picker-type-people = type a name or a mail address
picker-type-address = type a mail address
picker-type-name = type a name
picker-file = Save a file
picker-nobody = Nobody
picker-me = me
picker-none-word = none
picker-add = + { $typed }
picker-no-due = No due date
palette-title = Commands
palette-not-here = not with this account
help-title = Keys
details-title = What went wrong
prompt-attach = Attach a file
    .help = Path of the file:
prompt-save-view = Save the search as a view of your own
    .help = Its title, as it shall stand among the lists
prompt-find = Look for
    .help = A part of a name, a mail domain, a phone number
prompt-find-thing = Look for
    .help = Words of its name, or of what it does
prompt-merge-into = Whom do they turn out to be?
    .help = A part of a name, mail or phone number
prompt-add-member = Who is to come in?
    .help = A part of a name, mail or phone number
prompt-note-mail = Put the mail on a ticket as an internal note
prompt-redact = Blacken this, wherever it stands in the conversation; or the name of a file
    .help = The number of the ticket
prompt-away = Until when are they away?
    .help = 2026-12-24, 3d, 2w, or - until they say that they are back
prompt-rename-view = Rename the view
    .help = Its new title
merge-title = Merge #{ $number } into
merge-help = Number of the ticket that goes on:
merge-waiting = Looking for it…
merge-not-found = There is no such ticket.
merge-itself = That is this ticket itself.
merge-requester = Requester: { $name }
question-title-sure = Are you sure?
question-title = This cannot be undone
question-title-closed = Closed
question-follow-up = #{ $number } is closed and takes no further comment. Open a follow-up that refers to it?
question-follow-up-with = #{ $number } is closed and takes no further comment. Open a follow-up that refers to it, with what you have written?
question-keys = { $yes } yes    { $no } no
question-make-public = A public reply makes this private ticket public for good: { $name } and the people in copy will see it from now on. Send it?
question-others-said = { $names } wrote here after you began.
question-others-reply =
    { $count ->
        [one] { $names } is replying too.
       *[other] { $names } are replying too.
    }
question-send-beside = Send yours all the same?
question-make-note = The public comment becomes an internal note for good, and its readers lose the ticket. Do it?
question-delete = { $count ->
    [one] Delete #{ $number }? Nobody sees it any more, until it is brought back from the deleted tickets.
   *[other] Delete { $count } tickets? Nobody sees them any more, until they are brought back from the deleted tickets.
}
question-spam = { $count ->
    [one] Delete #{ $number } as spam, and suspend whoever asked?
   *[other] Delete { $count } tickets as spam, and suspend those who asked?
}
question-purge = Delete #{ $number } "{ $subject }" for good, with all that was said on it?
question-redact = { $count ->
    [one] Blacken "{ $text }" for good? It stands in one place.
   *[other] Blacken "{ $text }" for good? It stands in { $count } places.
}
question-merge = #{ $source } will be closed for good in favour of #{ $target } ({ $subject }). Merge them?
question-close = #{ $number } will be closed for good: it takes no further comment or change. Close it?
mails-take = Make a ticket of the mail "{ $subject }" for { $sender }? It is public, and they are told of it as of any other.
mails-drop = Throw the mail "{ $subject }" of { $sender } away? Nobody is told.
mails-none = No mail waits here. What comes in and is nobody's stands here until somebody takes or drops it.
accounts-title = All accounts
accounts-here = { $name } (here)
accounts-signs-in = signed in by { $by }
accounts-waits = { $account } · { $me } · { $more ->
    [yes] more than { $count } wait for you
   *[no] { $count ->
        [0] nothing waits for you
        [one] 1 waits for you
       *[other] { $count } wait for you
    }
 }
notice-one-account = This is the only account. guichet sign-in or guichet profile add makes another one known.
deleted-title = Deleted tickets
deleted-none = No ticket is deleted. What is, stands here until it goes for good.
forecast-count = { $more ->
    [yes] The next { $count } things that happen by themselves; there are more.
   *[no] { $count ->
        [0] Nothing happens by itself within { $days } days.
        [one] One thing happens by itself within { $days } days, unless somebody acts first.
       *[other] { $count } things happen by themselves within { $days } days, unless somebody acts first.
    }
}
question-drop-draft = What you have written here will be gone. Throw it away?

## The status line
notice-copied = Copied: { $text }
notice-opened = Opened in the browser.
notice-answers-again = The account answers again.
notice-no-link = This account has no address, so its tickets have no links.
notice-no-number = { $text } is no ticket number.
notice-no-error = Nothing has gone wrong.
notice-mouse-taken = The mouse is Guichet's again.
notice-mouse-free = The mouse is the terminal's: select as you like.
notice-home = This is the first page. { $key } quits.
notice-last-ticket = This is the last ticket of the list.
notice-first-ticket = This is the first ticket of the list.
notice-draft-kept = Kept as a draft.
notice-other-draft = What you wrote before is kept as a draft of its own.
notice-nothing-written = Nothing is written yet.
notice-ticket-on-its-way = The ticket is still being fetched. Try again in a moment.
notice-files-on-their-way = A file is still being read. Try again in a moment.
notice-saved = Saved as { $path }
notice-no-files = There are no files on this ticket.
notice-created = Submitted as #{ $number }.
notice-replied = Public reply sent on #{ $number }.
notice-noted = Internal note added to #{ $number }.
notice-updated = #{ $number } updated.
hint-marked = ✓ { $count } marked
notice-updated-several = { $count ->
    [one] { $count } ticket updated.
   *[other] { $count } tickets updated.
}
notice-unchanged = Nothing to change: #{ $number } is so already.
notice-ticket-deleted = #{ $number } is deleted. It stands among the deleted tickets.
notice-ticket-spam = #{ $number } is deleted, and whoever asked is suspended.
notice-ticket-restored = #{ $number } is back.
notice-ticket-purged = #{ $number } is deleted for good.
notice-redacted = What was named is blackened on #{ $number }.
notice-file-redacted = The file is off #{ $number }.
notice-nothing-to-redact = Nothing in the conversation says this: { $text }
notice-made-internal = The comment of #{ $number } is a note now.
notice-merge-one = Tickets are merged one by one: take the marks away first.
notice-merged = Merged into #{ $number }.
notice-person-approved = { $name } may come in: a link for a password is on its way.
notice-person-merged = Merged: all that was theirs is { $name }’s now.
notice-person-deleted = { $name } is no longer part of the account.
notice-person-erased = Nothing is known of them any more; what they wrote stays.
notice-person-erased-texts = Nothing is known of them any more, and what they wrote is gone.
notice-done = Done.

## Setting the last change back
undo-offer = { $done } { $key } undoes it.
undo-done = { $count ->
    [one] #{ $number } is as it was.
   *[other] { $count } tickets are as they were.
}
undo-nothing = There is nothing to undo.
undo-never = That cannot be undone: a comment, a first status or a closing stays.
undo-changed = Somebody has changed it since, so it was not undone. Look at it, then decide.

## Waiting
waiting = Waiting { $seconds } s: the account allows no more requests for now.
waiting-allowed = Waiting { $seconds } s: the account allows { $allowed } requests a minute.

## What went wrong
error-not-found = There is nothing with that number, or you may not see it.
error-conflict = Somebody changed the ticket first. Look at it again, then decide.
error-denied = Your role may not do this.
error-signed-out = You are not signed in any more. Leave, then sign in again with `guichet sign-in`; what you wrote is kept.
error-throttled = Too much was asked. Try again at { $until }.
error-unreachable = The account cannot be reached: { $why }
error-key-reused = An earlier text of this was sent already, and only that was done. Look at it, then send this again.
error-not-rehearsed = What that would lead to cannot be told here without doing it.
error-said = The account does not do this: { $text }
error-garbled = The answer made no sense. Press E for details.
error-store-read-only = The store can only be read, so nothing was changed. Press E for details.
error-store-full = The disk is full, so nothing was changed. Make room, then try again.
error-store-locked = Another program holds the store. Try again in a moment.
error-store-foreign = That is no store of Guichet. Press E for details.
error-store-newer = A newer version of Guichet made this store. Use that version.
error-store-overtaken = A newer version of Guichet looks after this store. This version only reads it: nothing was changed.
error-store-missing = The store is gone. Press E for details.
error-store-damaged = The store contradicts itself. Run guichet verify; press E for details.
error-store-io = The disk failed, and the store takes no more changes. Start Guichet anew; press E for details.
error-store-other = The store could not do it. Press E for details.
error-file = { $path }: { $why }
error-too-large = { $path } is too large: at most { $max } can be attached.
error-program = { $program } could not be run: { $why }
error-not-text = What you wrote is not UTF-8 text. It is kept in { $path }
error-terminal = The terminal could not do it: { $why }

## Keys
keys-page-title = Keys
keys-page-text = Every command with its default keys. All can be changed in the configuration, by the command's name. Made from the program's own table of commands.
keys-key = Key
keys-command = Command
keys-does = What it does
keys-staff = { $text } (agents)

scope-always = Everywhere
scope-browsing = Everywhere but while typing
scope-tabs = Tabs
scope-list = Lists and reading
scope-rows = Rows of a list
scope-ticket = Tickets
scope-reading = An open ticket
scope-hits = Hits of a search
scope-writing = Writing
scope-form = Forms
scope-offer = Kinds of request
scope-done = A request just submitted
scope-line = Typing a line
scope-seeking = Typing what to search for
scope-several = Choosing several
scope-picking = Choosing
scope-asking = Questions

command-new-request = Submit a request
command-new-ticket-for-requester = Open a ticket for the same requester
command-reply = Write a public reply
command-note = Write an internal note
command-choose-status = Set the status
command-choose-assignee = Set the assignee
command-assign-to-me = Assign to me
command-choose-group = Set the group
command-choose-priority = Set the priority
command-choose-type = Set the type
command-choose-problem = Link it to a problem
command-show-incidents = List the incidents of a problem
command-rate = Rate how a request was solved
cases-incidents = Incidents
cases-problems = Problem of the incident
rate-title = How was it solved?
rate-why = ↑ ↓ good or bad. Why, in your own words, if you like:
command-choose-tags = Change the tags
command-choose-ccs = Change who is in copy
command-choose-followers = Change the followers
command-choose-kind = Set the kind
command-edit-fields = Read and fill in its other fields
command-save-fields = Save them
command-next-own-field = Go to the next field
command-previous-own-field = Go to the field before
command-leave-fields = Leave them as they are
command-choose-due-date = Set when it is due
command-apply-macro = Apply a macro
command-why = Say why a rule ran here, or did not
command-insert-macro = Apply a macro to what is written
command-take-macro-back = Take the last macro back
command-save-as-view = Save the search as a view of your own
command-rename-view = Rename the view
command-hide-view = Hide the view
command-delete-view = Delete the view
command-show-history = Show the history
command-copy-number = Copy the number
command-copy-link = Copy the link
command-open-link = Open the link in the browser
command-follow-up = Open a follow-up of a closed ticket
command-merge = Merge into another ticket
command-delete-ticket = Delete the ticket: it can be brought back
command-mark-as-spam = Delete the ticket as spam, and suspend whoever asked
command-undo = Undo one's own last change
command-search = Search
command-move-down = Down
command-move-up = Up
command-go-to-first = To the first
command-go-to-last = To the last
command-half-page-down = Half a page down
command-half-page-up = Half a page up
command-page-down = A page down
command-page-up = A page up
command-open = Open
command-mark = Mark, and go on to the next
command-mark-range = Begin or end a range of marks
command-mark-all = Mark all, or none
command-sort = Choose the order
command-narrow = Narrow while typing
command-next-tab = Next tab
command-previous-tab = Previous tab
command-go-to-tab = Tab by its number
command-save-file = Save a file of the conversation
command-next-ticket = Next ticket of the list
command-previous-ticket = Previous ticket of the list
command-toggle-details = Show or hide the details
command-turn-into-note = Turn the only public comment into a note
command-redact = Blacken a piece of what was said, or take a file off, for good
command-next-hit = Next hit
command-previous-hit = Previous hit
command-send = Send
command-send-as-open = Send, and set the status to Open
command-send-as-pending = Send, and set the status to Pending
command-send-as-on-hold = Send, and set the status to On-hold
command-send-as-solved = Send, and set the status to Solved
command-toggle-audience = From public reply to internal note and back
command-write-in-editor = Write in $EDITOR
command-attach = Attach a file
command-quote = Quote the last comment
command-drop-draft = Throw the draft away
command-leave = Leave, and keep the draft
command-next-field = Next field
command-previous-field = Previous field
command-submit = Submit
command-toggle-private = From public ticket to private ticket and back
command-edit-description = Write the description in $EDITOR
command-attach-file = Attach a file to the request
command-toggle-optional-fields = Show or hide the optional fields
command-submit-as-new = Submit as New
command-submit-as-open = Submit as Open
command-submit-as-pending = Submit as Pending
command-submit-as-on-hold = Submit as On-hold
command-submit-as-solved = Submit as Solved
command-drop-request = Throw the draft of the request away
command-take-kind = Choose this kind
command-open-submitted = Open what was submitted
command-submit-another = Submit another one
command-leave-form = Leave, and keep the draft
command-accept = Take it
command-next-row = Next row
command-previous-row = Previous row
command-cancel = Leave
command-open-hit = Open the hit under the cursor
command-go-to-hits = Go to the hits, to mark and change them
command-next-found = Next hit
command-previous-found = Previous hit
command-leave-search = Leave
command-choose = Choose
command-toggle-choice = Turn on or off
command-next-choice = Next choice
command-previous-choice = Previous choice
command-leave-picker = Leave
command-yes = Yes
command-no = No
command-back = Back
command-refresh = Refresh
command-my-activities = My activities: check your existing requests
command-show-accounts = All my accounts
command-go-there = Go on there
command-show-drafts = Show all drafts
command-show-inbox = Show what I was told
command-open-notice = Open the ticket of a notice
command-mark-read = Mark a notice as read
command-mark-all-read = Mark all notices as read
command-show-error = Show the last error's details
command-become-somebody-else = Be somebody else
command-open-lab = Move the demo's clock
command-move-clock-to-next = Move the clock to what happens next
command-move-clock-an-hour = Move the clock an hour ahead
command-move-clock-a-day = Move the clock a day ahead
command-move-clock-a-week = Move the clock a week ahead
hint-move-clock-to-next = to what is next
hint-move-clock-an-hour = an hour
hint-move-clock-a-day = a day
hint-move-clock-a-week = a week
lab-title = Lab
lab-nothing = Nothing has happened yet. Move the clock: n to what happens next by itself, h an hour, d a day, w a week.
lab-moving = The clock says { $now } and is moving…
lab-clock = { $days ->
    [0] { $hours ->
        [0] The clock says { $now }, as it is
        [one] The clock says { $now }: an hour ahead
       *[other] The clock says { $now }: { $hours } hours ahead
    }
    [one] { $hours ->
        [0] The clock says { $now }: a day ahead
       *[other] The clock says { $now }: a day and { $hours } h ahead
    }
   *[other] { $hours ->
        [0] The clock says { $now }: { $days } days ahead
       *[other] The clock says { $now }: { $days } days and { $hours } h ahead
    }
}
command-open-palette = Find a command
command-help = Show the keys
command-help-while-typing = Show the keys, also while typing
command-toggle-mouse = Let the mouse go, or take it back
command-redraw = Draw everything anew
command-suspend = Suspend
command-quit = Quit

hint-new-request = new
hint-reply = reply
hint-note = note
hint-choose-status = status
hint-choose-assignee = assignee
hint-choose-priority = priority
hint-choose-tags = tags
hint-save-fields = save
hint-next-own-field = next field
hint-leave-fields = leave
hint-show-history = history
hint-search = search
hint-open = open
hint-open-notice = open
hint-mark-read = read
hint-mark-all-read = all read
hint-narrow = narrow
hint-next-tab = next list
hint-toggle-details = details
hint-next-hit = next hit
hint-send = send
hint-send-as-solved = send as solved
hint-toggle-audience = reply/note
hint-write-in-editor = editor
hint-attach = attach
hint-quote = quote
hint-leave = keep draft
hint-next-field = next field
hint-submit = submit
hint-toggle-private = public/private
hint-edit-description = editor
hint-attach-file = attach
hint-toggle-optional-fields = more fields
hint-take-kind = choose
hint-open-submitted = open it
hint-submit-another = submit another
hint-leave-form = keep draft
hint-accept = take
hint-next-row = next
hint-cancel = leave
hint-open-hit = open
hint-go-to-hits = to the hits
hint-leave-search = leave
hint-choose = choose
hint-toggle-choice = on/off
hint-leave-picker = leave
hint-yes = yes
hint-no = no
hint-back = back
hint-open-palette = commands
hint-help = help
hint-help-while-typing = help
hint-quit = quit

# What stands after the first keys of a sequence, where the whole sentence is too long.
then-send-as-open = send as Open
then-send-as-pending = as Pending
then-send-as-on-hold = as On-hold
then-send-as-solved = as Solved
then-submit-as-new = submit as New
then-submit-as-open = as Open
then-submit-as-pending = as Pending
then-submit-as-on-hold = as On-hold
then-submit-as-solved = as Solved

# The demo's people.
who-title = Who do you want to be?
who-note = { $role } · { $place }

## The admin's pages
scope-inbox = Inbox
scope-pages = Admin
scope-settings = Settings
scope-setup = Admin lists
scope-person = Somebody's page
scope-members = A group or an organization
scope-mails = Suspended mails
scope-deleted = Deleted tickets
scope-coming = Forecast
scope-accounts = All accounts
scope-calls = Calls of a webhook
scope-link = A link for a password
scope-filling = Admin forms
scope-own-fields = Fields of a ticket
scope-lab = The demo's clock
command-admin = Set up the account
command-open-page = Open the page
command-find-thing = Look for one
command-edit-person = Edit them
command-new-ticket-for-person = Open a ticket for them
command-show-their-requests = Show their requests
command-show-their-tickets = Show the tickets that are assigned to them
command-suspend-or-let-in = Suspend them, or let them in again
command-make-access-link = Make a link with which they set a password
command-merge-person = Merge them into somebody else
command-delete-person = Delete them
command-erase-person = Erase them with all that is known of them
command-let-in-who-asked = Let in who asked for access
command-edit-their-fields = Fill in their fields
command-away-or-back = Say that they are away, or back
command-read-mail = Read it whole, or go back to the list
command-take-mail = Make a ticket of it for its sender
command-note-mail = Put it on a ticket as an internal note
command-drop-mail = Throw it away
command-open-coming = Open the ticket
command-open-call = Open the ticket
command-test-webhook = Call it now, as a test
command-show-calls = The last calls of a webhook, and a test
command-show-forecast = What will happen by itself: the forecast
command-show-suspended-mails = Mails that are nobody's
command-show-deleted-tickets = Deleted tickets
command-restore-ticket = Bring the ticket back
command-delete-for-good = Delete the ticket for good
hint-restore-ticket = bring back
hint-delete-for-good = for good
hint-read-mail = read
hint-take-mail = new ticket
hint-note-mail = note on a ticket
hint-drop-mail = drop
hint-go-there = go there
hint-open-coming = open
hint-open-call = open
hint-test-webhook = test
hint-show-calls = calls
command-open-member = Open their page
command-add-member = Add somebody
command-remove-member = Take them out
command-edit-this = Edit it
command-edit-its-fields = Fill in its fields
command-show-its-tickets = Show its tickets
command-copy-access-link = Copy it
command-leave-access-link = Leave
command-show-people = People
command-show-organizations = Organizations
hint-find-thing = find
hint-erase-person = erase
hint-turn-into-note = make note
hint-why = why
hint-apply-macro = macro
hint-edit-fields = fields
hint-edit-person = edit
hint-new-ticket-for-person = new ticket
hint-show-their-requests = requests
hint-suspend-or-let-in = suspend
hint-make-access-link = password
hint-merge-person = merge
hint-delete-person = delete
hint-edit-their-fields = fields
hint-away-or-back = away
hint-open-member = open
hint-add-member = add
hint-remove-member = take out
hint-edit-this = edit
hint-edit-its-fields = fields
hint-show-its-tickets = tickets
hint-copy-access-link = copy
hint-leave-access-link = leave
command-change-setting = Change it
command-open-thing = Open it
command-new-thing = Make a new one
command-switch-on-or-off = Switch it on or off
command-delete-thing = Delete it
command-duplicate-thing = Make a new one like it
command-preview = Show which tickets match
command-move-thing-down = Move it down
command-move-thing-up = Move it up
command-save = Save
command-leave-filling = Leave; what is filled in is kept
command-next-line = Next line
command-previous-line = Previous line
command-choose-value = Choose what can stand here
command-edit-as-toml = Edit all of it as TOML in the editor
command-preview-filled = Show which tickets match what is filled in
command-drop-form = Throw away what is filled in
hint-open-page = open
hint-change-setting = change
hint-open-thing = open
hint-new-thing = new
hint-switch-on-or-off = on/off
hint-delete-thing = delete
hint-duplicate-thing = duplicate
hint-preview = preview
hint-move-thing-down = lower
hint-move-thing-up = higher
hint-save = save
hint-leave-filling = leave
hint-next-line = next
hint-choose-value = choose
hint-edit-as-toml = editor
hint-preview-filled = preview
hint-drop-form = drop

## The account's own fields
own-title = Fields
own-no-fields = The account has no fields of its own here.
own-none = There is nothing else to fill in on this ticket.
own-teams = The team fills this in: { $field }.
own-unsaved = Not saved yet. Press esc once more to leave it as it was.
own-missing = missing
own-wrong = cannot be so
own-hint-text = nothing yet
own-hint-textarea = nothing yet
own-hint-integer = a whole number
own-hint-decimal = a number, such as 12.5
own-hint-date = a day, such as 2026-11-22
own-hint-tagger = ⏎ chooses
own-hint-multiselect = ⏎ chooses, several times
own-hint-regexp = nothing yet
own-hint-partialcreditcard = only the last four digits are kept
