"""What becomes of deadlines, by command: done with proof, let go, moved, adjourned; days of reminding."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lawdesk.deadlines import ManualDeadline
from tests.cli.conftest import Line
from tests.offices import Firm


@pytest.fixture
def docket(line: Line, file_office: Firm) -> Any:
    from tests.deadlines.conftest import docket_of

    return docket_of(file_office)


def shown(line: Line, number: int) -> dict[str, Any]:
    rows = line.json("deadlines", "list", "--all")
    return next(row for row in rows if row["id"] == number)


def test_done_with_a_file_that_is_stored_in_the_case(line: Line, docket: Any, tmp_path: Path) -> None:
    _event, number = docket.judgment()
    receipt = tmp_path / "EMS回执.pdf"
    receipt.write_bytes(b"%PDF-1.4")
    assert line("deadlines", "done", number, "--on", "2025-11-04", "--file", receipt).code == 0
    row = shown(line, number)
    assert (row["status"], row["done_on"], row["evidence"]) == ("done", "2025-11-04", "EMS回执.pdf")
    assert row["evidence_id"]
    assert line("deadlines", "reopen", number).code == 0
    assert shown(line, number)["status"] == "open"
    assert line("deadlines", "waive", number, "--reason", "委托人放弃上诉").out == "Done.\n"
    assert shown(line, number)["status"] == "waived"


def test_a_printed_date_and_back(line: Line, docket: Any) -> None:
    _event, number = docket.judgment()
    assert line("deadlines", "move", number, "--to", "2025-11-18", "--reason", "判决书写明").code == 0
    assert shown(line, number)["due"] == "2025-11-18"
    assert line("deadlines", "move", number, "--reason", "看错").code == 0
    assert shown(line, number)["due"] == "2025-11-20"
    assert line("deadlines", "move", number, "--reason", " ").code == 3


def test_a_hearing_is_adjourned(line: Line, docket: Any) -> None:
    hearing = ManualDeadline(docket.case_id, "开庭", docket.firm.clock.today(), "hearing", "09:30")
    number = docket.service.add_deadline(docket.lawyer, hearing)
    ran = line("deadlines", "adjourn", number, "--to", "2025-12-02", "--at", "9:30", "--reason", "法院通知")
    assert ran.code == 0, ran.err
    assert (shown(line, number)["status"], shown(line, number + 1)["due_time"]) == ("waived", "09:30")
    assert line("deadlines", "adjourn", number, "--to", "2025-12-03", "--reason", "再改").code == 3


def test_a_second_person_by_command(line: Line, docket: Any) -> None:
    _event, number = docket.judgment()
    assert line.json("deadlines", "requests", "--two-persons")["two_persons"] is True
    line.set(LAWDESK_USER="gu")
    ran = line("deadlines", "move", number, "--to", "2025-11-25", "--reason", "更正")
    assert (ran.code, ran.out) == (0, "A second person has to agree first.\n")
    (asked,) = line.json("deadlines", "requests")["requests"]
    assert (asked["kind"], asked["due"], asked["asked_name"]) == ("move", "2025-11-25", "顾知行")
    assert line("deadlines", "requests", "--agree", asked["id"]).code == 3  # not by oneself
    line.set(LAWDESK_USER=None)
    assert line("deadlines", "requests", "--agree", asked["id"]).code == 0
    assert shown(line, number)["due"] == "2025-11-25"


def test_the_days_of_reminding(line: Line, docket: Any) -> None:
    rows = {row["kind"]: row for row in line.json("deadlines", "ladder")}
    assert rows["deadline"]["days"] == [30, 14, 7, 3, 1, 0, -1, -3, -7]
    assert line("deadlines", "ladder", "deadline", "--before", "20,5", "--after", "1").code == 0
    rows = {row["kind"]: row for row in line.json("deadlines", "ladder")}
    assert (rows["deadline"]["days"], rows["deadline"]["since"]) == ([20, 5, 0, -1], "2025-11-05")
    assert line("deadlines", "ladder", "deadline", "--before", "soon").code == 3
    assert line("deadlines", "ladder", "moon", "--before", "3").code == 3
    assert line("deadlines", "ladder", "deadline").code == 2
    assert line("deadlines", "ladder", "deadline", "--reset").code == 0
    assert all(row["usual"] for row in line.json("deadlines", "ladder"))
    line.set(LAWDESK_USER="gu")
    assert line("deadlines", "ladder", "deadline", "--before", "3").code == 3


def test_deputies_are_listed_and_taken_back(line: Line, docket: Any) -> None:
    assert line("deadlines", "deputy", "gu", "admin", "--from", "2025-11-06", "--until", "2025-11-07").code == 0
    (row,) = line.json("deadlines", "deputies")
    assert (row["first"], row["last"]) == ("2025-11-06", "2025-11-07")
    assert "2025-11-06" in line("deadlines", "deputies").out
    assert line.json("deadlines", "deputies", "--remove", row["id"]) == []


def test_a_clash_of_hearings_is_said(line: Line, docket: Any) -> None:
    day = date(2025, 12, 2)
    for at in ("09:30", "15:00"):
        docket.service.add_deadline(docket.lawyer, ManualDeadline(docket.case_id, "开庭", day, "hearing", at))
    ran = line("deadlines", "adjourn", "2", "--to", "2025-12-02", "--at", "10:00", "--reason", "法院通知")
    assert ran.code == 0
    assert "At the same time: 2025-12-02 09:30" in ran.err
