"""Nothing leaks through an ethical wall: every look-up and every reading service, generated from the code.

Each public method of every service and query class of the office is called as somebody outside the wall, with all
the ids and words that could lead behind it, before the walled case exists and after. No answer may hold a marker,
and no answer may differ: not in content, not in number, not in the words of "there is no such ...". A new method
whose arguments nobody taught this test makes it fail.
"""

from __future__ import annotations

import inspect
import itertools
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lawdesk.cases import CaseFilter, Side
from lawdesk.conflicts import Asked
from lawdesk.deadlines import DocketFilter, EventDraft, ManualDeadline
from lawdesk.firm import Actor
from lawdesk.kernel.errors import LawDeskError, describe
from lawdesk.office import Office
from lawdesk.timesheet import By, EntryFilter
from tests.walls.conftest import MARK, NUMBER, OPEN_CLIENT, Walled, plant

IDS = tuple(range(1, 17))
"""Ids of everything there is on either side of the wall, and some of nothing."""
WORDS = (MARK, MARK[:1], OPEN_CLIENT[:4], "mqx", "买卖", "民字", "")
FIRST, LAST = date(2025, 10, 1), date(2026, 3, 1)

# Methods that see the office as a whole, and why they may.
BEHIND = {
    "WallQueries.hidden_from": "what the conflict check must know and never shows",
    "DocumentQueries.every_address": "encrypted pieces for backups; no case is named",
    "DocumentQueries.anything_stored": "asked while the office opens",
    "DocumentService.check_vault": "counts every stored piece, or damage would go unseen",
    "FirmQueries.actor_by_login": "finds out who acts",
    "FirmQueries.logins": "finds out who acts",
    "FirmService.bring_in": "part of somebody else's transaction",
    "ConflictService.take_over": "part of somebody else's transaction",
    "ConflictService.rerun_begin": "its first part is a mark for the state of the data; see test_rerun",
    "ConflictService.rerun_some": "takes what rerun_begin returned; see test_rerun",
    "ConflictService.rerun_due": "says whether anything at all was written since one looked last",
    "DeadlineService.propose_follows": "takes what propose returned",
    "ConflictQueries.untouched": "takes a row that check or recent returned",
    "DeadlineService.set_two_persons": "a setting of the office",
}

# What to pass for a parameter, by its name; each value is tried.
ARGUMENTS: dict[str, Callable[[Walled, Path], tuple[Any, ...]]] = {
    **dict.fromkeys(
        ("case_id", "party_id", "deadline_id", "event_id", "document_id", "entry_id", "check_id", "consent_id"),
        lambda _walled, _path: IDS,
    ),
    "which": lambda _walled, _path: IDS,
    "person_id": lambda walled, _path: (walled.insider.person_id, walled.outsider.person_id),
    **dict.fromkeys(("parties", "party_ids", "starts", "case_ids"), lambda _walled, _path: (list(IDS),)),
    "words": lambda _walled, _path: WORDS,
    "text": lambda _walled, _path: (f"1h {MARK}", f"1h #{MARK} 起草", "1h 民字002 起草", "30m 买卖合同"),
    "subject": lambda _walled, _path: ("case", "party", "enquiry"),
    "login": lambda _walled, _path: ("gu", "yue"),
    "name": lambda _walled, _path: ("daily_target_minutes",),
    "form": lambda _walled, _path: ("new-case",),
    "kind": lambda _walled, _path: ("civil",),
    "trigger": lambda _walled, _path: ("judgment_served",),
    **dict.fromkeys(("first", "happened_on", "monday"), lambda _walled, _path: (FIRST, date(2025, 11, 3))),
    **dict.fromkeys(("last",), lambda _walled, _path: (LAST,)),
    "day": lambda walled, _path: (walled.firm.clock.today(),),
    "edges": lambda _walled, _path: ([FIRST, date(2025, 11, 10), LAST],),
    "by": lambda _walled, _path: tuple(By),
    "asked": lambda _walled, _path: ([Asked(OPEN_CLIENT)], [Asked("无关之人")]),
    "queries": lambda _walled, _path: ([("1", Asked(OPEN_CLIENT))],),
    "names": lambda _walled, _path: ((),),
    **dict.fromkeys(("path", "target"), lambda _walled, path: (path,)),
    "behind": lambda _walled, _path: (False,),
    "without": lambda walled, _path: (walled.firm.office.walls.queries.hidden_from(walled.outsider).parties,),
}
# The same, for parameters that mean different things in different methods.
SPECIAL: dict[str, tuple[Any, ...]] = {
    "CaseQueries.list_cases.chosen": (CaseFilter(), CaseFilter(words=MARK), CaseFilter(words="买卖")),
    "CaseQueries.count_cases.chosen": (CaseFilter(), CaseFilter(words=MARK)),
    "DeadlineQueries.tally.chosen": (DocketFilter(), DocketFilter(person_id=2), DocketFilter(status=None)),
    "DeadlineQueries.parts.chosen": (DocketFilter(), DocketFilter(person_id=2)),
    "DeadlineQueries.docket.chosen": (DocketFilter(status=None), *(DocketFilter(case_id=one) for one in IDS[:3])),
    "DeadlineQueries.count.chosen": (DocketFilter(status=None), *(DocketFilter(case_id=one) for one in IDS[:3])),
    "DeadlineService.clashes.draft": tuple(
        ManualDeadline(one, "x", date(2025, 11, 6), "hearing", "09:00") for one in IDS[:3]
    ),
    "DeadlineService.propose.draft": tuple(
        EventDraft(one, date(2025, 11, 3), "x", "judgment_served") for one in IDS[:3]
    ),
    "DeadlineService.count_proposal.draft": tuple(
        EventDraft(one, date(2025, 11, 3), "x", "judgment_served") for one in IDS[:3]
    ),
    "DeadlineService.count_proposal.rule": ("civil-appeal-judgment",),
    "DeadlineService.count_proposal.length": (15,),
    "ConflictService.alike.name": (f"{MARK}机械", MARK, OPEN_CLIENT[:4], "无关之人"),
    "TimesheetQueries.entries.chosen": (EntryFilter(None), EntryFilter(3), EntryFilter(2)),
    "TimesheetQueries.count_entries.chosen": (EntryFilter(None), EntryFilter(3)),
    "PackageService.package.kind": ("docx",),
    "PackageService.package.case_id": IDS[1:],  # not the open one: the package would be on record the second time
    "DocumentService.export.document_id": IDS[1:],
    "ConflictQueries.earlier.asked": ([Asked(OPEN_CLIENT)], [Asked(f"{MARK}机械有限公司")]),
}
READ_AND_RECORD = frozenset(
    {
        "PackageService.package",
        "DocumentService.export",
        "DeadlineService.export_calendar",
        "ReminderService.show",
        "ConflictService.check",
        "ConflictService.again",
        "ConflictService.batch",
        "ConflictService.clear_names",
    }
)
"""Methods that answer questions and write on the way: a record of the reading, a reference."""


def holders(office: Office) -> Iterator[tuple[str, Any]]:
    """Yield every service and query object of the office once, by the name of its class."""
    services = [office.firm, office.walls, office.cases, office.deadlines, office.timesheet, office.conflicts]
    services += [office.documents, office.packages, office.deadlines.reminders]
    for one in services:
        yield type(one).__name__, one
        if hasattr(one, "queries") and not isinstance(one, type(office.deadlines.reminders)):
            yield type(one.queries).__name__, one.queries


def writes(cls: type, function: Callable[..., Any], seen: set[str] | None = None) -> bool:
    """Whether a method, or one of the same object that it calls, opens a write transaction."""
    seen = seen if seen is not None else set()
    source = textwrap.dedent(inspect.getsource(function))
    if "database.write(" in source:
        return True
    for name in re.findall(r"self\.(\w+)\(", source):
        called = getattr(cls, name, None)
        if name not in seen and inspect.isfunction(called):
            seen.add(name)
            if writes(cls, called, seen):
                return True
    return False


def methods(office: Office, *, reading: bool) -> Iterator[tuple[str, Any]]:
    """Yield (Class.method, bound method) of all that answers questions, or of all that changes something."""
    for name, holder in holders(office):
        for attribute, function in inspect.getmembers(type(holder), inspect.isfunction):
            full = f"{name}.{attribute}"
            if attribute.startswith("_"):
                continue
            if reading == (full in READ_AND_RECORD or not writes(type(holder), function)):
                yield full, getattr(holder, attribute)


def calls(full: str, method: Any, walled: Walled, path: Path) -> Iterator[dict[str, Any]]:
    """Yield the arguments of every call to be made. Fails for a parameter nobody taught this test."""
    wanted: dict[str, tuple[Any, ...]] = {}
    for name, parameter in inspect.signature(method).parameters.items():
        values = SPECIAL.get(f"{full}.{name}")
        if name == "actor":
            values = (walled.outsider,)
        elif values is None and (parameter.default is parameter.empty or name in ("behind", "without")):
            if name not in ARGUMENTS:
                pytest.fail(f"{full}: teach ARGUMENTS or SPECIAL what to pass for {name}")
            values = ARGUMENTS[name](walled, path)
        if values is not None:
            wanted[name] = values
    for chosen in itertools.product(*wanted.values()):
        yield dict(zip(wanted, chosen, strict=True))


def outcome(method: Any, arguments: dict[str, Any], path: Path) -> str:
    """Return what a call answers, error or file included, without what is random by nature."""
    path.unlink(missing_ok=True)
    try:
        found = method(**arguments)
        said = repr(list(found) if inspect.isgenerator(found) else found)
    except LawDeskError as error:
        said = f"{type(error).__name__}: {describe(error)} {getattr(error, 'problems', '')}"
    if path.exists():
        said += text_of(path)
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{32,64}\b|DTSTAMP:\w+", "~", said)


def text_of(path: Path) -> str:
    """Return the text of a file that a service wrote."""
    if path.read_bytes().startswith(b"%PDF"):
        import pypdf

        return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return "".join(packed.read(name).decode("utf-8", "replace") for name in sorted(packed.namelist()))
    return path.read_text(encoding="utf-8", errors="replace")


def answers(walled: Walled, path: Path) -> dict[str, str]:
    """Return every answer an outsider gets, by method and arguments."""
    found: dict[str, str] = {}
    for full, method in methods(walled.firm.office, reading=True):
        if full in BEHIND:
            continue
        for arguments in calls(full, method, walled, path):
            shown = {key: value for key, value in arguments.items() if key not in ("actor", "without")}
            found[f"{full}({shown})"] = outcome(method, arguments, path)
    return found


def test_no_answer_leaks_or_differs(walled: Walled, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    before = answers(walled, path)
    assert len(before) > 300
    case = plant(walled, tmp_path)
    assert case in IDS
    after = answers(walled, path)
    marked = [call for call, said in after.items() if MARK not in call and (MARK in said or str(NUMBER) in said)]
    assert marked == []
    assert [call for call, said in after.items() if said != before[call]] == []
    inside = Walled(walled.firm, walled.outsider, walled.insider, walled.open_case)
    seen = answers(inside, path)
    assert any(MARK in said for said in seen.values())  # the markers are there to be found
    differing = {call.partition("(")[0] for call in seen if seen[call] != after.get(call)}
    assert len(differing) > 25, sorted(differing)


def test_no_write_reaches_behind_the_wall(walled: Walled, tmp_path: Path) -> None:
    case = plant(walled, tmp_path)
    tried = 0
    for full, method in methods(walled.firm.office, reading=False):
        parameters = inspect.signature(method).parameters
        if "case_id" not in parameters or "actor" not in parameters:
            continue
        needed = [name for name, one in parameters.items() if one.default is one.empty and name != "actor"]
        known = {
            "case_id": case,
            "stage": "一审",
            "closed_on": date(2025, 11, 4),
            "path": tmp_path / f"{MARK}.txt",
        }
        known |= {"paths": [tmp_path / f"{MARK}.txt"], "text": "1h 起草", "narrative": "x"}
        if not set(needed) <= set(known):
            continue
        with pytest.raises(LawDeskError) as refused:
            method(walled.outsider, **{name: known[name] for name in {*needed, "case_id"}})
        assert MARK not in str(describe(refused.value)), full
        assert "unknown" in refused.value.code, (full, refused.value.code)
        tried += 1
    assert tried >= 6


def test_every_exception_is_a_method_that_exists(walled: Walled) -> None:
    known = {full for reading in (True, False) for full, _method in methods(walled.firm.office, reading=reading)}
    assert set(BEHIND) | READ_AND_RECORD <= known
    assert {name.rpartition(".")[0] for name in SPECIAL} <= known


def test_rerun_sees_only_the_open_cases(walled: Walled, tmp_path: Path) -> None:
    conflicts = walled.firm.office.conflicts
    before = repr(conflicts.rerun_begin(walled.outsider)[1])
    plant(walled, tmp_path)
    _stamp, cases = conflicts.rerun_begin(walled.outsider)
    assert repr(cases) == before
    assert MARK not in repr(conflicts.rerun_some(walled.outsider, cases))
    conflicts.rerun(walled.outsider)


def test_director_sees_all_unless_shut_out(walled: Walled, tmp_path: Path) -> None:
    office = walled.firm.office
    case = plant(walled, tmp_path)
    assert case in [row.id for row in office.cases.queries.list_cases(walled.director)]
    wall = office.walls.queries.walls(walled.director)[0]
    office.walls.change(
        walled.director,
        wall.id,
        seen=wall.version,
        reason="x",
        inside={walled.insider.person_id or 0},
        outside={walled.director.person_id or 0},
    )
    assert case not in [row.id for row in office.cases.queries.list_cases(walled.director)]
    assert case in [row.id for row in office.cases.queries.list_cases(walled.insider)]
    assert office.walls.queries.walls(walled.director) == []


__all__ = ["Actor", "Side"]
