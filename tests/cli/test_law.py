"""Fees, calendars and the firm's own rules on the command line."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.conftest import Line
from tests.offices import Firm

RULE = """
[[rule]]
id = "own-report"
title_zh = "书面告知委托人"
trigger = "judgment-served"
length = 3
unit = "day"
day_type = "working"
"""


def test_a_court_fee_with_its_steps(line: Line, tmp_path: Path) -> None:
    found = line.json("fees", "compute", "property", "--amount", "30万", "--half", "summary")
    assert (found["low_fen"], found["article"]) == (290_000, "第13条(一)、第16条")
    assert len(found["steps"]) == 6
    out = tmp_path / "fee.docx"
    assert line("fees", "compute", "divorce", "--amount", "1000000", "--out", out).code == 0
    assert out.stat().st_size > 1000
    assert line("fees", "compute", "property").code == 3
    assert line("fees", "compute", "property", "--amount", "much").code == 3
    assert line("fees", "compute", "property", "--amount", "1", "--out", tmp_path / "fee.txt").code == 3


def test_delay_interest(line: Line) -> None:
    days = ("--since", "2025-03-01", "--until", "2025-03-31", "--paid", "2025-03-11=40000")
    found = line.json("fees", "interest", "--principal", "100000", *days, "--pause", "2025-03-20..2025-03-24")
    assert (found["interest_fen"], found["principal_fen"], found["days"]) == (33_250, 6_000_000, 25)
    assert line("fees", "interest", "--principal", "1", "--since", "2025-03-01", "--until", "x").code == 3


def test_the_firm_s_rule_is_listed_computed_and_taken_back(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(RULE, encoding="utf-8")
    assert line("deadlines", "rule", "set", file, "--note", "本所规范").code == 0
    (own,) = line.json("deadlines", "rules", "--firm")
    assert (own["id"], own["origin"], own["length"]) == ("own-report", "own", 3)
    assert line.json("deadlines", "compute", "own-report", "--on", "2025-11-05")["due"] == "2025-11-10"
    file.write_text('[[rule]]\nid = "civil-answer"\nlength = 0\n', encoding="utf-8")
    refused = line("deadlines", "rule", "set", file, "--note", "x")
    assert refused.code == 3
    assert "civil-answer.length" in refused.err
    assert line("deadlines", "rule", "remove", "own-report").code == 0
    assert line.json("deadlines", "rules", "--firm") == []


def test_a_bad_calendar_is_refused_and_closed_days_are_kept(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "2026.toml"
    file.write_text("[[year]]\nyear = 2026\n", encoding="utf-8")
    assert line("calendar", "import", file).code == 3
    assert line("calendar", "close", "2026-03-02", "2026-03-03", "--name", "搬迁", "--court", "望江区").code == 0
    (row,) = line.json("calendar", "closed")
    assert (row["first"], row["kind"], row["court"]) == ("2026-03-02", "closure", "望江区")
    assert line("calendar", "closed", "--remove", row["id"]).code == 0
    shown = line.json("calendar", "show", "2026")
    assert (shown["announced"], "2026-02-14" in shown["makeup"]) == (True, True)


def test_batch_takes_moments_and_says_what_is_wrong_row_by_row(line: Line, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "id,rule_id,trigger,in_custody,foreign\n"
        "1,civil-answer,2025-09-18,,\n"
        "2,pres-ruling-urgent,2025-06-10 09:05,,\n"
        "3,civil-answer,2025-09-03,no,yes\n"
        "4,civil-answer,2025-02-30,,\n"
        "5,divorce-cooling,2020-12-31,,\n"
        "6,limitation-general,2015-12-01,,\n",
        encoding="utf-8",
    )
    assert line("deadlines", "batch", source, "--out", out).code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert [rows[key]["due"] for key in "12345"] == ["2025-10-09", "2025-06-12", "2025-10-09", "", ""]
    assert (rows["2"]["due_at"], rows["3"]["version"]) == ("2025-06-12T10:00", "civil-answer-foreign")
    assert "2021" in rows["5"]["error"]
    assert (rows["6"]["version"], rows["6"]["due"]) == ("limitation-3y", "2018-12-03")


def test_the_docket_s_other_commands(line: Line, file_office: Firm, tmp_path: Path) -> None:
    from tests.deadlines.conftest import docket_of

    docket = docket_of(file_office)
    _event, number = docket.judgment()
    assert (
        line("deadlines", "extend", number, "--to", "2025-12-01", "--reason", "住院", "--paper", "延期通知书").code
        == 0
    )
    assert line.json("deadlines", "list")[0]["due"] == "2025-12-01"
    assert line("deadlines", "check", number).code == 0
    out = tmp_path / "register.pdf"
    assert line("deadlines", "register", "--day", "2025-11-05", "--out", out).code == 0
    assert out.read_bytes()[:4] == b"%PDF"
    assert line("deadlines", "sheet", "岚0302民初1187", "--out", tmp_path / "sheet.docx").code in (0, 3)
    assert line("deadlines", "deputy", "gu", "admin", "--from", "2025-11-06", "--until", "2025-11-07").code == 0
    assert line.json("deadlines", "reminders")["bare_cases"] == []
    assert line("deadlines", "turn", number, "--on", "2025-11-06", "--ground", "催款").code == 3
    ics = tmp_path / "court.ics"
    ics.write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART:20251118T093000\nSUMMARY:开庭（2025）岚0302民初1187号\n"
                   "END:VEVENT\nEND:VCALENDAR\n", encoding="utf-8")  # fmt: skip
    assert "1 hearings entered" in line("deadlines", "court-calendar", ics).out
