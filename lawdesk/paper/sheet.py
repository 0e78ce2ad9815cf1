"""Pages of PDF written from top to bottom: paragraphs, tables, rules; pages break by themselves.

A :class:`Sheet` keeps one page in memory at a time, so a report of any length costs the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from lawdesk.kernel.i18n import _
from lawdesk.paper.fonts import BOLD, RARE, REGULAR, register
from lawdesk.paper.text import Line, break_lines, line_width, text_width

Align = Literal["left", "right", "center"]
A4 = (595.2756, 841.8898)
MM = 72 / 25.4
LEADING = 1.45
"""Line height as a multiple of the font size."""

INK = (0.10, 0.11, 0.13)
MUTED = (0.40, 0.42, 0.46)
LINE = (0.62, 0.64, 0.68)
SHADE = (0.945, 0.95, 0.96)
_PAD_X, _PAD_Y = 4.0, 3.2
_CENTERED = 3  # rows of up to so many lines are centred in height, higher ones read from the top
_STRETCH = 2.2  # a line that lacks up to so many characters was broken because it is full: it is stretched


@dataclass(frozen=True)
class Style:
    """How a text is set: size, space after and first-line indent in points, leading as a multiple."""

    size: float = 10.5
    bold: bool = False
    align: Align = "left"
    color: tuple[float, float, float] = INK
    after: float = 5
    indent: float = 0
    leading: float = LEADING
    justify: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a drawn table; ``span`` columns wide."""

    text: str
    align: Align = "left"
    bold: bool = False
    span: int = 1


@dataclass(frozen=True)
class TableRow:
    """One row: its cells and whether it is shaded (headings, totals)."""

    cells: Sequence[Cell]
    shaded: bool = False


@dataclass
class _LaidRow:
    """A row with its lines broken; ``widths`` of the cells in points."""

    row: TableRow
    widths: list[float]
    lines: list[list[Line]]
    size: float

    @property
    def count(self) -> int:
        return max(len(lines) for lines in self.lines)

    def height(self, count: int | None = None) -> float:
        return (self.count if count is None else count) * self.size * LEADING + 2 * _PAD_Y


@dataclass
class Sheet:
    """A PDF being written. Use as a context manager; leaving it without an error finishes the file.

    ``footer_left`` stands at the foot of each page, with "page x of y" when ``numbered``. ``frames`` are drawn
    around each page: distance from its edges and line weight.
    """

    path: Path
    title: str = ""
    author: str = ""
    landscape: bool = False
    margin: float = 18 * MM
    footer_left: str = ""
    header: str = ""
    numbered: bool = True
    frames: Sequence[tuple[float, float]] = ()
    pages: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.width, self.height = (A4[1], A4[0]) if self.landscape else A4
        self.y = 0.0
        # invariant: the same input gives the same bytes (no moment of making, no random identifier)
        register(REGULAR)
        self._canvas = Canvas(
            str(self.path),
            pagesize=(self.width, self.height),
            invariant=1,
            initialFontName=REGULAR,  # type: ignore[arg-type]  # stubs say float
        )
        self._canvas.setTitle(self.title or " ")
        self._canvas.setAuthor(self.author or "LawDesk")
        self._canvas.setCreator("LawDesk")
        self._canvas.setSubject("")

    def __enter__(self) -> Sheet:
        self._begin()
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> None:
        if kind is not None:
            return
        self._end()
        if self.numbered:
            self._canvas.beginForm("page-count", 0, -20, 80, 40)
            self._text_line(self._split(str(self.pages), 8.5), 0, 0, 8.5, MUTED)
            self._canvas.endForm()
        self._canvas.save()

    @property
    def inner(self) -> float:
        """The width between the margins in points."""
        return self.width - 2 * self.margin

    @property
    def bottom(self) -> float:
        """The lowest point text may stand on."""
        return self.margin + (8 if self.numbered or self.footer_left else 0)

    @property
    def room(self) -> float:
        """The height left on this page."""
        return self.y - self.bottom

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self._end()
        self._canvas.showPage()
        self._begin()

    def space(self, height: float) -> None:
        """Leave ``height`` points free; at the foot of a page the rest of it."""
        self.y = max(self.bottom, self.y - height)

    def rule(self, *, weight: float = 0.6, after: float = 6) -> None:
        """Draw a line from margin to margin."""
        self._canvas.setStrokeColorRGB(*LINE)
        self._canvas.setLineWidth(weight)
        self._canvas.line(self.margin, self.y, self.width - self.margin, self.y)
        self.y -= after

    def paragraph(self, text: str, style: Style | None = None) -> None:
        """Write ``text``; it flows over as many pages as it needs."""
        style = style or Style()
        for part in text.splitlines() or [""]:
            lines = break_lines(part, self.inner, style.size, bold=style.bold, indent=style.indent)
            for number, line in enumerate(lines):
                self._paragraph_line(line, style, indent=0 if number else style.indent)
        self.y -= style.after

    def _paragraph_line(self, line: Line, style: Style, *, indent: float) -> None:
        step = style.size * style.leading
        if self.room < step:
            self.new_page()
        x = self.margin + self._shift(line, style.size, self.inner, style.align) + indent
        free = self.inner - indent - line_width(line, style.size)
        gaps = sum(len(run) for _font, run in line) - 1
        stretch = free / gaps if style.justify and gaps > 0 and 0 < free < _STRETCH * style.size else 0.0
        self._text_line(line, x, self.y - style.size * 1.08, style.size, style.color, stretch=stretch)
        self.y -= step

    def keep(self, height: float) -> None:
        """Start a new page unless ``height`` points are left on this one."""
        if self.room < height and self.y < self.height - self.margin - 40:
            self.new_page()

    def table(
        self,
        widths: Sequence[float],
        rows: Sequence[TableRow],
        *,
        head: int = 1,
        size: float = 9,
        grid: bool = True,
    ) -> None:
        """Draw ``rows``; the first ``head`` of them stand again at the top of each page.

        ``widths`` are shares of the width between the margins. Rows higher than a page are continued on the next.
        """
        scale = self.inner / sum(widths)
        columns = [width * scale for width in widths]
        heads = [self._lay(row, columns, size) for row in rows[:head]]
        head_height = sum(laid.height() for laid in heads)
        started = False
        for row in rows[head:]:
            laid = self._lay(row, columns, size)
            if not started:
                self.keep(head_height + laid.height(min(laid.count, 2)))
                self._draw_rows(heads, grid)
                started = True
            self._flow_row(laid, heads, grid)
        if not started:
            self.keep(head_height)
            self._draw_rows(heads, grid)

    def _flow_row(self, laid: _LaidRow, heads: list[_LaidRow], grid: bool) -> None:
        start = 0
        full = self.height - self.margin - self.bottom - sum(head.height() for head in heads)
        while start < laid.count:
            left = laid.count - start
            if laid.height(left) <= self.room:
                self._draw_row(laid, start, left, grid)
                return
            fits = int((self.room - 2 * _PAD_Y) / (laid.size * LEADING))
            # A row that fits on one page is not torn; a longer one is, but not for a single line.
            if laid.height(left) > full and fits >= min(3, left):
                self._draw_row(laid, start, fits, grid)
                start += fits
            self.new_page()
            self._draw_rows(heads, grid)

    def _draw_rows(self, rows: list[_LaidRow], grid: bool) -> None:
        for laid in rows:
            self._draw_row(laid, 0, laid.count, grid)

    def _lay(self, row: TableRow, columns: list[float], size: float) -> _LaidRow:
        widths: list[float] = []
        lines: list[list[Line]] = []
        place = 0
        for cell in row.cells:
            width = sum(columns[place : place + cell.span])
            place += cell.span
            widths.append(width)
            lines.append(break_lines(cell.text, width - 2 * _PAD_X, size, bold=cell.bold))
        return _LaidRow(row, widths, lines, size)

    def _draw_row(self, laid: _LaidRow, start: int, count: int, grid: bool) -> None:
        height = laid.height(count)
        canvas = self._canvas
        x = self.margin
        canvas.setStrokeColorRGB(*LINE)
        canvas.setLineWidth(0.5)
        if laid.row.shaded:
            canvas.setFillColorRGB(*SHADE)
            canvas.rect(x, self.y - height, sum(laid.widths), height, stroke=0, fill=1)
        for cell, width, lines in zip(laid.row.cells, laid.widths, laid.lines, strict=True):
            if grid:
                canvas.rect(x, self.y - height, width, height, stroke=1, fill=0)
            y = self.y - _PAD_Y - laid.size * 1.12
            shown = lines[start : start + count]
            if laid.count <= _CENTERED:
                y -= (count - len(shown)) * laid.size * LEADING / 2
            for line in shown:
                shift = self._shift(line, laid.size, width - 2 * _PAD_X, cell.align)
                self._text_line(line, x + _PAD_X + shift, y, laid.size, INK)
                y -= laid.size * LEADING
            x += width
        if not grid:
            canvas.line(self.margin, self.y - height, self.margin + sum(laid.widths), self.y - height)
        self.y -= height

    def _begin(self) -> None:
        self.pages += 1
        self.y = self.height - self.margin
        for inset, weight in self.frames:
            self._canvas.setStrokeColorRGB(*INK)
            self._canvas.setLineWidth(weight)
            self._canvas.rect(inset, inset, self.width - 2 * inset, self.height - 2 * inset)
        if self.header and self.pages > 1:
            self._text_line(self._split(self.header, 8.5), self.margin, self.y - 8.5, 8.5, MUTED)
            self.y -= 18

    def _end(self) -> None:
        y = self.margin - 12
        if self.footer_left:
            self._text_line(self._split(self.footer_left, 8.5), self.margin, y, 8.5, MUTED)
        if self.numbered:
            # The number of pages is known at the end only: a form drawn then shows on every page.
            before, after = _("Page {page} of {pages}").format(page=self.pages, pages="\0").split("\0")
            digits = text_width("000" if self.pages > 99 else "00" if self.pages > 9 else "0", 8.5)
            width = text_width(before, 8.5) + digits + text_width(after, 8.5)
            x = (self.width - width) / 2 if not self.footer_left else self.width - self.margin - width - 8
            self._text_line(self._split(before, 8.5), x, y, 8.5, MUTED)
            self._canvas.saveState()
            self._canvas.translate(x + text_width(before, 8.5), y)
            self._canvas.doForm("page-count")
            self._canvas.restoreState()
            self._text_line(self._split(after, 8.5), x + width - text_width(after, 8.5), y, 8.5, MUTED)

    def _split(self, text: str, size: float) -> Line:
        return break_lines(text, self.inner, size)[0]

    @staticmethod
    def _shift(line: Line, size: float, width: float, align: Align) -> float:
        if align == "left":
            return 0.0
        free = width - line_width(line, size)
        return free if align == "right" else free / 2

    def _text_line(
        self,
        line: Line,
        x: float,
        y: float,
        size: float,
        color: tuple[float, float, float],
        *,
        stretch: float = 0.0,
    ) -> None:
        if not line:
            return
        bold = any(font == BOLD for font, _run in line)
        self._canvas.saveState()
        self._canvas.setLineWidth(size * 0.03)
        text = self._canvas.beginText(x, y)
        text.setFillColorRGB(*color)
        if stretch:
            text.setCharSpace(stretch)
        for font, run in line:
            register(font)
            text.setFont(font, size)
            if bold and font in RARE:  # no bold cut of the rare characters exists: thicken the outline
                text.setStrokeColorRGB(*color)
                text.setTextRenderMode(2)
                text.textOut(run)
                text.setTextRenderMode(0)
            else:
                text.textOut(run)
        self._canvas.drawText(text)
        self._canvas.restoreState()
