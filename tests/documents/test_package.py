"""The case as one file, read again with other programs: names whole, pages counted, nothing climbing out."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath

import docx
import pytest
from pypdf import PdfReader

from lawdesk.documents import DocumentDraft
from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, describe
from lawdesk.paper.blocks import Text, TextDocument, write_text_pdf
from tests.documents.conftest import CLIENT, OTHER, Desk


def furnish(desk: Desk) -> list[str]:
    """Put a judgment of three pages, a plea, a photograph-less sheet and a recording on the case."""
    judgment = desk.outside / "民事判决书.pdf"
    write_text_pdf(
        TextDocument("民事判决书", [Text(f"第{number}段 " + "本院认为" * 60) for number in range(25)]), judgment
    )
    desk.documents.add_file(desk.lawyer, desk.case, judgment)
    desk.documents.add_file(
        desk.lawyer,
        desk.case,
        desk.file("起诉状.docx", b"not a docx"),
        DocumentDraft("起诉状.docx", note="原件在卷"),
    )
    desk.documents.add_file(desk.lawyer, desk.case, desk.file("通话录音.m4a", b"\x00" * 2000))
    desk.documents.add_file(
        desk.lawyer, desk.case, desk.file("收费发票.pdf", judgment.read_bytes()), DocumentDraft("收费发票.pdf")
    )
    return ["收费发票.pdf", "起诉状.docx", "民事判决书.pdf", "通话录音.m4a"]


def pack(desk: Desk, kind: str, **options: object) -> Path:
    target = desk.outside / f"案卷.{kind}"
    desk.firm.office.packages.package(desk.lawyer, desk.case, target, kind, **options)  # type: ignore[arg-type]
    return target


def test_word_says_who_and_what_with_rare_characters(desk: Desk) -> None:
    names = furnish(desk)
    document = docx.Document(str(pack(desk, "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert CLIENT in cells and OTHER in cells and "原告" in cells
    assert [cell for cell in cells if cell in names] == names
    assert any("恒岚律师事务所" in paragraph.text for paragraph in document.sections[0].header.paragraphs)


def test_the_bound_pdf_holds_every_paper_in_order_with_bookmarks_and_pages(file_desk: Desk) -> None:
    desk = file_desk
    names = furnish(desk)
    target = desk.outside / "案卷.pdf"
    packed = desk.firm.office.packages.package(desk.lawyer, desk.case, target, "pdf")
    reader = PdfReader(str(target))
    assert packed.pages == len(reader.pages)
    marks = [str(mark.title) for mark in reader.outline if not isinstance(mark, list)]
    order = ["案件报告", *(name.rsplit(".", 1)[0] for name in names)]
    assert [mark for mark in marks if mark in order] == order
    assert marks[0] == "封面" and marks[-1] == "备考表"
    text = "".join(page.extract_text() for page in reader.pages)
    assert CLIENT in text and OTHER in text and "�" not in text
    assert "原件在卷" in reader.pages[1].extract_text()
    assert set(reader.attachments) >= {"起诉状.docx", "通话录音.m4a"}
    assert reader.attachments["通话录音.m4a"][0] == b"\x00" * 2000
    assert "通话录音" in packed.only_listed and "民事判决书" not in packed.only_listed


def test_the_zip_holds_the_originals_numbered_in_file_order(desk: Desk) -> None:
    names = furnish(desk)
    with zipfile.ZipFile(pack(desk, "zip")) as archive:
        assert archive.testzip() is None
        inside = archive.namelist()
        assert inside[2:] == [f"{number:02d} {name}" for number, name in enumerate(names, start=1)]
        assert archive.read(inside[-1]) == b"\x00" * 2000
        case = json.loads(archive.read("case.json"))
        assert case["parties"][0]["name"] == CLIENT
        assert docx.Document(io.BytesIO(archive.read(inside[0]))).tables


def test_nothing_in_the_zip_climbs_out_or_is_called_like_a_device(file_desk: Desk) -> None:
    desk = file_desk
    path = desk.file("x.bin")
    names = ["../../x", "C:\\windows\\y", "a\x00b.pdf", "AUX.pdf", "长" * 255, "发票\u202efdp.exe"]
    for name in names:
        desk.documents.add_file(desk.lawyer, desk.case, path, DocumentDraft(name))
    with zipfile.ZipFile(pack(desk, "zip")) as archive:
        for name in archive.namelist():
            assert PurePosixPath(name).name == name == PureWindowsPath(name).name
            assert len(name.encode("utf-8")) <= 255 and not any(ord(char) < 32 for char in name)
            assert name.split(".")[0].upper() != "AUX" and "\u202e" not in name
        archive.extractall(desk.outside / "out")
        assert len(list((desk.outside / "out").iterdir())) == len(names) + 2


@pytest.mark.parametrize("kind", ["pdf", "zip"])
def test_stopping_leaves_the_file_that_was_there(file_desk: Desk, kind: str) -> None:
    desk = file_desk
    furnish(desk)
    target = desk.outside / f"案卷.{kind}"
    target.write_bytes(b"old")
    heard: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        pack(desk, kind, progress=lambda step, steps: heard.append((step, steps)), cancel=lambda: len(heard) > 0)
    assert heard and target.read_bytes() == b"old"
    assert [path.name for path in desk.outside.glob("*lawdesk-tmp")] == []


@pytest.mark.parametrize("kind", ["docx", "pdf", "zip"])
def test_packing_is_recorded_and_a_folder_that_is_not_there_is_said(file_desk: Desk, kind: str) -> None:
    desk = file_desk
    desk.documents.add_file(
        desk.lawyer, desk.case, desk.file("一.txt"), DocumentDraft("一.txt", "", date(2025, 11, 5))
    )
    pack(desk, kind)
    history = desk.firm.office.cases.queries.history(desk.lawyer, desk.case)
    assert history[0].action == "case.package"
    with pytest.raises(EnvironmentFailure) as failure:
        desk.firm.office.packages.package(desk.lawyer, desk.case, desk.outside / "none" / f"x.{kind}", kind)
    assert failure.value.code.startswith("file.")


def test_a_lost_original_stops_the_case_file_in_words(file_desk: Desk) -> None:
    desk = file_desk
    desk.documents.add_file(desk.lawyer, desk.case, desk.file("一.pdf"))
    for path in desk.firm.office.folder.vault.glob("??/??/*.ldv"):
        path.unlink()
    for kind in ("pdf", "zip"):
        with pytest.raises(EnvironmentFailure) as failure:
            pack(desk, kind)
        assert failure.value.code == "vault.missing" and "一.pdf" in describe(failure.value).what
    assert not (desk.outside / "案卷.pdf").exists() and not (desk.outside / "案卷.zip").exists()
