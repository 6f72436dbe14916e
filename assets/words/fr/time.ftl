# Dates: so far those that stand in what an account says.

date-long = { $weekday } { $day ->
    [1] 1er
   *[other] { $day }
} { $month } { $year }

## Monday is 1, January is 1
weekday-long-1 = lundi
weekday-long-2 = mardi
weekday-long-3 = mercredi
weekday-long-4 = jeudi
weekday-long-5 = vendredi
weekday-long-6 = samedi
weekday-long-7 = dimanche
month-long-1 = janvier
month-long-2 = février
month-long-3 = mars
month-long-4 = avril
month-long-5 = mai
month-long-6 = juin
month-long-7 = juillet
month-long-8 = août
month-long-9 = septembre
month-long-10 = octobre
month-long-11 = novembre
month-long-12 = décembre
