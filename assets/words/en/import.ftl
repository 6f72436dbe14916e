# What an import says of files and rows.

import-trouble-map = The mapping cannot be used: { $why }
import-trouble-columns = The mapping names columns that the file does not have: { $missing }. It has: { $present }.
import-trouble-unreadable = The file cannot be read: { $why }
import-trouble-large = { $path }: too large. All files of an import hold { $max } MiB at most, a mapping less. Import them in parts, one after the other.
import-trouble-no-list = The file holds no list of objects. A list, or one object a line, is expected.
import-trouble-no-tickets = None of the files holds tickets: one with the columns id, subject, status and requester_id is needed.
import-trouble-no-map = The format { $format } needs a mapping: --map FILE says which column is what.
import-trouble-no-file = Name at least one file to import.

import-why-not-text = The column “{ $column }” is not UTF-8 text.
import-why-unreadable = The row cannot be read: { $why }
import-why-missing = { $field } is missing.
import-why-no-ticket = Its ticket, { $number }, is not in these files.
import-why-bad-value = { $field } cannot be “{ $value }”.
import-why-changed = It was imported before and is different now; it stays as it was then.
import-why-left-out = left out: { $why }

import-done = { $made ->
        [one] { $made } ticket imported
       *[other] { $made } tickets imported
    }, { $known } imported before, { $refused ->
        [one] { $refused } row refused
       *[other] { $refused } rows refused
    }.
import-suspended = { $count ->
        [one] { $count } agent was made and begins
       *[other] { $count } agents were made and begin
    } suspended: an admin lets them in (guichet person update NUMBER --suspended false).
import-stopped = Stopped. Run it again to go on: what is imported is not imported twice.
import-report-at = Every refused row with its reason: { $path }
import-progress = { $done } of { $total } rows, { $rate } a second
import-report-heading-file = file
import-report-heading-line = line
import-report-heading-reason = reason
