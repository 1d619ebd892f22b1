"""The job in Polars: the streaming engine, timestamps read as text and parsed with an exact format, days gathered from a list."""

import datetime
import os

os.environ.setdefault("POLARS_MAX_THREADS", os.environ.get("THREADS", "2"))
import polars as pl

from job import AS_OF, CALL_LIMIT, EMAIL_LIMIT, FIRST, LAST, LIMITS, ORIGIN, UP_TO, Figures, files

figures = Figures()
up_to = pl.Series(UP_TO, dtype=pl.Int32)


def table(source, *columns):
    return pl.scan_csv(files(source), schema={column: pl.String for column in columns})


def moment(column):
    return pl.col(column).str.strptime(pl.Datetime("us"), "%Y-%m-%d %H:%M:%S", cache=False)


def days(moment):
    return moment.dt.date().cast(pl.Int32) - (ORIGIN - datetime.date(1970, 1, 1)).days


def up(expression):
    return expression.map_batches(lambda days: up_to.gather(days), return_dtype=pl.Int32, is_elementwise=True)


def month(day):
    date = (day + (ORIGIN - datetime.date(1970, 1, 1)).days).cast(pl.Date)
    return (date.dt.year() * 100 + date.dt.month()).alias("month")


def take(judged, group, commitment=None):
    """Counts judged cases by month and group, and by elapsed time."""
    keys = [] if commitment else ["service"]
    counted = judged.group_by(*keys, "month", group).agg(pl.len(), pl.col("met").sum().alias("kept"))
    histogram = judged.filter(pl.col("elapsed").is_not_null()).group_by(*keys, "elapsed").agg(pl.len())
    counted, histogram = pl.collect_all([counted, histogram], engine="streaming")
    for row in counted.iter_rows(named=True):
        figures.cell(commitment or row["service"], row["month"], row[group], row["len"], row["kept"])
    for row in histogram.iter_rows(named=True):
        figures.elapsed(commitment or row["service"], row["elapsed"], row["len"])


log = table("applications", "case_id", "event", "occurred_at", "service", "region").with_columns(day=days(moment("occurred_at")))
first = lambda event: pl.when(pl.col("event") == event).then(pl.col("day")).min()
cases = (
    log.filter(pl.col("day") <= AS_OF)
    .group_by("case_id")
    .agg(
        pl.col("service").first(),
        pl.col("region").first(),
        s=first("RECEIVED"),
        t=first("DECIDED"),
        e=first("WITHDRAWN"),
        p=first("INCOMPLETE"),
        q=first("COMPLETED"),
    )
)
s, t, e, p, q = (pl.col(name) for name in "stepq")
paused = up(pl.min_horizontal(q.fill_null(t), t)) - up(pl.min_horizontal(pl.max_horizontal(p, s), t))
judged = (
    cases.filter((t >= s) & t.is_between(FIRST, LAST) & (e.is_null() | (e >= t)))
    .with_columns(
        month(t),
        within=pl.col("service").replace_strict(LIMITS, return_dtype=pl.Int32),
        elapsed=up(t) - up(s) - pl.when(p.is_null()).then(0).otherwise(pl.max_horizontal(0, paused)),
    )
    .with_columns(met=pl.col("elapsed") <= pl.col("within"))
    .collect(engine="streaming")
    .lazy()
)
take(judged, "region")

calls = table("calls", "call_id", "line", "queued_at", "answered_at", "abandoned_at").select(
    "line", queued=moment("queued_at"), answered=moment("answered_at"), abandoned=moment("abandoned_at")
)
ended = pl.coalesce("answered", "abandoned")
waits = (
    calls.with_columns(wait=(ended - pl.col("queued")).dt.total_seconds(), day=days(ended), stopped=pl.col("answered").is_not_null())
    .filter(pl.col("day").is_between(FIRST, LAST) & (pl.col("stopped") | (pl.col("wait") > CALL_LIMIT)))
    .select("line", month(pl.col("day")), elapsed=pl.when("stopped").then("wait"), met=pl.col("wait") <= CALL_LIMIT)
)
take(waits, "line", "telephone")

emails = table("emails", "message_id", "category", "received_at", "answered_at").select(
    "category", s=days(moment("received_at")), t=days(moment("answered_at"))
)
answers = (
    emails.filter((t >= s) & t.is_between(FIRST, LAST))
    .select("category", month(t), elapsed=up(t) - up(s))
    .with_columns(met=pl.col("elapsed") <= EMAIL_LIMIT)
)
take(answers, "category", "email")
figures.hand_over()
