-- ---- The clock of every case (section 3) --------------------------------------------------------------------------------------

-- The business-day index. `passed` counts the business days up to and including a day: B(a, b] is passed at b less passed at a.
CREATE OR REPLACE TEMP TABLE calendar AS
WITH days AS (
  SELECT CAST(unnest(generate_series(DATE '1898-12-31', DATE '2299-12-31', INTERVAL 1 DAY)) AS DATE) AS day
), marked AS (
  SELECT day, dayname(day) NOT IN (SELECT name FROM weekend) AND day NOT IN (SELECT day FROM day_off) AS is_business_day FROM days
)
SELECT day, is_business_day, CAST(sum(CAST(is_business_day AS INTEGER)) OVER (ORDER BY day) AS BIGINT) AS passed,
  min(day) FILTER (is_business_day) OVER (ORDER BY day DESC) AS next_business_day
FROM marked;

-- Every case is measured twice: with what was known as of the knowledge date, and, for the stock, on the last day of the period.
CREATE OR REPLACE TEMP TABLE knowledge AS
SELECT view, as_of, CAST(epoch(midnight - to_seconds(gmt_offset)) AS BIGINT) AS end_of_day
FROM (SELECT 'period' AS view, as_of, as_of + INTERVAL 1 DAY AS midnight FROM run
  UNION ALL SELECT 'stock', period_last, period_last + INTERVAL 1 DAY FROM run) AS views
ASOF JOIN zone ON midnight >= since_wall;

-- A mark is a place on the clock of a commitment. `point` is what is compared: the number of the day, or for minutes the second.
-- `passed` is what is counted: the business days, days or seconds up to the mark.
CREATE OR REPLACE TEMP MACRO mark_of(unit, day, second, business_days) AS {
  'point': CASE WHEN unit = 'minutes' THEN second ELSE day - DATE '1970-01-01' END,
  'passed': CASE unit WHEN 'minutes' THEN second WHEN 'business-days' THEN business_days ELSE day - DATE '1970-01-01' END,
  'day': day };

-- What is known of the cases in scope: events on later days are as if they had not been exported.
CREATE OR REPLACE TEMP TABLE known AS
SELECT view, commitment, case_id, event, mark_of(unit, event.day, CAST(epoch(instant) AS BIGINT), passed) AS mark
FROM scope JOIN commitment USING (commitment, source) JOIN event USING (source, case_id)
JOIN calendar ON calendar.day = event.day JOIN knowledge ON event.day <= as_of;

-- 1. s0: the earliest start event. Beside it the day of the last stop event, wherever it lies.
CREATE OR REPLACE TEMP TABLE started AS
WITH roles AS (
  SELECT view, commitment, case_id, role, mark FROM known JOIN event_role USING (commitment, event)
)
SELECT view, commitment, case_id, excluded_by, min(mark) FILTER (role = 'start') AS first_start,
  max(mark.day) FILTER (role = 'stop') AS last_stop
FROM scope CROSS JOIN knowledge LEFT JOIN roles USING (view, commitment, case_id)
GROUP BY view, commitment, case_id, excluded_by;

-- 2. and 3. t and e: the earliest stop and the earliest exit at or after s0; of exits at the same point the first as written.
-- The exit ends the case only where there is no stop or the exit lies before it.
CREATE OR REPLACE TEMP TABLE ended AS
WITH stops AS (
  SELECT view, commitment, case_id, min(mark) AS stop
  FROM started JOIN known USING (view, commitment, case_id) JOIN event_role USING (commitment, event)
  WHERE role = 'stop' AND mark.point >= first_start.point GROUP BY view, commitment, case_id
), exits AS (
  SELECT view, commitment, case_id, min({'point': mark.point, 'place': place, 'treatment': treatment, 'mark': mark}) AS exit
  FROM started JOIN known USING (view, commitment, case_id) JOIN exit_rule USING (commitment, event)
  WHERE mark.point >= first_start.point GROUP BY view, commitment, case_id
), open_marks AS (
  SELECT view, commitment, mark_of(unit, as_of, end_of_day, passed) AS open_mark
  FROM commitment CROSS JOIN knowledge JOIN calendar ON day = as_of
), states AS (
  SELECT *, CASE
    WHEN first_start IS NULL AND last_stop IS NULL THEN 'not-started'
    WHEN first_start IS NULL THEN 'stop-without-start'
    WHEN stop IS NOT NULL AND (exit IS NULL OR exit.point >= stop.point) THEN 'stopped'
    WHEN exit IS NOT NULL THEN 'exited'
    WHEN last_stop IS NOT NULL THEN 'stop-before-start'
    ELSE 'open' END AS state
  FROM started JOIN open_marks USING (view, commitment)
  LEFT JOIN stops USING (view, commitment, case_id) LEFT JOIN exits USING (view, commitment, case_id)
)
SELECT view, commitment, case_id, excluded_by, first_start, last_stop, state,
  CASE state WHEN 'stopped' THEN stop WHEN 'exited' THEN exit.mark WHEN 'open' THEN open_mark END AS "end",
  CASE WHEN state = 'exited' THEN exit.treatment END AS treatment
FROM states;

-- 4. s: the latest restart after s0 and not after the end, else s0; on a closed day the next business day where that is declared.
CREATE OR REPLACE TEMP TABLE running AS
WITH restarts AS (
  SELECT view, commitment, case_id, max(mark) AS restart
  FROM ended JOIN known USING (view, commitment, case_id) JOIN event_role USING (commitment, event)
  WHERE role = 'restart' AND first_start.point < mark.point AND mark.point <= "end".point GROUP BY view, commitment, case_id
), received AS (
  SELECT ended.*, unit, counted_by, count_from, received_when_closed, coalesce(restart, first_start) AS mark
  FROM ended JOIN commitment USING (commitment) LEFT JOIN restarts USING (view, commitment, case_id)
  WHERE state IN ('stopped', 'exited', 'open')
), moved AS (
  SELECT received.*, CASE WHEN received_when_closed = 'next-business-day' AND NOT is_business_day
    THEN mark_of(unit, next_business_day, NULL, passed + 1) ELSE mark END AS start
  FROM received JOIN calendar ON day = mark.day
)
-- With `count-from` same-day the day of s counts too, when it is one that the unit counts.
SELECT moved.* EXCLUDE (mark, count_from, received_when_closed),
  CASE WHEN count_from = 'same-day' AND (unit = 'calendar-days' OR is_business_day) THEN 1 ELSE 0 END AS start_day
FROM moved JOIN calendar ON day = start.day;

-- 5. Pauses. Every `from` event opens an interval that the earliest `until` event at or after it closes; without one it stays open.
-- (A `from` event inside an open interval of its rule adds nothing to the union.) Intervals are clipped to [s, end] ...
CREATE OR REPLACE TEMP TABLE interval_of_rule AS
WITH opened AS (
  SELECT view, known.commitment, case_id, place, until_event, mark AS since
  FROM known JOIN pause_rule ON pause_rule.commitment = known.commitment AND event = from_event
), closed AS (
  SELECT opened.view, opened.commitment, opened.case_id, since, min(mark) AS until
  FROM opened LEFT JOIN known ON known.view = opened.view AND known.commitment = opened.commitment
    AND known.case_id = opened.case_id AND event = until_event AND mark.point >= since.point
  GROUP BY opened.view, opened.commitment, opened.case_id, place, since
)
SELECT view, commitment, case_id, state = 'open' AND until IS NULL AS is_open, since AS opened,
  CASE WHEN since.point < start.point THEN start ELSE since END AS since,
  CASE WHEN until.point < "end".point THEN until ELSE "end" END AS until
FROM closed JOIN running USING (view, commitment, case_id);

-- ... and united: an interval that begins after all earlier ones have ended begins a pause of its own.
CREATE OR REPLACE TEMP TABLE pause AS
WITH ordered AS (
  SELECT *, max(until.point) OVER (PARTITION BY view, commitment, case_id ORDER BY since.point, until.point
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
  FROM interval_of_rule WHERE since.point < until.point
), islands AS (
  SELECT *, count(*) FILTER (reached IS NULL OR since.point > reached) OVER (PARTITION BY view, commitment, case_id
    ORDER BY since.point, until.point ROWS UNBOUNDED PRECEDING) AS island
  FROM ordered
), united AS (
  SELECT view, commitment, case_id, min(since) AS since, max(until) AS until FROM islands GROUP BY view, commitment, case_id, island
)
-- `paused_before` is how long the clock stood still in the earlier pauses of the case.
SELECT *, until.passed - since.passed AS length, coalesce(sum(until.passed - since.passed) OVER (
  PARTITION BY view, commitment, case_id ORDER BY since.point ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS paused_before
FROM united;

-- 6. and 7. Elapsed at the end, and the limit in force on the day of s.
CREATE OR REPLACE TEMP TABLE clock AS
WITH paused AS (
  SELECT view, commitment, case_id, sum(length) AS paused FROM pause GROUP BY view, commitment, case_id
)
SELECT running.*, coalesce(paused, 0) AS paused,
  greatest("end".passed - start.passed, 0) - coalesce(paused, 0)
    + CASE WHEN "end".point >= start.point THEN start_day ELSE 0 END AS elapsed,
  "limit" * CASE WHEN unit = 'minutes' THEN 60 ELSE 1 END AS "limit",
  elapsed > "limit" * CASE WHEN unit = 'minutes' THEN 60 ELSE 1 END AS is_late
FROM running LEFT JOIN paused USING (view, commitment, case_id)
JOIN limit_version ON limit_version.commitment = running.commitment AND start.day BETWEEN first_day AND last_day;

-- 8. The due day: the first day on which elapsed reaches the limit, as if the case went on running. What must have passed by then is
-- the limit after s, and every pause that began before the limit was reached. A case still open inside an open pause has no due day
-- unless its elapsed, which grows no more, has reached the limit.
CREATE OR REPLACE TEMP TABLE due AS
WITH reached AS (
  SELECT view, commitment, case_id, unit, start.passed + "limit" - start_day + coalesce(sum(length) FILTER (
    pause.since.passed - start.passed - paused_before < "limit" - start_day), 0) AS passed_by_then
  FROM clock LEFT JOIN pause USING (view, commitment, case_id)
  WHERE view = 'period' AND counted_by = 'due' AND (elapsed >= "limit" OR start_day >= "limit"
    OR (commitment, case_id) NOT IN (SELECT (commitment, case_id) FROM interval_of_rule WHERE view = 'period' AND is_open))
  GROUP BY view, commitment, case_id, unit, start, "limit", start_day
), instants AS (
  SELECT *, CASE WHEN unit = 'minutes' THEN TIMESTAMP '1970-01-01' + to_seconds(passed_by_then) END AS instant FROM reached
)
SELECT commitment, case_id, CASE unit
  WHEN 'business-days' THEN coalesce(calendar.day, DATE 'infinity')
  WHEN 'calendar-days' THEN DATE '1970-01-01' + CAST(passed_by_then AS INTEGER)
  WHEN 'minutes' THEN CAST(instant + to_seconds(gmt_offset) AS DATE) END AS due_day
FROM instants LEFT JOIN calendar ON unit = 'business-days' AND is_business_day AND passed = passed_by_then
ASOF LEFT JOIN zone ON instant >= zone.since;

-- ---- The period of every case (section 4) -------------------------------------------------------------------------------------

-- `counted_on` is the day that puts a case into a period, by the cohort of the commitment.
CREATE OR REPLACE TEMP TABLE verdict AS
WITH placed AS (
  SELECT clock.*, due_day, CASE counted_by
    WHEN 'stop' THEN CASE WHEN state <> 'open' THEN "end".day END
    WHEN 'due' THEN CASE WHEN state = 'exited' AND "end".day <= due_day THEN "end".day ELSE due_day END
    WHEN 'start' THEN start.day END AS counted_on
  FROM clock LEFT JOIN due USING (commitment, case_id) WHERE view = 'period'
), judged AS (
  SELECT commitment, case_id, excluded_by, CASE
    WHEN counted_on BETWEEN period_first AND period_last THEN CASE
      WHEN state = 'exited' AND counted_by = 'due' AND "end".day > due_day THEN 'missed'
      WHEN state = 'exited' AND (treatment = 'exclude' OR treatment = 'by-wait' AND NOT is_late) THEN 'excluded'
      WHEN state = 'exited' OR is_late THEN 'missed'
      WHEN state = 'stopped' THEN 'met'
      ELSE 'pending' END
    WHEN counted_by = 'due' AND due_day <= period_last THEN 'outside'
    WHEN counted_by = 'start' AND start.day < period_first AND (state <> 'open' OR is_late) THEN 'outside'
    WHEN first_start.day <= period_last AND (state = 'open' OR "end".day > period_last) THEN 'pending'
    ELSE 'outside' END AS verdict
  FROM placed, run
  UNION ALL
  SELECT commitment, case_id, excluded_by, CASE
    WHEN state = 'not-started' THEN 'not-started'
    WHEN last_stop BETWEEN period_first AND period_last THEN 'unusable'
    ELSE 'outside' END
  FROM ended, run WHERE view = 'period' AND state IN ('not-started', 'stop-without-start', 'stop-before-start')
)
-- An exclude rule takes out a case that would have been counted.
SELECT commitment, case_id, CASE WHEN verdict IN ('met', 'missed') AND excluded_by IS NOT NULL THEN 'excluded' ELSE verdict END AS verdict
FROM judged;

-- A business day cannot be known in a year for which the holiday file has no line (section 2).
CREATE OR REPLACE TEMP TABLE calendar_checked AS
WITH first_year AS (
  SELECT year(min(first_start.day)) AS year FROM ended JOIN commitment USING (commitment)
  WHERE view = 'period' AND unit = 'business-days'
), needed AS (
  SELECT unnest(generate_series(first_year.year, year(as_of))) AS year FROM first_year, run
)
SELECT CASE WHEN year NOT IN (SELECT year(day) FROM day_off WHERE is_holiday)
  THEN error('calendar-year-missing: the holiday file has no line for ' || year) END AS missing FROM needed;

-- ---- The figures ------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE TEMP TABLE figure AS
WITH cases AS (
  SELECT commitment, count(*) FILTER (verdict IN ('met', 'missed')) AS counted, count(*) FILTER (verdict = 'met') AS met,
    count(*) FILTER (verdict = 'missed') AS missed, count(*) FILTER (verdict = 'pending') AS pending,
    count(*) FILTER (verdict = 'excluded') AS excluded, count(*) FILTER (verdict = 'unusable') AS unusable,
    count(*) FILTER (verdict = 'not-started') AS not_started, count(*) FILTER (verdict = 'outside') AS outside
  FROM verdict GROUP BY commitment
), stock AS (
  -- Open on the last day of the period, whatever the cohort, and under no exclude rule.
  SELECT commitment, count(*) AS open, count(*) FILTER (is_late) AS overdue, max(elapsed) AS oldest
  FROM clock WHERE view = 'stock' AND state = 'open' AND excluded_by IS NULL GROUP BY commitment
)
SELECT commitment, coalesce(counted, 0) AS counted, coalesce(met, 0) AS met, coalesce(missed, 0) AS missed,
  coalesce(pending, 0) AS pending, coalesce(excluded, 0) AS excluded, coalesce(unusable, 0) AS unusable,
  coalesce(not_started, 0) AS not_started, coalesce(outside, 0) AS outside,
  coalesce(open, 0) AS open, coalesce(overdue, 0) AS overdue, oldest
FROM commitment LEFT JOIN cases USING (commitment) LEFT JOIN stock USING (commitment) ORDER BY commitment.place;
