"""The job in pandas, with the reader named on the command line: `c` or `pyarrow`."""

import glob
import sys

import numpy as np
import pandas as pd

from job import AS_OF, CALL_LIMIT, EMAIL_LIMIT, FIRST, LAST, LIMITS, ORIGIN, UP_TO, Figures, files

ENGINE = sys.argv[2]
figures = Figures()
up_to = np.array(UP_TO, dtype=np.int32)
origin = np.datetime64(ORIGIN)


def read(source, texts, moments, ids=()):
    kinds = {column: "category" for column in texts} | {column: "string" for column in ids}
    columns = list(kinds) + list(moments)
    frames = []
    for path in sorted(glob.glob(files(source))):
        if ENGINE == "pyarrow":
            frame = pd.read_csv(path, engine="pyarrow", usecols=columns, dtype=kinds | {m: "timestamp[s][pyarrow]" for m in moments})
            for column in moments:
                frame[column] = frame[column].astype("datetime64[s]")
        else:
            frame = pd.read_csv(path, engine="c", usecols=columns, dtype=kinds | {moment: str for moment in moments})
            for column in moments:
                frame[column] = pd.to_datetime(frame[column], format="%Y-%m-%d %H:%M:%S", cache=False).astype("datetime64[s]")
        frames.append(frame)
    whole = pd.concat(frames, ignore_index=True)
    for column in texts:
        whole[column] = whole[column].astype("category")
    return whole


def days(moments):
    """The day of each moment, -1 where there is none."""
    numbers = (moments.to_numpy().astype("datetime64[D]") - origin).astype(np.int64)
    return np.where(moments.isna(), -1, numbers)


def month(days_):
    months = (origin + days_).astype("datetime64[M]").astype(np.int64)
    return (months // 12 + 1970) * 100 + months % 12 + 1


def take(judged, keys, commitment=None):
    by = ([] if commitment else ["service"]) + ["month", keys]
    for key, row in judged.groupby(by, observed=True)["met"].agg(["size", "sum"]).iterrows():
        key = key if commitment is None else (commitment, *key)
        figures.cell(*key, row["size"], row["sum"])
    stopped = judged[judged["elapsed"] >= 0]
    for key, cases in stopped.groupby([*by[:-2], "elapsed"], observed=True).size().items():
        service, elapsed = key if commitment is None else (commitment, key)
        figures.elapsed(service, elapsed, cases)


log = read("applications", ["event", "service", "region"], ["occurred_at"], ["case_id"])
log["day"] = days(log.pop("occurred_at"))
log = log[log["day"] <= AS_OF]
log["case"] = pd.factorize(log.pop("case_id"))[0]
known = log.drop_duplicates("case").set_index("case")[["service", "region"]]
first = {event: group.groupby("case")["day"].min() for event, group in log.groupby("event", observed=True)}
column = lambda event: first[event].reindex(known.index, fill_value=-1).to_numpy()
s, t, e, p, q = (column(event) for event in ("RECEIVED", "DECIDED", "WITHDRAWN", "INCOMPLETE", "COMPLETED"))
kept = (s >= 0) & (t >= s) & (t >= FIRST) & (t <= LAST) & ((e < 0) | (e >= t))
s, t, p, q = (days_[kept] for days_ in (s, t, p, q))
paused = np.maximum(0, up_to[np.minimum(np.where(q < 0, t, q), t)] - up_to[np.minimum(np.maximum(p, s), t)])
judged = known[kept].assign(month=month(t), elapsed=up_to[t] - up_to[s] - np.where(p < 0, 0, paused))
judged["met"] = judged["elapsed"] <= judged["service"].astype(str).map(LIMITS)
take(judged, "region")

calls = read("calls", ["line"], ["queued_at", "answered_at", "abandoned_at"])
stopped = calls["answered_at"].notna()
ended = calls["answered_at"].fillna(calls["abandoned_at"])
wait = (ended - calls["queued_at"]).dt.total_seconds().fillna(-1).astype(np.int64)
day = days(ended)
kept = (day >= FIRST) & (day <= LAST) & (stopped | (wait > CALL_LIMIT))
judged = calls.loc[kept, ["line"]].assign(
    month=month(day[kept]), elapsed=np.where(stopped[kept], wait[kept], -1), met=wait[kept] <= CALL_LIMIT
)
take(judged, "line", "telephone")

emails = read("emails", ["category"], ["received_at", "answered_at"])
s, t = days(emails["received_at"]), days(emails["answered_at"])
kept = (s >= 0) & (t >= s) & (t >= FIRST) & (t <= LAST)
judged = emails.loc[kept, ["category"]].assign(month=month(t[kept]), elapsed=up_to[t[kept]] - up_to[s[kept]])
judged["met"] = judged["elapsed"] <= EMAIL_LIMIT
take(judged, "category", "email")
figures.hand_over()
