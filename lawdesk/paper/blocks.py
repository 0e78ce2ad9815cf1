"""A text as a list of blocks: written the same to Word (:mod:`.word`) and to PDF (:mod:`.pages`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lawdesk.kernel.files import atomic_path
from lawdesk.paper.sheet import MM, MUTED, Cell, Sheet, Style, TableRow


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` 1 or 2."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Text:
    """A paragraph. ``note`` sets it small and grey, ``indent`` moves its first line in by two characters."""

    text: str
    bold: bool = False
    note: bool = False
    indent: bool = False
    align: Literal["left", "right", "center"] = "left"


@dataclass(frozen=True)
class Facts:
    """Pairs of label and value in a table; ``columns`` pairs stand side by side (1 or 2)."""

    pairs: Sequence[tuple[str, str]]
    columns: Literal[1, 2] = 1


@dataclass(frozen=True)
class Grid:
    """A table of words with a head line that is repeated on each page; ``widths`` are shares."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    right: Sequence[int] = ()
    """Columns, counted from 0, whose values stand at the right (amounts)."""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("a row has another number of cells than the head")
        if self.widths and len(self.widths) != len(self.head):
            raise ValueError("as many widths as columns")

    @property
    def shares(self) -> Sequence[float]:
        """The widths, equal ones where none are given."""
        return self.widths or [1.0] * len(self.head)


@dataclass(frozen=True)
class Gap:
    """Free height in millimetres, for signatures."""

    millimetres: float = 10


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Text | Facts | Grid | Gap | PageBreak


@dataclass(frozen=True)
class TextDocument:
    """A document: title, lines under it, blocks; ``header`` and ``footer`` stand on each page."""

    title: str
    blocks: Sequence[Block]
    subtitle: Sequence[str] = ()
    header: str = ""
    footer: str = ""
    author: str = ""


def fact_rows(facts: Facts) -> list[list[str]]:
    """Return the pairs as table rows of label, value (, label, value); a last empty pair fills the row."""
    flat = list(facts.pairs)
    if len(flat) % facts.columns:
        flat.append(("", ""))
    return [
        [word for pair in flat[index : index + facts.columns] for word in pair]
        for index in range(0, len(flat), facts.columns)
    ]


def write_text_pdf(document: TextDocument, path: Path, *, numbered: bool = True) -> int:
    """Write ``document`` as A4 pages; return their number. Raises EnvironmentFailure when it cannot be written."""
    with atomic_path(path) as temporary:
        return draw_document(document, temporary, numbered=numbered)


def draw_document(document: TextDocument, path: Path, *, numbered: bool = True) -> int:
    """Write ``document`` as PDF straight to ``path`` (a temporary file); return the number of pages."""
    with Sheet(
        path,
        title=document.title,
        author=document.author,
        margin=22 * MM,
        header=document.header,
        footer_left=document.footer,
        numbered=numbered,
    ) as sheet:
        if document.title:
            sheet.paragraph(document.title, Style(size=18, bold=True, align="center", after=4))
        for line in document.subtitle:
            sheet.paragraph(line, Style(size=10, color=MUTED, align="center", after=2))
        if document.title or document.subtitle:
            sheet.space(10)
        draw_blocks(sheet, document.blocks)
    return sheet.pages


def draw_blocks(sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Draw ``blocks`` where ``sheet`` stands."""
    for block in blocks:
        match block:
            case Heading():
                size = 13.5 if block.level == 1 else 11.5
                sheet.space(8)
                sheet.keep(size * 4)  # a heading does not stand alone at the foot of a page
                sheet.paragraph(block.text, Style(size=size, bold=True, after=4))
            case Text():
                sheet.paragraph(block.text, _style(block))
            case Facts():
                _draw_facts(sheet, block)
            case Grid():
                _draw_grid(sheet, block)
            case Gap():
                sheet.space(block.millimetres * MM)
            case PageBreak():
                sheet.new_page()


def _style(block: Text) -> Style:
    if block.note:
        return Style(size=9, bold=block.bold, align=block.align, color=MUTED, after=3)
    return Style(bold=block.bold, align=block.align, indent=21 if block.indent else 0, leading=1.6, justify=True)


def _draw_facts(sheet: Sheet, facts: Facts) -> None:
    rows = [
        TableRow([Cell(word, bold=index % 2 == 0) for index, word in enumerate(row)]) for row in fact_rows(facts)
    ]
    sheet.table([17, 33] * 2 if facts.columns == 2 else [22, 78], rows, head=0, size=10)
    sheet.space(8)


def _draw_grid(sheet: Sheet, grid: Grid) -> None:
    rows = [TableRow([Cell(word, bold=True, align="center") for word in grid.head], shaded=True)]
    for row in grid.rows:
        rows.append(
            TableRow([Cell(word, "right" if index in grid.right else "left") for index, word in enumerate(row)])
        )
    sheet.table(grid.shares, rows, size=9.5)
    sheet.space(8)
