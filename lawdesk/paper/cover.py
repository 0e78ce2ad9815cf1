"""The cover of a bound case file and its file index (卷内目录)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lawdesk.kernel.i18n import _, pgettext
from lawdesk.paper.sheet import MM, MUTED, Cell, Sheet, Style, TableRow

_FRAMES = ((15 * MM, 1.2), (16.5 * MM, 0.4))


@dataclass(frozen=True)
class Cover:
    """The cover: the firm, what the file is (律师业务档案), its number, facts and the parties.

    ``facts`` are pairs of label and value. ``party_head`` are the titles of the table of parties, ``parties`` its
    rows. ``foot`` lines stand at the foot (when closed, how long kept). ``language`` is the PDF's language tag.
    """

    firm: str
    title: str
    number: str
    subtitle: str = ""
    facts: Sequence[tuple[str, str]] = ()
    party_head: Sequence[str] = ()
    parties: Sequence[Sequence[str]] = ()
    party_widths: Sequence[float] = ()
    foot: Sequence[str] = ()
    language: str = "zh-CN"


@dataclass(frozen=True)
class IndexEntry:
    """One line of the file index. ``first`` and ``last`` are stamped page numbers, 0 for an unnumbered part."""

    number: int
    title: str
    day: str
    first: int
    last: int
    note: str

    @property
    def pages(self) -> str:
        """The pages as the index shows them: ``3-7`` or ``8``."""
        if not self.first:
            return ""
        return f"{self.first}-{self.last}" if self.last > self.first else str(self.first)


def draw_cover(cover: Cover, path: Path, *, pages: int, parts: int) -> int:
    """Write the cover to ``path``; ``pages`` and ``parts`` are the counts it states. Return its pages."""
    with Sheet(
        path, title=cover.title, author=cover.firm, margin=26 * MM, frames=_FRAMES, numbered=False
    ) as sheet:
        sheet.space(12 * MM)
        sheet.paragraph(cover.firm, Style(size=19, bold=True, align="center", after=10))
        sheet.rule(weight=1.4, after=2.5)
        sheet.rule(weight=0.5, after=20 * MM)
        title = "\u3000".join(cover.title) if len(cover.title) <= 6 and cover.title.isalpha() else cover.title
        size = 34 if len(title) <= 12 else 26
        sheet.paragraph(title, Style(size=size, bold=True, align="center", after=4))
        if cover.subtitle:
            sheet.paragraph(cover.subtitle, Style(size=14, align="center", after=2))
        sheet.paragraph(cover.number, Style(size=13, align="center", color=MUTED, after=14 * MM))
        facts = [*cover.facts, (pgettext("file index", "Contents"), _counts(pages, parts))]
        rows = [TableRow([Cell(label, "center", bold=True), Cell(value)]) for label, value in facts]
        sheet.table([24, 76], rows, head=0, size=11)
        if cover.parties:
            sheet.space(7 * MM)
            head = TableRow([Cell(word, "center", bold=True) for word in cover.party_head], shaded=True)
            widths = cover.party_widths or [1.0] * len(cover.party_head)
            sheet.table(
                widths, [head, *(TableRow([Cell(word) for word in row]) for row in cover.parties)], size=10.5
            )
        sheet.space(8 * MM)
        for line in cover.foot:
            sheet.paragraph(line, Style(size=10.5, align="center", after=2))
    return sheet.pages


def _counts(pages: int, parts: int) -> str:
    return _("{parts} documents, {pages} pages").format(parts=parts, pages=pages)


def draw_index(entries: Sequence[IndexEntry], number: str, path: Path) -> int:
    """Write the file index to ``path``; return its pages."""
    with Sheet(path, title=_("File index"), margin=22 * MM, numbered=False) as sheet:
        title = _("File index")
        sheet.paragraph("\u3000".join(title) if title.isalpha() and ord(title[0]) > 0x2E7F else title,
                        Style(size=20, bold=True, align="center", after=2))  # fmt: skip
        sheet.paragraph(number, Style(size=10, align="center", color=MUTED, after=8))
        words = (
            pgettext("file index", "No."),
            pgettext("file index", "Document"),
            pgettext("file index", "Date"),
            pgettext("file index", "Pages"),
            pgettext("file index", "Remarks"),
        )
        rows = [TableRow([Cell(word, "center", bold=True) for word in words], shaded=True)]
        for entry in entries:
            cells = (
                Cell(str(entry.number), "center"),
                Cell(entry.title),
                Cell(entry.day, "center"),
                Cell(entry.pages, "center"),
                Cell(entry.note),
            )
            rows.append(TableRow(cells))
        sheet.table([7, 47, 16, 12, 18], rows, size=10)
    return sheet.pages
