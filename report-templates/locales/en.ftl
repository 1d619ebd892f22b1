# Words of the report, in English. Every message has the same name and the same placeholders in every language.
# `**` turns bold on and off. Numbers arrive written ($n); $count only chooses between singular and plural.

locale = en-CA
typography = plain
language-name = English

## Numbers, dates, times

percent = { $number }%
unit-percent = %
first-of-month = 1
list-separator = {", "}
list-two = { $first } and { $last }
list-last = {" and "}
sentence-end = .
limit-business-days = { $count ->
    [one] { $n } business day
   *[other] { $n } business days
 }
limit-calendar-days = { $count ->
    [one] { $n } calendar day
   *[other] { $n } calendar days
 }
limit-minutes = { $count ->
    [one] { $n } minute
   *[other] { $n } minutes
 }
limit-short-business-days = { $n } d
limit-short-calendar-days = { $n } c.d.
limit-short-minutes = { $n } min
elapsed-days = { $count ->
    [one] { $n } day
   *[other] { $n } days
 }
elapsed-seconds = { $seconds } s
elapsed-minutes = { $minutes } min
elapsed-minutes-seconds = { $minutes } min { $seconds } s
spelled-all = all
spelled-0 = none
spelled-1 = one
spelled-2 = two
spelled-3 = three
spelled-4 = four
spelled-5 = five
spelled-6 = six
spelled-7 = seven
spelled-8 = eight
spelled-9 = nine
spelled-10 = ten
spelled-11 = eleven
spelled-12 = twelve
spelled-13 = thirteen
spelled-14 = fourteen
spelled-15 = fifteen
spelled-16 = sixteen
weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday

## Document

running-title = { $title }, { $period } results
period-sentence = Results from { $first } to { $last }, from data known on { $as-of }
draft-word = DRAFT
draft-title = Draft – { $title }
draft-sentence = This document is a draft: figures may still change.
translation-sentence = This is a translation for readers of English; the French document is the official one.
contents = On this page
skip-to-content = Skip to content
other-languages = Other languages
page-of = of
figure-label = Figure { $n }.
table-label = Table { $n }.

## Signs and states

sign-masked = x
sign-not-available = ..
sign-not-applicable = …
sign-restated = r
spoken-masked = masked
spoken-not-measured = not measured
spoken-not-published = not published
spoken-no-goal = no goal
spoken-not-applicable = not applicable
spoken-note = see note { $letter }
sign-turned = †
spoken-turned = opposite verdict
spoken-restated = revised rate, see note { $letter }
state-reached = Goal reached
state-below = Below goal
state-all-on-time = All on time
state-no-goal = No goal
state-no-cases = No cases
state-masked = Masked
no-cases = no cases
noun-cases = cases
value-blank = Not stated

## At a glance

overview-title = At a glance
lead-total = { $count ->
    [one] We made { $n } commitment with a time limit.
   *[other] We made { $n } commitments with a time limit.
 }
lead-with-goal = { $count ->
    [one] Only one has a goal: { $parts }.
   *[other] { $n } have a goal: { $parts }.
 }
lead-without-goal = { $count ->
    [one] Only one has no goal: { $parts }.
   *[other] { $n } have no goal: { $parts }.
 }
lead-all-with-goal = { $count ->
    [one] It has a goal: { $parts }.
   *[other] All have a goal: { $parts }.
 }
lead-all-without-goal = { $count ->
    [one] It has no goal: { $parts }.
   *[other] None has a goal: { $parts }.
 }
lead-reached = { $group ->
    [1] **it reached it**
   *[other] { $count ->
        [one] **{ $n } reached it**
       *[other] **{ $n } reached it**
    }
 }
lead-below = { $group ->
    [1] **it is below it**
   *[other] { $count ->
        [one] **{ $n } is below it**
       *[other] **{ $n } are below it**
    }
 }
lead-all-on-time = { $group ->
    [1] **it was kept in every case**
   *[other] { $count ->
        [one] **{ $n } was kept in every case**
       *[other] **{ $n } were kept in every case**
    }
 }
lead-not-always = { $group ->
    [1] **it was not always kept**
   *[other] { $count ->
        [one] **{ $n } was not always kept**
       *[other] **{ $n } were not always kept**
    }
 }
lead-no-cases = { $group ->
    [1] it had no cases
   *[other] { $count ->
        [one] { $n } had no cases
       *[other] { $n } had no cases
    }
 }
lead-masked = { $group ->
    [1] it is masked because it has too few cases
   *[other] { $count ->
        [one] { $n } is masked because it has too few cases
       *[other] { $n } are masked because they have too few cases
    }
 }
gap-page = Explanations are on page
gap-pages = Explanations are on pages
chart-commitments = Share of cases completed within the time limit, { $period }
title-goals = { $count ->
    [0] none of { $whole-text } goals reached
    [1] one of { $whole-text } goals reached
   *[other] { $n } of { $whole-text } goals reached
 }
title-kept = { $count ->
    [0] none of { $whole-text } commitments kept in every case
    [1] one of { $whole-text } commitments kept in every case
   *[other] { $n } of { $whole-text } commitments kept in every case
 }
description-goals = { $count ->
    [0] none of { $whole-text } commitments reached its goal.
    [1] one of { $whole-text } commitments reached its goal.
   *[other] { $n } of { $whole-text } commitments reached their goal.
 }
description-state = { $state }: { $names }.
named = { $name }, { $rate }
named-with-goal = { $name }, { $rate } for { $goal }
chart-terms = · { $limit }
chart-terms-goal = · { $limit }, goal { $goal }
key-goal = goal and beyond
axis-begins = The axis begins at { $rate }

## Summary

summary-title = Summary of results
summary-lead = Each rate is the share of cases completed within the promised time. “Overdue” counts the cases still open on { $date } that were already past the limit: a rate can rise because late cases are left unanswered.
summary-caption = Commitments with a time limit: share on time, volumes and overdue cases
column-commitment = Commitment
column-limit = Limit
column-goal = Goal
column-cases = Cases
column-overdue = Overdue
column-result = Result
column-year = Year
column-month = Month
column-rate = Rate
note-business-days-sign = d
note-business-days = = business days
note-calendar-days-sign = c.d.
note-calendar-days = = calendar days
note-minutes-sign = min
note-minutes = = minutes
note-not-applicable = = not applicable
note-no-goal = = not applicable (no goal)
note-not-measured = = not available
note-masked = = figure masked to protect privacy
note-restated = Revised rate ({ $name }, { $period }): { $rate } had been published.
note-restated-unknown = Revised rate ({ $name }, { $period }).
note-restated-year = Rate of { $period } revised: { $rate } had been published.
note-restated-year-unknown = Rate of { $period } revised.
note-break = The limit went from { $before } to { $after } on { $date }: years before and after do not compare.

## A commitment

promise = We promise to keep a time limit of **{ $limit }**.
promise-changed = We promise to keep a time limit of **{ $limit }** since { $date }; it was { $before } before.
result-rate = In { $period }, **{ $rate }** of { $noun } met that limit: { $met } of { $counted }.
result-reached = The goal of { $goal } is **reached**.
result-below = That is **{ $n } { $points ->
    [one] points
   *[other] points
 } below the goal** of { $goal }.
result-all-on-time = In { $period }, **all cases** were completed within that time: { $met } of { $counted }.
result-no-cases = No cases in { $period }.
result-masked = Fewer than { $minimum } cases: figures are masked to protect privacy.
usual-times = Half of the cases took { $median } or less; nine in ten, { $p90 } or less.
overdue-none = On { $date }, no open case was past the limit.
overdue-some = { $count ->
    [one] On { $date }, { $n } open case was already past the limit; the oldest stood at { $oldest }.
   *[other] On { $date }, { $n } open cases were already past the limit; the oldest stood at { $oldest }.
 }
gap-why = Why the gap
gap-context = What to know
gap-action = What we are doing
approved = Explanation approved on { $date } by: { $person }.
not-approved = Explanation not yet approved.
continued = (continued)
years-caption = Rate and cases by year: { $name }
months-caption = Rate and cases by month: { $name }
breakdown-caption = Share on time, by { $field }
chart-months = Rate and number of cases by month
chart-goal-label = Goal: { $goal } and over
chart-volume-label = Cases counted, of which late
title-months = { $count ->
    [0] none of { $whole-text } months at the goal
    [1] one of { $whole-text } months at or above the goal
   *[other] { $n } of { $whole-text } months at or above the goal
 }
title-months-same = { $rate } every month
title-months-range = From { $low } in { $low-month } to { $high } in { $high-month }
description-months = Highest month: { $high-month }, { $high }. Lowest month: { $low-month }, { $low }, with { $cases } cases against a mean of { $mean } cases a month. Last month: { $last-month }, { $last }.
chart-on-time = On time
chart-late = Late
chart-open-end = { $first } +
chart-axis-business-days = Business days elapsed
chart-axis-calendar-days = Days elapsed
chart-axis-minutes = Minutes elapsed
chart-times-business-days = Cases by business days elapsed
chart-times-calendar-days = Cases by days elapsed
chart-times-minutes = Cases by time elapsed
title-times = Time elapsed
title-times-late = { $share } of late cases: { $lateness } late or less
description-times = On time: { $on-time-share }, { $on-time } cases. Late: { $late-share }, { $late } cases. Half of the cases: { $median } or less; nine in ten: { $p90 } or less.
field-service = service
field-region = region
field-channel = channel
field-line = telephone line
field-mailbox = mailbox
field-category = category
value-information = information
value-complaints = complaints

## Commitments without a time limit

survey-result = **{ $rate }** of answers favourable: { $favourable } of { $respondents }.
survey-question = Question: “{ $question }”
survey-respondents = { $respondents } of the { $invited } people invited answered, or { $share }; survey: { $fielded }.
not-measured = Not measured this year.

## Reliability

reliability-title = Reliability of the data
reliability-draft = Draft of the statement on the reliability of the data that section 24 of the Public Administration Act (CQLR, chapter A-6.01) asks for. The person who signs completes and amends it.
reliability-lead = { $organization }: this statement covers the results from { $first } to { $last }, from data known on { $as-of }.
reliability-controls = What the program checked
reliability-restrictions = Known restrictions
reliability-attestations = What a person still attests
reliability-signature = Signature
controls-caption = Controls run for this publication
column-control = Control
column-finding = Finding
column-figure = Figure
control-files = Data files
control-rows = Rows read
control-rejected = Rejected rows, source “{ $source }”
control-duplicates = Duplicate rows
control-cases = Cases in scope of a commitment
control-totals = Totals by month, by breakdown and by time
control-unusable = Share of unusable cases
control-calendar = Holidays and closures
control-history = Results published in earlier years
control-privacy = Figures based on fewer than { $minimum } cases
control-explanations = Explanations of gaps
finding-fingerprints = Fingerprints at the end of the document
finding-rows = Each accepted, a duplicate or rejected
finding-cases = Each in exactly one category
finding-equal = Equal to the total of the commitment
finding-differ = Not equal to the total
finding-masked = Masked, with others where needed
finding-frozen = { $count ->
    [0] Carried over unchanged
    [one] Carried over, { $n } of them revised
   *[other] Carried over, { $n } of them revised
 }
finding-removed = Removed
finding-applied = Applied
finding-over = Over the threshold of { $threshold }
finding-under = Within the threshold of { $threshold }
finding-complete = All approved
finding-incomplete = Approval outstanding
figure-files = { $count ->
    [one] { $n } file
   *[other] { $n } files
 }
figure-totals = { $count ->
    [one] { $n } total
   *[other] { $n } totals
 }
figure-results = { $count ->
    [one] { $n } result
   *[other] { $n } results
 }
figure-masked = { $count ->
    [one] { $n } cell
   *[other] { $n } cells
 }
figure-rows = { $count ->
    [one] { $n } row
   *[other] { $n } rows
 }
figure-commitments = { $count ->
    [one] { $n } commitment
   *[other] { $n } commitments
 }
figure-commitments-over = { $count ->
    [one] { $n } commitment over it
   *[other] { $n } commitments over it
 }
figure-days = { $count ->
    [one] { $n } day
   *[other] { $n } days
 }
figure-of = { $part } of { $whole }
restriction-none = The program knows of no restriction.
restriction-rejected = In source “{ $source }”, { $share } of rows were rejected, more than the threshold of { $threshold }.
restriction-unusable = { $count ->
    [one] Too many unusable cases for one commitment: { $names }.
   *[other] Too many unusable cases for these commitments: { $names }.
 }
restriction-masked = { $count ->
    [one] Figures masked to protect privacy: { $names }.
   *[other] Figures masked to protect privacy: { $names }.
 }
restriction-no-cases = { $count ->
    [one] No cases this year: { $names }.
   *[other] No cases this year: { $names }.
 }
restriction-restated = { $count ->
    [one] A rate of an earlier year was revised: { $names }.
   *[other] Rates of earlier years were revised: { $names }.
 }
restriction-break = { $count ->
    [one] The promised time changed; not all years compare: { $names }.
   *[other] The promised time changed; not all years compare: { $names }.
 }
restriction-unexplained = { $count ->
    [one] One result has no approved explanation yet: { $names }.
   *[other] Some results have no approved explanation yet: { $names }.
 }
restriction-pledges = { $count ->
    [one] { $n } commitment without a time limit was not measured this year.
   *[other] { $n } commitments without a time limit were not measured this year.
 }
attest-declaration = This document reports on every commitment of the Declaration.
attest-exports = The data extracted from the systems are complete and have not been altered.
attest-controls = The counting rules of appendix A are those that we decided on.
attest-explanations = The explanations and the restrictions are accurate.
signature-name = Name
signature-title = Title
signature-date = Date
signature-line = Signature

## Method

appendix-a = Appendix A
appendix-b = Appendix B
appendix-c = Appendix C
appendix-d = Appendix D
method-title = How we counted
method-lead = This note is written from the very rules that were applied.
method-common-title = Common rules
method-common-caption = Rules common to all commitments with a time limit
method-differences-title = Rules of each commitment
method-commitment-caption = Rules of the commitment: { $name }
column-term = Subject
column-definition = Rule
term-counted = What is counted
term-known = Reference date
term-day-zero = First day
term-business-days = Business days
term-calendar-days = Calendar days
term-minutes = Minutes
term-pauses = Pauses
term-restarts = Restarts
term-exits = Ends without service
term-unusable = Unusable cases
term-overdue = Overdue cases
term-rounding = Rounding
term-privacy = Small numbers
term-cite = Text of the commitment
term-limit = Limit
term-scope = Cases in scope
term-start = Start
term-stop = End
term-excluded = Exclusions
term-closed = Closed day
method-counted = { $cohort } The period runs from { $first } to { $last }. The rate is the number of cases completed within the limit, divided by that total.
method-counted-varies = The year of a case depends on the commitment; the rule is given for each.
cohort-stop = Cases in which the service was given during the period.
cohort-due = Cases that fell due during the period, completed or not.
cohort-start = Cases that began during the period.
method-known = Events known at the end of { $date }. Later ones do not enter the figures.
method-start-varies = The first day counted depends on the commitment; the rule is given for each.
method-next-day = The day of the start is day 0. The last day of the limit is still on time.
method-same-day = The day of the start counts as the first day. The last day of the limit is still on time.
method-next-business-day = A request received on a day that is not a business day is taken as received on the next business day.
method-business-days = Every day except { $weekend }, holidays ({ $holidays-text } from the start of the period to the reference date) and closures ({ $closures-text }). Appendix D lists them.
method-calendar-days = Every day counts, holidays included.
method-minutes = Time is measured to the second, from one instant to another. The exact limit is still on time.
method-pauses = The count stops on the day of the event that interrupts it, which still counts, and resumes after the day of the event that restores it, which does not.
method-restarts = The count begins again at the last event of this kind before the end.
method-exits = A case can end without the service being given. Each commitment says what becomes of it.
method-unusable = Cases whose dates contradict each other. They do not enter the rate; appendix B gives the rate if all were late, and if all were on time.
method-overdue = Cases still open on { $date } whose elapsed time exceeded the limit on that day.
method-rounding = One decimal. Never 100% unless every case is on time, never 0% if even one is, and never rounded up to a goal that is not reached.
method-rounding-example = For example, { $met } of { $counted } gives { $rate }.
method-privacy = A figure based on fewer than { $minimum } cases is masked, and others with it where needed so that it cannot be found by subtraction.
method-cite = { $place }.
method-limit = { $limit }.
method-limit-until = { $limit } until { $until }.
method-limit-from = { $limit } since { $from }.
method-limit-between = { $limit } from { $from } to { $until }.
method-limit-rule = The limit that applies is the one of the day on which the count begins.
method-source = Source: “{ $source }”.
method-condition = { $field }: { $values }
method-earliest = The first of these events: { $events }.
method-pause = From the event “{ $from }” to the event “{ $until }”.
exit-exclude = { $event }: not counted.
exit-missed = { $event }: counted as late.
exit-by-wait = { $event }: counted as late if the limit was already past, otherwise not counted.
exclude-rule = { $because } ({ $conditions }).
left-out = { $count ->
    [one] { $n } case not counted.
   *[other] { $n } cases not counted.
 }
unusable-stop-before-start = { $count ->
    [one] { $n } case whose end precedes its start.
   *[other] { $n } cases whose end precedes their start.
 }
unusable-stop-without-start = { $count ->
    [one] { $n } case whose start date is missing.
   *[other] { $n } cases whose start date is missing.
 }
event-received = receipt of the application
event-requested = request for an appointment
event-incomplete-notice-sent = notice of incomplete file
event-file-completed = file completed
event-opening-letter-sent = opening letter sent
event-eligibility-confirmed = eligibility confirmed
event-decided = decision
event-held = meeting held
event-course-started = start of the course
event-postponed-by-client = postponement by the client
event-postponed-by-ministry = postponement by the ministry
event-withdrawn = withdrawal
event-queued = entry in the queue
event-answered = answer
event-abandoned = call abandoned
event-voicemail-left = message left in voice mail
event-returned = message returned
event-acknowledged = acknowledgment of receipt

## Data quality

quality-title = Data quality
quality-lead = Every row read and every case in scope stands in exactly one place. The totals add up without remainder.
quality-source = Source “{ $source }”, { $count ->
    [one] { $n } case
   *[other] { $n } cases
 }
quality-bounds-title = Effect of unusable cases
quality-no-unusable = No published commitment has an unusable case: no rate depends on dates that contradict each other.
quality-signs-title = Signs to look into
signs-lead = Some regularities in the dates call for a question. They prove nothing, often have an ordinary cause, and change no rate. A regularity is given from { $fewest } cases on, and only if their share exceeds the threshold stated.
signs-none = None of the regularities looked for reached its threshold.
signs-caption = Regularities above their threshold
sign-of-last-day = Ended on the last day of the limit, rather than on the day before or after: more than half of the cases of those three days
sign-of-late-pause = Count paused on the due day or after it: more than one in twenty of the cases whose count was paused
sign-of-closed-day = Ended on a day that is not a business day: more than one in twenty cases
sign-of-year-end = Ended in the last five business days of the period: more than twice their share of the days
sign-of-late-exit = Ended without the service when the limit was already past: more than one in twenty of the cases thus left out of the rate
sign-of-late-registration = Registered two business days or more after receipt: more than one in twenty of the cases with both dates
column-among = Out of
column-share = Share
rows-caption = Rows read = accepted + duplicates + rejected
rejected-caption = Rejected rows, by reason and source
cases-caption = Cases in scope = on time + late + pending + not counted + unusable + not started + outside the period
bounds-caption = Rate if all unusable cases were late, and if all were on time
total = Total
column-file = File
column-rows = Rows
column-accepted = Accepted
column-duplicates = Duplicates
column-rejected = Rejected
column-rejected-share = Rejected
column-reason = Reason
column-in-scope = In scope
column-met = On time
column-missed = Late
column-pending = Pending
column-excluded = Not counted
column-unusable = Unusable
column-not-started = Not started
column-outside = Outside period
column-low = All late
column-high = All on time
reject-invalid-encoding = Unreadable characters
reject-unclosed-quote = Quote never closed
reject-suspicious-quote = Suspicious quote
reject-ragged-row = Unexpected number of columns
reject-missing-id = Missing identifier
reject-missing-timestamp = Missing date
reject-bad-timestamp = Invalid date
reject-needs-time = Missing time
reject-unknown-event = Unknown event
reject-conflicting-id = Identifier repeated with other content

## Other readings

readings-title = What other readings would give
readings-lead = Other ways of counting can be defended. Each changes one thing in the declared rule.
readings-none = No commitment has a rate that could be read otherwise.
readings-caption = Rate under eight readings, in %
readings-cases-caption = Cases on time of cases counted, under eight readings
readings-range = { $low } to { $high }
column-declared = Declared
column-reading = Reading
heading-by-stop = Ended
heading-by-due = Due
heading-by-start = Begun
heading-start-day-counts = Day 0 counts
heading-pauses-ignored = No pauses
heading-exits-excluded = Exits left out
heading-exits-missed = Exits late
heading-unusable-missed = Unusable late
reading-by-stop = cases completed during the year
reading-by-due = cases that fell due during the year
reading-by-start = cases begun during the year
reading-start-day-counts = the day of the start counts
reading-pauses-ignored = pauses are ignored
reading-exits-excluded = ends without service are not counted
reading-exits-missed = ends without service count as late
reading-unusable-missed = unusable cases count as late
note-reading = = { $reading }
note-turned = = opposite verdict: the goal would be reached, or no longer be
chart-readings = Declared rate and range under eight readings
key-range = range of readings
title-readings = { $count ->
    [0] none of { $whole-text } verdicts depends on the reading
    [1] one of { $whole-text } verdicts depends on the reading
   *[other] { $n } of { $whole-text } verdicts depend on the reading
 }
description-readings = { $title }. { $names }.
named-with-range = { $name }, { $rate }, from { $range }

## Calendar and colophon

calendar-title = Holidays and closures
calendar-lead = Days without service from { $first } to { $last }, weekends aside. They are not business days.
calendar-caption = Holidays and closures
column-date = Date
column-name = Name
column-kind = Kind
column-source = Origin
kind-holiday = Holiday
kind-closure = Closure
colophon-title = This document
colophon-caption = How this document was made
term-program = Program
term-recompute = Doing it again
term-attachments = Attachments of the PDF
term-licences = Licences
colophon-program = { $name }, version { $version }
colophon-recompute = The command “bilan report” makes the same documents again, byte for byte, from the same files.
colophon-attachments = results.json, results.csv and method.json
colophon-licences = Source Sans 3 typeface (Adobe), under the SIL Open Font License 1.1; reduced version under the name Bilan Sans in the web page.
files-caption = SHA-256 fingerprints of the data files
column-fingerprint = Fingerprint

# Files inside the PDF
attachment-results-json = All results as data, in JSON
attachment-results-csv = The results by commitment, in CSV
attachment-method = The method of calculation, in JSON

## Data files: results.csv, results.xlsx, datapackage.json

data-final = This document is final.
data-about-figures = This workbook holds every figure of the report, one sheet for each subject. They are those of results.json.
data-about-headers = In each sheet the first row holds the titles of the columns and the second their names, the same in every language and every file. Their meaning is given below.
data-about-rates = Rates are given to six decimals, and beside that as the report prints them: 99.96% is printed 99.9%, never 100%.
data-about-masked = A figure based on fewer than { $minimum } cases is masked, and others with it where needed. A commitment that is masked as a whole has no row in the sheets of details.
data-about-unmasked = No figure is masked: this file is for analysis and audit, and must not be published.
data-sheet = Sheet
data-column = Column
data-title-of-column = Title
data-meaning = Meaning
data-resource-csv = Results by commitment
data-resource-json = All results, with months, breakdowns and sources
data-resource-xlsx = All results in a workbook
data-table-commitments = Commitments with a time limit: one row each
data-table-months = By month
data-table-breakdowns = Breakdowns
data-table-readings = Other defensible readings
data-table-history = Published results of earlier years
data-table-reasons = Cases not counted or unusable, by reason
data-table-pledges = Commitments without a time limit, with their survey
data-table-sources = Rows read, by source
data-table-files = Data files
data-table-rejected = Rejected rows, by file and reason
data-table-distribution = Elapsed times, value by value
data-commitment = Commitment
data-commitment-meaning = The id of the commitment, the same every year and in every file.
data-title = Wording
data-title-meaning = The text in this language, as in the report.
data-section = Section
data-section-meaning = The id of the section of the declaration.
data-source = Source
data-source-meaning = The id of the system that the data come from.
data-period = Year
data-period-meaning = The year that the figures of the row measure.
data-unit = Unit
data-unit-meaning = The unit of the limit: business-days, calendar-days or minutes.
data-limit = Limit
data-limit-meaning = The promised limit at the end of the year, in its unit.
data-goal-percent = Goal (%)
data-goal-percent-meaning = The share of cases to complete within the limit, in percent; empty where there is no goal.
data-goal-reached = Goal reached
data-goal-reached-meaning = Whether the share of cases within the limit reaches the goal; empty without a goal or without cases.
data-counted-by = Counted by
data-counted-by-meaning = The event that puts a case in a year: stop (the end), due (the due day) or start (the start).
data-in-scope = In scope
data-in-scope-meaning = The cases that the commitment covers, whatever became of them.
data-counted = Counted
data-counted-meaning = The cases that enter the rate.
data-met = On time
data-met-meaning = The counted cases that were completed within the limit.
data-missed = Late
data-missed-meaning = The counted cases that were not completed within the limit.
data-pending = Pending
data-pending-meaning = The cases that the year does not count yet because they are not finished.
data-outside = Outside period
data-outside-meaning = The cases that belong to another year.
data-not-started = Not started
data-not-started-meaning = The cases without a starting event.
data-excluded = Not counted
data-excluded-meaning = The cases that an end without service or a rule leaves out, for all reasons together; the sheet reasons lists them.
data-unusable = Unusable
data-unusable-meaning = The cases whose dates contradict each other, for all reasons together; the sheet reasons lists them.
data-rate = Rate
data-rate-meaning = On time ÷ counted (or favourable answers ÷ answers), to six decimals: 0.945600 is 94.56%. The sign < or > stands before a rate that rounding takes to a bound that it does not reach.
data-rate-text = Printed rate
data-rate-text-meaning = The rate as the report prints it: never 100% if a single case is late, never 0% if a single one is on time, never rounded up to a goal that is not reached.
data-rate-low = Lowest rate
data-rate-low-meaning = The rate if all unusable cases were late, to six decimals.
data-rate-high = Highest rate
data-rate-high-meaning = The rate if all unusable cases were on time, to six decimals.
data-elapsed-n = Times measured
data-elapsed-n-meaning = The cases whose elapsed time enters the mean and the percentiles.
data-elapsed-mean = Mean time
data-elapsed-mean-meaning = In days of the limit’s unit; in seconds for a limit in minutes.
data-elapsed-median = Median time
data-elapsed-median-meaning = Half of the cases took this time or less; in days, or in seconds for a limit in minutes.
data-elapsed-p90 = 90th percentile
data-elapsed-p90-meaning = Nine cases in ten took this time or less; in days, or in seconds for a limit in minutes.
data-elapsed-max = Longest time
data-elapsed-max-meaning = The longest time; in days, or in seconds for a limit in minutes.
data-open = Open
data-open-meaning = The cases still open at the end of the year.
data-overdue = Overdue
data-overdue-meaning = The cases still open at the end of the year that were already past the limit.
data-oldest = Oldest
data-oldest-meaning = The elapsed time of the oldest of these cases; in days, or in seconds for a limit in minutes.
data-masked = Masked
data-masked-meaning = True where the figures of the row are masked to protect privacy.
data-month = Month
data-month-meaning = The month that the cases belong to.
data-field = Breakdown
data-field-meaning = The field by which the cases are broken down.
data-value = Value
data-value-meaning = The value of that field as it stands in the data; empty where it is not stated.
data-reading = Reading
data-reading-meaning = The id of another defensible way of counting.
data-status = Status
data-status-meaning = published: the rate as it was published; restated: the rate as revised since.
data-outcome = Outcome
data-outcome-meaning = excluded: not counted; unusable: dates that contradict each other.
data-reason = Reason
data-reason-meaning = The event, the rule or the code that explains it.
data-cases = Cases
data-cases-meaning = The number of cases.
data-elapsed = Elapsed time
data-elapsed-meaning = The time elapsed; in days, or in seconds for a limit in minutes.
data-pledge = Commitment without a time limit
data-pledge-meaning = The id of the commitment without a time limit.
data-favourable = Favourable
data-favourable-meaning = The favourable answers to the survey; empty without a survey.
data-respondents = Respondents
data-respondents-meaning = The people who answered.
data-invited = Invited
data-invited-meaning = The people who were invited to answer.
data-rows = Rows
data-rows-meaning = The rows read (rejected for that reason, in the sheet rejected).
data-accepted = Accepted
data-accepted-meaning = The rows that enter the figures.
data-duplicates = Duplicates
data-duplicates-meaning = The rows identical to another one, dropped.
data-rejected = Rejected
data-rejected-meaning = The rows that are unreadable or contradictory, dropped and counted.
data-file = File
data-file-meaning = The data file.
data-bytes = Bytes
data-bytes-meaning = The size of the file.
data-sha256 = SHA-256 fingerprint
data-sha256-meaning = The fingerprint by which the file can be recognized.
data-encoding = Encoding
data-encoding-meaning = The character encoding of the file.
data-delimiter = Delimiter
data-delimiter-meaning = The character that separates the columns of the file; tab is the tab character.

## Working paper of an audit sample

paper-title = Audit sample: { $commitment }
paper-warning = For the auditors only: this workbook names cases. Never publish it.
paper-sheet-method = Working paper
paper-sheet-cases = Cases
paper-sheet-pauses = Pauses
paper-sheet-calendar = Days off
paper-sheet-conclusion = Conclusion
paper-yes = yes
paper-no = no
paper-agrees = agrees
paper-differs = DIFFERS
paper-at-random = random
paper-targeted = targeted
paper-state-met = met
paper-state-missed = missed
paper-state-pending = pending
paper-state-excluded = excluded
paper-state-unusable = unusable
paper-state-usable = usable
paper-state-outside = outside
paper-ending-stopped = service given
paper-ending-exited = exit
paper-ending-open = open
paper-ending-unusable = no clock
paper-heading-rule = What was promised
paper-rule-promise = Commitment
paper-rule-source = Exports
paper-rule-cases = Cases
paper-rule-start = The clock starts with
paper-rule-stop = It stops with
paper-rule-pause = It is paused
paper-rule-restarts = It starts again with
paper-rule-exit = Exit
paper-treatment-exclude = not counted
paper-treatment-missed = counted as missed
paper-treatment-by-wait = missed when the wait exceeded the limit, else not counted
paper-rule-exclude = Excluded
paper-rule-count = How time is counted
paper-count-minutes = Whole seconds between two instants, less the paused seconds.
paper-count-business-next = Business days after the day of the start, up to and including the day of the end, less those after the day of a pause’s beginning up to and including the day of its end.
paper-count-business-same = Business days from the day of the start to the day of the end, both included, less those after the day of a pause’s beginning up to and including the day of its end.
paper-count-calendar-next = Calendar days after the day of the start, up to and including the day of the end, less those after the day of a pause’s beginning up to and including the day of its end.
paper-count-calendar-same = Calendar days from the day of the start to the day of the end, both included, less those after the day of a pause’s beginning up to and including the day of its end.
paper-rule-closed = Start on a closed day
paper-closed-next = The clock begins on the next business day.
paper-rule-cohort = Period of a case
paper-cohort-stop = That of the day on which the case ended.
paper-cohort-due = That of the day on which the case was due; of an exit before that day, the day of the exit.
paper-cohort-start = That of the day on which the clock began.
paper-heading-parameters = What the formulas use
paper-period-first = First day of the period (period_first)
paper-period-last = Last day of the period (period_last)
paper-as-of = Data known on (as_of)
paper-as-of-end = End of that day, UTC (as_of_end)
paper-time-zone = Time zone of wall times
paper-weekend = Weekend, Monday first (weekend)
paper-limit-from = Clock begins from (limit_from)
paper-limit-value = Limit in force (limit_value)
paper-heading-draw = How the sample was drawn
paper-draw-seed = Seed
paper-draw-confidence = Confidence
paper-draw-tolerable = Tolerable error
paper-draw-expected = Expected error
paper-draw-population = Counted cases
paper-draw-size = Size
paper-draw-given = { $drawn } cases of { $size } asked for, { $random } of them in the random selection.
paper-draw-planned = { $random } cases at random, the fewest that prove the above (hypergeometric distribution, in whole numbers); with those that the strata add, { $drawn }.
paper-draw-order = 1. Order
paper-draw-order-text = Every case has a key: the SHA-256, in hexadecimal, of the text { $seed }|id in UTF-8. Cases are taken in the order of their keys. The order of rows and files changes nothing.
paper-draw-first = 2. From each stratum
paper-draw-first-text = The first { $quota } of each stratum, or all it has (one twentieth of the size, rounded up), in the order of the strata below. These are targeted.
paper-draw-then = 3. At random
paper-draw-then-given = Down the list of all counted cases from the first key, until { $size } cases are taken in all; then, if cases are left to take, down the list of the others. Counted cases passed on the way are the random selection, also when their stratum had asked for them.
paper-draw-then-planned = The first { $size } keys of all counted cases. They are the random selection, also when their stratum had asked for them.
paper-draw-use = What each part is for
paper-draw-use-text = From the random selection one may conclude on all counted cases (sheet Conclusion). Targeted cases are looked at because errors are likelier there, or to see that they rightly stay out of the rate; no conclusion on other cases follows from them.
paper-heading-strata = Strata: a case is in the first that applies
paper-strata-stratum = Stratum
paper-strata-definition = Definition
paper-strata-population = Cases
paper-strata-drawn = Drawn
paper-strata-random = of which at random
paper-strata-formulas-agree = Formulas agree
paper-strata-formulas-differ = Formulas differ
paper-strata-yes-count = Auditor: yes
paper-strata-no-count = Auditor: no
paper-strata-unfilled = To fill in
paper-strata-all = All
paper-strata-outside = { $scope } cases in scope, less { $not-started } not started and { $outside } that belong to another period.
paper-stratum-longest = longest
paper-stratum-at-limit = at the limit
paper-stratum-paused = paused
paper-stratum-missed = missed
paper-stratum-met = met
paper-stratum-excluded = excluded
paper-stratum-pending = pending
paper-stratum-unusable = unusable
paper-definition-longest = Counted; the longest elapsed times, as many as each stratum gives; of equal ones, the first keys.
paper-definition-at-limit-days = Counted; limit − { $margin } < elapsed ≤ limit + { $margin }, in days: the last on time and the first late.
paper-definition-at-limit-minutes = Counted; limit − { $margin } < elapsed ≤ limit + { $margin }, in seconds (a twentieth of the limit).
paper-definition-paused = Counted; the clock was paused or started again.
paper-definition-missed = Counted; late, any other.
paper-definition-met = Counted; on time, any other.
paper-definition-excluded = Taken out by an exit or a rule.
paper-definition-pending = Not yet ended at the end of the period, or not yet due.
paper-definition-unusable = A stop without a start, or before it.
paper-heading-again = How to draw it again
paper-again-one = One key
paper-again-one-text = The key of a case needs no more than sha256sum; the first case on the sheet Cases:
paper-again-key = In a shell
paper-again-all = All, in DuckDB, in the folder of the report
paper-group-case = Case
paper-group-exports = From the exports
paper-group-auditor = By the auditor: to fill in
paper-group-formulas = By formulas, from the dates
paper-group-program = By the program
paper-cases-note-days = Correct a date, or write what you found beside it: the formulas follow. Wall times of the declaration’s time zone; only the day counts.
paper-cases-note-minutes = Correct a moment, or write what you found beside it: the formulas follow. Wall times with their offset from UTC in hours; elapsed, paused and limit in seconds.
paper-column-number = No.
paper-column-stratum = Stratum
paper-column-selection = Selection
paper-column-id = Id
paper-column-start = Start event
paper-column-offset = Offset (h)
paper-column-row = File:line
paper-column-restart = Restart
paper-column-ending = Ended by
paper-column-end-event = Event
paper-column-end = End
paper-column-seen = Source document seen
paper-column-start-found = Start found
paper-column-end-found = End found
paper-column-agreed = Agrees? yes/no
paper-column-comment = Comment
paper-column-clock-start = Clock begins
paper-column-clock-end = Clock ends
paper-column-paused = Paused
paper-column-elapsed = Elapsed
paper-column-limit = Limit
paper-column-period-day = Day that counts
paper-column-verdict = Verdict
paper-column-due = Due day
paper-column-program-elapsed = Elapsed
paper-column-program-verdict = Verdict
paper-column-comparison = Formulas and program
paper-column-key = Key (SHA-256)
paper-pauses-note = One interval a row. Each counts from where the clock begins, it begins itself, and earlier intervals of the case end; up to where it or the clock ends.
paper-pause-rule = Pause
paper-pause-from = From
paper-pause-until = Until
paper-pause-counted-from = Counted from
paper-pause-counted-until = Counted until
paper-calendar-note = The formulas leave out these days and the weekend.
paper-calendar-day = Day
paper-calendar-name = Name
paper-calendar-kind = Kind
paper-calendar-source = Source
paper-calendar-holiday = holiday
paper-calendar-closure = closure
paper-conclusion-note = From the column “Agrees?” of the sheet Cases. Only the random selection is projected.
paper-conclusion-population = Counted cases
paper-conclusion-random = Random selection
paper-conclusion-confidence = Confidence
paper-conclusion-right = Random, agrees
paper-conclusion-wrong = Random, does not agree: errors
paper-conclusion-wrong-targeted = Targeted, does not agree: reported one by one, not projected
paper-conclusion-limit = Share of the counted cases in error, at most
paper-conclusion-tolerable = Tolerable error
paper-conclusion-proven = Less than is tolerable?
paper-conclusion-unfilled = to fill in
paper-conclusion-beyond = beyond the table
paper-conclusion-found = Errors found at random
paper-conclusion-at-most = Cases in error in all, at most
paper-conclusion-share = As a share
paper-conclusion-proof = Chance of finding so few if one more case were in error
