# Conditions: what of a sentence cannot be understood, and where a test cannot be used.

condition-too-long = The condition is too long. Leave something out.
condition-too-many = The condition has more than { $most } tests. Leave some out.
condition-too-deep = Too many parentheses lie within each other: { $part }. Write it with fewer.
condition-unexpected = This cannot stand here: { $part }
condition-unexpected-but = This cannot stand here: { $part }. It can be { $known }.
condition-unfinished = Something is missing at the end.
condition-unfinished-but = Something is missing at the end: { $known }.
condition-unknown =
    { $what ->
        [field] There is no field { $part }.
        [status] There is no custom status { $part }.
        [kind] There is no kind { $part }.
        [group] There is no group { $part }.
        [person] Nobody has the address { $part }.
        [organization] There is no organization { $part }.
        [schedule] There is no schedule { $part }.
       *[other] There is no { $part }.
    }
condition-no-agreement = No sharing agreement is in force, so nothing can be received or sent.

# What can stand somewhere.
condition-a =
    { $what ->
        [field] the name of a field
        [status] the name of a custom status
        [kind] the name of a kind
        [group] the name of a group
        [person] an address
        [organization] the name of an organization
        [schedule] the name of a schedule
       *[other] a name
    }
condition-a-number = a number
condition-a-text = a text
condition-a-moment = a day such as 2026-11-22
condition-a-tag = a tag
condition-an-option = an option of the field

# Where a test cannot be used.
condition-nothing-done =
    { $use ->
        [automation] Automations run when time passes: nothing has just been done, so leave this out: { $test }
        [view] Views list what is there: nothing has just been done, so leave this out: { $test }
       *[search] Searches find what is there: nothing has just been done, so leave this out: { $test }
    }
condition-words = Automations look at every ticket, but not into its texts. Leave this out: { $test }
condition-files =
    { $use ->
        [automation] Automations look at every ticket, but not at its files. Leave this out: { $test }
       *[trigger] Triggers look at what has just been done, not at all files. Leave this out: { $test }
    }
condition-nobody = Nobody is there when time passes, so "me" is nobody. Leave this out: { $test }
condition-no-value = This is nothing that a field can be set to: { $test }
