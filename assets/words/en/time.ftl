# Dates, times, sizes, numbers and lists. Hours, minutes, days of the month (but in date-long) and
# years come as text, all else as counts.

number-at-least = { $count }+
size-bytes = { $size } B
size-kilobytes = { $size } kB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB
size-terabytes = { $size } TB

list-comma = { $first }, { $second }
list-and = { $first } and { $second }
list-or = { $first } or { $second }

time-clock = { $hour }:{ $minute }
time-day-clock = { $day } { $clock }
date-day = { $day } { $month }
date-day-year = { $day } { $month } { $year }
date-long = { $weekday } { $day } { $month } { $year }

## How old something is, in a narrow column
age-now = now
age-minutes = { $count } min
age-hours = { $count } h
age-yesterday = yesterday
age-days = { $count } d
age-weeks = { $count } w
age-years = { $count } y
age-in = in { $age }
age-just-now = just now
age-ago = { $age } ago

## How long something takes
unit-seconds = { $count } s
unit-minutes = { $count } min
unit-hours = { $count } h
unit-days = { $count } d
duration-two = { $large } { $small }

## Monday is 1, January is 1
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
weekday-long-1 = Monday
weekday-long-2 = Tuesday
weekday-long-3 = Wednesday
weekday-long-4 = Thursday
weekday-long-5 = Friday
weekday-long-6 = Saturday
weekday-long-7 = Sunday
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
month-long-1 = January
month-long-2 = February
month-long-3 = March
month-long-4 = April
month-long-5 = May
month-long-6 = June
month-long-7 = July
month-long-8 = August
month-long-9 = September
month-long-10 = October
month-long-11 = November
month-long-12 = December
