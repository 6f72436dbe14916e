# Mail: the letters that the program writes by itself, and the commands about mail. Keys begin with access-mail-, stranger-mail, outbox-,
# inbox- or mail-.

access-mail-sign-up-subject = Your access to { $account }
# Nobody has said yet that the address is theirs: no word of whoever asked for access stands in it.
access-mail-sign-up =
    Hello,

    access to { $account } was asked for with your address. To choose a password, type

        guichet person password --token

    and then, when you are asked for it, once and within { $hours ->
        [one] an hour
       *[other] { $hours } hours
    }:

        { $token }

    If it was not you, do nothing: without this nobody comes in.
access-mail-password-subject = A new password for { $account }
access-mail-password =
    Hello { $name },

    a new password for { $account } was asked for with your address. To choose one, type

        guichet person password --token

    and then, when you are asked for it, once and within { $hours ->
        [one] an hour
       *[other] { $hours } hours
    }:

        { $token }

    If it was not you, do nothing: your password stays as it is.
# Nobody has shown that the address is theirs: no word of whoever wrote the request stands in it.
stranger-mail-subject = Request #{ $number } to { $account }
stranger-mail =
    Hello,

    somebody who had not signed in has made request #{ $number } to { $account } with your address.

    If it was you: answer this letter to add something{ $url ->
        [none] .
       *[other] , or write at { $url }.
    } To read what was written, ask there for access with this address.

    If it was not you, do nothing: your address is used for nothing else.

inbox-at = When
inbox-marked = Marked as read. { $count ->
        [0] Nothing is unread.
        [one] One is unread.
       *[other] { $count } are unread.
    }

outbox-no-courier = No mail can be sent: { $why }. Look at the table [mail] of the configuration.
outbox-flushed = { $sent ->
        [0] Nothing was sent
        [one] One letter was sent
       *[other] { $sent } letters were sent
    }; { $later } tried again later, { $failed } failed, { $held } held.
outbox-nowhere = No mail is sent from here: [mail] in the configuration says so. What was due is held; everybody finds it in their inbox.
outbox-left = No mail is sent from here: the configuration does not say how. What is due waits for a program that sends it; write [mail] into the configuration, with send = "none" if nobody shall send any.
outbox-state = State
outbox-to = To
outbox-error = What went wrong
outbox-is-waiting = waiting
outbox-is-sent = sent
outbox-is-failed = failed
outbox-is-held = held
outbox-is-dropped = dropped
outbox-waits = Number { $number } waits to be sent.
outbox-dropped = Number { $number } is not sent any more.

mail-no-folder = No folder is configured in which mail arrives. Name a file, or - for standard input, or set receive in [mail].
mail-commented = The mail is a comment on #{ $number }.
mail-opened = The mail opened #{ $number }.
mail-suspended = The mail waits for an agent: { $why }.
mail-from = From
mail-reason = Why
mail-files = Files
mail-unreadable = This mail cannot be read. Look at where it came from, or drop it.
mail-taken-from = Mail from { $from }:
mail-taken = The mail is on #{ $ticket } now.
mail-taken-in-part = As much of the mail as a comment takes is on #{ $ticket } now. The mail waits on, for it has more: save that, then drop number { $number }.
mail-not-taken = The mail is too big and was not taken: only its head is kept, for agents to know of it.
mail-dropped = Mail { $number } is gone.
mail-why-stranger = it is not known whose it is
mail-why-automatic = a program wrote it
mail-why-closed = its ticket is closed
mail-why-unsigned = asked by somebody who had not signed in, with this address of somebody of the team or who is shut out
mail-why-refused = its writer may not do that
mail-why-no-mail = it is no mail
mail-why-no-sender = it names no sender
mail-why-several-senders = it names several senders
mail-why-too-big = it is too big
mail-why-too-many-parts = it has too many parts

inbox-title = inbox
inbox-empty = You were told nothing yet.
inbox-waiting = Looking…
inbox-failed = What you were told cannot be shown now.
