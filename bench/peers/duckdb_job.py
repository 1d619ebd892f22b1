"""The job in DuckDB: explicit types, no order kept, business days from a constant list."""

import duckdb

from job import AS_OF, CALL_LIMIT, EMAIL_LIMIT, FIRST, LAST, LIMITS, THREADS, UP_TO, Figures, files

figures = Figures()
db = duckdb.connect()
db.execute(f"SET threads = {THREADS}; SET preserve_insertion_order = false")
db.execute("SET VARIABLE up_to = " + str(UP_TO) + "::INTEGER[]")
UP = "getvariable('up_to')"


def table(source, columns):
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    return (
        f"read_csv('{files(source)}', auto_detect = false, header = true, delim = ',', quote = '\"', "
        f"timestampformat = '%Y-%m-%d %H:%M:%S', columns = {{{columns}}})"
    )


def days(column):
    return f"({column}::DATE - DATE '2024-01-01')::INTEGER"


def month(day):
    return f"(year(DATE '2024-01-01' + {day}) * 100 + month(DATE '2024-01-01' + {day}))"


limit = "CASE service " + " ".join(f"WHEN '{name}' THEN {days_}" for name, days_ in LIMITS.items()) + " END"
log = table(
    "applications",
    {"case_id": "VARCHAR", "event": "VARCHAR", "occurred_at": "TIMESTAMP", "service": "VARCHAR", "region": "VARCHAR"},
)
JOBS = f"""
WITH log AS (SELECT case_id, event, service, region, {days('occurred_at')} AS day FROM {log}),
cases AS (
  SELECT any_value(service) AS service, any_value(region) AS region,
    min(day) FILTER (event = 'RECEIVED') AS s, min(day) FILTER (event = 'DECIDED') AS t,
    min(day) FILTER (event = 'WITHDRAWN') AS e, min(day) FILTER (event = 'INCOMPLETE') AS p,
    min(day) FILTER (event = 'COMPLETED') AS q
  FROM log WHERE day <= {AS_OF} GROUP BY case_id),
judged AS (
  SELECT service AS commitment, {month('t')} AS month, region AS grp, {limit} AS within,
    {UP}[t + 1] - {UP}[s + 1]
      - CASE WHEN p IS NULL THEN 0
        ELSE greatest(0, {UP}[least(coalesce(q, t), t) + 1] - {UP}[least(greatest(p, s), t) + 1]) END AS elapsed
  FROM cases WHERE t >= s AND t BETWEEN {FIRST} AND {LAST} AND (e IS NULL OR e >= t))
SELECT commitment, month, grp, elapsed, count(*), count(*) FILTER (elapsed <= within), grouping(elapsed)
FROM judged GROUP BY GROUPING SETS ((commitment, month, grp), (commitment, elapsed))
"""
calls = table(
    "calls",
    {"call_id": "VARCHAR", "line": "VARCHAR", "queued_at": "TIMESTAMP", "answered_at": "TIMESTAMP", "abandoned_at": "TIMESTAMP"},
)
CALLS = f"""
WITH waits AS (
  SELECT line, answered_at IS NOT NULL AS stopped, coalesce(answered_at, abandoned_at) AS ended,
    (epoch_us(coalesce(answered_at, abandoned_at)) - epoch_us(queued_at)) // 1000000 AS wait FROM {calls}),
judged AS (
  SELECT line AS grp, {month(days('ended'))} AS month, CASE WHEN stopped THEN wait END AS elapsed, wait FROM waits
  WHERE {days('ended')} BETWEEN {FIRST} AND {LAST} AND (stopped OR wait > {CALL_LIMIT}))
SELECT 'telephone', month, grp, elapsed, count(*), count(*) FILTER (wait <= {CALL_LIMIT}), grouping(elapsed)
FROM judged GROUP BY GROUPING SETS ((month, grp), (elapsed))
"""
emails = table(
    "emails", {"message_id": "VARCHAR", "category": "VARCHAR", "received_at": "TIMESTAMP", "answered_at": "TIMESTAMP"}
)
EMAILS = f"""
WITH judged AS (
  SELECT category AS grp, {month('t')} AS month, {UP}[t + 1] - {UP}[s + 1] AS elapsed
  FROM (SELECT category, {days('received_at')} AS s, {days('answered_at')} AS t FROM {emails})
  WHERE t >= s AND t BETWEEN {FIRST} AND {LAST})
SELECT 'email', month, grp, elapsed, count(*), count(*) FILTER (elapsed <= {EMAIL_LIMIT}), grouping(elapsed)
FROM judged GROUP BY GROUPING SETS ((month, grp), (elapsed))
"""
for query in (JOBS, CALLS, EMAILS):
    for commitment, month_, group, elapsed, counted, met, without_elapsed in db.execute(query).fetchall():
        if without_elapsed:
            figures.cell(commitment, month_, group, counted, met)
        elif elapsed is not None:
            figures.elapsed(commitment, elapsed, counted)
figures.hand_over()
