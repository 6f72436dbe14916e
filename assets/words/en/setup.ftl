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
setup-imported = { $count ->
    [0] Nothing had to be done
    [one] One change is made
   *[other] { $count } changes are made
}; { $same } are the same.
setup-would-import = { $count ->
    [0] Nothing would be done
    [one] One change would be made
   *[other] { $count } changes would be made
}; { $same } are the same.
setup-import-left = { $count } could not be taken over; the sentences above say why.
    .hint = Mend them and run it again: what is done is not done twice.
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

## What is missing or wrong on the command line
setup-none = There is no { $name } among them.
    .hint = `list` lists them.
setup-none-but = There is no { $name } among them; did you mean { $nearest }?
setup-many = Several are called { $name }: { $numbers }
    .hint = Name one by its number, as in #3.
setup-nothing-to-set = Nothing is said that should be set.
    .hint = Say --file FILE, or --set KEY=VALUE.
setup-bad-pair = { $pair } is not of the form KEY=VALUE.
setup-no-switch = These cannot be switched on or off.
setup-no-order = These have no order.
setup-too-large = { $path } is too large for one thing of the set-up.
setup-not-text = { $path } is no text in UTF-8.
