# Dates: so far those that stand in what an account says.

date-long = { $weekday } { $day ->
    [1] 1º
   *[other] { $day }
} { $month } { $year }

## Monday is 1, January is 1
weekday-long-1 = lunedì
weekday-long-2 = martedì
weekday-long-3 = mercoledì
weekday-long-4 = giovedì
weekday-long-5 = venerdì
weekday-long-6 = sabato
weekday-long-7 = domenica
month-long-1 = gennaio
month-long-2 = febbraio
month-long-3 = marzo
month-long-4 = aprile
month-long-5 = maggio
month-long-6 = giugno
month-long-7 = luglio
month-long-8 = agosto
month-long-9 = settembre
month-long-10 = ottobre
month-long-11 = novembre
month-long-12 = dicembre
