# Mail: the letters that the program writes by itself.

access-mail-sign-up-subject = Il Suo accesso a { $account }
access-mail-sign-up =
    Buongiorno,

    è stato richiesto un accesso a { $account } con il Suo indirizzo. Per scegliere una password, digiti

        guichet person password --token

    e poi, quando Le viene chiesto, una sola volta ed entro { $hours ->
        [1] un'ora
       *[other] { $hours } ore
    }:

        { $token }

    Se la richiesta non viene da Lei, non faccia nulla: senza questo nessuno entra.
access-mail-password-subject = Una nuova password per { $account }
access-mail-password =
    Buongiorno { $name },

    è stata richiesta una nuova password per { $account } con il Suo indirizzo. Per sceglierne una, digiti

        guichet person password --token

    e poi, quando Le viene chiesto, una sola volta ed entro { $hours ->
        [1] un'ora
       *[other] { $hours } ore
    }:

        { $token }

    Se la richiesta non viene da Lei, non faccia nulla: la Sua password resta la stessa.
stranger-mail-subject = Richiesta #{ $number } a { $account }
stranger-mail =
    Buongiorno,

    una persona non identificata ha fatto la richiesta #{ $number } a { $account } con il Suo indirizzo.

    Se è stato Lei: risponda a questo messaggio per aggiungere qualcosa{ $url ->
        [none] .
       *[other] , oppure scriva all'indirizzo { $url }.
    } Per leggere ciò che è scritto, chieda lì un accesso con questo indirizzo.

    Se non è stato Lei, non faccia nulla: il Suo indirizzo non serve ad altro.
