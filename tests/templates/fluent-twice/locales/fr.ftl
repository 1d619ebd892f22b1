locale = fr-CA
typography = french
no-cases = aucun cas
contents = Contenu
no-cases = pas de cas
