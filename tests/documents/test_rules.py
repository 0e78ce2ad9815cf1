"""File names from everywhere become names every system takes; papers find their place in the file."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawdesk.cases import matter_kinds
from lawdesk.documents import guess_category
from lawdesk.documents.rules import (
    NAME_BYTES,
    DocumentDraft,
    binding_order,
    check_document,
    clean_name,
    file_name,
    file_places,
    free_name,
    is_program,
)

DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))}
CIVIL = matter_kinds()["civil"].file_order


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\Windows\\System32\\drivers\\etc\\hosts", "hosts"),
        ("C:\\x", "x"),
        ("C:x", "C_x"),
        ("..", "document"),
        ("", "document"),
        ("/", "document"),
        ("起诉状\n\x00.docx", "起诉状__.docx"),
        ("a\x85b.pdf", "a_b.pdf"),
        ("CON", "_CON"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ("console.pdf", "console.pdf"),
        ("trailing. ", "trailing"),
        ("发票\u202efdp.exe", "发票fdp.exe"),
        ("😀证据👨\u200d👩.jpg", "😀证据👨\u200d👩.jpg"),
        ("e\u0301vidence.pdf", "\u00e9vidence.pdf"),
        ("broken\udcff.pdf", "broken_.pdf"),
        ("  民事 起诉状 .docx", "民事 起诉状 .docx"),
    ],
)
def test_names_lose_what_could_do_harm_and_keep_what_people_wrote(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned
    assert clean_name(cleaned) == cleaned


@given(st.text(max_size=400))
def test_any_text_becomes_one_file_name_that_every_disk_takes(text: str) -> None:
    name = file_name(text)
    assert name and len(name.encode("utf-8")) <= NAME_BYTES
    assert PurePath(name).name == name == PureWindowsPath(name).name
    assert name.split(".")[0].rstrip().upper() not in DEVICES
    assert name not in (".", "..") and not any(ord(char) < 32 for char in name)


def test_a_name_too_long_for_the_disk_keeps_its_ending() -> None:
    name = "证据" * 120 + ".pdf"
    assert len(name) == 244
    cut = file_name(name)
    assert cut.endswith("证据.pdf") or cut.endswith("证.pdf")
    assert len(cut.encode("utf-8")) <= NAME_BYTES


def test_a_taken_name_gets_a_number_before_its_ending() -> None:
    assert free_name("起诉状.pdf", ["起诉状.pdf", "起诉状 (2).pdf"]) == "起诉状 (3).pdf"
    assert free_name("起诉状.pdf", []) == "起诉状.pdf"


def test_what_is_wrong_with_a_file_is_said() -> None:
    assert check_document(DocumentDraft("a.pdf"), 2 * 1024**3) == []
    assert [problem.field for problem in check_document(DocumentDraft(" "), 0)] == ["name"]
    assert [problem.field for problem in check_document(DocumentDraft("长" * 256), 0)] == ["name"]
    assert [problem.field for problem in check_document(DocumentDraft("a"), 2 * 1024**3 + 1)] == ["file"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("收案审批表（已签字）.pdf", "收案审批表(批办单)"),
        ("律师费发票20251105.pdf", "收费凭证"),
        ("委托代理合同-沐岚物流.docx", "委托代理协议、授权委托书"),
        ("授权委托书（特别授权）.pdf", "委托代理协议、授权委托书"),
        ("民事起诉状（定稿）2.docx", "起诉书、上诉书或答辩书"),
        ("答辩状.pdf", "起诉书、上诉书或答辩书"),
        ("阅卷笔录（二）.docx", "阅卷笔录"),
        ("微信聊天记录截图01.jpg", "调查材料(证人证言、书证)"),
        ("银行流水2024-2025.xlsx", "调查材料(证人证言、书证)"),
        ("财产保全申请书.docx", "保全、证据保全、先予执行申请书及裁定书"),
        ("（2025）岚0302民初1187号传票.pdf", "出庭通知书"),
        ("庭审笔录.pdf", "庭审笔录"),
        ("（2025）岚0302民初1187号民事判决书.pdf", "判决书、裁定书、调解书、上诉书"),
        ("代理词（一审）.docx", "代理词"),
        ("结案报告.docx", "办案小结(结案报告)"),
        ("IMG_20251105_1042.jpg", ""),
    ],
)
def test_real_file_names_find_their_place_in_a_civil_file(name: str, place: str) -> None:
    assert guess_category(name, CIVIL) == place


def test_every_guess_of_every_kind_is_a_place_of_that_kind() -> None:
    for kind in matter_kinds().values():
        for name in ("判决书.pdf", "授权委托书.pdf", "收费发票.pdf", "证据.zip", "庭审笔录.doc", "结案小结.doc"):
            assert guess_category(name, kind.file_order) in ("", *kind.file_order)


def test_places_count_what_lies_there_and_what_lies_nowhere() -> None:
    places, unplaced = file_places(CIVIL, [CIVIL[1], CIVIL[1], "", "其他"])
    assert [place.count for place in places[:3]] == [0, 2, 0] and unplaced == 2
    assert places[0].missing and not places[1].missing


def test_papers_are_bound_by_place_then_day_then_as_they_came() -> None:
    keys = [
        binding_order(CIVIL, "", None, 1),
        binding_order(CIVIL, CIVIL[3], None, 2),
        binding_order(CIVIL, CIVIL[3], date(2025, 11, 5), 3),
        binding_order(CIVIL, CIVIL[0], date(2026, 1, 1), 4),
    ]
    assert [key[2] for key in sorted(keys)] == [4, 3, 2, 1]


@pytest.mark.parametrize(("name", "program"), [("a.EXE", True), ("发票.pdf.lnk", True), ("判决书.pdf", False)])
def test_programs_are_told_from_papers(name: str, program: bool) -> None:
    assert is_program(name) is program
