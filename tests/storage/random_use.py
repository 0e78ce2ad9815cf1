"""A day of random use: any function of the services with any arguments, and what must hold all the time.

A call may do what it says, or refuse in words. It may not fail in any other way; a refused one changes nothing.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import inspect as look_at
from sqlalchemy import select, text
from sqlmodel import col

from lawdesk.cases import CaseDraft, CasePartyDraft, Clearance, OpenCase, PartyDraft, PartyKind, Side
from lawdesk.cases.rules.tables import PartyTable, party_table
from lawdesk.conflicts import Asked, CheckResult, Decision
from lawdesk.conflicts import Role as AskedRole
from lawdesk.conflicts.service import OTHERWISE, to_decide
from lawdesk.deadlines import ManualDeadline
from lawdesk.firm import Actor, Role
from lawdesk.kernel.errors import Bug, LawDeskError
from lawdesk.office import import_office, open_office
from lawdesk.paper.blocks import TextDocument
from lawdesk.storage.audit import AuditRecord, verify_chain
from lawdesk.storage.migrate import integrity_faults
from tests.offices import PASSPHRASE, START, Firm, FixedClock, found
from tests.storage.random_values import Maker, NoValueError, hints_of, known_words

DAY_SECONDS = 24 * 60 * 60
HOLDERS = (
    "firm", "firm.queries", "cases", "cases.queries", "deadlines", "deadlines.queries", "deadlines.laws",
    "deadlines.reminders", "timesheet", "timesheet.queries", "conflicts", "conflicts.queries", "documents",
    "documents.queries", "packages", "sessions", "keys", "walls", "rights", "access", "privacy",
)  # fmt: skip
NEVER = {
    "firm.found", "firm.bring_in", "keys.change_passphrase", "keys.write", "keys.record", "conflicts.take_over",
    "conflicts.rerun_keep", "cases.take_over_ledger", "deadlines.laws.import_calendar", "documents.close_vault",
}  # fmt: skip
"""Made once, or parts of another function's transaction; changing the passphrase would lock the test out."""
RARE = {
    "packages.package": 0.01, "conflicts.certificate": 0.02, "timesheet.month_report": 0.02, "keys.new_code": 0.05,
    "deadlines.write_paper": 0.05, "documents.check_vault": 0.02, "conflicts.rerun": 0.02,
    "cases.import_parties": 0.02, "cases.import_former_matters": 0.02, "deadlines.export_calendar": 0.05,
    "deadlines.read_court_calendar": 0.02, "firm.add_person": 0.05, "deadlines.laws.import_calendar": 0.02,
    "conflicts.rerun_begin": 0.05, "timesheet.lock_period": 0.1, "deadlines.set_two_persons": 0.1,
    "conflicts.batch": 0.1, "firm.change_person": 0.1, "deadlines.reminders.run": 0.1,
}  # fmt: skip
"""Slow ones, and those that change what everybody may do: less often than the rest."""


@dataclass
class Day:
    """What a day came to: calls, how they ended, and what did not hold."""

    calls: int = 0
    done: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    called: set[str] = field(default_factory=set)
    uncallable: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def random_day(count: int, seed: int, *, look_every: int = 2000, seconds: float = 100_000) -> Day:
    """Make ``count`` random calls on a new office (fewer after so many seconds) and look whether all holds."""
    day, chance = Day(), Random(seed)
    with tempfile.TemporaryDirectory(prefix="lawdesk-random-") as name:
        here = Path(name)
        clock = FixedClock(START)
        firm = found(str(here / "office"), clock)
        try:
            maker = Maker(chance, staff(firm), here, START.date(), texts=known_words(), sources=files(here))
            maker.recipes = recipes(firm, maker)
            functions = list(public_functions(firm, day))
            weights = [RARE.get(label, 1.0) for label, _function in functions]
            began = time.monotonic()
            for number in range(count):
                if number % 100 == 0:
                    proper_case(firm, maker)
                    learn(firm, maker)
                label, function = chance.choices(functions, weights)[0]
                one_call(firm, maker, label, function, day)
                clock.advance(timedelta(seconds=DAY_SECONDS / max(count, 2000)))
                if number % look_every == look_every - 1:
                    day.failed += [f"after {number + 1} calls: {fault}" for fault in faults(firm)]
                if len(day.failed) > 200 or time.monotonic() - began > seconds:
                    break
            day.failed += [f"at the end: {fault}" for fault in (*faults(firm), *leaves_and_returns(firm, here))]
        finally:
            firm.office.close()
    return day


def staff(firm: Firm) -> list[Actor]:
    """Return people of every role."""
    people = [firm.director, firm.director, firm.lawyer, firm.lawyer]
    for number, role in enumerate(Role):
        person = firm.office.firm.add_person(firm.director, name=f"同事{number}", login=f"p{number}", role=role)
        people.append(Actor(person, f"同事{number}", f"p{number}", role))
    return people


def files(here: Path) -> list[Path]:
    """Return files to be taken in: papers, lists, rubbish, nothing."""
    content = {
        "证据.txt": "双方签字确认".encode(),
        "名单.csv": "name,kind\n张三,person\n晨湖示例科技有限公司,organization\n".encode(),
        "坏.xlsx": os.urandom(500),
        "空.pdf": b"",
        "日历.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    }
    for name, data in content.items():
        (here / name).write_bytes(data)
    return [*(here / name for name in content), here / "nothing there.pdf", here]


def proper_case(firm: Firm, maker: Maker) -> None:
    """Open a case as people do, names checked first, with a paper and an hour: chance alone seldom gets there."""
    office, chance = firm.office, maker.chance
    names = [maker.text("x").strip() or "张三" for _name in range(2)]
    parties = tuple(
        CasePartyDraft(PartyDraft(name[:60], PartyKind.UNKNOWN), side.value)
        for name, side in zip(names, (Side.CLIENT, Side.ADVERSE), strict=True)
    )
    who = chance.choice((firm.director, firm.lawyer))
    with contextlib.suppress(LawDeskError):
        asked = [Asked(one.party.name, AskedRole(one.side)) for one in parties]
        result = office.conflicts.check(who, asked)
        decided = [
            Decision(one, party, "no_conflict" if party else OTHERWISE, "同名") for one, party in to_decide(result)
        ]
        clearance = office.conflicts.clear(who, result, decided)
        draft = CaseDraft("civil", "买卖合同纠纷", parties, who.person_id, maker.today)
        case = office.cases.open_case(who, draft, clearance).case_id
        office.documents.add_file(who, case, maker.sources[0])
        office.timesheet.quick_entry(who, "1h20m 起草起诉状", case_id=case)
        office.deadlines.add_deadline(who, ManualDeadline(case, "提交证据", maker.today + timedelta(days=9)))


def recipes(firm: Firm, maker: Maker) -> dict[type, Any]:
    """Return how values come about that pages get from one function and hand to the next."""
    office, director = firm.office, firm.director

    def checked() -> CheckResult:
        names = [Asked(maker.text("name"), maker.chance.choice(list(AskedRole))) for _name in range(2)]
        return office.conflicts.check(director, names)

    def open_cases() -> OpenCase:
        known = office.cases.queries.known_open_cases(director)
        if not known:
            raise NoValueError("no case is open yet")
        return maker.chance.choice(known)

    def decided() -> Clearance:
        return office.conflicts.clear(
            director, office.conflicts.check(director, [Asked("无此人名", AskedRole.CLIENT)])
        )

    return {
        CheckResult: checked,
        OpenCase: open_cases,
        Clearance: decided,
        PartyTable: lambda: party_table([["name", "kind"], *([maker.text("name"), ""] for _row in range(3))]),
        TextDocument: lambda: office.deadlines.register(director, maker.day()),
    }


def public_functions(firm: Firm, day: Day) -> Iterator[tuple[str, Any]]:
    """Yield every public function of the services that values can be made for."""
    for path in HOLDERS:
        holder: Any = firm.office
        for part in path.split("."):
            holder = getattr(holder, part, None)
        for name, function in inspect.getmembers(holder, inspect.ismethod) if holder is not None else ():
            label = f"{path}.{name}"
            if name.startswith("_") or label in NEVER:
                continue
            try:
                hints_of(function)
            except NoValueError as error:
                day.uncallable[label] = str(error)
                continue
            yield label, function


def learn(firm: Firm, maker: Maker) -> None:
    """Look which rows there are, so that most ids name something."""
    with firm.office.database.read() as session:
        connection = session.connection()
        for table in look_at(connection).get_table_names():
            columns = {one["name"] for one in look_at(connection).get_columns(table)} if not maker.ids else {"id"}
            if "id" in columns and (not maker.ids or table in maker.ids):
                rows = connection.execute(text(f'SELECT id FROM "{table}" ORDER BY id DESC LIMIT 60'))
                maker.ids[table] = [row[0] for row in rows]


def written_since(firm: Firm, stamp: int) -> set[str]:
    """Return what the records after ``stamp`` are about."""
    with firm.office.database.read() as session:
        statement = select(AuditRecord.subject).where(col(AuditRecord.id) > stamp)
        return {row[0] for row in session.execute(statement).all()}


def one_call(firm: Firm, maker: Maker, label: str, function: Any, day: Day) -> None:
    """Call one function and judge how it ended."""
    try:
        given, named = arguments(maker, function)
    except NoValueError as error:
        day.uncallable[label] = str(error)
        return
    before = firm.office.database.state_stamp()
    day.calls += 1
    day.called.add(label)
    try:
        answer = function(*given, **named)
        if isinstance(answer, Iterator):
            list(answer)
        day.done += 1
        return
    except Bug as error:
        day.failed.append(f"{label}: {error!r} {given!r:.300} {named!r:.300}")
    except LawDeskError as error:
        day.refused[error.code] += 1
    except Exception as error:
        if type(error).__name__ not in (function.__doc__ or ""):
            day.failed.append(f"{label}: {error!r:.300} {given!r:.300} {named!r:.300}")
    # that somebody asked for what lies behind a wall is written down, and the answer is a refusal
    changed = written_since(firm, before) - {"wall_question"}
    if changed and label not in ("documents.take_in", "documents.add_files"):
        day.failed.append(f"{label}: refused, yet {sorted(changed)} changed {given!r:.300} {named!r:.300}")


def arguments(maker: Maker, function: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return positional and named arguments; every other optional one is left out."""
    hints, given, named = hints_of(function), [], {}
    maker.owner = function.__name__
    for name, parameter in inspect.signature(function).parameters.items():
        optional = parameter.default is not inspect.Parameter.empty
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if optional and maker.chance.random() < 0.5:
            continue
        try:
            value = maker.value(hints[name], name)
        except NoValueError:
            if optional:
                continue
            raise
        if parameter.kind == parameter.KEYWORD_ONLY or optional:
            named[name] = value
        else:
            given.append(value)
    return given, named


def faults(firm: Firm) -> list[str]:
    """Return what does not hold of what must."""
    office, director, found_ = firm.office, firm.director, []
    with office.database.read() as session:
        connection = session.connection()
        found_ += integrity_faults(connection)
        if not (report := verify_chain(session)).sound:
            found_.append(f"audit chain broken at {report.broken_at}")
        for sentence, statement in MUST_BE_NONE.items():
            if number := connection.execute(text(statement)).scalar():
                found_.append(f"{number} {sentence}")
    if not (stored := office.documents.vault.verify_all(office.documents.queries.every_address())).sound:
        found_.append(f"documents {stored.missing[:3]} {stored.mismatched[:3]}")
    cases = office.cases.queries.list_cases(director, limit=1_000_000)
    if len(cases) != office.cases.queries.count_cases(director):
        found_.append("cases counted otherwise than listed")
    parties = office.cases.queries.list_parties(director, limit=1_000_000)
    if len(parties) != office.cases.queries.count_parties(director):
        found_.append("parties counted otherwise than listed")
    docket = office.deadlines.queries.docket(director, limit=1_000_000)
    if len(docket) != office.deadlines.queries.count(director):
        found_.append("deadlines counted otherwise than listed")
    entries = office.timesheet.queries.entries(director, limit=1_000_000)
    if len(entries) != office.timesheet.queries.count_entries(director):
        found_.append("entries counted otherwise than listed")
    return found_


MUST_BE_NONE = {
    "cases without a clearance": "SELECT count(*) FROM cases WHERE id NOT IN (SELECT case_id FROM clearance)",
    "cases without a party": "SELECT count(*) FROM cases WHERE id NOT IN (SELECT case_id FROM case_party)",
    "numbers given twice": "SELECT count(*) FROM (SELECT number FROM cases GROUP BY number HAVING count(*) > 1)",
    "documents without a version": (
        "SELECT count(*) FROM document WHERE id NOT IN (SELECT document_id FROM document_version)"
    ),
    "entries of no or negative length": "SELECT count(*) FROM time_entry WHERE minutes <= 0",
    "people without a name": "SELECT count(*) FROM person WHERE trim(name) = ''",
}


def leaves_and_returns(firm: Firm, here: Path) -> list[str]:
    """Export everything, make a new office of it, and compare every table."""
    firm.office.leaving.export(firm.director, here / "export")
    import_office(here / "export", str(here / "again"), "another passphrase")
    again = open_office(str(here / "again"), passphrase="another passphrase", clock=firm.clock)
    try:
        mine, theirs = counts(firm.office), counts(again)
        if missing := keys_of(again) - keys_of(firm.office):
            return [f"{len(missing)} keys of names only after a round trip"]
    finally:
        again.close()
    own = {"audit_record", "office_state", "party_key", "key_count"}  # keys are made anew from the names
    return [f"{table}: {mine[table]} rows, {theirs.get(table)} after a round trip" for table in mine
            if mine[table] != theirs.get(table) and table not in own]  # fmt: skip


def keys_of(office: Any) -> set[tuple[int, int]]:
    with office.database.read() as session:
        return {(row[0], row[1]) for row in session.connection().execute(text("SELECT key, slot FROM party_key"))}


def counts(office: Any) -> dict[str, int]:
    with office.database.read() as session:
        connection = session.connection()
        names = look_at(connection).get_table_names()
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() or 0 for name in names}


def reopen_check(place: str) -> None:
    """Open the office once more, as tomorrow morning."""
    with contextlib.closing(open_office(place, passphrase=PASSPHRASE)):
        return
