"""Cases, parties, checks, deadlines, time and reports through the command line, with input as it comes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CASE, Line, written
from tests.offices import Firm

NUMBER = "（2025）民字第001号"


def test_a_case_is_listed_and_shown(case: Line) -> None:
    (row,) = case.json("case", "list")
    assert (row["number"], row["court_number"], row["lead"]) == (NUMBER, "（2025）岚0302民初1187号", "顾知行")
    assert case.json("case", "list", "刘𬀩") == [row]
    assert case.json("case", "list", "--status", "closed") == []
    for words in (NUMBER, "(2025)岚0302民初1187号", "晨湖示例科技诉刘𬀩"):
        assert case.json("case", "show", words)["number"] == NUMBER
    shown = case("case", "show", NUMBER).out
    assert all(word in shown for word in ("晨湖示例科技有限公司", "刘𬀩", "原告", "被告", "青岚市望江区人民法院"))
    assert case("case", "list").out.split("\t")[0] == NUMBER


@pytest.mark.parametrize("words", ["", " ", "%", "没有这个", "_"])
def test_an_unknown_case_is_3_and_prints_nothing(case: Line, words: str) -> None:
    for arguments in (
        ("case", "show", words),
        ("case", "package", words, "--out", "x.pdf"),
        ("time", "start", words),
        ("time", "add", words, "1h 会见"),
    ):
        ran = case(*arguments)
        assert (ran.code, ran.out) == (3, "")
        assert "[case.not_found]" in ran.err


@pytest.mark.parametrize(
    "spoil",
    [
        {"clients": []},
        {"clients": [{"name": ""}]},
        {"clients": [{"name": "甲\u0000乙"}]},
        {"clients": [{"name": "甲\ud83d"}]},
        {"facts": ["甲\u0000乙"]},
        {"notes": "\ud83d"},
        {"clients": [{"name": "甲" * 300}]},
        {"clients": [{"name": "张伟", "id_number": "110105194912310021"}]},
        {"related": [{"name": "张伟", "id_number": "110105194912310021"}]},
        {"received_on": "2025-02-30"},
        {"received_on": "2035-01-01"},
        {"amount_yuan": -5},
        {"amount_yuan": "1e400"},
        {"cause": ""},
        {"team": {"lead": ["何立新"]}},
    ],
    ids=lambda spoil: json.dumps(spoil)[:40],
)
def test_a_refused_intake_leaves_nothing_behind(line: Line, tmp_path: Path, spoil: dict[str, Any]) -> None:
    before = line.json("office", "info")["counts"]
    team = {"team": {"lead": "一位新律师", "assistants": []}}
    ran = line("case", "new", "--from", written(tmp_path, {**CASE, **team, **spoil}))
    assert (ran.code, ran.out) == (3, ""), ran.err
    assert "Traceback" not in ran.err
    assert line.json("office", "info")["counts"] == before


@pytest.mark.parametrize("text", ["", "[]", "{", "\x00", "NaN", '{"a": 1, "a": 2}', "[" * 100_000])
def test_what_is_no_intake_is_3(line: Line, tmp_path: Path, text: str) -> None:
    ran = line("case", "new", "--from", written(tmp_path, text))
    assert (ran.code, ran.out) == (3, "")
    assert "Traceback" not in ran.err


def test_names_with_rare_characters_and_emoji_pass_through_whole(line: Line, tmp_path: Path) -> None:
    names = ("𬀩㛃䶮", "李👩‍⚖️雷", "=HYPERLINK(1)", 'O\'Brien & "Söhne"; DROP TABLE cases;--')
    content = {**CASE, "clients": [{"name": name, "role": "原告"} for name in names]}
    made = line.json("case", "new", "--from", written(tmp_path, content))
    shown = line.json("case", "show", made["number"])
    clients = [row["name"] for row in shown["proceedings"][0]["standings"] if row["side"] == "client"]
    assert clients == list(names)


# --- conflicts -------------------------------------------------------------------------------------------------


def test_a_check_says_what_was_found_and_answers_with_its_code(case: Line) -> None:
    found = case.json("conflicts", "check", "晨湖示例科技", "--role", "adverse", "--fail-on-hit", code=1)
    hit = found["hits"][0]
    assert (hit["name"], hit["level"], hit["severity"]) == ("晨湖示例科技有限公司", "likely", "review")
    assert hit.keys() >= {"ref", "name", "matched", "score", "level", "reasons", "path"}
    assert case("conflicts", "check", "查无此人", "--fail-on-hit").code == 0
    assert case("conflicts", "check", "晨湖示例科技", "--role", "adverse").code == 0
    assert case("conflicts", "check", "  ").code == 3


def test_a_batch_of_ten_thousand_answers_every_line_in_order(case: Line, tmp_path: Path) -> None:
    lines = ["id,query,kind", *(f"q{number},示例甲{number}号公司,organization" for number in range(9_997))]
    lines += ["hit,晨湖示例科技有限公司,", 'comma,"晨湖,示例",', "empty,,"]
    path = written(tmp_path, "\n".join(lines), "names.csv")
    ran = case("conflicts", "batch", path, "--out", tmp_path / "hits.jsonl")
    assert ran.code == 0, ran.err
    rows = [json.loads(row) for row in (tmp_path / "hits.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [line.split(",")[0] for line in lines[1:]]
    assert all(row.keys() >= {"id", "query", "elapsed_ms", "hits"} for row in rows)
    (hit,) = rows[9_997]["hits"]
    assert hit.keys() == {"ref", "name", "matched", "score", "level", "reasons", "path"}
    assert rows[9_998]["query"] == "晨湖,示例"
    assert rows[9_999]["not_searched"]
    assert "10000" in ran.err + ran.out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_batch_is_read_as_chinese_programs_write_it(case: Line, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes("id,query\r\n1,晨湖示例科技有限公司\r\n".encode(encoding))
    assert case("conflicts", "batch", path, "--out", tmp_path / "hits.jsonl").code == 0
    (row,) = (tmp_path / "hits.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(row)["hits"][0]["name"] == "晨湖示例科技有限公司"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name\n1\n",
        b"id,query\n1,\x00\n",
        b"\xff\xfe\xfd\x00",
        b'id,query\n1,"open\n',
        b"id,query\n" + b"x" * 200_000,
    ],
    ids=["empty", "other columns", "zero byte", "no text", "open quotation mark", "huge line"],
)
@pytest.mark.parametrize("command", ["conflicts", "deadlines"])
def test_a_broken_batch_is_3_and_writes_nothing(line: Line, tmp_path: Path, command: str, content: bytes) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out"
    path.write_bytes(content)
    ran = line(command, "batch", path, "--out", out)
    assert ran.code == 3, ran.err
    assert "Traceback" not in ran.err
    assert not out.exists()


def test_an_output_that_cannot_be_written_is_4(line: Line, tmp_path: Path) -> None:
    path = written(tmp_path, "id,query\n1,甲\n", "names.csv")
    ran = line("conflicts", "batch", path, "--out", tmp_path / "no such folder" / "out.jsonl")
    assert (ran.code, "Traceback" in ran.err) == (4, False)


# --- deadlines -------------------------------------------------------------------------------------------------


def test_a_batch_of_periods_names_every_row_it_cannot_count(bare: Line, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "﻿id,rule_id,trigger,in_custody\n"
        "a,civil-appeal-judgment,2025-11-05,\n"
        "=1+1,crim-appeal-judgment,2025-06-11,true\n"
        "b,no-such-rule,2025-11-05,\n"
        "c,civil-appeal-judgment,2025-02-30,\n"
        "d,civil-appeal-judgment,,\n"
        "e\n"
        "f,civil-appeal-judgment,9999-12-31,\n"
        "g,limitation-3y,0001-01-01,\n",
        "periods.csv",
    )
    ran = bare("deadlines", "batch", path, "--out", tmp_path / "out.csv")
    assert ran.code == 0, ran.err
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert list(rows) == ["a", "=1+1", "b", "c", "d", "e", "f", "g"]
    assert (rows["a"]["due"], rows["a"]["provisional"], rows["a"]["error"]) == ("2025-11-20", "false", "")
    assert rows["a"]["version"] == "civil-appeal-judgment"
    assert rows["=1+1"]["due"] == "2025-06-23"
    for name in "bcdefg":
        assert rows[name]["due"] == ""
        assert rows[name]["error"]


def test_the_docket_goes_out_as_a_calendar_with_stable_names(case: Line, tmp_path: Path) -> None:
    paper = {"case": NUMBER, "what": "收到一审判决书", "happened_on": "2025-11-05", "text_says": {}}
    assert case("deadlines", "record", written(tmp_path, paper, "paper.json")).code == 0
    (row,) = case.json("deadlines", "list", "--due", "30d")
    assert case.json("deadlines", "list", "--due", "3") == []
    assert (row["due"], row["case_number"]) == ("2025-11-20", NUMBER)
    assert case.json("deadlines", "list")[0]["title"] == row["title"]
    out = tmp_path / "docket.ics"
    uids = []
    for _time in range(2):
        assert case("deadlines", "export", out).code == 0
        text = out.read_text(encoding="utf-8")
        assert "DTSTART;VALUE=DATE:20251120" in text
        assert "BEGIN:VALARM" in text
        uids.append([found for found in text.splitlines() if found.startswith("UID:")])
    assert uids[0] == uids[1]


PAPER = {"case": NUMBER, "what": "收到一审判决书", "happened_on": "2025-11-05"}


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        ({"what": ""}, "what"),
        ({"what": "天气很好"}, "what"),
        ({"what": 5}, "what"),
        ({"happened_on": None}, "happened_on"),
        ({"happened_on": "2025-02-30"}, "happened_on"),
        ({"happened_on": "1900-01-01"}, "happened_on"),
        ({"happened_on": 5112025}, "happened_on"),
        ({"what": "收到传票"}, "hearing.date"),
        ({"hearing": {"date": "2025-12-01", "time": "25:00"}}, "hearing.time"),
        ({"hearing": []}, ""),
        ({"hearing": "tomorrow"}, "hearing"),
        ({"instalments": {"due_on": "2025-12-01"}}, "instalments"),
        ({"instalments": [{"due_on": "soon"}]}, "instalments[0].due_on"),
        ({"custody": [{"measure": "逮捕", "from": "x"}]}, "custody[0].from"),
        ({"text_says": {"appeal_within_days": -1}}, "text_says.appeal_within_days"),
        ({"text_says": {"appeal_within_days": "15"}}, "text_says.appeal_within_days"),
        ({"text_says": {"appeal_until": "2025-13-01"}}, "text_says.appeal_until"),
        ({"in_custody": "yes"}, "in_custody"),
        ({"case": "没有这个"}, None),
        ({"case_number": "（2025）岚0302民初9号", "case": ""}, None),
    ],
    ids=str,
)
def test_a_paper_with_faults_is_refused_by_field(
    case: Line, tmp_path: Path, spoil: dict[str, Any], field: str | None
) -> None:
    ran = case("deadlines", "record", written(tmp_path, {**PAPER, **spoil}, "paper.json"))
    if field == "":
        assert ran.code == 0  # an empty list says nothing, and is nothing
        return
    assert (ran.code, ran.out) == (3, ""), ran.err
    assert "Traceback" not in ran.err
    assert field is None or f"[{field}]" in ran.err
    assert case.json("deadlines", "list", "--all") == []


def test_the_case_may_be_named_beside_the_paper_and_two_are_asked_about(case: Line, tmp_path: Path) -> None:
    path = written(tmp_path, {**PAPER, "case": ""}, "paper.json")
    assert case("deadlines", "record", path).code == 3
    assert case("deadlines", "record", path, "--case", NUMBER).code == 0
    second = {**CASE, "clients": [{"name": "沐岚物流有限公司"}], "case_number": "（2025）岚0302民初2号"}
    second["adverse"] = [{"name": "墨禾食品有限公司"}]
    assert case("case", "new", "--from", written(tmp_path, second)).code == 0
    both = written(
        tmp_path, {**PAPER, "happened_on": "2025-11-04", "case_number": "（2025）岚0302民初2号"}, "p.json"
    )
    assert "[paper.two_cases]" in case("deadlines", "record", both).err


# --- time ------------------------------------------------------------------------------------------------------


def test_time_is_booked_listed_and_reported(case: Line, tmp_path: Path) -> None:
    case.set(LAWDESK_USER="gu")
    assert "1:20" in case("time", "add", NUMBER, "1h20m 起草上诉状", "--on", "2025-11-05").out
    assert case("time", "add", NUMBER, "80分钟 会见", "--on", "2025-11-04").code == 0
    rows = case.json("time", "list", "--from", "2025-11-01", "--to", "2025-11-30")
    assert [(row["minutes"], row["person"], row["narrative"]) for row in rows] == [
        (80, "顾知行", "起草上诉状"),
        (80, "顾知行", "会见"),
    ]
    assert case("time", "start", NUMBER, "阅卷").code == 0
    assert case("time", "stop").code == 0
    assert case("time", "stop").code == 3  # nothing runs
    for form in ("csv", "xlsx", "pdf"):
        out = tmp_path / f"报表.{form}"
        ran = case(
            *("time", "report", "--from", "2025-11-01", "--to", "2025-11-30"),
            *("--by", "client", "--format", form, "--out", out),
        )
        assert (ran.code, out.exists()) == (0, True), ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("time", "add", NUMBER, ""),
        ("time", "add", NUMBER, "起草"),
        ("time", "add", NUMBER, "99h 起草"),
        ("time", "add", NUMBER, "1h 起草", "--on", "2025-02-30"),
        ("time", "list", "--from", "never"),
        ("time", "report", "--from", "2025-11-30", "--to", "2025-11-01", "--out", "x.xlsx"),
    ],
    ids=" ".join,
)
def test_impossible_time_is_3(case: Line, arguments: tuple[str, ...]) -> None:
    ran = case(*arguments)
    assert (ran.code, ran.out) == (3, ""), ran.err
    assert "Traceback" not in ran.err


def test_no_cell_of_a_report_is_a_formula(line: Line, tmp_path: Path) -> None:
    evil = {**CASE, "clients": [{"name": "=cmd|' /C calc'!A0"}]}
    made = line.json("case", "new", "--from", written(tmp_path, evil))
    for text in ("+1+1", "=SUM(A1)", "-2+3", "=1+1"):
        assert line("time", "add", made["number"], f"1h {text}", "--on", "2025-11-05").code == 0
    out = tmp_path / "report.csv"
    for by in ("lawyer", "client", "case"):
        arguments = ("--from", "2025-11-01", "--to", "2025-11-30", "--by", by, "--format", "csv", "--out", out)
        assert line("time", "report", *arguments).code == 0
        cells = [cell for row in csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig"))) for cell in row]
        assert any("cmd|" in cell or "SUM" in cell for cell in cells)
        assert not any(cell.startswith(("=", "+1", "@", "-2+", "\t=")) for cell in cells)


# --- papers of a case ------------------------------------------------------------------------------------------


def test_files_go_in_and_the_case_comes_out_bound(case: Line, tmp_path: Path, file_office: Firm) -> None:
    paper = tmp_path / "证据.txt"
    paper.write_text("买卖合同", encoding="utf-8")
    ran = case("case", "add-file", NUMBER, paper)
    assert (ran.code, ran.out) == (0, "1 document stored.\n")
    for form in ("docx", "pdf", "zip"):
        document = case.json("case", "package", NUMBER, "--format", form, "--out", tmp_path / f"案卷.{form}")
        assert Path(document["path"]).stat().st_size > 1000
    assert case("case", "package", NUMBER, "--out", tmp_path / "none" / "x.pdf").code == 4


# --- parties ---------------------------------------------------------------------------------------------------


def test_a_party_list_reports_as_promised(line: Line, tmp_path: Path) -> None:
    path = written(tmp_path, "ref,name,kind\n1,晨湖示例科技有限公司,organization\n2,,person\n", "parties.csv")
    foreseen = line.json("party", "import", path, "--dry-run", code=3)
    assert line.json("office", "info")["counts"]["parties"] == 0
    document = line.json("party", "import", path, code=3)
    assert document == foreseen
    assert document == {"created": 1, "updated": 0, "refused": [{"row": 3, "reason": "The name is missing."}]}
    assert line("party", "list", "晨湖").out == "晨湖示例科技有限公司\torganization\t0\n"
    line.set(LAWDESK_LANG="zh")
    assert "名称" in line.json("party", "import", path, code=3)["refused"][0]["reason"]


# --- proof and doubles ---------------------------------------------------------------------------------------
