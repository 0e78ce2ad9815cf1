"""The administrator's month report: recorded time in groups with subtotals, as CSV, XLSX or PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import N_, _
from lawdesk.timesheet.rules import ACTIVITY_TITLES, BY_TITLES, Activity, Atom, By, GroupSums, group_atoms
from lawdesk.timesheet.rules.reports import Key

if TYPE_CHECKING:
    from lawdesk.paper.report import TableReport, Value

Format = Literal["csv", "xlsx", "pdf"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "pdf")
_LINE_TITLES = {
    By.LAWYER: (N_("Case number"), N_("Case")),
    By.CASE: (N_("Lawyer"),),
    By.CLIENT: (N_("Case number"), N_("Case"), N_("Lawyer")),
    By.ACTIVITY: (N_("Lawyer"),),
}
_WIDTHS = {N_("Case number"): 18, N_("Case"): 26, N_("Lawyer"): 14}


@dataclass(frozen=True)
class Names:
    """Names for the ids in a report: people, cases (number, title), clients; ``clients_of`` each case."""

    firm: str
    people: Mapping[int, str]
    cases: Mapping[int, tuple[str, str]]
    clients: Mapping[int, str]
    clients_of: Mapping[int, Sequence[int]]


def build_report(atoms: Sequence[Atom], by: By, first: date, last: date, names: Names) -> TableReport:
    """Return the report of ``atoms``; each total is the sum of what stands above it."""
    from lawdesk.paper.report import Column, Group, TableReport

    columns = [Column(_(title), width=_WIDTHS[title]) for title in _LINE_TITLES[by]]
    columns += [
        Column(_("Time"), "duration", width=10, total=True),
        Column(_("Billable"), "duration", width=10, total=True),
        Column(_("Amount (yuan)"), "money", width=13, total=True),
    ]
    groups = group_atoms(atoms, by, names.clients_of)
    title = _group_title(by, names)
    groups.sort(key=lambda group: (group.key is None, group.key if by is By.LAWYER else title(group.key)))
    footers = [_("Every entry is rounded to the fen by itself (half a fen up); totals are sums of the lines.")]
    if by is By.CLIENT and any(len(names.clients_of.get(atom.case_id or 0, ())) > 1 for atom in atoms):
        footers.append(
            _("Time of a case with several clients is split evenly among them, to the minute; the totals stay.")
        )
    return TableReport(
        title=_("Time report {by}").format(by=_(BY_TITLES[by])),
        columns=columns,
        groups=[
            Group(title(group.key), _rows(group, by, names), subtotal_label=_("Subtotal")) for group in groups
        ],
        subtitle=(
            names.firm,
            _("{first} to {last}").format(first=long_date(first), last=long_date(last)),
        ),
        footers=footers,
        total_label=_("Total"),
        sheet_name=_(BY_TITLES[by]),
    )


def write_report(report: TableReport, form: Format, path: Path) -> None:
    """Write ``report`` in one of :data:`FORMATS`. Raises EnvironmentFailure when the file cannot be written."""
    from lawdesk.paper import tables

    {"csv": tables.write_csv, "xlsx": tables.write_xlsx, "pdf": tables.write_pdf}[form](report, path)


def _group_title(by: By, names: Names) -> Callable[[int | str | None], str]:
    def title(key: int | str | None) -> str:
        if by is By.ACTIVITY:
            return _(ACTIVITY_TITLES[Activity(str(key))])
        if key is None:
            return _("Office (no case)") if by is By.CASE else _("Without a client")
        assert isinstance(key, int)
        if by is By.LAWYER:
            return names.people.get(key, "")
        if by is By.CLIENT:
            return names.clients.get(key, "")
        return "  ".join(names.cases.get(key, ("", "")))

    return title


def _rows(group: GroupSums, by: By, names: Names) -> list[list[Value]]:
    rows: list[list[Value]] = []
    for key, sums in group.lines:
        rows.append([*_words(key, by, names), sums.minutes, sums.billable_minutes, sums.fen])
    return rows


def _words(key: Key, by: By, names: Names) -> list[Value]:
    parts = list(key)
    line: list[Value] = []
    if by in (By.LAWYER, By.CLIENT):
        case_id = parts.pop(0)
        number, title = names.cases.get(case_id, ("", "")) if isinstance(case_id, int) else ("", "")
        line += [number, title if case_id is not None else _("Office (no case)")]
    line += [names.people.get(person, "") for person in parts if isinstance(person, int)]
    return line
