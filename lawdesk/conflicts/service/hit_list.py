"""What a list of names came to, as a table for whoever asked: one line for each hit, XLSX or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lawdesk.conflicts.rules import SEVERITY_TITLES, Hit, Severity, words_of
from lawdesk.conflicts.service.deciding import grave
from lawdesk.conflicts.service.listing import ListAnswer
from lawdesk.kernel.i18n import _

SHOWN_STANDINGS = 4


def grade(hit: Hit) -> Severity:
    """Return the grade of a hit; what nobody has to decide is a note, however grave it might be."""
    return (hit.severity or Severity.NOTE) if grave(hit) else Severity.NOTE


def gravest(answer: ListAnswer) -> Severity | None:
    """Return the gravest grade of a name of the list, None without a hit."""
    return max((grade(hit) for hit in answer.result.hits), key=lambda one: one.rank, default=None)


def write_hit_list(answers: Sequence[ListAnswer], path: Path, *, done: int, total: int) -> None:
    """Write the hits, and the names that were not searched, as XLSX or CSV (by the ending of ``path``).

    ``done`` of the ``total`` names of the list were searched; of a list that was stopped the table ends with how
    many were not, so that nobody takes them for searched. Raises EnvironmentFailure when it cannot be written.
    """
    from lawdesk.paper import tables
    from lawdesk.paper.report import Column, TableReport

    columns = (
        Column(_("Row"), "number", 4),
        Column(_("Name in the list"), width=14),
        Column(_("Grade"), width=7),
        Column(_("Found"), width=14),
        Column(_("Alike (%)"), "number", 5),
        Column(_("Why"), width=22),
        Column(_("Where the party stands"), width=24),
    )
    said = _("{done} of {all} names checked").format(done=f"{done:,}", all=f"{total:,}")
    rest = _("Names that do not stand here were searched without a hit.")
    rows = [row for answer in answers for row in _rows(answer)]
    if done < total:
        left = _("{count} names of the list were not reached").format(count=f"{total - done:,}")
        rows.append((None, "", _("Not searched"), "", None, left, ""))
    report = TableReport(
        title=_("Conflict check of a list"),
        columns=columns,
        rows=rows,
        subtitle=(said, rest) if done == total else (said,),
        landscape=True,
        sheet_name=_("Hits"),
    )
    (tables.write_csv if path.suffix.lower() == ".csv" else tables.write_xlsx)(report, path)


def _rows(answer: ListAnswer) -> Iterator[tuple[int | str | None, ...]]:
    line, result = answer.line, answer.result
    if not answer.searched:
        why = "; ".join(
            [entry.reason.words() for entry in result.not_searched if entry.name]
            + [problem.words() for problem in result.problems]
        )
        yield line.row, line.asked.name, _("Not searched"), "", None, why, ""
    for hit in sorted(result.hits, key=lambda one: (-grade(one).rank, -one.score)):
        stands = "; ".join(standing.words() for standing in hit.standings[:SHOWN_STANDINGS])
        title = _(SEVERITY_TITLES[grade(hit)])
        yield line.row, line.asked.name, title, hit.matched, round(hit.score * 100), words_of(hit.reasons), stands
