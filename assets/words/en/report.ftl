# Errors at the edge: what went wrong and what to do next. Keys begin with report- or config-.

report-not-found = There is nothing with that number, or you may not see it.
report-denied = Your role may not do this.
    .hint = Agents work tickets, end users have requests; admins run the account. --as says who acts.
report-signed-out = You are not signed in there any more.
    .hint = Sign in again with `guichet sign-in`.
report-conflict = Somebody changed the ticket first; nothing was done.
    .hint = Look at it again, then decide.
report-throttled = Too much was asked in a short time.
    .hint = Wait a little, then try again.
report-unreachable = The account cannot be reached: { $why }
    .hint = Check that the server runs and lets you in, and that --database names it rightly; then try again.
report-key-reused = This key was used for something else, and only that was done.
    .hint = Look at what was done, then send what is new by itself.
report-not-rehearsed = What that would lead to cannot be told here without doing it.
report-said = The account does not do this: { $text }
report-garbled = The account's answer made no sense: { $why }

report-store-read-only = The store takes no changes, for it can only be read: { $why }
    .hint = Check the permissions of the file and of its folder.
report-store-full = The disk is full; nothing was changed.
    .hint = Make room on it, then try again.
report-store-locked = Another program has held the store for too long: { $why }
    .hint = Wait until it is done, then try again.
report-store-foreign = That is no store of Guichet: { $why }
    .hint = Check --database; `guichet init` makes a new store.
report-store-newer = A newer version of Guichet made this store, which this version cannot read: { $why }
report-store-overtaken = A newer version of Guichet looks after this store. This version reads it and writes nothing: { $why }
    .hint = Use that version, or a later one.
report-store-missing = There is no store: { $why }
    .hint = Check --database; `guichet init` makes a new store.
report-store-damaged = The store contradicts itself: { $why }
    .hint = Keep a copy of the file before anything else. `guichet verify` lists what is damaged.
report-store-io = The disk failed, and the store takes no more changes until the next start: { $why }
report-store-other = The store could not do it: { $why }

report-file = { $path }: { $why }
report-io = It could not be done: { $why }
report-why-missing = there is no such file
report-why-permission = permission denied
report-why-folder = that is a folder
report-why-full = the disk is full
report-why-read-only = it can only be read
report-why-exists = it exists already

report-no-profile = The configuration has no profile { $profile }.
    .hint = `guichet config show` lists the profiles, `guichet config path` names the file.
report-no-profile-but = The configuration has no profile { $profile }; did you mean { $nearest }?
report-config = { $path }, line { $line }: { $fault }
    .hint = `guichet config check` names everything that is wrong in the file.
report-no-home = No home folder is known here, so there is no place for configuration and data.
    .hint = Set HOME, or XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_STATE_HOME.

config-syntax = this is no TOML: { $message }
config-unknown-key = there is no key { $key }
config-unknown-key-but = there is no key { $key }; did you mean { $nearest }?
config-wrong-type = { $key } takes { $expected }, not this ({ $found })
config-not-one-of = { $key } takes { $choices }, not "{ $found }"
config-takes-text = a text in quotes
config-takes-switch = true or false
config-takes-number = a whole number from 1 to 65535
config-takes-table = a table
config-takes-texts = a text or a list of texts
config-unknown-command = there is no command { $name }; did you mean { $nearest }?
config-bad-key = keys.{ $name }: "{ $key }" is no key
config-key-types-text = keys.{ $name }: "{ $key }" types a letter where the command is used
config-keys-clash = { $key } is the key of both { $one } and { $other }
report-none = { $what ->
    [kind] There is no such kind of request. `guichet kind list` lists them: type its name, or # and its number.
    [text] There is no such text of a notice. `guichet text list` lists them: type its name, or # and its number.
    [view] There is no such view, or it is not yours. `guichet view list` lists them: type its name.
    [macro] There is no such macro, or it is not yours. `guichet macro list` lists them: type its title, or # and its number.
    [group] There is no such group. `guichet group list` lists them: type its name.
   *[other] There is no such { $what }. `guichet { $what } list` lists them: type its name, or # and its number.
}
report-no-terminal = The full screen of Guichet needs a terminal, and here is none: name a command.
    .hint = `guichet --help` lists the commands.
