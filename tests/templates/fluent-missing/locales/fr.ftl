locale = fr-CA
typography = french
