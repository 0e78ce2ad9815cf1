"""What a case's window reads at once, on the worker, and hands to its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lawdesk.cases.page.handed_in import CaseTab, Desk
from lawdesk.cases.page.words import clearance_names
from lawdesk.cases.queries import CaseDetail, HistoryRow, PartyDetail
from lawdesk.firm import PersonRow, WallRow
from lawdesk.kernel.errors import LawDeskError


@dataclass(frozen=True)
class CaseShown:
    """One case with all that its window shows of it; ``names`` are all names of each party."""

    case: CaseDetail
    names: Mapping[int, frozenset[str]]
    counts: Mapping[str, int]
    history: Sequence[HistoryRow]
    people: Sequence[PersonRow]
    walls: Sequence[WallRow] = ()


def read_case(desk: Desk, case_id: int, tabs: Sequence[CaseTab]) -> CaseShown:
    """Read a case and what goes with it; raises UserError when there is none. Runs on the worker."""
    actor = desk.actor()
    queries = desk.cases.queries
    case = queries.case(actor, case_id)
    checked: set[str] = set()
    for clearance in case.clearances:
        checked |= clearance_names(clearance)
    names: dict[int, frozenset[str]] = {}
    for row in case.parties:
        known = {row.name}
        if row.name not in checked:  # entered under another of its names
            try:
                party: PartyDetail = queries.party(actor, row.party_id)
                known |= {name for _kind, name in party.names}
            except LawDeskError:
                pass  # blocked or erased: the name it stands under is all there is
        names[row.party_id] = frozenset(known)
    counts = {"parties": len(case.parties)}
    for tab in tabs:
        if tab.count is not None:
            try:
                counts[tab.key] = tab.count(actor, case_id)
            except LawDeskError:
                continue  # the tab itself will say what is wrong
    walls = desk.walls.wall_of_case(actor, case_id) if desk.walls is not None else ()
    people = desk.firm.queries.people(actor, everybody=True)
    return CaseShown(case, names, counts, queries.history(actor, case_id), people, walls)
