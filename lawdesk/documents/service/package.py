"""The case as one file: a Word document, a bound PDF, or a folder of originals as ZIP."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from lawdesk.cases import (
    CLEARANCE_TITLES,
    FEE_TITLES,
    PROCEEDING_KINDS,
    SIDE_TITLES,
    STATUS_TITLES,
    CaseDetail,
    CaseQueries,
    ClearanceResult,
    Side,
    matter_kinds,
    standing_title,
)
from lawdesk.documents.queries import DocumentRow
from lawdesk.documents.rules import file_name
from lawdesk.documents.service.shelf import DocumentService
from lawdesk.firm import Actor, FirmQueries, require
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.errors import Cancelled, EnvironmentFailure
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import N_, _, language
from lawdesk.kernel.money import format_fen
from lawdesk.paper.blocks import Block, Facts, Grid, Heading, Text, TextDocument
from lawdesk.paper.bound import bind
from lawdesk.paper.cover import Cover
from lawdesk.paper.parts import Part
from lawdesk.paper.word import write_docx
from lawdesk.storage.database import Database

Section = Callable[[Actor, int], Sequence[Block]]
"""What another feature has to say about a case on paper: deadlines, hours."""


@dataclass(frozen=True)
class Packed:
    """What packing made: pages of a PDF (0 otherwise), parts, and what could only be listed."""

    path: Path
    pages: int
    parts: int
    only_listed: tuple[str, ...] = ()


class PackageService:
    """Packs a case. ``sections`` are filled in by the office from the other features."""

    def __init__(
        self,
        database: Database,
        cases: CaseQueries,
        firm: FirmQueries,
        documents: DocumentService,
        sections: Sequence[Section] = (),
    ) -> None:
        self._database = database
        self._cases = cases
        self._firm = firm
        self._documents = documents
        self._sections = tuple(sections)

    def package(
        self,
        actor: Actor,
        case_id: int,
        target: Path,
        kind: str,
        *,
        progress: Callable[[int, int], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> Packed:
        """Write the case to ``target`` as ``docx``, ``pdf`` or ``zip``; recorded in the audit chain.

        ``progress(step, steps)`` hears of each paper, ``cancel`` is asked between them. Raises ValueError for
        another kind, Cancelled, EnvironmentFailure when the target cannot be written; the old file stands then.
        """
        require(actor, "case.package")
        case = self._cases.case(actor, case_id)
        if kind == "docx":
            write_docx(self._report(actor, case), target)
            packed = Packed(target, 0, 1)
        elif kind == "pdf":
            packed = self._bind(actor, case, target, progress, cancel)
        elif kind == "zip":
            packed = self._zip(actor, case, target, progress, cancel)
        else:
            raise ValueError(kind)
        with self._database.write(actor, "case.package") as work:
            work.audit("case", case_id=case_id, kind=kind, parts=packed.parts, pages=packed.pages)
        return packed

    def _sorted(self, actor: Actor, case: CaseDetail) -> tuple[DocumentRow, ...]:
        return self._documents.shelf(actor, case.id).rows

    def _report(self, actor: Actor, case: CaseDetail) -> TextDocument:
        blocks: list[Block] = [Facts(case_facts(case), 2), Heading(_("Parties")), parties_grid(case)]
        blocks += [Heading(_("Proceedings")), proceedings_grid(case)]
        for section in self._sections:
            blocks += section(actor, case.id)
        rows = self._sorted(actor, case)
        blocks.append(Heading(_("Documents")))
        if rows:
            blocks.append(documents_grid(rows))
        else:
            blocks.append(Text(_("No documents yet."), note=True))
        if case.facts:
            blocks += [Heading(_("Facts")), *(Text(line, indent=True) for line in case.facts.splitlines())]
        if case.note:
            blocks += [Heading(_("Remarks")), Text(case.note, indent=True)]
        firm = self._firm.firm_name(actor)
        return TextDocument(case.title, blocks, subtitle=(case.number,), header=firm, author=firm)

    def _bind(
        self,
        actor: Actor,
        case: CaseDetail,
        target: Path,
        progress: Callable[[int, int], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> Packed:
        firm = self._firm.firm_name(actor)
        cover = case_cover(case, firm)
        with TemporaryDirectory(prefix="lawdesk-case-") as name:
            parts = [Part(_("Case report"), self._report(actor, case), day=_day(self._database.clock.today()))]
            for row in self._sorted(actor, case):
                copy = Path(name) / f"{row.id}{Path(file_name(row.name)).suffix}"
                with _naming(row):
                    self._documents.vault.export(row.address, copy, cancel=cancel)
                parts.append(Part(Path(row.name).stem, copy, _day(row.dated_on), row.note, name=row.name))
            parts.append(Part(_("Closing note"), closing_note(case), numbered=False, indexed=False))
            bound = bind(cover, parts, target, progress=progress, cancel=cancel)
        return Packed(target, bound.pages, len(bound.entries), bound.notices)

    def _zip(
        self,
        actor: Actor,
        case: CaseDetail,
        target: Path,
        progress: Callable[[int, int], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> Packed:
        """Write originals, the report as Word and the facts as JSON; names are numbered as they would be bound."""
        rows = self._sorted(actor, case)
        with TemporaryDirectory(prefix="lawdesk-case-") as name, atomic_path(target) as temporary:
            report = Path(name) / "report.docx"
            write_docx(self._report(actor, case), report)
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(report, file_name(f"00 {case.number.replace('/', '_')}.docx"))
                archive.writestr("case.json", json.dumps(case_json(case), ensure_ascii=False, indent=1))
                for position, row in enumerate(rows, start=1):
                    with (
                        _naming(row),
                        self._documents.vault.open(row.address) as stream,
                        archive.open(f"{position:02d} {file_name(row.name)}", "w", force_zip64=True) as inside,
                    ):
                        while piece := stream.read(1 << 20):
                            if cancel is not None and cancel():
                                raise Cancelled
                            inside.write(piece)
                    if progress is not None:
                        progress(position, len(rows))
        return Packed(target, 0, len(rows) + 2)


@contextmanager
def _naming(row: DocumentRow) -> Iterator[None]:
    """Say which paper it was when its content is missing or damaged."""
    try:
        yield
    except EnvironmentFailure as failure:
        if not failure.code.startswith("vault."):
            raise
        what = N_("{name} cannot be put into the case file.")
        raise EnvironmentFailure(failure.code, what, failure.what, failure.hint, name=row.name) from failure


def case_facts(case: CaseDetail) -> list[tuple[str, str]]:
    """Return the facts of a case as pairs of label and value."""
    clearance = case.clearances[0] if case.clearances else None
    cleared = _(CLEARANCE_TITLES[ClearanceResult(clearance.result)]) if clearance else ""
    return [
        (_("Case number"), case.number),
        (_("Kind"), matter_kinds()[case.kind].title),
        (_("Cause of action"), case.cause),
        (_("Status"), f"{_(STATUS_TITLES[case.status])} · {case.stage}"),
        (_("Taken in on"), long_date(case.received_on)),
        (_("Closed on"), long_date(case.closed_on) if case.closed_on else "—"),
        (_("Amount in dispute"), _money(case.amount_fen)),
        (_("Fee"), f"{_(FEE_TITLES[case.fee_mode])} {_money(case.fee_fen)}"),
        (_("Lead"), case.lead),
        (_("Assistants"), "、".join(member.name for member in case.assistants) or "—"),
        (_("Conflict check"), cleared),
        (_("Power"), case.power or "—"),
    ]


def parties_grid(case: CaseDetail) -> Grid:
    """Return the parties with standing and counsel as a table."""
    rows = [
        [
            _(SIDE_TITLES[Side(row.side)]),
            standing_title(row.standing),
            row.name,
            row.legal_representative or "—",
            " ".join(part for part in (row.counsel_firm, row.counsel_name) if part) or "—",
        ]
        for row in case.parties
    ]
    head = [_("Side"), _("Standing"), _("Name"), _("Legal representative"), _("Counsel")]
    return Grid(head, rows, (1.2, 1.2, 3, 1.6, 2.2))


def proceedings_grid(case: CaseDetail) -> Grid:
    """Return the proceedings with court and number as a table."""
    rows = [
        [
            PROCEEDING_KINDS[row.kind].title,
            row.court or "—",
            row.court_number or "—",
            row.judge or "—",
            row.result or "—",
        ]
        for row in case.proceedings
    ]
    head = [_("Proceeding"), _("Court"), _("Court case number"), _("Judge"), _("Result")]
    return Grid(head, rows, (1.2, 2.4, 2.6, 1, 1.6))


def documents_grid(rows: Sequence[DocumentRow]) -> Grid:
    """Return the documents as a table."""
    body = [
        [str(position), row.name, row.category or "—", _day(row.dated_on) or "—", str(row.number)]
        for position, row in enumerate(rows, start=1)
    ]
    head = [_("No."), _("File"), _("Place in the file"), _("Date"), _("Version")]
    return Grid(head, body, (0.6, 3.4, 2.6, 1.4, 0.8), right=(0, 4))


def case_cover(case: CaseDetail, firm: str) -> Cover:
    """Return the cover of the bound file."""
    newest = case.proceedings[-1] if case.proceedings else None
    facts = [
        (_("Cause of action"), case.cause),
        (_("Court"), newest.court if newest and newest.court else "—"),
        (_("Court case number"), newest.court_number if newest and newest.court_number else "—"),
        (_("Lead"), "、".join([case.lead, *(member.name for member in case.assistants)])),
        (_("Taken in on"), long_date(case.received_on)),
        (_("Closed on"), long_date(case.closed_on) if case.closed_on else "—"),
    ]
    parties = [[_(SIDE_TITLES[Side(row.side)]), standing_title(row.standing), row.name] for row in case.parties]
    return Cover(
        firm=firm,
        title=_("Case file"),
        number=case.number,
        subtitle=case.title,
        facts=facts,
        party_head=[_("Side"), _("Standing"), _("Name")],
        parties=parties,
        party_widths=(1.2, 1.4, 4),
        language="zh-CN" if language() == "zh" else "en",
    )


def closing_note(case: CaseDetail) -> TextDocument:
    """Return the closing note (备考表) with lines to sign."""
    blocks: list[Block] = [
        Text(_("What should be known about this file (missing or damaged papers, later additions):")),
        Grid(["", ""], [[_("Filed by"), ""], [_("Checked by"), ""], [_("Day"), ""]], (1, 3)),
    ]
    return TextDocument(_("Closing note"), blocks, subtitle=(case.number,))


def case_json(case: CaseDetail) -> dict[str, object]:
    """Return the case as plain data for the ZIP."""
    return {
        "number": case.number,
        "title": case.title,
        "kind": case.kind,
        "cause": case.cause,
        "status": case.status.value,
        "received_on": case.received_on.isoformat(),
        "closed_on": case.closed_on.isoformat() if case.closed_on else None,
        "amount_fen": case.amount_fen,
        "lead": case.lead,
        "parties": [
            {"name": row.name, "side": row.side, "standing": row.standing, "counsel": row.counsel_name}
            for row in case.parties
        ],
        "proceedings": [
            {"kind": row.kind, "court": row.court, "court_number": row.court_number} for row in case.proceedings
        ],
    }


def _money(fen: int | None) -> str:
    return "—" if fen is None else _("{amount} yuan").format(amount=format_fen(fen))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
