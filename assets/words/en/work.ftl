# How people work with rules: why one ran, what one would do, macros, views. Keys begin with why-, try-, macro- or view-at-.

## Why (Z09)
why-rule = { $sort ->
    [trigger] Trigger "{ $title }"
   *[automation] Automation "{ $title }"
}
why-off = It is switched off.
why-step = { $time } · { $who }
why-ran = It ran: its condition is true.
why-ran-otherwise = It ran. As the rule is now, its condition is not true.
why-not = It did not run: its condition is not true.
why-not-though = It did not run, although its condition is true now: the rule was another then, was switched off, or had nothing to do.
why-no-step = Nothing has been done to this ticket that a trigger could follow.
why-all = all of these:
why-any = at least one of these:
why-none = not so:
why-everything = every ticket
why-had = { $asked } · the ticket has { $has }
why-was = { $asked } · here it was { $has }
why-nothing = none
why-now-true = Now its condition is true.
why-now-false = Now its condition is not true.
why-next = It runs { $when } if nobody does anything.
why-waits = It has run already, and waits until the ticket enters another status.
why-never = Time alone never makes it run on this ticket.
why-would = Now it would do:
why-would-trigger = If the last thing were done now, it would do:
why-would-due = When it is due, it would do:
why-would-not = Nothing: its condition is not true.
why-would-nothing = Nothing: the ticket is so already.
why-title = Why
why-pick = Why which rule?
why-pick-off = off
why-pick-sort = { $sort ->
    [trigger] trigger
   *[automation] automation
}
why-no-rules = There is no rule to ask about.

## Dry runs
try-count = { $sort ->
    [view] It lists { $count } of the last { $of } tickets.
    [macro] It would change or answer { $count } of the last { $of } tickets.
    [trigger] It would have run on { $count } of the last { $of } tickets.
   *[automation] It would run now on { $count } of the last { $of } tickets.
}
try-dry = Nothing was done.
try-would = Would do

## Macros
macro-pick = Apply which macro?
macro-mine = yours
macro-none = There is no macro yet.
macro-would = { $title }: { $what }
macro-only-said = nothing but the text
macro-dropped = The macro is taken back: the text is as it was before.
macro-taken = { $title }: look at it, then send it. { $key } takes it back.
macro-left = The text is kept as a draft; what the macro would change is not.
macro-ask = Apply "{ $title }" to #{ $number }? It will { $what }.
macro-nothing = "{ $title }" changes nothing on #{ $number }.
macro-ask-several = Apply "{ $title }" to { $count ->
    [one] one ticket
   *[other] { $count } tickets
}? { $changed ->
    [0] Their values stay as they are
    [one] One changes
   *[other] { $changed } change
}{ $replied ->
    [0] {""}
    [one] , one gets a reply
   *[other] , { $replied } get a reply
}{ $noted ->
    [0] {""}
    [one] , one gets a note
   *[other] , { $noted } get a note
}{ $opened ->
    [0] {""}
    [one] ; a private one becomes public for good
   *[other] ; { $opened } private ones become public for good
}.{ $refused ->
    [0] {""}
    [one] {" "}One cannot be changed and is left out.
   *[other] {" "}{ $refused } cannot be changed and are left out.
}
macro-nothing-several = "{ $title }" changes none of these tickets.
macro-would-on = #{ $number } · { $subject }
macro-says-reply = Reply:
macro-says-note = Internal note:
macro-refused = It cannot be done: { $why }

## Views
view-at-group = { $name }: { $what }
view-at-delete = Delete the view "{ $title }"? It is gone for good.
view-at-usual = This list is no view: it cannot be changed.
