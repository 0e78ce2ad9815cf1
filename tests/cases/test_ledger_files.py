"""The intake ledger: files of every make, and those that must be refused."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawdesk.cases.rules.ledger import (
    open_workbook,
    read_ledger,
)
from lawdesk.kernel.errors import EnvironmentFailure, UserError, describe
from lawdesk.kernel.i18n import set_language
from lawdesk.kernel.resources import resource_path
from tests.cases.ledgers import GOOD, HEADINGS, problems

SAMPLE = resource_path("samples", "收案登记表.xlsx")


def save(tmp_path: Path, rows: list[list[Any]], change: Callable[[Any], None] = lambda sheet: None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2024年"
    for row in rows:
        sheet.append(row)
    change(sheet)
    path = tmp_path / "ledger.xlsx"
    book.save(path)
    return path


def good_rows(**changes: Any) -> list[list[Any]]:
    return [HEADINGS, [(GOOD | changes).get(heading) for heading in HEADINGS]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(good_rows(收案日期="2024.3.4", 对方当事人="李四\n赵六"))
    path = tmp_path / "2024年.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    row = read_ledger(path).rows[0]
    assert (row.row, row.status) == (2, "ok")
    assert row.read is not None
    assert [party.name for party in row.read.adverse] == ["李四", "赵六"]
    assert (row.read.intake_date, row.read.fee_fen) == (date(2024, 3, 4), 800000)


def test_percentages_merged_cells_and_formulas(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["P2"] = 0.08
        sheet["P2"].number_format = "0%"
        sheet["O2"] = "风险代理"
        sheet.merge_cells("F2:F3")
        sheet["B3"] = "=B2+1"

    rows = good_rows()
    rows.append(
        [(GOOD | {"委托人": None, "所内案号": "（2024）民字第002号", "案号": None}).get(h) for h in HEADINGS]
    )
    first, second = read_ledger(save(tmp_path, rows, change)).rows
    assert first.read is not None
    assert (first.read.fee_text, first.read.fee_share_bp) == ("8%", 800)
    assert second.read is not None
    assert second.read.clients == first.read.clients
    assert {("merged_cell", "clients"), ("formula_without_value", "intake_date")} <= problems(second)


def test_blank_formatted_rows_do_no_harm(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(row=6000, column=3).font = openpyxl.styles.Font(bold=True)

    assert len(read_ledger(save(tmp_path, good_rows(), change)).rows) == 1


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)

    path = rewrite(save(tmp_path, good_rows()), change)
    with zipfile.ZipFile(path) as archive:
        assert b'ref="A1"' in archive.read("xl/worksheets/sheet1.xml")
    assert read_ledger(path).rows[0].status == "ok"


def refuse(path: Path, code: str) -> None:
    with pytest.raises(UserError) as caught:
        read_ledger(path)
    assert caught.value.code == code
    for language in ("en", "zh"):
        set_language(language)
        words = str(describe(caught.value))
        assert "{" not in words
        assert (re.search("[一-龥]{4}", words) is not None) or language == "en"
    set_language("zh")


def test_files_that_are_no_ledger(tmp_path: Path) -> None:
    for name, content, code in (
        ("word.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "ledger.old_xls"),
        (
            "locked.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "ledger.encrypted",
        ),
        ("half.xlsx", SAMPLE.read_bytes()[:9000], "ledger.damaged"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100), "ledger.not_xlsx"),
        ("empty.xlsx", b"", "ledger.empty"),
        ("empty.csv", b"\n,,\n", "ledger.empty"),
        ("other.csv", b"a,b,c\n1,2,3\n", "ledger.no_header"),
        ("binary.csv", bytes(range(256)), "ledger.not_xlsx"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        refuse(path, code)
    refuse(tmp_path / "nowhere.xlsx", "ledger.missing")
    with pytest.raises((EnvironmentFailure, UserError)):
        read_ledger(tmp_path)


def test_empty_workbook_and_one_without_header(tmp_path: Path) -> None:
    refuse(save(tmp_path, []), "ledger.empty")
    refuse(save(tmp_path, [["王芳", "李四"], ["2024.1.1", 3]]), "ledger.no_header")


def rewrite(path: Path, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, change(name, content))
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return path


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = b"<a>" + b"0" * (12 * 1024 * 1024)
    refuse(
        rewrite(save(tmp_path, good_rows()), lambda name, content: content, {"xl/x.xml": bomb}), "ledger.too_large"
    )
    many = {f"xl/media/{number}.bin": b"" for number in range(5_001)}
    refuse(rewrite(save(tmp_path, good_rows()), lambda name, content: content, many), "ledger.too_large")


@pytest.mark.parametrize(
    "part", ["xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_external_entities_are_refused(tmp_path: Path, part: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()

    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        head, mark, rest = content.partition(b"?>") if content.startswith(b"<?xml") else (b"", b"", content)
        return head + mark + entity + rest

    refuse(rewrite(save(tmp_path, good_rows()), change), "ledger.entities")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7"])
def test_encodings_that_hide_declarations_are_refused(tmp_path: Path, encoding: str) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return content
        body = content.decode().split("?>", 1)[-1]
        return f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x>{body}'.encode(encoding)

    refuse(rewrite(save(tmp_path, good_rows()), change), "ledger.entities")


def test_other_office_files(tmp_path: Path) -> None:
    for names, code in ((["word/document.xml"], "ledger.not_xlsx"), (["xl/workbook.bin"], "ledger.xlsb")):
        path = tmp_path / "other.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, b"<a/>")
        refuse(path, code)


def test_too_many_rows_or_columns(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"ledger\.too_many_rows"):
        open_workbook(save(tmp_path, [["a"], *([["b"]] * 30)]), max_rows=20)
    with pytest.raises(UserError, match=r"ledger\.too_many_rows"):
        open_workbook(save(tmp_path, [list(range(130))]))
