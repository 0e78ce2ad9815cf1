"""A :class:`~lawdesk.paper.blocks.TextDocument` as a Word file that Word, WPS and LibreOffice open alike.

Word files do not embed fonts here: they name what Chinese PCs have (宋体, 黑体, Times New Roman), and for each run
of rare characters the system font that holds its plane (SimSun-ExtB, SimSun-ExtG).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import _
from lawdesk.paper.blocks import Block, Facts, Gap, Grid, Heading, PageBreak, Text, TextDocument, fact_rows

LATIN = "Times New Roman"
SONG = "宋体"
HEI = "黑体"
_BY_PLANE = {2: "SimSun-ExtB", 3: "SimSun-ExtG"}
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HALF_INCH_MARGIN_MM = 25.4


def write_docx(document: TextDocument, path: Path) -> None:
    """Write ``document`` as an A4 Word file with page numbers and repeated table heads.

    Raises EnvironmentFailure when the file cannot be written.
    """
    from docx import Document

    book = Document()
    _set_up(book, document)
    if document.title:
        _paragraph(book, document.title, size=18, bold=True, align="center", east=HEI)
    for line in document.subtitle:
        _paragraph(book, line, size=10, align="center", gray=True)
    for block in document.blocks:
        _write_block(book, block)
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        book.save(file)


def _set_up(book: Any, document: TextDocument) -> None:
    from datetime import datetime

    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_HALF_INCH_MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(_HALF_INCH_MARGIN_MM)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = book.styles[name]
        style.font.name = LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), SONG if name == "Normal" else HEI)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    normal = book.styles["Normal"]
    normal.font.size = Pt(10.5)
    _set_language(normal.element.get_or_add_rPr())
    properties = book.core_properties
    properties.title, properties.author = _clean(document.title)[:255], _clean(document.author or "LawDesk")[:255]
    properties.last_modified_by, properties.comments = "", ""
    # The template of python-docx carries its own old moment; a fixed one keeps equal content equal.
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zone
    if document.header:
        _runs(section.header.paragraphs[0], document.header, size=9, gray=True)
    _footer(section.footer.paragraphs[0], document.footer)


def _set_language(properties: Any) -> None:
    """Say that the text is Chinese, or Word underlines it all as misspelt English."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = properties.find(qn("w:lang"))
    if mark is None:
        mark = OxmlElement("w:lang")
        properties.append(mark)
    mark.set(qn("w:val"), "en-US")
    mark.set(qn("w:eastAsia"), "zh-CN")


def _footer(paragraph: Any, words: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if words:
        _runs(paragraph, words + "　　", size=9, gray=True)
    for piece in re.split(r"(\{page\}|\{pages\})", _("Page {page} of {pages}")):
        if piece in ("{page}", "{pages}"):
            _field(paragraph, "PAGE" if piece == "{page}" else "NUMPAGES")
        elif piece:
            _runs(paragraph, piece, size=9, gray=True)


def _field(paragraph: Any, instruction: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for kind in ("begin", "text", "separate", "value", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        if kind == "text":
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {instruction} "
        elif kind == "value":
            run.text = "1"
            continue
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)


def _write_block(book: Any, block: Block) -> None:
    from docx.shared import Mm, Pt

    match block:
        case Heading():
            paragraph = book.add_paragraph(style=f"Heading {block.level}")
            paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(12), Pt(6)
            _runs(paragraph, block.text, size=14 if block.level == 1 else 12, bold=True, east=HEI, ink=True)
        case Text():
            size = 9 if block.note else 10.5
            paragraph = _paragraph(
                book, block.text, size=size, bold=block.bold, align=block.align, gray=block.note
            )
            if block.indent:
                paragraph.paragraph_format.first_line_indent = Pt(21)
        case Facts():
            rows = fact_rows(block)
            shares = [17.0, 33.0] * 2 if block.columns == 2 else [22.0, 78.0]
            _table(book, None, rows, shares, bold_columns=range(0, 2 * block.columns, 2))
        case Grid():
            _table(book, block.head, block.rows, block.shares, right=block.right)
        case Gap():
            paragraph = book.add_paragraph()
            paragraph.paragraph_format.space_after = Mm(block.millimetres)
        case PageBreak():
            book.add_page_break()


def _paragraph(
    book: Any,
    text: str,
    *,
    size: float,
    bold: bool = False,
    align: str = "left",
    gray: bool = False,
    east: str = SONG,
) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = book.add_paragraph()
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.line_spacing = 1.35
    _runs(paragraph, text, size=size, bold=bold, gray=gray, east=east)
    return paragraph


def _runs(
    paragraph: Any,
    text: str,
    *,
    size: float,
    bold: bool = False,
    gray: bool = False,
    east: str = SONG,
    ink: bool = False,
) -> None:
    """Add ``text`` in runs; each run of rare characters names the font that has them."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for plane, group in groupby(_clean(text), key=lambda char: ord(char) >> 16):
        run = paragraph.add_run("".join(group))
        run.font.size, run.font.bold = Pt(size), bold
        run.font.name = LATIN
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        name = _BY_PLANE.get(plane, east)
        fonts.set(qn("w:eastAsia"), name)
        if plane in _BY_PLANE:
            fonts.set(qn("w:hAnsi"), name)
            fonts.set(qn("w:hint"), "eastAsia")
        if gray or ink:
            run.font.color.rgb = RGBColor(0x66, 0x6B, 0x75) if gray else RGBColor(0, 0, 0)


def _table(
    book: Any,
    head: Sequence[str] | None,
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    *,
    right: Sequence[int] = (),
    bold_columns: Sequence[int] = (),
) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    lines = ([head] if head is not None else []) + list(rows)
    if not lines:
        return
    table = book.add_table(rows=len(lines), cols=len(shares), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    unit = (210 - 2 * _HALF_INCH_MARGIN_MM) / sum(shares)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(unit * share)
    for number, (row, words) in enumerate(zip(table.rows, lines, strict=True)):
        is_head = head is not None and number == 0
        _row_marks(row, repeat=is_head)
        for index, (cell, word) in enumerate(zip(row.cells, words, strict=True)):
            cell.width = Mm(unit * shares[index])
            paragraph = cell.paragraphs[0]
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            if is_head:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif index in right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _runs(paragraph, word, size=9.5, bold=is_head or index in bold_columns)
    book.add_paragraph().paragraph_format.space_after = Pt(2)


def _row_marks(row: Any, *, repeat: bool) -> None:
    """Keep the row on one page and, for a head, repeat it on each page."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
