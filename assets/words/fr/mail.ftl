# Mail: the letters that the program writes by itself.

access-mail-sign-up-subject = Votre accès à { $account }
access-mail-sign-up =
    Bonjour,

    un accès à { $account } a été demandé avec votre adresse. Pour choisir un mot de passe, tapez

        guichet person password --token

    puis, quand on vous le demande, une seule fois et dans { $hours ->
        [1] l'heure qui suit
       *[other] les { $hours } heures qui suivent
    } :

        { $token }

    Si cette demande ne vient pas de vous, ne faites rien : sans cela, personne n'entre.
access-mail-password-subject = Un nouveau mot de passe pour { $account }
access-mail-password =
    Bonjour { $name },

    un nouveau mot de passe pour { $account } a été demandé avec votre adresse. Pour en choisir un, tapez

        guichet person password --token

    puis, quand on vous le demande, une seule fois et dans { $hours ->
        [1] l'heure qui suit
       *[other] les { $hours } heures qui suivent
    } :

        { $token }

    Si cette demande ne vient pas de vous, ne faites rien : votre mot de passe reste le même.
stranger-mail-subject = Demande #{ $number } à { $account }
stranger-mail =
    Bonjour,

    une personne qui n'était pas identifiée a fait la demande #{ $number } à { $account } avec votre adresse.

    Si c'est vous : répondez à ce message pour ajouter quelque chose{ $url ->
        [none] .
       *[other] , ou écrivez à l'adresse { $url }.
    } Pour lire ce qui est écrit, demandez-y un accès avec cette adresse.

    Si ce n'est pas vous, ne faites rien : votre adresse ne sert à rien d'autre.
