"""``lawdesk privacy``: the same work as the window, with the exit codes of the contract."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Line

NUMBER = "（2025）民字第001号"
ADVERSE = "刘𬀩"


def party(line: Line) -> int:
    found = line.json("privacy", "find", ADVERSE)
    (one,) = found["candidates"]
    assert one["name"] == ADVERSE and found["not_searched"]
    return int(one["party"])


def test_somebody_in_an_open_case_is_found_handed_over_and_not_erased(case: Line, tmp_path: Path) -> None:
    number = party(case)
    made = case.json("privacy", "export", "--party", str(number), "--out", tmp_path / "liu.zip")
    assert (tmp_path / "liu.zip").exists() and made["client"] is False and len(made["withheld"]) == 1
    plan = case.json("privacy", "erase", "--party", str(number), "--plan", code=1)
    assert plan["outcome"] == "refused" and plan["certificate"] is None and len(plan["reasons"]) == 1
    ran = case("privacy", "erase", "--party", str(number), "--out", tmp_path / "refusal.docx")
    assert ran.code == 1 and (tmp_path / "refusal.docx").exists()
    assert case("privacy", "erase", "--party", "99").code == 3
    assert case("privacy", "find", "").code == 3


def test_a_closed_file_blocks_and_goes_when_two_have_signed(case: Line, tmp_path: Path) -> None:
    number = party(case)
    assert case("case", "show", NUMBER).code == 0
    case.set(LAWDESK_USER=None)
    closed(case)
    assert case("privacy", "disposal", "class", NUMBER, "short").code == 0
    blocked = case.json("privacy", "erase", "--party", str(number))
    assert blocked["outcome"] == "blocked" and blocked["until"] == "2035-12-31"
    held = case.json("privacy", "hold", "list")
    assert held["blocks"][0]["party"] == number and held["holds"] == []
    assert case("privacy", "disposal", "propose").code == 3
    files = case.json("privacy", "disposal", "list", "--files")
    assert files == [
        {"case": NUMBER, "closed_on": "2025-11-05", "class": "short", "until": "2035-12-31", "due": False}
    ]
    assert case("privacy", "unblock", str(number), "--why", "新委托").code == 0
    assert case("privacy", "hold", "add", "投诉", "--case", NUMBER).code == 0
    assert case.json("privacy", "erase", "--party", str(number), "--plan", code=1)["outcome"] == "refused"
    assert case("privacy", "hold", "lift", "1").code == 0
    assert case("privacy", "compact").code == 0


def closed(line: Line) -> None:
    """Close the case as the window does; the command line has no such command."""
    from datetime import date

    from lawdesk.cli.session import opened

    assert line("office", "info").code == 0
    with opened() as (office, actor):
        office.cases.close_case(actor, 1, date(2025, 11, 5))


def test_a_request_is_logged_with_its_day_and_answered(line: Line, tmp_path: Path) -> None:
    made = line.json("privacy", "log", "add", "access", "祁晚舟", "--on", "2025-11-01")
    assert made["answer_by"] == "2025-12-01" and made["status"] == "open"
    assert line("privacy", "log", "answer", "1", "refused").code == 3
    assert line("privacy", "log", "answer", "1", "refused", "--answer", "无法核验身份").code == 0
    (row,) = line.json("privacy", "log", "list", "--out", tmp_path / "log.pdf")
    assert row["status"] == "refused" and (tmp_path / "log.pdf").exists()
    assert line.json("privacy", "log", "list", "--open") == []
    assert line("privacy", "log", "add", "nonsense", "x").code == 2


def test_a_breach_is_recorded_from_a_file(case: Line, tmp_path: Path) -> None:
    example = case("privacy", "breach", "example").out
    file = tmp_path / "breach.toml"
    file.write_text(example.replace("（2026）民字第001号", NUMBER).replace("2026-03", "2025-10"), encoding="utf-8")
    made = case.json("privacy", "breach", "add", file)
    assert made["affected"] == 1
    for to in ("authority", "persons", "report"):
        assert case("privacy", "breach", "notice", "1", "--to", to, "--out", tmp_path / f"{to}.docx").code == 0
    assert case("privacy", "breach", "notice", "1", "--to", "press", "--out", tmp_path / "x.docx").code == 2
    assert case("privacy", "breach", "told", "1", "--close").code == 3
    assert case("privacy", "breach", "told", "1", "--authority", "--persons", "--close").code == 0
    (row,) = case.json("privacy", "breach", "list")
    assert row["closed_on"] == "2025-11-05"
    file.write_text("not = toml = at all", encoding="utf-8")
    assert case("privacy", "breach", "add", file).code == 3
