"""Lists of names on the command line: every column that is given counts, no row is passed over in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from lawdesk.cases.rules.tables import COLUMNS as PARTY_COLUMNS
from lawdesk.conflicts.service.listing import COLUMNS
from tests.cli.conftest import Line

CODE = "91110000802100433B"
PARTIES = (
    "ref,name,kind,identifier,former\n"
    f"A,晨湖示例科技有限公司,法人,{CODE},晨光电器厂\n"
    "B,王知行,自然人,110105199003073456,\n"
    "C,张伟,自然人,,\n"
)


@pytest.fixture
def registry(line: Line, tmp_path: Path) -> Line:
    path = tmp_path / "parties.csv"
    path.write_text(PARTIES, encoding="utf-8")
    ran = line("party", "import", path)
    assert ran.code == 0, ran.err
    return line


def batch(line: Line, tmp_path: Path, text: str, code: int = 0) -> tuple[list[dict[str, Any]], str]:
    """Return the answers to a list, and what was said besides."""
    path, out = tmp_path / "names.csv", tmp_path / "hits.jsonl"
    path.write_text(text, encoding="utf-8")
    ran = line("conflicts", "batch", path, "--out", out)
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    return [json.loads(one) for one in out.read_text(encoding="utf-8").splitlines()], ran.out + ran.err


def found(row: dict[str, Any]) -> list[str]:
    return [hit["ref"] for hit in row["hits"]]


@pytest.mark.parametrize("heading", ["identifier", "证件号", "统一社会信用代码"])
def test_a_number_in_the_list_finds_whom_the_name_does_not(registry: Line, tmp_path: Path, heading: str) -> None:
    rows, _said = batch(
        registry, tmp_path, f"id,query,{heading}\n1,从未见过的贸易行,{CODE}\n2,从未见过的贸易行,\n"
    )
    assert found(rows[0]) == ["A"] and rows[0]["hits"][0]["level"] == "certain"
    assert found(rows[1]) == []


def test_another_number_tells_namesakes_apart(registry: Line, tmp_path: Path) -> None:
    text = "id,query,kind,identifier\nsame,王知行,个人,110105199003073456\nother,王知行,个人,330106197511128819\n"
    rows, _said = batch(registry, tmp_path, text)
    assert rows[0]["hits"][0]["level"] == "certain"
    assert "B" not in found(rows[1]) or rows[1]["hits"][0]["level"] == "possible"


def test_a_former_name_is_met_as_such(registry: Line, tmp_path: Path) -> None:
    rows, _said = batch(registry, tmp_path, "id,query\n1,晨光电器厂\n")
    (hit,) = rows[0]["hits"]
    assert hit["ref"] == "A"
    assert any("former" in reason.lower() for reason in hit["reasons"]), hit["reasons"]


def test_a_row_that_cannot_be_read_is_never_no_conflict(registry: Line, tmp_path: Path) -> None:
    text = (
        "id,query,kind,born\n"
        "a,晨湖示例科技有限公司,法人,\n"  # 2
        "b,晨湖示例科技有限公司,船舶,\n"  # 3
        "c,张伟,自然人,不详\n"  # 4
        "d,晨湖示例科技有限公司,法人,,x\n"  # 5: an unquoted comma somewhere
        "e,,,\n"  # 6
        "f,张伟,自然人,1980-05-01\n"  # 7
    )
    rows, said = batch(registry, tmp_path, text, code=3)
    assert [row["id"] for row in rows] == ["a", "b", "c", "d", "e", "f"]
    assert [bool(row.get("not_searched")) for row in rows] == [False, True, True, True, True, False]
    assert found(rows[0]) == ["A"] and all(not row["hits"] for row in rows[1:5])
    assert "Row 3: “船舶”" in said and "Row 4: " in said and "Row 5: " in said
    assert "2 names checked" in said and "4 not searched" in said


def test_columns_that_are_not_read_are_named(registry: Line, tmp_path: Path) -> None:
    _rows, said = batch(registry, tmp_path, "id,query,shareholder\n1,张三丰,李四\n")
    assert "shareholder" in said and "identifier" in said
    path = tmp_path / "more.csv"
    path.write_text("ref,name,colour\nZ,赵六,red\n", encoding="utf-8")
    assert registry.json("party", "import", path)["ignored_columns"] == ["colour"]
    path.write_text("ref,name,colour\nY,赵七,red\n", encoding="utf-8")
    assert "colour" in registry("party", "import", path).err


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_list_may_be_separated_otherwise(registry: Line, tmp_path: Path, separator: str) -> None:
    text = "id,query,kind\n1,晨湖示例科技有限公司,公司\n".replace(",", separator)
    rows, _said = batch(registry, tmp_path, text)
    assert found(rows[0]) == ["A"]


def test_a_list_may_be_a_workbook(registry: Line, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["编号", "名称", "类型"], [1, "晨湖示例科技有限公司", "法人"], [2, "=A1&A2", ""]):
        sheet.append(row)
    path, out = tmp_path / "名单.xlsx", tmp_path / "hits.jsonl"
    book.save(path)
    ran = registry("conflicts", "batch", path, "--out", out)
    assert ran.code == 3, ran.err
    rows = [json.loads(one) for one in out.read_text(encoding="utf-8").splitlines()]
    assert (rows[0]["id"], found(rows[0])) == ("1", ["A"])
    assert rows[1]["not_searched"], "a formula without a result names nobody"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("command", "columns"), [(("party", "import"), PARTY_COLUMNS), (("conflicts", "batch"), COLUMNS)]
)
def test_help_names_every_column(bare: Line, language: str, command: tuple[str, str], columns: object) -> None:
    assert isinstance(columns, dict)
    said = bare("--lang", language, *command, "--help").out
    missing = [column for column in columns if column not in said]
    assert not missing


def test_the_list_of_commands_is_chinese_throughout(bare: Line) -> None:
    from typer.main import get_command

    from lawdesk.cli.app import app

    said = bare("--lang", "zh", "--help").out
    for name in getattr(get_command(app), "commands", {}):
        (shown,) = [row for row in said.splitlines() if row.strip(" │").startswith(f"{name} ")]
        assert any("一" <= sign <= "鿿" for sign in shown), shown
    assert any(
        "一" <= sign <= "鿿" for sign in bare("--lang", "zh", "demo", "--help").out.split("Usage")[-1][:200]
    )


@pytest.mark.parametrize(("kind", "code"), [("自然人", 0), ("法人", 0), ("船舶", 2)])
def test_a_check_takes_the_kind_in_chinese(registry: Line, kind: str, code: int) -> None:
    assert registry("conflicts", "check", "晨湖示例科技有限公司", "--kind", kind).code == code


def test_a_declaration_is_listed_and_taken_back(line: Line, tmp_path: Path) -> None:
    path = tmp_path / "former.csv"
    path.write_text("client,adverse\n旧雨贸易有限公司,新知物流有限公司\n", encoding="utf-8")
    assert line("party", "former", "gu", path).code == 0
    (row,) = line.json("party", "declared", "gu")
    assert (row["id"], row["kind"]) == ("m1", "lawyer") and "旧雨贸易有限公司" in row["name"]
    assert "旧雨贸易有限公司" in line("party", "declared", "gu").out
    assert line("party", "take-back", "gu", "m1").code == 2, "no reason, no taking back"
    assert line("party", "take-back", "gu", "m2", "--why", "mistake").code == 3
    assert line("party", "take-back", "gu", "m1", "--why", "mistake").code == 0
    assert line.json("party", "declared", "gu") == []
