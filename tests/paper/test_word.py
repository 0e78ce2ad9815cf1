"""The Word file: opens, carries the facts, repeats its heads, names fonts for rare characters, counts pages."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from lawdesk.kernel.i18n import set_language
from lawdesk.paper.blocks import Facts, Gap, Grid, Heading, PageBreak, Text, TextDocument, write_text_pdf
from lawdesk.paper.libreoffice import convert_to_pdf, find_soffice
from lawdesk.paper.word import write_docx

DOCUMENT = TextDocument(
    "案件信息表",
    [
        Heading("一、基本情况"),
        Facts([("案由", "买卖合同纠纷"), ("委托人", "张𬀩"), ("标的额", "8,614,200.00")], columns=2),
        Heading("二、期限", level=2),
        Grid(
            ["事项", "日期", "金额"],
            [[f"期限{n}", "2025-11-20", "1.00"] for n in range(70)],
            [5, 3, 2],
            right=(2,),
        ),
        Text("上诉期自判决书送达之日起十五日。" * 8, indent=True),
        Gap(12),
        Text("承办律师：王䶮", align="right"),
        PageBreak(),
        Text("附注 <b>&\x07𠮷", note=True),
    ],
    subtitle=["（2025）苏0591民初1234号"],
    header="苏州某律师事务所",
    footer="（2025）苏律民字第001号",
)


@pytest.fixture
def book(tmp_path: Path) -> docx.document.Document:
    write_docx(DOCUMENT, tmp_path / "a.docx")
    return docx.Document(str(tmp_path / "a.docx"))


def test_word_file_holds_everything(book: docx.document.Document) -> None:
    text = "\n".join(paragraph.text for paragraph in book.paragraphs)
    for words in ("案件信息表", "（2025）苏0591民初1234号", "一、基本情况", "承办律师：王䶮", "附注 <b>&𠮷"):
        assert words in text
    facts, grid = book.tables
    assert [cell.text for cell in facts.rows[1].cells] == ["标的额", "8,614,200.00", "", ""]
    assert [cell.text for cell in grid.rows[70].cells] == ["期限69", "2025-11-20", "1.00"]
    assert [p.style.name for p in book.paragraphs if p.style.name.startswith("Heading")] == [
        "Heading 1",
        "Heading 2",
    ]


def test_word_page_is_a4_with_page_numbers_and_repeated_head(book: docx.document.Document) -> None:
    section = book.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fields = [mark.text.strip() for mark in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert section.header.paragraphs[0].text == "苏州某律师事务所"
    grid = book.tables[1]
    assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert grid.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None


def test_word_names_fonts_of_chinese_pcs(book: docx.document.Document) -> None:
    fonts = {}
    for paragraph in [
        *book.paragraphs,
        *(p for t in book.tables for r in t.rows for c in r.cells for p in c.paragraphs),
    ]:
        for run in paragraph.runs:
            for char in run.text:
                fonts[char] = run._r.rPr.rFonts.get(qn("w:eastAsia"))
    assert fonts["𬀩"] == fonts["𠮷"] == "SimSun-ExtB"
    assert fonts["张"] == fonts["䶮"] == "宋体"


def test_page_words_follow_the_language(tmp_path: Path) -> None:
    set_language("en")
    try:
        write_docx(DOCUMENT, tmp_path / "a.docx")
    finally:
        set_language("zh")
    footer = docx.Document(str(tmp_path / "a.docx")).sections[0].footer.paragraphs[0].text
    assert "Page 1 of 1" in footer


def test_pdf_of_the_same_document(tmp_path: Path) -> None:
    pages = write_text_pdf(DOCUMENT, tmp_path / "a.pdf")
    texts = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "a.pdf").pages]
    assert len(texts) == pages >= 3
    assert "案件信息表" in texts[0]
    assert "期限" in texts[1]
    assert "事项" in texts[1], "the head of the table stands again"
    assert "附注 <b>&𠮷" in texts[-1]
    assert "苏州某律师事务所" in texts[1]


def test_a_heading_never_stands_alone_at_the_foot(tmp_path: Path) -> None:
    for filler in range(20, 40):
        blocks = [*[Text("行")] * filler, Heading("标题"), Text("正文开始")]
        write_text_pdf(TextDocument("", blocks), tmp_path / "a.pdf")
        for page in pypdf.PdfReader(tmp_path / "a.pdf").pages:
            text = page.extract_text()
            assert ("标题" in text) == ("正文开始" in text)


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_it_with_every_name(tmp_path: Path) -> None:
    write_docx(DOCUMENT, tmp_path / "a.docx")
    soffice = find_soffice()
    assert soffice
    assert convert_to_pdf(tmp_path / "a.docx", tmp_path / "a.pdf", soffice=soffice)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "a.pdf").pages)
    assert "买卖合同纠纷" in text
    assert re.search(r"第\s*1\s*页\s*共\s*\d+\s*页", text)
