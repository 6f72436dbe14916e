# Reports. What is counted by, and what is counted; durations are medians.

reports-by-status = Status
reports-by-kind = Kind
reports-by-organization = Organization
reports-by-group = Group
reports-by-assignee = Assignee
reports-by-requester = Requester
reports-by-channel = Channel
reports-by-priority = Priority
reports-by-tag = Tag
reports-by-day = Day
reports-by-week = Week
reports-by-month = Month

reports-measure-opened = Opened
reports-measure-solved = Solved
reports-measure-unsolved = Unsolved
reports-measure-reopened = Reopened
reports-measure-first-answer = Answer
reports-measure-solution = Solution
reports-p90 = 90 %
reports-mean = Mean

reports-none = none
reports-before = before
reports-after = after
reports-total = Total

## Below a table, beside the results
reports-period = From { $from } to before { $until }.
reports-empty = No tickets in that time.

## What was asked
reports-bad-time = "{ $text }" is no day.
    .hint = Days are written 2026-11-01, moments 2026-11-01 10:00 or 2026-11-01T10:00:00Z, so many days or weeks ago 30d or 4w.
reports-backwards = The period ends before it begins.
    .hint = --to names the last day that counts.
reports-no-zone = There is no time zone "{ $zone }".
    .hint = Zones are named as in Europe/Paris or UTC.
reports-no-zone-but = There is no time zone "{ $zone }"; did you mean { $nearest }?
reports-where = The condition cannot be read: { $why }
reports-no-schedule = There are no business hours called "{ $name }".

## The screen
reports-title = Report
reports-by = By
reports-days = { $days ->
    [365] The year
   *[other] { $days } days
} from { $from } to { $to }
reports-waiting = Counting…
reports-no-list = No list holds these.
scope-report = Report
command-show-report = Count tickets: a report
command-open-counted = Open the tickets behind the row
command-count-by-next = Count by the next field
command-count-by-previous = Count by the field before
command-next-number = Draw the bars of the next number
command-longer-period = A longer period
command-shorter-period = A shorter period
command-earlier-period = The period before
command-later-period = The period after
hint-open-counted = open
hint-count-by-next = by
hint-next-number = bars
hint-longer-period = longer
hint-shorter-period = shorter
hint-earlier-period = earlier
hint-later-period = later
