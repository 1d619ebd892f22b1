# Words
locale = fr-CA
typography = french
no cases = aucun cas
total = { $n
