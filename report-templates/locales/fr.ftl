# Mots du rapport, en français. Chaque message a le même nom et les mêmes variables dans chaque langue.
# Le typographe pose les espaces insécables; « ** » met en gras. Les nombres arrivent déjà écrits ($n);
# $count ne sert qu’à choisir entre le singulier et le pluriel.

locale = fr-CA
typography = french
language-name = Français

## Nombres, dates, durées

percent = { $number } %
unit-percent = %
first-of-month = 1ᵉʳ
list-separator = {", "}
list-two = { $first } et { $last }
list-last = {" et "}
sentence-end = .
limit-business-days = { $count ->
    [one] { $n } jour ouvrable
   *[other] { $n } jours ouvrables
 }
limit-calendar-days = { $count ->
    [one] { $n } jour civil
   *[other] { $n } jours civils
 }
limit-minutes = { $count ->
    [one] { $n } minute
   *[other] { $n } minutes
 }
limit-short-business-days = { $n } j
limit-short-calendar-days = { $n } j c.
limit-short-minutes = { $n } min
elapsed-days = { $count ->
    [one] { $n } jour
   *[other] { $n } jours
 }
elapsed-seconds = { $seconds } s
elapsed-minutes = { $minutes } min
elapsed-minutes-seconds = { $minutes } min { $seconds } s
spelled-all = tous
spelled-0 = aucun
spelled-1 = un
spelled-2 = deux
spelled-3 = trois
spelled-4 = quatre
spelled-5 = cinq
spelled-6 = six
spelled-7 = sept
spelled-8 = huit
spelled-9 = neuf
spelled-10 = dix
spelled-11 = onze
spelled-12 = douze
spelled-13 = treize
spelled-14 = quatorze
spelled-15 = quinze
spelled-16 = seize
weekday-monday = lundi
weekday-tuesday = mardi
weekday-wednesday = mercredi
weekday-thursday = jeudi
weekday-friday = vendredi
weekday-saturday = samedi
weekday-sunday = dimanche

## Document

running-title = { $title }, résultats { $period }
period-sentence = Résultats du { $first } au { $last }, selon les données connues le { $as-of }
draft-word = ÉBAUCHE
draft-title = Ébauche – { $title }
draft-sentence = Ce document est une ébauche : les chiffres peuvent encore changer.
translation-sentence = Ce document est une traduction; la version officielle fait foi.
contents = Dans cette page
skip-to-content = Aller au contenu
other-languages = Autres langues
page-of = sur
figure-label = Figure { $n }.
table-label = Tableau { $n }.

## Signes et états

sign-masked = x
sign-not-available = ..
sign-not-applicable = …
sign-restated = r
spoken-masked = masqué
spoken-not-measured = non mesuré
spoken-not-published = non publié
spoken-no-goal = aucune cible
spoken-not-applicable = sans objet
spoken-note = voir la note { $letter }
sign-turned = †
spoken-turned = verdict contraire
spoken-restated = taux révisé, voir la note { $letter }
state-reached = Cible atteinte
state-below = Sous la cible
state-all-on-time = Tous à temps
state-no-goal = Sans cible
state-no-cases = Aucun cas
state-masked = Masqué
no-cases = aucun cas
noun-cases = cas
value-blank = Non précisé

## En un coup d’œil

overview-title = En un coup d’œil
lead-total = { $count ->
    [one] Nous avons pris { $n } engagement de délai.
   *[other] Nous avons pris { $n } engagements de délai.
 }
lead-with-goal = { $count ->
    [one] Un seul a une cible : { $parts }.
   *[other] { $n } ont une cible : { $parts }.
 }
lead-without-goal = { $count ->
    [one] Un seul n’a pas de cible : { $parts }.
   *[other] { $n } n’ont pas de cible : { $parts }.
 }
lead-all-with-goal = { $count ->
    [one] Il a une cible : { $parts }.
   *[other] Tous ont une cible : { $parts }.
 }
lead-all-without-goal = { $count ->
    [one] Il n’a pas de cible : { $parts }.
   *[other] Aucun n’a de cible : { $parts }.
 }
lead-reached = { $group ->
    [1] **il l’a atteinte**
   *[other] { $count ->
        [one] **{ $n } l’a atteinte**
       *[other] **{ $n } l’ont atteinte**
    }
 }
lead-below = { $group ->
    [1] **il est sous la cible**
   *[other] { $count ->
        [one] **{ $n } est sous la cible**
       *[other] **{ $n } sont sous la cible**
    }
 }
lead-all-on-time = { $group ->
    [1] **il a été tenu dans tous les cas**
   *[other] { $count ->
        [one] **{ $n } a été tenu dans tous les cas**
       *[other] **{ $n } ont été tenus dans tous les cas**
    }
 }
lead-not-always = { $group ->
    [1] **il n’a pas toujours été tenu**
   *[other] { $count ->
        [one] **{ $n } n’a pas toujours été tenu**
       *[other] **{ $n } n’ont pas toujours été tenus**
    }
 }
lead-no-cases = { $group ->
    [1] il n’a eu aucun cas
   *[other] { $count ->
        [one] { $n } n’a eu aucun cas
       *[other] { $n } n’ont eu aucun cas
    }
 }
lead-masked = { $group ->
    [1] il est masqué parce qu’il compte trop peu de cas
   *[other] { $count ->
        [one] { $n } est masqué parce qu’il compte trop peu de cas
       *[other] { $n } sont masqués parce qu’ils comptent trop peu de cas
    }
 }
gap-page = Les explications se trouvent à la page
gap-pages = Les explications se trouvent aux pages
chart-commitments = Part des cas traités dans le délai, { $period }
title-goals = { $count ->
    [0] aucune cible atteinte sur { $whole-text }
    [1] une cible sur { $whole-text } atteinte
   *[other] { $n } cibles sur { $whole-text } atteintes
 }
title-kept = { $count ->
    [0] aucun engagement sur { $whole-text } tenu dans tous les cas
    [1] un engagement sur { $whole-text } tenu dans tous les cas
   *[other] { $n } engagements sur { $whole-text } tenus dans tous les cas
 }
description-goals = { $count ->
    [0] aucun engagement sur { $whole-text } n’a atteint sa cible.
    [1] un engagement sur { $whole-text } a atteint sa cible.
   *[other] { $n } engagements sur { $whole-text } ont atteint leur cible.
 }
description-state = { $state } : { $names }.
named = { $name }, { $rate }
named-with-goal = { $name }, { $rate } pour { $goal }
chart-terms = · { $limit }
chart-terms-goal = · { $limit }, cible { $goal }
key-goal = cible et au-delà
axis-begins = L’axe commence à { $rate }

## Sommaire

summary-title = Sommaire des résultats
summary-lead = Chaque taux est la part des cas traités dans le délai promis. « En retard » compte les cas encore ouverts le { $date } dont le délai était déjà dépassé : un taux peut monter parce que des cas en retard restent sans réponse.
summary-caption = Engagements de délai : part dans le délai, volumes et retards
column-commitment = Engagement
column-limit = Délai
column-goal = Cible
column-cases = Cas
column-overdue = En retard
column-result = Résultat
column-year = Année
column-month = Mois
column-rate = Taux
note-business-days-sign = j
note-business-days = = jours ouvrables
note-calendar-days-sign = j c.
note-calendar-days = = jours civils
note-minutes-sign = min
note-minutes = = minutes
note-not-applicable = = sans objet
note-no-goal = = sans objet (aucune cible)
note-not-measured = = non disponible
note-masked = = chiffre masqué pour protéger la vie privée
note-restated = Taux révisé ({ $name }, { $period }) : { $rate } avait été publié.
note-restated-unknown = Taux révisé ({ $name }, { $period }).
note-restated-year = Taux de { $period } révisé : { $rate } avait été publié.
note-restated-year-unknown = Taux de { $period } révisé.
note-break = Le délai est passé de { $before } à { $after } le { $date } : les années avant et après ne se comparent pas.

## Un engagement

promise = Nous promettons de respecter un délai de **{ $limit }**.
promise-changed = Nous promettons de respecter un délai de **{ $limit }** depuis le { $date }; il était de { $before } auparavant.
result-rate = En { $period }, **{ $rate }** des { $noun } ont respecté ce délai : { $met } sur { $counted }.
result-reached = La cible de { $goal } est **atteinte**.
result-below = C’est **{ $n } { $points ->
    [one] point
   *[other] points
 } sous la cible** de { $goal }.
result-all-on-time = En { $period }, **tous les cas** ont été traités dans ce délai : { $met } sur { $counted }.
result-no-cases = Aucun cas en { $period }.
result-masked = Moins de { $minimum } cas : les chiffres sont masqués pour protéger la vie privée.
usual-times = Dans la moitié des cas, il a fallu { $median } ou moins; dans neuf cas sur dix, { $p90 } ou moins.
overdue-none = Le { $date }, aucun cas ouvert n’avait dépassé le délai.
overdue-some = { $count ->
    [one] Le { $date }, { $n } cas ouvert avait déjà dépassé le délai; le plus ancien en était à { $oldest }.
   *[other] Le { $date }, { $n } cas ouverts avaient déjà dépassé le délai; le plus ancien en était à { $oldest }.
 }
gap-why = Pourquoi l’écart
gap-context = Ce qu’il faut savoir
gap-action = Ce que nous faisons
approved = Explication approuvée le { $date } par : { $person }.
not-approved = Explication non encore approuvée.
continued = (suite)
years-caption = Taux et cas par année : { $name }
months-caption = Taux et cas par mois : { $name }
breakdown-caption = Part dans le délai, par { $field }
chart-months = Taux et nombre de cas par mois
chart-goal-label = Cible : { $goal } et plus
chart-volume-label = Cas comptés, dont hors délai
title-months = { $count ->
    [0] aucun mois sur { $whole-text } à la cible
    [1] un mois sur { $whole-text } à la cible ou au-dessus
   *[other] { $n } mois sur { $whole-text } à la cible ou au-dessus
 }
title-months-same = { $rate } chaque mois
title-months-range = De { $low } en { $low-month } à { $high } en { $high-month }
description-months = Mois le plus haut : { $high-month }, { $high }. Mois le plus bas : { $low-month }, { $low }, avec { $cases } cas pour une moyenne de { $mean } cas par mois. Dernier mois : { $last-month }, { $last }.
chart-on-time = Dans le délai
chart-late = Hors délai
chart-open-end = { $first } +
chart-axis-business-days = Jours ouvrables écoulés
chart-axis-calendar-days = Jours écoulés
chart-axis-minutes = Minutes écoulées
chart-times-business-days = Cas selon les jours ouvrables écoulés
chart-times-calendar-days = Cas selon les jours écoulés
chart-times-minutes = Cas selon le temps écoulé
title-times = Temps écoulé
title-times-late = { $share } des retards : { $lateness } ou moins
description-times = Dans le délai : { $on-time-share }, { $on-time } cas. Hors délai : { $late-share }, { $late } cas. La moitié des cas : { $median } ou moins; neuf cas sur dix : { $p90 } ou moins.
field-service = service
field-region = région
field-channel = mode de transmission
field-line = ligne téléphonique
field-mailbox = boîte de courriel
field-category = catégorie
value-information = renseignements
value-complaints = plaintes

## Engagements sans délai

survey-result = **{ $rate }** de réponses favorables : { $favourable } sur { $respondents }.
survey-question = Question : « { $question } »
survey-respondents = { $respondents } des { $invited } personnes invitées ont répondu, soit { $share }; sondage : { $fielded }.
not-measured = Non mesuré cette année.

## Fiabilité

reliability-title = Fiabilité des données
reliability-draft = Projet de la déclaration sur la fiabilité des données prévue à l’article 24 de la Loi sur l’administration publique (RLRQ, chapitre A-6.01). La personne qui signe la complète et la modifie.
reliability-lead = { $organization } : cette déclaration porte sur les résultats du { $first } au { $last }, selon les données connues le { $as-of }.
reliability-controls = Ce que le programme a vérifié
reliability-restrictions = Restrictions connues
reliability-attestations = Ce qu’une personne doit encore attester
reliability-signature = Signature
controls-caption = Contrôles exécutés pour cette publication
column-control = Contrôle
column-finding = Constat
column-figure = Chiffre
control-files = Fichiers de données
control-rows = Lignes lues
control-rejected = Lignes rejetées, source « { $source } »
control-duplicates = Lignes en double
control-cases = Cas visés par un engagement
control-totals = Totaux par mois, par ventilation et par durée
control-unusable = Part des cas inutilisables
control-calendar = Jours fériés et fermetures
control-history = Résultats publiés les années antérieures
control-privacy = Chiffres fondés sur moins de { $minimum } cas
control-explanations = Explications des écarts
finding-fingerprints = Empreintes à la fin du document
finding-rows = Chacune acceptée, en double ou rejetée
finding-cases = Chacun dans une seule catégorie
finding-equal = Égaux au total de l’engagement
finding-differ = En désaccord avec le total
finding-masked = Masqués, avec d’autres s’il le faut
finding-frozen = { $count ->
    [0] Repris sans changement
    [one] Repris, dont { $n } révisé
   *[other] Repris, dont { $n } révisés
 }
finding-removed = Retirées
finding-applied = Appliqués
finding-over = Au-dessus du seuil de { $threshold }
finding-under = Dans le seuil de { $threshold }
finding-complete = Toutes approuvées
finding-incomplete = Approbation à obtenir
figure-files = { $count ->
    [one] { $n } fichier
   *[other] { $n } fichiers
 }
figure-totals = { $count ->
    [one] { $n } total
   *[other] { $n } totaux
 }
figure-results = { $count ->
    [one] { $n } résultat
   *[other] { $n } résultats
 }
figure-masked = { $count ->
    [one] { $n } cellule
   *[other] { $n } cellules
 }
figure-rows = { $count ->
    [one] { $n } ligne
   *[other] { $n } lignes
 }
figure-commitments = { $count ->
    [one] { $n } engagement
   *[other] { $n } engagements
 }
figure-commitments-over = { $count ->
    [one] { $n } engagement au-dessus
   *[other] { $n } engagements au-dessus
 }
figure-days = { $count ->
    [one] { $n } jour
   *[other] { $n } jours
 }
figure-of = { $part } sur { $whole }
restriction-none = Aucune restriction n’est connue du programme.
restriction-rejected = La source « { $source } » a { $share } de lignes rejetées, plus que le seuil de { $threshold }.
restriction-unusable = { $count ->
    [one] Trop de cas inutilisables pour un engagement : { $names }.
   *[other] Trop de cas inutilisables pour ces engagements : { $names }.
 }
restriction-masked = { $count ->
    [one] Chiffres masqués pour protéger la vie privée : { $names }.
   *[other] Chiffres masqués pour protéger la vie privée : { $names }.
 }
restriction-no-cases = { $count ->
    [one] Aucun cas cette année : { $names }.
   *[other] Aucun cas cette année : { $names }.
 }
restriction-restated = { $count ->
    [one] Un taux d’une année antérieure a été révisé : { $names }.
   *[other] Des taux d’années antérieures ont été révisés : { $names }.
 }
restriction-break = { $count ->
    [one] Le délai promis a changé, les années ne se comparent pas toutes : { $names }.
   *[other] Le délai promis a changé, les années ne se comparent pas toutes : { $names }.
 }
restriction-unexplained = { $count ->
    [one] Un résultat n’a pas encore d’explication approuvée : { $names }.
   *[other] Des résultats n’ont pas encore d’explication approuvée : { $names }.
 }
restriction-pledges = { $count ->
    [one] { $n } engagement sans délai n’a pas été mesuré cette année.
   *[other] { $n } engagements sans délai n’ont pas été mesurés cette année.
 }
attest-declaration = Le présent document rend compte de tous les engagements de la Déclaration.
attest-exports = Les données extraites des systèmes sont complètes et n’ont pas été modifiées.
attest-controls = Les règles de calcul de l’annexe A sont celles que nous avons décidées.
attest-explanations = Les explications et les restrictions sont exactes.
signature-name = Nom
signature-title = Titre
signature-date = Date
signature-line = Signature

## Méthode

appendix-a = Annexe A
appendix-b = Annexe B
appendix-c = Annexe C
appendix-d = Annexe D
method-title = Comment nous avons compté
method-lead = Cette note est écrite à partir des règles qui ont réellement servi au calcul.
method-common-title = Règles communes
method-common-caption = Règles communes à tous les engagements de délai
method-differences-title = Règles propres à chaque engagement
method-commitment-caption = Règles de l’engagement : { $name }
column-term = Sujet
column-definition = Règle
term-counted = Ce qui est compté
term-known = Date de référence
term-day-zero = Premier jour
term-business-days = Jours ouvrables
term-calendar-days = Jours civils
term-minutes = Minutes
term-pauses = Arrêts du compte
term-restarts = Remises à zéro
term-exits = Fins sans service
term-unusable = Cas inutilisables
term-overdue = Cas en retard
term-rounding = Arrondi
term-privacy = Petits nombres
term-cite = Texte de l’engagement
term-limit = Délai
term-scope = Cas visés
term-start = Début
term-stop = Fin
term-excluded = Exclusions
term-closed = Jour de fermeture
method-counted = { $cohort } La période va du { $first } au { $last }. Le taux est le nombre de cas traités dans le délai, divisé par ce total.
method-counted-varies = L’année d’un cas dépend de l’engagement; la règle est donnée pour chacun.
cohort-stop = Les cas dont le service a été rendu durant la période.
cohort-due = Les cas dont l’échéance tombe durant la période, rendus ou non.
cohort-start = Les cas commencés durant la période.
method-known = Les événements connus à la fin du { $date }. Ceux qui sont survenus plus tard n’entrent pas dans les chiffres.
method-start-varies = Le premier jour compté dépend de l’engagement; la règle est donnée pour chacun.
method-next-day = Le jour du début est le jour 0. Le dernier jour du délai est encore à temps.
method-same-day = Le jour du début compte comme premier jour. Le dernier jour du délai est encore à temps.
method-next-business-day = Une demande reçue un jour non ouvrable est réputée reçue le jour ouvrable suivant.
method-business-days = Tous les jours sauf { $weekend }, les jours fériés ({ $holidays-text } de la période à la date de référence) et les fermetures ({ $closures-text }). L’annexe D en donne la liste.
method-calendar-days = Tous les jours comptent, fériés compris.
method-minutes = Le temps est mesuré à la seconde, d’un instant à l’autre. Le délai exact est encore à temps.
method-pauses = Le compte s’arrête le jour de l’événement qui l’interrompt, qui compte encore, et reprend après le jour de celui qui le rétablit, qui ne compte pas.
method-restarts = Le compte repart à zéro lors du dernier événement de cette sorte avant la fin.
method-exits = Un cas peut prendre fin sans que le service soit rendu. Chaque engagement dit ce qu’il en advient.
method-unusable = Cas dont les dates se contredisent. Ils n’entrent pas dans le taux; l’annexe B donne le taux s’ils étaient tous en retard, et s’ils étaient tous à temps.
method-overdue = Cas encore ouverts le { $date }, dont le temps écoulé dépassait le délai ce jour-là.
method-rounding = Une décimale. Jamais 100 % sans que tous les cas soient à temps, jamais 0 % si un seul l’est, ni un taux arrondi jusqu’à une cible qui n’est pas atteinte.
method-rounding-example = Par exemple, { $met } sur { $counted } donne { $rate }.
method-privacy = Un chiffre fondé sur moins de { $minimum } cas est masqué, et d’autres avec lui s’il le faut pour qu’on ne puisse pas le retrouver par soustraction.
method-cite = { $place }.
method-limit = { $limit }.
method-limit-until = { $limit } jusqu’au { $until }.
method-limit-from = { $limit } depuis le { $from }.
method-limit-between = { $limit } du { $from } au { $until }.
method-limit-rule = Le délai applicable est celui du jour où le compte commence.
method-source = Source : « { $source } ».
method-condition = { $field } : { $values }
method-earliest = Le premier de ces événements : { $events }.
method-pause = De l’événement « { $from } » à l’événement « { $until } ».
exit-exclude = { $event } : non compté.
exit-missed = { $event } : compté en retard.
exit-by-wait = { $event } : compté en retard si le délai était déjà dépassé, non compté sinon.
exclude-rule = { $because } ({ $conditions }).
left-out = { $count ->
    [one] { $n } cas non compté.
   *[other] { $n } cas non comptés.
 }
unusable-stop-before-start = { $count ->
    [one] { $n } cas dont la fin précède le début.
   *[other] { $n } cas dont la fin précède le début.
 }
unusable-stop-without-start = { $count ->
    [one] { $n } cas dont la date de début manque.
   *[other] { $n } cas dont la date de début manque.
 }
event-received = réception de la demande
event-requested = demande de rendez-vous
event-incomplete-notice-sent = avis de dossier incomplet
event-file-completed = dossier complété
event-opening-letter-sent = envoi de la lettre d’ouverture
event-eligibility-confirmed = confirmation de l’admissibilité
event-decided = décision
event-held = rencontre tenue
event-course-started = début du cours
event-postponed-by-client = report demandé par la personne
event-postponed-by-ministry = report décidé par le ministère
event-withdrawn = désistement
event-queued = entrée dans la file d’attente
event-answered = réponse
event-abandoned = appel abandonné
event-voicemail-left = message laissé dans la boîte vocale
event-returned = message retourné
event-acknowledged = accusé de réception

## Qualité des données

quality-title = Qualité des données
quality-lead = Chaque ligne lue et chaque cas visé se retrouvent à un seul endroit. Les totaux s’additionnent sans reste.
quality-source = Source « { $source } », { $count ->
    [one] { $n } cas
   *[other] { $n } cas
 }
quality-bounds-title = Effet des cas inutilisables
quality-no-unusable = Aucun engagement publié n’a de cas inutilisable : aucun taux ne dépend de dates qui se contredisent.
quality-signs-title = Signes à vérifier
signs-lead = Certaines régularités dans les dates invitent à poser une question. Elles ne prouvent rien, ont souvent une cause ordinaire et ne changent aucun taux. Une régularité est donnée à partir de { $fewest } cas, et seulement si leur part dépasse le seuil indiqué.
signs-none = Aucune des régularités recherchées n’a atteint son seuil.
signs-caption = Régularités qui dépassent leur seuil
sign-of-last-day = Fin le dernier jour du délai, plutôt que la veille ou le lendemain : plus de la moitié des cas de ces trois jours
sign-of-late-pause = Arrêt du compte ouvert le jour de l’échéance ou après : plus d’un cas sur vingt parmi ceux dont le compte s’est arrêté
sign-of-closed-day = Fin un jour qui n’est pas ouvrable : plus d’un cas sur vingt
sign-of-year-end = Fin dans les cinq derniers jours ouvrables de la période : plus du double de leur part des jours
sign-of-late-exit = Fin sans service inscrite quand le délai était déjà dépassé : plus d’un cas sur vingt parmi ceux ainsi retirés du taux
sign-of-late-registration = Inscription deux jours ouvrables ou plus après la réception : plus d’un cas sur vingt parmi ceux qui portent les deux dates
column-among = Parmi
column-share = Part
rows-caption = Lignes lues = acceptées + en double + rejetées
rejected-caption = Lignes rejetées, par motif et par source
cases-caption = Cas visés = à temps + en retard + en cours + non comptés + inutilisables + non commencés + hors période
bounds-caption = Taux si tous les cas inutilisables étaient en retard, et s’ils étaient tous à temps
total = Total
column-file = Fichier
column-rows = Lignes
column-accepted = Acceptées
column-duplicates = En double
column-rejected = Rejetées
column-rejected-share = Rejetées
column-reason = Motif
column-in-scope = Visés
column-met = À temps
column-missed = En retard
column-pending = En cours
column-excluded = Non comptés
column-unusable = Inutilisables
column-not-started = Non commencés
column-outside = Hors période
column-low = Tous en retard
column-high = Tous à temps
reject-invalid-encoding = Caractères illisibles
reject-unclosed-quote = Guillemet jamais fermé
reject-suspicious-quote = Guillemet suspect
reject-ragged-row = Nombre de colonnes inattendu
reject-missing-id = Identifiant manquant
reject-missing-timestamp = Date manquante
reject-bad-timestamp = Date invalide
reject-needs-time = Heure manquante
reject-unknown-event = Événement inconnu
reject-conflicting-id = Identifiant répété avec un autre contenu

## Autres lectures

readings-title = Ce que donneraient d’autres lectures
readings-lead = D’autres façons de compter se défendent. Chacune ne change qu’une chose à la règle déclarée.
readings-none = Aucun engagement n’a de taux qui pourrait se lire autrement.
readings-caption = Taux selon huit lectures, en %
readings-cases-caption = Cas à temps sur cas comptés, selon huit lectures
readings-range = { $low } à { $high }
column-declared = Déclaré
column-reading = Lecture
heading-by-stop = Terminés
heading-by-due = Échus
heading-by-start = Débutés
heading-start-day-counts = Jour 0 compté
heading-pauses-ignored = Sans arrêts
heading-exits-excluded = Fins exclues
heading-exits-missed = Fins en retard
heading-unusable-missed = Invalides en retard
reading-by-stop = les cas terminés durant l’année
reading-by-due = les cas dont l’échéance tombe durant l’année
reading-by-start = les cas commencés durant l’année
reading-start-day-counts = le jour du début compte
reading-pauses-ignored = les arrêts du compte sont ignorés
reading-exits-excluded = les fins sans service ne sont pas comptées
reading-exits-missed = les fins sans service comptent en retard
reading-unusable-missed = les cas inutilisables comptent en retard
note-reading = = { $reading }
note-turned = = verdict contraire : la cible serait atteinte, ou ne le serait plus
chart-readings = Taux déclaré et étendue selon huit lectures
key-range = étendue des lectures
title-readings = { $count ->
    [0] aucun verdict sur { $whole-text } ne dépend de la lecture
    [1] un verdict sur { $whole-text } dépend de la lecture
   *[other] { $n } verdicts sur { $whole-text } dépendent de la lecture
 }
description-readings = { $title }. { $names }.
named-with-range = { $name }, { $rate }, de { $range }

## Calendrier et colophon

calendar-title = Jours fériés et fermetures
calendar-lead = Jours sans service du { $first } au { $last }, fins de semaine non comprises. Ils ne sont pas des jours ouvrables.
calendar-caption = Jours fériés et fermetures
column-date = Date
column-name = Nom
column-kind = Nature
column-source = Origine
kind-holiday = Jour férié
kind-closure = Fermeture
colophon-title = Ce document
colophon-caption = Comment ce document a été produit
term-program = Programme
term-recompute = Refaire les calculs
term-attachments = Pièces jointes au PDF
term-licences = Licences
colophon-program = { $name }, version { $version }
colophon-recompute = La commande « bilan report » refait les mêmes documents, à l’octet près, à partir des mêmes fichiers.
colophon-attachments = results.json, results.csv et method.json
colophon-licences = Caractères Source Sans 3 (Adobe), sous licence SIL Open Font License 1.1; version réduite sous le nom Bilan Sans dans la page web.
files-caption = Empreintes SHA-256 des fichiers de données
column-fingerprint = Empreinte

# Files inside the PDF
attachment-results-json = Tous les résultats en données, au format JSON
attachment-results-csv = Les résultats par engagement, au format CSV
attachment-method = La méthode de calcul, au format JSON

## Fichiers de données : results.csv, results.xlsx, datapackage.json

data-final = Ce document est la version finale.
data-about-figures = Ce classeur contient tous les chiffres du rapport, une feuille par sujet. Ce sont ceux de results.json.
data-about-headers = Dans chaque feuille, la première ligne donne le titre des colonnes et la deuxième leur nom, le même dans toutes les langues et dans tous les fichiers. Leur sens est donné ci-dessous.
data-about-rates = Les taux sont donnés à six décimales, et à côté comme les imprime le rapport : 99,96 % y est imprimé 99,9 %, jamais 100 %.
data-about-masked = Un chiffre fondé sur moins de { $minimum } cas est masqué, et d’autres avec lui au besoin. Un engagement masqué en entier n’a aucune ligne dans les feuilles de détail.
data-about-unmasked = Aucun chiffre n’est masqué : ce fichier est destiné à l’analyse et à la vérification, et ne doit pas être publié.
data-sheet = Feuille
data-column = Colonne
data-title-of-column = Titre
data-meaning = Sens
data-resource-csv = Résultats par engagement
data-resource-json = Tous les résultats, avec les mois, les répartitions et les sources
data-resource-xlsx = Tous les résultats dans un classeur
data-table-commitments = Engagements avec délai : une ligne chacun
data-table-months = Par mois
data-table-breakdowns = Répartitions
data-table-readings = Autres lectures défendables
data-table-history = Résultats publiés des exercices antérieurs
data-table-reasons = Cas non comptés ou inutilisables, par motif
data-table-pledges = Engagements sans délai, avec leur sondage
data-table-sources = Lignes lues, par source
data-table-files = Fichiers de données
data-table-rejected = Lignes rejetées, par fichier et par motif
data-table-distribution = Durées, valeur par valeur
data-commitment = Engagement
data-commitment-meaning = L’identifiant de l’engagement, le même chaque année et dans tous les fichiers.
data-title = Libellé
data-title-meaning = Le texte dans cette langue, comme dans le rapport.
data-section = Section
data-section-meaning = L’identifiant de la section de la déclaration.
data-source = Source
data-source-meaning = L’identifiant du système d’où viennent les données.
data-period = Exercice
data-period-meaning = L’exercice que mesurent les chiffres de la ligne.
data-unit = Unité
data-unit-meaning = L’unité du délai : business-days (jours ouvrables), calendar-days (jours civils) ou minutes.
data-limit = Délai
data-limit-meaning = Le délai promis à la fin de l’exercice, dans son unité.
data-goal-percent = Cible (%)
data-goal-percent-meaning = La part des cas à traiter dans le délai, en pourcentage; vide sans cible.
data-goal-reached = Cible atteinte
data-goal-reached-meaning = Si la part des cas traités dans le délai atteint la cible; vide sans cible ou sans cas.
data-counted-by = Rattachement
data-counted-by-meaning = L’événement qui rattache un cas à l’exercice : stop (la fin), due (l’échéance) ou start (le début).
data-in-scope = Visés
data-in-scope-meaning = Les cas que vise l’engagement, quelle qu’en soit l’issue.
data-counted = Comptés
data-counted-meaning = Les cas qui entrent dans le taux.
data-met = À temps
data-met-meaning = Les cas comptés qui ont été traités dans le délai.
data-missed = En retard
data-missed-meaning = Les cas comptés qui n’ont pas été traités dans le délai.
data-pending = En cours
data-pending-meaning = Les cas que l’exercice ne compte pas encore, parce qu’ils ne sont pas terminés.
data-outside = Hors période
data-outside-meaning = Les cas qui appartiennent à un autre exercice.
data-not-started = Non commencés
data-not-started-meaning = Les cas sans événement de début.
data-excluded = Non comptés
data-excluded-meaning = Les cas qu’une fin sans service ou une règle exclut, tous motifs confondus; la feuille reasons les détaille.
data-unusable = Inutilisables
data-unusable-meaning = Les cas dont les dates se contredisent, tous motifs confondus; la feuille reasons les détaille.
data-rate = Taux
data-rate-meaning = À temps ÷ comptés (ou réponses favorables ÷ réponses), à six décimales : 0,945600 est 94,56 %. Le signe < ou > précède un taux que l’arrondi porte à une borne qu’il n’atteint pas.
data-rate-text = Taux affiché
data-rate-text-meaning = Le taux comme l’imprime le rapport : jamais 100 % si un seul cas est en retard, jamais 0 % si un seul est dans le délai, jamais arrondi à une cible qui n’est pas atteinte.
data-rate-low = Taux minimal
data-rate-low-meaning = Le taux si tous les cas inutilisables étaient en retard, à six décimales.
data-rate-high = Taux maximal
data-rate-high-meaning = Le taux si tous les cas inutilisables étaient dans le délai, à six décimales.
data-elapsed-n = Durées mesurées
data-elapsed-n-meaning = Les cas dont la durée entre dans la moyenne et les centiles.
data-elapsed-mean = Durée moyenne
data-elapsed-mean-meaning = En jours de l’unité du délai; en secondes pour un délai en minutes.
data-elapsed-median = Durée médiane
data-elapsed-median-meaning = La moitié des cas ont pris cette durée ou moins; en jours, ou en secondes pour un délai en minutes.
data-elapsed-p90 = 90e centile
data-elapsed-p90-meaning = Neuf cas sur dix ont pris cette durée ou moins; en jours, ou en secondes pour un délai en minutes.
data-elapsed-max = Durée maximale
data-elapsed-max-meaning = La plus longue durée; en jours, ou en secondes pour un délai en minutes.
data-open = Ouverts
data-open-meaning = Les cas encore ouverts à la fin de l’exercice.
data-overdue = Ouverts en retard
data-overdue-meaning = Les cas encore ouverts à la fin de l’exercice et dont le délai était déjà dépassé.
data-oldest = Plus ancien
data-oldest-meaning = La durée du plus ancien de ces cas; en jours, ou en secondes pour un délai en minutes.
data-masked = Masqué
data-masked-meaning = Vrai si les chiffres de la ligne sont masqués pour protéger la vie privée.
data-month = Mois
data-month-meaning = Le mois auquel les cas sont rattachés.
data-field = Répartition
data-field-meaning = Le champ selon lequel les cas sont répartis.
data-value = Valeur
data-value-meaning = La valeur de ce champ, telle quelle dans les données; vide si elle n’est pas précisée.
data-reading = Lecture
data-reading-meaning = L’identifiant d’une autre façon défendable de compter.
data-status = État
data-status-meaning = published : le taux tel que publié; restated : le taux révisé depuis.
data-outcome = Issue
data-outcome-meaning = excluded : non comptés; unusable : inutilisables.
data-reason = Motif
data-reason-meaning = L’événement, la règle ou le code qui l’explique.
data-cases = Cas
data-cases-meaning = Le nombre de cas.
data-elapsed = Durée
data-elapsed-meaning = La durée écoulée; en jours, ou en secondes pour un délai en minutes.
data-pledge = Engagement sans délai
data-pledge-meaning = L’identifiant de l’engagement sans délai.
data-favourable = Favorables
data-favourable-meaning = Les réponses favorables au sondage; vide sans sondage.
data-respondents = Réponses
data-respondents-meaning = Les personnes qui ont répondu.
data-invited = Invitées
data-invited-meaning = Les personnes invitées à répondre.
data-rows = Lignes
data-rows-meaning = Les lignes lues (rejetées pour ce motif, dans la feuille rejected).
data-accepted = Acceptées
data-accepted-meaning = Les lignes qui entrent dans les chiffres.
data-duplicates = En double
data-duplicates-meaning = Les lignes identiques à une autre, écartées.
data-rejected = Rejetées
data-rejected-meaning = Les lignes illisibles ou contradictoires, écartées et dénombrées.
data-file = Fichier
data-file-meaning = Le fichier de données.
data-bytes = Octets
data-bytes-meaning = La taille du fichier.
data-sha256 = Empreinte SHA-256
data-sha256-meaning = L’empreinte qui permet de reconnaître le fichier.
data-encoding = Codage
data-encoding-meaning = Le codage des caractères du fichier.
data-delimiter = Séparateur
data-delimiter-meaning = Le caractère qui sépare les colonnes du fichier; tab est la tabulation.

## Working paper of an audit sample

paper-title = Échantillon d’audit : { $commitment }
paper-warning = Réservé aux auditeurs : ce classeur nomme des dossiers. Ne jamais le publier.
paper-sheet-method = Feuille de travail
paper-sheet-cases = Dossiers
paper-sheet-pauses = Suspensions
paper-sheet-calendar = Jours fermés
paper-sheet-conclusion = Conclusion
paper-yes = oui
paper-no = non
paper-agrees = concorde
paper-differs = DIFFÈRE
paper-at-random = au hasard
paper-targeted = ciblé
paper-state-met = respecté
paper-state-missed = non respecté
paper-state-pending = en cours
paper-state-excluded = exclu
paper-state-unusable = inutilisable
paper-state-usable = utilisable
paper-state-outside = hors période
paper-ending-stopped = service rendu
paper-ending-exited = sortie
paper-ending-open = ouvert
paper-ending-unusable = sans délai
paper-heading-rule = Ce qui a été promis
paper-rule-promise = Engagement
paper-rule-source = Exportations
paper-rule-cases = Dossiers visés
paper-rule-start = Le délai commence avec
paper-rule-stop = Il prend fin avec
paper-rule-pause = Il est suspendu
paper-rule-restarts = Il recommence avec
paper-rule-exit = Sortie
paper-treatment-exclude = non compté
paper-treatment-missed = compté comme non respecté
paper-treatment-by-wait = non respecté si l’attente a dépassé le délai, sinon non compté
paper-rule-exclude = Exclu
paper-rule-count = Façon de compter
paper-count-minutes = Secondes entières entre deux instants, moins les secondes suspendues.
paper-count-business-next = Jours ouvrables après le jour du début, jusqu’au jour de la fin inclus, moins ceux qui suivent le jour où une suspension commence, jusqu’au jour où elle se termine inclus.
paper-count-business-same = Jours ouvrables du jour du début au jour de la fin, les deux inclus, moins ceux qui suivent le jour où une suspension commence, jusqu’au jour où elle se termine inclus.
paper-count-calendar-next = Jours civils après le jour du début, jusqu’au jour de la fin inclus, moins ceux qui suivent le jour où une suspension commence, jusqu’au jour où elle se termine inclus.
paper-count-calendar-same = Jours civils du jour du début au jour de la fin, les deux inclus, moins ceux qui suivent le jour où une suspension commence, jusqu’au jour où elle se termine inclus.
paper-rule-closed = Début un jour fermé
paper-closed-next = Le délai commence le jour ouvrable suivant.
paper-rule-cohort = Période d’un dossier
paper-cohort-stop = Celle du jour où le dossier a pris fin.
paper-cohort-due = Celle du jour d’échéance du dossier; pour une sortie avant ce jour, celle du jour de la sortie.
paper-cohort-start = Celle du jour où le délai a commencé.
paper-heading-parameters = Ce que les formules utilisent
paper-period-first = Premier jour de la période (period_first)
paper-period-last = Dernier jour de la période (period_last)
paper-as-of = Données connues au (as_of)
paper-as-of-end = Fin de ce jour, UTC (as_of_end)
paper-time-zone = Fuseau des heures locales
paper-weekend = Fin de semaine, lundi en premier (weekend)
paper-limit-from = Délai commencé à partir du (limit_from)
paper-limit-value = Délai en vigueur (limit_value)
paper-heading-draw = Comment l’échantillon a été tiré
paper-draw-seed = Germe
paper-draw-confidence = Niveau de confiance
paper-draw-tolerable = Erreur tolérable
paper-draw-expected = Erreur attendue
paper-draw-population = Dossiers comptés
paper-draw-size = Taille
paper-draw-given = { $drawn } dossiers sur { $size } demandés, dont { $random } dans la sélection au hasard.
paper-draw-planned = { $random } dossiers au hasard, le plus petit nombre qui prouve ce qui précède (loi hypergéométrique, en nombres entiers); avec ceux que les strates ajoutent, { $drawn }.
paper-draw-order = 1. Ordre
paper-draw-order-text = Chaque dossier a une clé : le SHA-256, en hexadécimal, du texte { $seed }|identifiant en UTF-8. Les dossiers sont pris dans l’ordre de leurs clés. L’ordre des lignes et des fichiers n’y change rien.
paper-draw-first = 2. De chaque strate
paper-draw-first-text = Les { $quota } premiers de chaque strate, ou tous s’il y en a moins (un vingtième de la taille, arrondi vers le haut), dans l’ordre des strates ci-dessous. Ils sont ciblés.
paper-draw-then = 3. Au hasard
paper-draw-then-given = Le long de la liste de tous les dossiers comptés depuis la première clé, jusqu’à { $size } dossiers en tout; puis, s’il en reste à prendre, le long de la liste des autres. Les dossiers comptés rencontrés en chemin forment la sélection au hasard, même si leur strate les avait demandés.
paper-draw-then-planned = Les { $size } premières clés de tous les dossiers comptés. Elles forment la sélection au hasard, même si leur strate les avait demandées.
paper-draw-use = À quoi sert chaque partie
paper-draw-use-text = De la sélection au hasard, on peut conclure sur tous les dossiers comptés (feuille Conclusion). Les dossiers ciblés sont examinés parce que les erreurs y sont plus probables, ou pour voir qu’ils restent à bon droit hors du taux; ils ne permettent aucune conclusion sur les autres.
paper-heading-strata = Strates : un dossier est dans la première qui convient
paper-strata-stratum = Strate
paper-strata-definition = Définition
paper-strata-population = Dossiers
paper-strata-drawn = Tirés
paper-strata-random = dont au hasard
paper-strata-formulas-agree = Formules : concordent
paper-strata-formulas-differ = Formules : diffèrent
paper-strata-yes-count = Auditeur : oui
paper-strata-no-count = Auditeur : non
paper-strata-unfilled = À remplir
paper-strata-all = Ensemble
paper-strata-outside = { $scope } dossiers visés, moins { $not-started } non commencés et { $outside } qui appartiennent à une autre période.
paper-stratum-longest = plus longs
paper-stratum-at-limit = à la limite
paper-stratum-paused = suspendus
paper-stratum-missed = non respectés
paper-stratum-met = respectés
paper-stratum-excluded = exclus
paper-stratum-pending = en cours
paper-stratum-unusable = inutilisables
paper-definition-longest = Comptés; les temps écoulés les plus longs, autant que chaque strate en donne; à égalité, les premières clés.
paper-definition-at-limit-days = Comptés; délai − { $margin } < temps écoulé ≤ délai + { $margin }, en jours : les derniers à temps et les premiers en retard.
paper-definition-at-limit-minutes = Comptés; délai − { $margin } < temps écoulé ≤ délai + { $margin }, en secondes (un vingtième du délai).
paper-definition-paused = Comptés; le délai a été suspendu ou a recommencé.
paper-definition-missed = Comptés; en retard, tous les autres.
paper-definition-met = Comptés; à temps, tous les autres.
paper-definition-excluded = Retirés par une sortie ou une règle.
paper-definition-pending = Pas encore terminés à la fin de la période, ou pas encore échus.
paper-definition-unusable = Une fin sans début, ou avant lui.
paper-heading-again = Comment le tirer de nouveau
paper-again-one = Une clé
paper-again-one-text = La clé d’un dossier ne demande que sha256sum; le premier dossier de la feuille Dossiers :
paper-again-key = Dans un interpréteur
paper-again-all = Tout, dans DuckDB, dans le dossier du rapport
paper-group-case = Dossier
paper-group-exports = Selon les exportations
paper-group-auditor = Par l’auditeur : à remplir
paper-group-formulas = Par formules, à partir des dates
paper-group-program = Par le programme
paper-cases-note-days = Corrigez une date, ou inscrivez à côté ce que vous avez trouvé : les formules suivent. Heures locales du fuseau de la déclaration; seul le jour compte.
paper-cases-note-minutes = Corrigez un moment, ou inscrivez à côté ce que vous avez trouvé : les formules suivent. Heures locales avec leur décalage de l’UTC en heures; temps écoulé, suspendu et délai en secondes.
paper-column-number = Nº
paper-column-stratum = Strate
paper-column-selection = Sélection
paper-column-id = Identifiant
paper-column-start = Événement de début
paper-column-offset = Décalage (h)
paper-column-row = Fichier:ligne
paper-column-restart = Nouveau départ
paper-column-ending = Terminé par
paper-column-end-event = Événement
paper-column-end = Fin
paper-column-seen = Pièce vue
paper-column-start-found = Début trouvé
paper-column-end-found = Fin trouvée
paper-column-agreed = Concorde? oui/non
paper-column-comment = Commentaire
paper-column-clock-start = Début du délai
paper-column-clock-end = Fin du délai
paper-column-paused = Suspendu
paper-column-elapsed = Écoulé
paper-column-limit = Délai
paper-column-period-day = Jour qui compte
paper-column-verdict = Verdict
paper-column-due = Échéance
paper-column-program-elapsed = Écoulé
paper-column-program-verdict = Verdict
paper-column-comparison = Formules et programme
paper-column-key = Clé (SHA-256)
paper-pauses-note = Un intervalle par ligne. Chacun compte à partir du début du délai, de son propre début et de la fin des intervalles précédents du dossier; jusqu’à sa fin ou celle du délai.
paper-pause-rule = Suspension
paper-pause-from = Du
paper-pause-until = Au
paper-pause-counted-from = Compté à partir de
paper-pause-counted-until = Compté jusqu’à
paper-calendar-note = Les formules laissent de côté ces jours et la fin de semaine.
paper-calendar-day = Jour
paper-calendar-name = Nom
paper-calendar-kind = Nature
paper-calendar-source = Source
paper-calendar-holiday = jour férié
paper-calendar-closure = fermeture
paper-conclusion-note = À partir de la colonne « Concorde? » de la feuille Dossiers. Seule la sélection au hasard est extrapolée.
paper-conclusion-population = Dossiers comptés
paper-conclusion-random = Sélection au hasard
paper-conclusion-confidence = Niveau de confiance
paper-conclusion-right = Au hasard, concorde
paper-conclusion-wrong = Au hasard, ne concorde pas : erreurs
paper-conclusion-wrong-targeted = Ciblés, ne concorde pas : signalés un à un, non extrapolés
paper-conclusion-limit = Part des dossiers comptés qui est erronée, au plus
paper-conclusion-tolerable = Erreur tolérable
paper-conclusion-proven = Moins que le tolérable?
paper-conclusion-unfilled = à remplir
paper-conclusion-beyond = au-delà du tableau
paper-conclusion-found = Erreurs trouvées au hasard
paper-conclusion-at-most = Dossiers erronés en tout, au plus
paper-conclusion-share = En proportion
paper-conclusion-proof = Probabilité d’en trouver aussi peu s’il y avait un dossier erroné de plus
