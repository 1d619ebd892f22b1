{# The script of a declaration: what is declared as tables, then the rules, which are the same for every declaration. #}
-- {{ declared.organization | line }}: {{ declared.title | line }}, {{ declared.period.label | line }}
--
-- What this declaration counts, as SQL for DuckDB over the exports themselves: a second road to the figures of the report, in an
-- engine that shares no code with the program that wrote them. No figure stands in this script, only what is declared and the rules.
-- Sections are those of the measurement rules; case, event, clock, pause and cohort mean here what they mean there.
--
-- Run it in the folder of the exports:  duckdb -c ".read audit.sql"   or in Python:  duckdb.sql(open("audit.sql").read()).show()
--
-- The last statement prints one line per commitment, elapsed and oldest in its unit (seconds for minutes). What can't be counted as
-- the rules say stops the script with an error. Every step stays behind as a table, in this order:
--
--   export_row    the rows of the exports, split into fields              row_outcome   what became of each row
--   event, "case" what the accepted rows say                              scope         the cases of each commitment
--   ended, clock  start, end, state and elapsed of each case              pause         when the clock stood still
--   verdict       what each case is in this period                        figure        the figures

-- The folder of the exports:
SET VARIABLE data = {{ data | text }};

-- After an error nothing is left of the transaction: there are the right figures or none.
DROP TABLE IF EXISTS figure;
BEGIN TRANSACTION;

-- ==== What is declared =========================================================================================================

CREATE OR REPLACE TEMP TABLE run AS SELECT DATE {{ declared.period.first | text }} AS period_first, DATE {{ declared.period.last | text }} AS period_last,
  DATE {{ declared.as_of | text }} AS as_of, DATE {{ declared.earliest | text }} AS earliest;

-- The days that are no business days: of every week, holidays, and closures.
CREATE OR REPLACE TEMP TABLE weekend (name VARCHAR);
{% if declared.weekend %}
INSERT INTO weekend VALUES {% for name in declared.weekend %}({{ name | text }}){{ ";" if loop.last else ", " }}{% endfor %}

{% endif %}
CREATE OR REPLACE TEMP TABLE day_off (day DATE, is_holiday BOOLEAN, name VARCHAR);
{% if declared.days_off %}
INSERT INTO day_off VALUES
{% for off in declared.days_off %}
  (DATE {{ off.day | text }}, {{ off.is_holiday }}, {{ off.name | text }}){{ ";" if loop.last else "," }}
{% endfor %}
{% endif %}

-- {{ declared.time_zone | line }}: seconds east of Greenwich, since an instant (at Greenwich) and since a wall time. Of a wall time that occurs
-- twice the first holds, and one that does not occur uses the distance before the change: a new distance holds for wall times from
-- the later of the two readings that the clocks show at the change.
CREATE OR REPLACE TEMP TABLE zone (since TIMESTAMP, since_wall TIMESTAMP, gmt_offset INTEGER);
INSERT INTO zone VALUES
{% for change in declared.zone %}
  ({{ change.since | text }}, {{ change.since_wall | text }}, {{ change.offset }}){{ ";" if loop.last else "," }}
{% endfor %}

CREATE OR REPLACE TEMP TABLE commitment (place INTEGER, commitment VARCHAR, source VARCHAR, unit VARCHAR, counted_by VARCHAR,
  count_from VARCHAR, received_when_closed VARCHAR);
-- Limits, in the unit, and the days on which a clock must start to be held against each.
CREATE OR REPLACE TEMP TABLE limit_version (commitment VARCHAR, first_day DATE, last_day DATE, "limit" BIGINT);
CREATE OR REPLACE TEMP TABLE event_role (commitment VARCHAR, role VARCHAR, event VARCHAR);
CREATE OR REPLACE TEMP TABLE pause_rule (commitment VARCHAR, place INTEGER, from_event VARCHAR, until_event VARCHAR);
CREATE OR REPLACE TEMP TABLE exit_rule (commitment VARCHAR, place INTEGER, event VARCHAR, treatment VARCHAR);
{% for commitment in declared.commitments %}

-- {{ commitment.title | line }}
INSERT INTO commitment VALUES ({{ loop.index }}, {{ commitment.id | text }}, {{ commitment.source | text }},
  {{ commitment.unit | text }}, {{ commitment.counted_by | text }}, {{ commitment.count_from | text }}, {{ commitment.received_when_closed | text }});
INSERT INTO limit_version VALUES
{% for version in commitment.limits %}
  ({{ commitment.id | text }}, {{ version.first | text }}, {{ version.last | text }}, {{ version.limit }}){{ ";" if loop.last else "," }}
{% endfor %}
INSERT INTO event_role VALUES
{% for role in commitment.roles %}
  ({{ commitment.id | text }}, {{ role.role | text }}, {{ role.event | text }}){{ ";" if loop.last else "," }}
{% endfor %}
{% if commitment.pauses %}
INSERT INTO pause_rule VALUES
{% for pause in commitment.pauses %}
  ({{ commitment.id | text }}, {{ loop.index }}, {{ pause.from | text }}, {{ pause.until | text }}){{ ";" if loop.last else "," }}
{% endfor %}
{% endif %}
{% if commitment.exits %}
INSERT INTO exit_rule VALUES
{% for exit in commitment.exits %}
  ({{ commitment.id | text }}, {{ loop.index }}, {{ exit.event | text }}, {{ exit.treatment | text }}){{ ";" if loop.last else "," }}
{% endfor %}
{% endif %}
{% endfor %}

-- ==== The exports ===============================================================================================================

-- ---- What is read ---------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE TEMP TABLE source (source VARCHAR, layout VARCHAR);
CREATE OR REPLACE TEMP TABLE export (source VARCHAR, file INTEGER, name VARCHAR, bytes BLOB);
CREATE OR REPLACE TEMP TABLE export_row (source VARCHAR, file INTEGER, line BIGINT, text VARCHAR, is_header BOOLEAN, fields VARCHAR[]);
CREATE OR REPLACE TEMP TABLE mapped_column (source VARCHAR, name VARCHAR);
-- Every row with its case, and every text that stands for a moment.
CREATE OR REPLACE TEMP TABLE row_read (source VARCHAR, file INTEGER, line BIGINT, row_fault VARCHAR, code_fault VARCHAR,
  is_ignored BOOLEAN, case_id VARCHAR, content VARCHAR[], fields MAP(VARCHAR, VARCHAR));
CREATE OR REPLACE TEMP TABLE written (source VARCHAR, file INTEGER, line BIGINT, event VARCHAR,
  stamp STRUCT(wall TIMESTAMP, has_time BOOLEAN, gmt_offset INTEGER));
-- Moments that lie so many seconds after another.
CREATE OR REPLACE TEMP TABLE derived (source VARCHAR, file INTEGER, line BIGINT, event VARCHAR, has_time BOOLEAN, instant TIMESTAMP);
-- Events that a commitment in minutes uses: a date without a time won't do.
CREATE OR REPLACE TEMP TABLE needs_time (source VARCHAR, event VARCHAR);

{{ reading_rules }}
-- A wall time becomes an instant by its own distance from Greenwich where one is written, else by that of the time zone.
CREATE OR REPLACE TEMP VIEW moment_read AS
SELECT source, file, line, event, stamp.has_time AS has_time, stamp.wall - to_seconds(coalesce(stamp.gmt_offset, zone.gmt_offset)) AS instant
FROM written ASOF LEFT JOIN zone ON stamp.wall >= since_wall
UNION ALL FROM derived;
{% for source in sources %}

-- ---- The source {{ source.id | line }} {{ "-" * 90 }}

INSERT INTO source VALUES ({{ source.id | text }}, {{ source.layout | text }});
INSERT INTO mapped_column VALUES {% for column in source.columns %}({{ source.id | text }}, {{ column.name | text }}){{ ";" if loop.last else ", " }}{% endfor %}

{% if source.needs_time %}
INSERT INTO needs_time VALUES {% for event in source.needs_time %}({{ source.id | text }}, {{ event | text }}){{ ";" if loop.last else ", " }}{% endfor %}

{% endif %}
{% for export in source.exports %}
INSERT INTO export SELECT {{ source.id | text }}, {{ loop.index }}, {{ export.name | text }}, content
FROM read_blob(getvariable('data') || {{ export.pattern | text }});
INSERT INTO export_row FROM rows_of({{ source.id | text }}, {{ loop.index }}, {{ export.encoding | text }}, {{ export.delimiter | text }});
{% endfor %}
{% for pattern in source.patterns %}

-- {{ pattern.written | line }}
CREATE OR REPLACE TEMP MACRO parts_{{ loop.index }}(text) AS regexp_extract(plain_blanks(text),
  {{ pattern.regex | text }},
  [{% for part in pattern.parts %}{{ part | text }}{{ "" if loop.last else ", " }}{% endfor %}]);
CREATE OR REPLACE TEMP MACRO stamp_{{ loop.index }}(parts) AS
  {{ pattern.stamp }};
{% endfor %}
{% if source.patterns %}
CREATE OR REPLACE TEMP MACRO read_moment(text) AS coalesce({% for pattern in source.patterns %}stamp_{{ loop.index }}(parts_{{ loop.index }}(text)){{ "" if loop.last else ", " }}{% endfor %});
{% else %}
CREATE OR REPLACE TEMP MACRO read_moment(text) AS iso(text);
{% endif %}

CREATE OR REPLACE TEMP TABLE cells AS
SELECT file, line, file_name, fault_of_row(text, fields, header, {{ source.multiline }}) AS row_fault,
{% for column in source.columns %}
  cell(fields, header, {{ source.nulls }}, {{ column.name | text }}) AS {{ column.cell }}{{ "" if loop.last else "," }}
{% endfor %}
FROM rows_with_header({{ source.id | text }});
{% set rows = source.rows %}
{% if source.layout == "events" %}

CREATE OR REPLACE TEMP TABLE coded AS
SELECT *, {{ rows.is_ignored }} AS is_ignored, CASE
  WHEN is_ignored THEN NULL
{% for code in rows.codes %}
  WHEN {{ rows.event }} IN ({{ code.codes }}) THEN {{ code.event | text }}
{% endfor %}
{% if rows.takes_any_code %}
  WHEN {{ rows.event }} <> '' THEN {{ rows.event }}
{% endif %}
  END AS event
FROM cells;

INSERT INTO row_read
SELECT {{ source.id | text }}, file, line, CASE
    WHEN row_fault IS NOT NULL THEN row_fault
    WHEN {{ source.case_id }} = '' THEN 'missing-id'
    WHEN {{ rows.at.is_missing }} THEN 'missing-timestamp' END,
  CASE WHEN event IS NULL AND NOT is_ignored THEN 'unknown-event' END, is_ignored, {{ source.case_id }}, NULL,
  {{ source.fields }}
FROM coded;

INSERT INTO written
SELECT {{ source.id | text }}, file, line, event, read_moment({{ rows.at.text }})
FROM coded WHERE row_fault IS NULL AND NOT ({{ rows.at.is_missing }});
{% else %}

INSERT INTO row_read
SELECT {{ source.id | text }}, file, line, CASE
    WHEN row_fault IS NOT NULL THEN row_fault
{% if source.has_id %}
    WHEN {{ source.case_id }} = '' THEN 'missing-id'
{% endif %}
    END,
  NULL, FALSE, {{ source.case_id }}, {{ rows.content }},
  {{ source.fields }}
FROM cells;
{% for event in rows.written %}

INSERT INTO written
SELECT {{ source.id | text }}, file, line, {{ event.event | text }}, read_moment({{ event.at.text }})
FROM cells WHERE row_fault IS NULL AND NOT ({{ event.at.is_missing }});
{% endfor %}
{% for event in rows.derived %}

INSERT INTO derived
SELECT source, file, line, {{ event.event | text }}, has_time, seconds_after(instant, {{ event.seconds }})
FROM (FROM moment_read WHERE source = {{ source.id | text }} AND event = {{ event.after | text }}) AS base JOIN cells USING (file, line)
WHERE {{ event.seconds }} <> ''{{ event.when }};
{% endfor %}
{% endif %}
{% endfor %}

{{ accounting_rules }}
-- ==== The commitments ============================================================================================================

-- ---- The cases in scope, by their fields, with the first exclude rule that fits ------------------------------------------------

CREATE OR REPLACE TEMP TABLE scope (commitment VARCHAR, source VARCHAR, case_id VARCHAR, excluded_by VARCHAR);
{% for commitment in declared.commitments %}

INSERT INTO scope SELECT {{ commitment.id | text }}, source, case_id, {{ commitment.excluded_by }}
FROM "case" WHERE source = {{ commitment.source | text }}{{ commitment.condition }};
{% endfor %}

{{ measuring_rules }}
COMMIT;

FROM figure;
