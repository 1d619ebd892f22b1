"""The job in ClickHouse, in the process: explicit types, the basic date parser, business days from a constant array."""

import json

import chdb

from job import AS_OF, CALL_LIMIT, EMAIL_LIMIT, FIRST, LAST, LIMITS, THREADS, UP_TO, Figures, files

figures = Figures()
ORIGIN = 19723
UP = str(UP_TO)
SETTINGS = f" SETTINGS date_time_input_format = 'basic', max_threads = {THREADS}, input_format_csv_empty_as_default = 1"


def table(source, columns):
    return f"file('{files(source)}', 'CSVWithNames', '{columns}')"


def days(column):
    return f"(toInt32(toDate({column})) - {ORIGIN})"


def up(day):
    return f"arrayElement({UP}, {day} + 1)"


limit = f"transform(service, {list(LIMITS)}, {list(LIMITS.values())}, 0)"
log = table("applications", "case_id String, event LowCardinality(String), occurred_at DateTime(\\'UTC\\'), service LowCardinality(String), region LowCardinality(String)")
CASES = f"""
SELECT commitment, month, grp, elapsed, count(), countIf(elapsed <= within), grouping(elapsed) FROM (
  SELECT service AS commitment, toYYYYMM(toDate(t + {ORIGIN})) AS month, region AS grp, {limit} AS within,
    {up('t')} - {up('s')} - if(p < 0, 0, greatest(0, {up('least(if(q < 0, t, q), t)')} - {up('least(greatest(p, s), t)')})) AS elapsed
  FROM (
    SELECT any(service) AS service, any(region) AS region,
      minIf(day, event = 'RECEIVED') AS s, minIf(day, event = 'DECIDED') AS t,
      if(countIf(event = 'WITHDRAWN') = 0, -1, minIf(day, event = 'WITHDRAWN')) AS e,
      if(countIf(event = 'INCOMPLETE') = 0, -1, minIf(day, event = 'INCOMPLETE')) AS p,
      if(countIf(event = 'COMPLETED') = 0, -1, minIf(day, event = 'COMPLETED')) AS q
    FROM (SELECT case_id, event, service, region, {days('occurred_at')} AS day FROM {log})
    WHERE day <= {AS_OF} GROUP BY case_id)
  WHERE s > 0 AND t >= s AND t BETWEEN {FIRST} AND {LAST} AND (e < 0 OR e >= t))
GROUP BY GROUPING SETS ((commitment, month, grp), (commitment, elapsed))
"""
calls = table("calls", "call_id String, line LowCardinality(String), queued_at DateTime(\\'UTC\\'), answered_at DateTime(\\'UTC\\'), abandoned_at DateTime(\\'UTC\\')")
CALLS = f"""
SELECT 'telephone', month, grp, elapsed, count(), countIf(wait <= {CALL_LIMIT}), grouping(elapsed) FROM (
  SELECT line AS grp, toYYYYMM(ended) AS month, if(stopped, wait, -1) AS elapsed, wait FROM (
    SELECT line, toUInt32(answered_at) > 0 AS stopped, if(stopped, answered_at, abandoned_at) AS ended,
      toInt64(ended) - toInt64(queued_at) AS wait FROM {calls})
  WHERE {days('ended')} BETWEEN {FIRST} AND {LAST} AND (stopped OR wait > {CALL_LIMIT}))
GROUP BY GROUPING SETS ((month, grp), (elapsed))
"""
emails = table("emails", "message_id String, category LowCardinality(String), received_at DateTime(\\'UTC\\'), answered_at DateTime(\\'UTC\\')")
EMAILS = f"""
SELECT 'email', month, grp, elapsed, count(), countIf(elapsed <= {EMAIL_LIMIT}), grouping(elapsed) FROM (
  SELECT category AS grp, toYYYYMM(toDate(t + {ORIGIN})) AS month, {up('t')} - {up('s')} AS elapsed
  FROM (SELECT category, {days('received_at')} AS s, {days('answered_at')} AS t FROM {emails})
  WHERE s >= 0 AND t >= s AND t BETWEEN {FIRST} AND {LAST})
GROUP BY GROUPING SETS ((month, grp), (elapsed))
"""
for query in (CASES, CALLS, EMAILS):
    for line in str(chdb.query(query + SETTINGS, "JSONCompactEachRow")).splitlines():
        commitment, month, group, elapsed, counted, met, without_elapsed = json.loads(line)
        if int(without_elapsed):
            figures.cell(commitment, month, group, counted, met)
        elif int(elapsed) >= 0:
            figures.elapsed(commitment, elapsed, counted)
figures.hand_over()
