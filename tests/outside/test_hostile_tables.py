"""Tables and notes made to do harm: each is refused in words; nothing else happens."""

from __future__ import annotations

import os
import struct
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from lawdesk.cases.rules.intake_file import read_intake
from lawdesk.cases.rules.tables import read_rows
from lawdesk.kernel.errors import EnvironmentFailure, UserError, describe
from lawdesk.outside import Limits, Reader
from lawdesk.outside.files import open_workbook, parse_json, parse_toml, read_csv
from tests.outside.traps import LAUGHING, changed, with_prolog


def workbook(path: Path, rows: list[list[Any]] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows or [["姓名", "金额"], ["张三", 3]]:
        sheet.append(row)
    book.save(path)
    return path


def refused(path: Path) -> str:
    """Return the code under which a table is refused, in words that can be shown."""
    with pytest.raises(UserError) as error:
        open_workbook(path)
    words = describe(error.value)
    assert words.what and words.why and "{" not in str(words)
    return error.value.code


# ---- tables --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_full_of_laughs_is_refused(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "a.xlsx")
    made = changed(path, part, lambda content: with_prolog(content, LAUGHING), tmp_path / "b.xlsx")
    assert refused(made) == "ledger.entities"


def test_a_workbook_that_asks_for_files_of_this_pc_gets_none(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    path = workbook(tmp_path / "a.xlsx")
    made = changed(
        path, "xl/worksheets/sheet1.xml", lambda content: with_prolog(content, entity), tmp_path / "b.xlsx"
    )
    assert refused(made) == "ledger.entities"


def test_bombs_in_archives_are_refused_unopened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "deep.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _megabyte in range(450):
                part.write(bytes(1 << 20))
    assert (tmp_path / "deep.xlsx").stat().st_size < 1 << 20
    assert refused(tmp_path / "deep.xlsx") == "ledger.too_large"
    with zipfile.ZipFile(tmp_path / "wide.xlsx", "w") as archive:
        for number in range(6000):
            archive.writestr(f"xl/{number}.xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refused(tmp_path / "wide.xlsx") == "ledger.too_large"


def test_an_archive_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["x" * 2000]] * 400)
    content = bytearray(path.read_bytes())
    place = content.rfind(b"PK\x01\x02", 0, content.find(b"xl/worksheets/sheet1.xml", content.find(b"PK\x01\x02")))
    struct.pack_into("<I", content, place + 24, 300)  # "unpacked it has 300 bytes"
    (tmp_path / "b.xlsx").write_bytes(content)
    assert refused(tmp_path / "b.xlsx").startswith(("ledger.", "outside."))


def test_names_that_climb_out_of_an_archive_write_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    names = ["../../climbed.xml", "/abs.xml", "C:\\w.xml", "..\\w.xml", "CON", "nul.xml", "a\x00b.xml"]
    with zipfile.ZipFile(path, "a") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    before = {one.name for one in tmp_path.rglob("*")}
    assert open_workbook(path)[0].rows[1] == ("张三", 3)
    assert {one.name for one in tmp_path.rglob("*")} == before
    assert not (tmp_path.parent / "climbed.xml").exists() and not Path("/abs.xml").exists()


def test_a_sheet_that_claims_the_last_cell_of_excel_is_no_work(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")

    def far(content: bytes) -> bytes:
        row = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        return content.replace(b"</sheetData>", row)

    made = changed(path, "xl/worksheets/sheet1.xml", far, tmp_path / "b.xlsx")
    assert refused(made) == "ledger.too_many_rows"

    def wide(content: bytes) -> bytes:
        return content.replace(b'r="A1"', b'r="XFD1"')

    wider = changed(path, "xl/worksheets/sheet1.xml", wide, tmp_path / "c.xlsx")
    assert all(len(row) <= 121 for row in open_workbook(wider)[0].rows)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces a limit of memory")
def test_a_sheet_of_very_many_cells_ends_at_the_limit_of_memory(tmp_path: Path) -> None:
    cell = b'<c t="n"><v>%d</v></c>'
    with zipfile.ZipFile(workbook(tmp_path / "a.xlsx")) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, content in parts.items():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, content)
        with new.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(parts["xl/worksheets/sheet1.xml"].partition(b"<sheetData>")[0] + b"<sheetData>")
            for number in range(8_000):
                numbers = (number * column * 7919 for column in range(100))
                sheet.write(b"<row>" + b"".join(cell % one for one in numbers) + b"</row>")
            sheet.write(b"</sheetData></worksheet>")
    with (
        Reader(Limits(seconds=60, cpu_seconds=60, memory_mb=160)) as reader,
        pytest.raises(UserError) as error,
    ):
        reader.ask("lawdesk.outside.workbook:read_workbook", tmp_path / "b.xlsx", max_rows=200_000, name="b.xlsx")
    assert error.value.code in ("outside.memory", "outside.broken")


def test_rubbish_is_refused_whatever_it_says_it_is(tmp_path: Path) -> None:
    for number, content in enumerate((os.urandom(5000), b"PK\x03\x04" + os.urandom(5000), b"PK", b"\xff" * 3000)):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(content)
        assert refused(path).startswith(("ledger.", "outside."))


def test_formulas_in_lists_are_texts_on_both_ways(tmp_path: Path) -> None:
    from lawdesk.cases.service.ledger_file import save_table

    evil = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1", "plain", "'quoted"]
    save_table(tmp_path / "a.csv", "x", [["name"], *([one] for one in evil)])
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert not [
        line for line in text.splitlines() if line.lstrip('"').startswith(("=", "+", "-", "@", "\t", "＝"))
    ]
    assert [row[0] for row in read_csv(tmp_path / "a.csv")][1:] == evil
    assert [row[0] for row in open_workbook(tmp_path / "a.csv")[0].rows][1:] == evil
    path = workbook(tmp_path / "a.xlsx", [["name", "x"], ["=1+1", 1], ['=HYPERLINK("http://x")', 1]])
    assert next(iter(read_rows(path))) == ["name", "x"]
    cells = open_workbook(path)[0].rows
    assert [type(row[0]).__name__ for row in cells[1:]] == ["NoValue"] * 2, "never computed"


def test_a_quotation_that_never_ends_and_a_field_without_end_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('name\n"' + "x" * 1_000_000, encoding="utf-8")
    with pytest.raises(UserError) as error:
        list(read_csv(tmp_path / "a.csv"))
    assert error.value.code == "party.csv"


# ---- notes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "1" * 5000,
        '{"a": NaN}',
        '{"a": 1, "a": 2}',
        '{"a": 1e999999999999999999999}',
        "\x00",
        "{",
    ],
)
def test_json_made_to_do_harm_is_no_json(text: str) -> None:
    with pytest.raises(UserError) as error:
        parse_json(text, "a.json")
    assert error.value.code in ("outside.syntax", "outside.broken")


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 50_000, "a" + ".a" * 20_000 + " = 1", "a = 0x" + "f" * 5, "a = 1\na = 2"]
)
def test_toml_made_to_do_harm_ends(text: str) -> None:
    try:
        parse_toml(text, "a.toml")
    except UserError as error:
        assert error.code.startswith("outside.")


def test_notes_keep_their_values() -> None:
    assert parse_toml("a = 1.10\nb = 2020-01-02", "a", decimals=True)["a"] == Decimal("1.10")
    assert parse_json('{"date": "x", "map": {"decimal": 1.5}}', "a") == {
        "date": "x",
        "map": {"decimal": Decimal("1.5")},
    }


def test_an_intake_file_of_nothing_but_brackets_is_refused_in_words(tmp_path: Path) -> None:
    for name, text in (("a.json", "[" * 1_000_000), ("a.toml", "x = " + "[" * 1_000_000)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(UserError) as error:
            read_intake(tmp_path / name)
        assert error.value.code in ("intake.format", "outside.broken")
        assert describe(error.value).why


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises((EnvironmentFailure, UserError)) as error:
        list(read_csv(tmp_path / "nothing.csv"))
    assert error.value.code == "file.missing" and str(tmp_path) in describe(error.value).what
