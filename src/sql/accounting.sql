-- ---- Exports: what stops the run (section 7) -----------------------------------------------------------------------------------

CREATE OR REPLACE TEMP TABLE exports_checked AS
WITH found AS (
  SELECT export.name AS export, mapped_column.name AS wanted, len(list_filter(names_of(fields), lambda name: name = mapped_column.name)) AS times
  FROM export JOIN mapped_column USING (source) LEFT JOIN (FROM export_row WHERE is_header) AS header USING (source, file)
)
SELECT CASE WHEN coalesce(times, 0) = 0 THEN error('missing-column: ' || export || ' has no column ' || wanted)
  WHEN times > 1 THEN error('duplicate-column: ' || export || ' has the column ' || wanted || ' twice') END AS fault FROM found
UNION ALL
SELECT error('same-file-twice: two exports of ' || source || ' have the same content, ' || string_agg(name, ' and '))
FROM export GROUP BY source, sha256(bytes) HAVING count(*) > 1;

-- ---- Moments: from wall times to instants and local days (section 2) ----------------------------------------------------------

-- The local day of every moment; NULL where there is no such moment, or not on an allowed day.
CREATE OR REPLACE TEMP TABLE moment AS
WITH days AS (
  SELECT moment_read.*, CAST(instant + to_seconds(gmt_offset) AS DATE) AS day
  FROM moment_read ASOF LEFT JOIN zone ON instant >= zone.since
)
SELECT source, file, line, event, has_time, instant, CASE WHEN day BETWEEN earliest AND DATE '2199-12-31' THEN day END AS day
FROM days, run;

-- ---- Rows: each ends in exactly one place (section 7) --------------------------------------------------------------------------

CREATE OR REPLACE TEMP TABLE row_outcome AS
WITH timed AS (
  SELECT source, file, line, bool_or(day IS NULL) AS is_bad, min(instant) AS instant, min(event) AS event,
    bool_or(NOT has_time AND (source, event) IN (SELECT (source, event) FROM needs_time)) AS needs_time
  FROM moment GROUP BY ALL
), checked AS (
  SELECT row_read.*, layout, instant, event, CASE
    WHEN row_fault IS NOT NULL THEN row_fault
    WHEN is_bad THEN 'bad-timestamp'
    WHEN needs_time THEN 'needs-time'
    ELSE code_fault END AS fault
  FROM row_read JOIN source USING (source) LEFT JOIN timed USING (source, file, line)
), compared AS (
  -- The first row of the same id (records) or of the same id, event and moment (events) stays.
  SELECT *, first_value(content) OVER same AS first_content, row_number() OVER same AS place FROM checked
  WINDOW same AS (PARTITION BY source, fault IS NULL, is_ignored, case_id,
    CASE WHEN layout = 'events' THEN {'event': event, 'instant': instant} END ORDER BY file, line)
)
SELECT source, file, line, case_id, fields, CASE
  WHEN fault IS NOT NULL THEN fault
  WHEN is_ignored THEN 'ignored'
  WHEN place = 1 THEN 'accepted'
  WHEN content IS DISTINCT FROM first_content THEN 'conflicting-id'
  ELSE 'duplicate' END AS outcome
FROM compared;

CREATE OR REPLACE TEMP TABLE event AS
SELECT source, case_id, event, instant, day FROM moment JOIN row_outcome USING (source, file, line)
WHERE outcome = 'accepted' AND event IS NOT NULL;

-- A case, with the fields of its earliest event. One whose events all lie after as-of is none of this run.
CREATE OR REPLACE TEMP TABLE "case" AS
SELECT source, case_id, arg_min(fields, {'instant': coalesce(instant, TIMESTAMP 'infinity'), 'file': file, 'line': line}) AS fields
FROM row_outcome LEFT JOIN moment USING (source, file, line), run
WHERE outcome = 'accepted' GROUP BY source, case_id, as_of HAVING count(day) = 0 OR min(day) <= as_of;
