"""The docket at 1,000 and at 100,000 open deadlines: list, month and Today, and counting all of it again.

``python -m bench deadlines [BIG [SMALL]]``. The cost of opening a view is that of everything it reads before it
can be painted; counting again after a calendar was imported is compared with reading the same deadlines once.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import col

os.environ.setdefault("LAWDESK_NO_KEYRING", "1")

from lawdesk.cases.model import Case
from lawdesk.deadlines import (
    CalendarFile,
    DocketFilter,
    RecountReport,
    list_groups,
    load_calendar,
    statutory_holidays,
)
from lawdesk.deadlines.model import Deadline, TriggerEvent
from lawdesk.deadlines.rules import Calendar
from lawdesk.deadlines.service.counting import Basis, counted
from lawdesk.deadlines.service.mass import _read
from lawdesk.firm import Actor
from lawdesk.kernel.ids import new_uid
from lawdesk.office import Office, create_office
from lawdesk.oversight import plan_of

PER_CASE = 5
RULE = "civil-appeal-judgment"
ROUNDS = 15
PAGE, AHEAD = 100, 1_000
"""What the lists of the window read at once, and how far they count."""


class Mixed:
    """The law the deadlines are entered by: nothing is announced after 2025, so most of them are provisional."""

    def __init__(self, office: Office) -> None:
        shipped = load_calendar()
        self.calendar = Calendar(shipped.year(year) for year in range(2018, 2026))
        self.book = office.deadlines.book


def fill(office: Office, actor: Actor, count: int) -> None:
    """Enter ``count`` open deadlines of a real rule, five in each case, over two years from today."""
    rng, law = random.Random(4), Mixed(office)
    today = office.clock.today()
    with office.database.write(actor, "bench.fill") as work:
        now = work.clock.now()
        stamp = {"version": 1, "created_at": now, "updated_at": now}
        connection = work.session.connection()
        cases = [
            {**stamp, "uid": new_uid(), "number": f"（2026）民字第{n:06}号", "kind": "civil", "cause": "借款纠纷",
             "title": f"甲{n}诉乙{n}", "status": "open", "stage": "", "received_on": today, "fee_mode": "fixed",
             "fee_note": "", "power": "", "facts": "", "note": "", "lead_id": actor.person_id}
            for n in range(max(1, count // PER_CASE))
        ]  # fmt: skip
        columns = {column.name for column in Case.__table__.columns}
        connection.execute(
            insert(Case), [{name: value for name, value in row.items() if name in columns} for row in cases]
        )
        case_ids = list(work.session.execute(select(col(Case.id)).order_by(col(Case.id))).scalars())
        events, rows, known = [], [], {}
        for number in range(count):
            case_id = case_ids[number % len(case_ids)]
            on = today + timedelta(days=rng.randint(0, 700))
            found = known.setdefault(on, counted(RULE, Basis(on), law))
            events.append(
                {**stamp, "uid": new_uid(), "case_id": case_id, "trigger": "judgment-served",
                 "title": "收到一审判决", "happened_on": on, "happened_at": "", "in_custody": False, "note": "",
                 "foreign": False,
                 "parent_rule": "", "withdrawn": False, "reason": ""}
            )  # fmt: skip
            rows.append(
                {**stamp, "uid": new_uid(), "case_id": case_id, "event_id": number + 1, "kind": "deadline",
                 "title_zh": "对一审判决上诉", "title_en": "Appeal", "rule": RULE,
                 "rule_version": found.version, "statute": "民事诉讼法", "article": found.article,
                 "trigger_date": on, "due": found.due, "due_time": "", "computed_due": found.due,
                 "raw_end": found.raw_end,
                 "early_warning": found.early_warning, "provisional": found.provisional, "whose": "ours",
                 "person_id": actor.person_id, "status": "open", "reason": "", "note": "", "evidence": "",
                 "outside_uid": ""}
            )  # fmt: skip
        connection.execute(insert(TriggerEvent), events)
        connection.execute(insert(Deadline), rows)
        work.audit("bench", count=count)


def views(office: Office, actor: Actor) -> dict[str, Callable[[], Any]]:
    """Return what each view reads when it opens."""
    queries, today = office.deadlines.queries, office.clock.today()
    mine = DocketFilter(person_id=actor.person_id)
    groups = [group.first for group in list_groups(today) if group.first is not None]
    plan = plan_of(office.deadlines.calendar, today)
    first = today.replace(day=1) - timedelta(days=6)

    def list_view() -> None:
        queries.parts(actor, mine, groups, limit=PAGE, most=AHEAD)

    def month_view() -> None:
        queries.days(actor, first, first + timedelta(days=41), person_id=actor.person_id, most=8)

    def today_view() -> None:
        near = DocketFilter(person_id=actor.person_id, until=plan.until, ours_only=True)
        everything = DocketFilter(person_id=actor.person_id, ours_only=True)
        queries.parts(actor, near, plan.edges, limit=PAGE, most=AHEAD)
        queries.tally(actor, everything, plan.edges, most=AHEAD)
        queries.count_reminders(actor)

    return {"list": list_view, "month": month_view, "Today": today_view}


def compare(
    few: dict[str, Callable[[], Any]], many: dict[str, Callable[[], Any]]
) -> dict[str, tuple[float, float]]:
    """Return the median seconds of each view on both offices, taking turns so that a busy machine is fair."""
    found = {}
    for name, one in few.items():
        taken: tuple[list[float], list[float]] = ([], [])
        for turn in range(ROUNDS + 1):
            for times, view in zip(taken, (one, many[name]), strict=True):
                begun = time.perf_counter()
                view()
                if turn:  # the first one warms up
                    times.append(time.perf_counter() - begun)
        found[name] = (statistics.median(taken[0]), statistics.median(taken[1]))
    return found


def announced(year: int) -> dict[str, Any]:
    """Return an arrangement nobody has announced: the holidays of the law, each lengthened by two days."""
    days = set(statutory_holidays(year))
    more = {day + timedelta(days=extra) for day in days for extra in (1, 2)}
    off = sorted(day for day in days | more if day.year == year)
    return {"year": year, "status": "announced", "source": ["bench"], "off": off, "makeup": []}


def recounting(office: Office, actor: Actor) -> tuple[RecountReport, float, float]:
    """Return what an imported calendar moved, and the seconds of reading the deadlines once and of the import."""

    def read() -> float:
        begun = time.perf_counter()
        with office.database.read() as session:
            _read(session, col(Deadline.provisional).is_(True))
        return time.perf_counter() - begun

    reading = statistics.median(read() for _round in range(3))
    years = (office.clock.today().year + 1, office.clock.today().year + 2)
    file = CalendarFile(tuple(announced(year) for year in years), "bench.toml", "")
    begun = time.perf_counter()
    report = office.deadlines.laws.import_calendar(actor, file)
    return report, reading, time.perf_counter() - begun


def run(args: list[str]) -> None:
    """Measure and print; ``args``: how many deadlines are many, and how many are few."""
    big, small = (int(args[place]) if len(args) > place else usual for place, usual in ((0, 100_000), (1, 1_000)))
    with tempfile.TemporaryDirectory(prefix="lawdesk-bench-") as folder:
        made = {}
        for count in (small, big):
            place = str(Path(folder) / str(count))
            made[count] = create_office(place, firm_name="甲", founder="乙", passphrase="correct horse")
            fill(made[count].office, made[count].founder, count)
        found = compare(*(views(made[count].office, made[count].founder) for count in (small, big)))
        report, reading, counting = recounting(made[big].office, made[big].founder)
        for one in made.values():
            one.office.close()
    print(f"open deadlines: {small:,} and {big:,} (median of {ROUNDS}, taking turns; goal: within 1.5 times)")
    for name, (few, many) in found.items():
        print(f"  {name:<6} {few * 1000:8.1f} ms {many * 1000:8.1f} ms   ratio {many / few:5.2f}")
    print("provisional dates counted again after a calendar was imported (goal: within 30 times reading them)")
    print(f"  {report.read:,} read, {len(report.moved):,} moved")
    print(f"  read {reading * 1000:.0f} ms, imported {counting * 1000:.0f} ms   ratio {counting / reading:5.2f}")
