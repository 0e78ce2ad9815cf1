"""No name becomes a box: on paper, and when it is searched for or copied from the PDF."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.paper import fonts
from lawdesk.paper.blocks import Text, TextDocument, write_text_pdf
from lawdesk.paper.text import break_lines, line_width

# Blocks of GB 18030-2022, level 3 (unified, A to F), and I, which was made for names of people and places.
GB18030 = {
    "unified": (0x4E00, 0x9FFF),
    "A": (0x3400, 0x4DBF),
    "B": (0x20000, 0x2A6DF),
    "C": (0x2A700, 0x2B739),
    "D": (0x2B740, 0x2B81D),
    "E": (0x2B820, 0x2CEA1),
    "F": (0x2CEB0, 0x2EBE0),
    "I": (0x2EBF0, 0x2EE5D),
}


@pytest.mark.parametrize("block", GB18030)
def test_every_character_of_the_national_standard_has_a_font(block: str) -> None:
    first, last = GB18030[block]
    known = [fonts.coverage(name) for name in (fonts.REGULAR, *fonts.RARE)]
    assert [f"{code:X}" for code in range(first, last + 1) if not any(chr(code) in font for font in known)] == []


@pytest.mark.parametrize("name", ["张𬀩", "李㛃", "王䶮", "𠮷野", "欧阳𫖯", "𪚥"])
@pytest.mark.parametrize("bold", [False, True])
def test_rare_names_have_outlines(name: str, bold: bool) -> None:
    for font, run in fonts.split_runs(name, bold=bold):
        face = fonts.register(font).face
        for char in run:
            glyph = face.charToGlyph[ord(char)]
            assert glyph != 0
            assert face.glyphPos[glyph] < face.glyphPos[glyph + 1], f"{char} is drawn as nothing"
    assert fonts.missing(name) == ""


def test_what_no_font_has_is_written_as_its_code_point() -> None:
    assert fonts.split_runs("张\U000323b0") == [(fonts.REGULAR, "张〔U+323B0〕")]
    assert fonts.missing("张\U000323b0😀张\U000323b0") == "\U000323b0😀"


def test_what_has_no_shape_is_dropped() -> None:
    assert fonts.split_runs("a\u200b\ufeff葛\U000e0100\x07\u00a0b\tc") == [(fonts.REGULAR, "a葛 b  c")]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", min_codepoint=0x20), max_size=40), st.booleans())
def test_runs_lose_nothing(text: str, bold: bool) -> None:
    runs = fonts.split_runs(text, bold=bold)
    assert all(char in fonts.coverage(font) for font, run in runs for char in run)
    shown = "".join(run for _font, run in runs)
    for char in text:
        if fonts.font_for(char) and not fonts._shapeless(char) and not char.isspace():
            assert char in shown


def test_markup_is_safe() -> None:
    assert "<b>" not in fonts.markup("<b>&\n𠮷")
    assert "&lt;b&gt;&amp;</font><br/>" in fonts.markup("<b>&\n𠮷")


def test_names_can_be_searched_and_copied_from_the_pdf(tmp_path: Path) -> None:
    names = "张𬀩 李㛃 王䶮 𠮷野 赵𪚥"
    write_text_pdf(TextDocument("委托人", [Text(names), Text(names, bold=True)]), tmp_path / "a.pdf")
    page = pypdf.PdfReader(tmp_path / "a.pdf").pages[0]
    assert page.extract_text().count(names) == 2
    for font in page["/Resources"]["/Font"].values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"], "every font is embedded"


CJK_TEXT = st.text(
    st.sampled_from("上诉人，。、；：？！（）《》“”中文合同第 1234ABCdef.,()￥-\n"), min_size=1, max_size=120
)


@settings(max_examples=200, deadline=None)
@given(CJK_TEXT, st.floats(30, 200))
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = break_lines(text, width, 10)
    for line in lines:
        words = "".join(run for _font, run in line)
        assert line_width(line, 10) <= width + 0.1 or len(words) == 1
    shown = "".join(run for line in lines for _font, run in line)
    assert shown.replace(" ", "") == text.replace(" ", "").replace("\n", "")


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("上诉人请求撤销判决依法改判，。（）《》、"), min_size=1, max_size=80))
def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket(text: str) -> None:
    # A heap of punctuation that fills a whole line has to be broken somewhere; real text has no such heap.
    heaps = {"，", "。", "、", "）", "》", "（", "《"}
    longest = run = 0
    for char in text:
        run = run + 1 if char in heaps else 0
        longest = max(longest, run)
    lines = ["".join(run for _font, run in line) for line in break_lines(text, 150, 10)]
    if longest < 10:
        assert all(line[0] not in "，。、）》" for line in lines[1:])
        assert all(line[-1] not in "（《" for line in lines[:-1])


def test_latin_words_stay_whole() -> None:
    lines = break_lines("委托人 Suzhou Harbour Trading Company Limited 与对方", 90, 10)
    words = " ".join("".join(run for _font, run in line) for line in lines)
    assert "Harbour" in words
    assert "Limited" in words
