"""What every peer computes, and how it hands it over.

Days are numbers from 2024-01-01. `UP_TO[d]` is the number of business days up to and including day d, so that those after a and
up to b are UP_TO[b] - UP_TO[a].
"""

import csv
import datetime
import json
import os
import resource
import sys
import time

DATA = sys.argv[1]
THREADS = int(os.environ.get("THREADS", "2"))
PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ORIGIN = datetime.date(2024, 1, 1)
FIRST = (datetime.date(2025, 4, 1) - ORIGIN).days
LAST = (datetime.date(2026, 3, 31) - ORIGIN).days
AS_OF = (datetime.date(2026, 4, 30) - ORIGIN).days
LIMITS = {
    "csq-skilled-worker": 30,
    "csq-business": 30,
    "csq-peq": 20,
    "caq-studies": 20,
    "family-sponsorship": 20,
    "first-steps-meeting": 5,
    "work-adaptation-session": 15,
    "comparative-evaluation": 15,
    "regulatory-body-support": 20,
    "french-full-time": 65,
}
EMAIL_LIMIT = 5
CALL_LIMIT = 180


def files(source):
    return os.path.join(DATA, "exports", f"{source}-*.csv")


def up_to():
    with open(os.path.join(PROJECT, "../sample-data/holidays.csv"), encoding="utf-8") as lines:
        holidays = {row["date"] for row in csv.DictReader(lines)}
    counts, count = [], 0
    for number in range(366 + 365 + 365 + 365):
        day = ORIGIN + datetime.timedelta(days=number)
        count += day.weekday() < 5 and day.isoformat() not in holidays
        counts.append(count)
    return counts


UP_TO = up_to()


class Figures:
    """Counts of one commitment: counted and met by month and group, and the elapsed times of what was stopped."""

    def __init__(self):
        self.commitments = {}
        self.usage, self.clock = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()

    def _of(self, commitment):
        empty = {"counted": 0, "met": 0, "by_month": {}, "by_group": {}, "histogram": {}}
        return self.commitments.setdefault(commitment, empty)

    def cell(self, commitment, month, group, counted, met):
        """`month` is YYYYMM."""
        counted, met = int(counted), int(met)
        figures = self._of(commitment)
        figures["counted"] += counted
        figures["met"] += met
        month = f"{int(month) // 100}-{int(month) % 100:02}"
        for cells, key in ((figures["by_month"], month), (figures["by_group"], str(group))):
            cell = cells.setdefault(key, [0, 0])
            cell[0] += counted
            cell[1] += met

    def elapsed(self, commitment, value, cases):
        histogram = self._of(commitment)["histogram"]
        histogram[str(int(value))] = histogram.get(str(int(value)), 0) + int(cases)

    def hand_over(self):
        """What the work took since the engine was loaded, and the figures, as one JSON object."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        cpu = usage.ru_utime + usage.ru_stime - self.usage.ru_utime - self.usage.ru_stime
        wall = time.perf_counter() - self.clock
        json.dump({"cpu": cpu, "wall": wall, "figures": self.commitments}, sys.stdout)
