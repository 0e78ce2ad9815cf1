"""The sample intakes become cases and the sample papers become deadlines, with the dates counted by hand.

The hand counts stand in tests/deadlines/test_samples.py; here the whole way is tried: file, case, docket.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lawdesk.kernel.resources import resource_path
from tests.cli.conftest import Line
from tests.offices import Firm

LEDGER = resource_path("samples", "收案登记表.xlsx")


def sample(folder: str, number: str) -> Path:
    (path,) = resource_path("samples", folder).glob(f"{number}-*.json")
    return path


@pytest.fixture
def busy(line: Line) -> Line:
    """The office with the firm's ledger taken over: the papers name its cases."""
    assert line("case", "import", LEDGER).code == 3
    return line


INTAKES = {
    "01": ("（2025）民字第001号", "周承胜诉仲泽志等"),
    "02": ("（2025）民字第001号", "震砚营销宁波分公司诉乐清市维维电气等"),
    "04": ("（2025）民字第001号", "孙若兰诉赵川"),
    "05": ("（2025）民字第001号", "邯郸市龙砚房地产开发诉李衡永"),
    "07": ("（2025）行字第001号", "孙川田诉吉林省人民政府"),
    "08": ("（2025）顾字第001号", "晨湖示例科技 常年法律顾问"),
}


@pytest.mark.parametrize("number", INTAKES)
def test_an_intake_becomes_a_case(line: Line, number: str) -> None:
    source = json.loads(sample("intake", number).read_text(encoding="utf-8"))
    made = line.json("case", "new", "--from", sample("intake", number))
    assert (made["number"], made["title"]) == INTAKES[number]
    case = line.json("case", "show", made["number"])
    assert case["cause"] == source["cause"]
    assert case["received_on"] == source["received_on"]
    wanted = source["amount_yuan"]
    assert case["amount_fen"] == (None if wanted is None else wanted * 100)
    sides = {"clients": "client", "adverse": "adverse", "third_parties": "third"}
    standings = case["proceedings"][0]["standings"]
    for key, side in sides.items():
        names = [(party["name"], party["role"]) for party in source[key]]
        assert [(row["name"], row["standing"]) for row in standings if row["side"] == side] == names
    team = source["team"]
    assert [member["name"] for member in case["members"]] == [team["lead"], *team["assistants"]]
    assert case["proceedings"][0]["court"] == (source["court"] or "")
    assert case["proceedings"][0]["court_number"] == (source["case_number"] or "")
    assert all(line_of_facts in case["facts"] for line_of_facts in (*source["facts"], *source["claims"]))
    assert all(proof in case["note"] for proof in source["evidence"])
    assert source["notes"] in case["note"]
    (clearance,) = case["clearances"]
    assert clearance["result"] == "clear"
    assert set(source["search_names"]) <= set(clearance["content"]["names"])


def test_03_the_impossible_day_is_refused_by_its_field(line: Line) -> None:
    ran = line("case", "new", "--from", sample("intake", "03"))
    assert ran.code == 3
    assert ran.out == ""
    assert "[received_on]" in ran.err
    assert "2024-07-08" in ran.err
    info = line.json("office", "info")["counts"]
    assert (info["cases"], info["parties"], info["people"]) == (0, 0, 2)


def test_06_names_no_check_can_find_need_a_decision(line: Line) -> None:
    ran = line("case", "new", "--from", sample("intake", "06"))
    assert ran.code == 3
    assert "姜某" in ran.err
    assert line.json("office", "info")["counts"] == {"people": 2, "cases": 0, "parties": 0, "enquiries": 0}
    made = line.json("case", "new", "--from", sample("intake", "06"), "--decide", "被害人仅有姓氏，已电话核对")
    case = line.json("case", "show", made["number"])
    assert case["clearances"][0]["result"] == "noted"
    assert case["proceedings"][0]["in_custody"] is True
    assert "羁押：潘泽才，金华市看守所" in case["note"]
    assert "代为委托：潘景润（父亲）" in case["note"]


def test_05_the_first_instance_is_not_lost(line: Line) -> None:
    made = line.json("case", "new", "--from", sample("intake", "05"))
    note = line.json("case", "show", made["number"])["note"]
    assert "邯郸市中级人民法院" in note
    assert "（2024）冀04民初118号" in note
    assert "2025-03-31送达" in note


def test_02_after_the_ledger_the_former_opponent_needs_a_decision(busy: Line) -> None:
    ran = busy("case", "new", "--from", sample("intake", "02"))
    assert ran.code == 3
    assert "震砚营销" in ran.err
    people = busy.json("office", "info")["counts"]["people"]
    ran = busy("case", "new", "--from", sample("intake", "02"), "--decide", "前案均已结案，委托人书面同意")
    assert ran.code == 0, ran.err
    assert busy.json("office", "info")["counts"]["people"] == people


def test_08_who_stands_around_the_client_is_kept(line: Line, file_office: Firm) -> None:
    line("case", "new", "--from", sample("intake", "08"))
    queries = file_office.office.cases.queries
    (client,) = queries.list_parties(file_office.director, "晨湖示例软件")  # its former name
    detail = queries.party(file_office.director, client.id)
    assert sorted((kind, name, share) for kind, _id, name, share in detail.relations) == [
        ("legal_representative", "王知行", 6000),
        ("shareholder", "上海云汀示例投资合伙企业（有限合伙）", 4000),
    ]
    assert [(kind, name, share) for kind, _id, name, share in detail.stands_to] == [
        ("parent", "晨湖示例（上海）数据有限公司", 10_000)
    ]
    assert len(queries.list_parties(file_office.director, "王知行")) == 1


def test_a_lawyer_who_may_not_add_colleagues_takes_nothing_in(line: Line) -> None:
    line.set(LAWDESK_USER="gu")
    ran = line("case", "new", "--from", sample("intake", "01"))
    assert ran.code == 3
    assert "何立新" in ran.err
    line.set(LAWDESK_USER=None)
    assert line.json("office", "info")["counts"] == {"people": 2, "cases": 0, "parties": 0, "enquiries": 0}


# --- papers ----------------------------------------------------------------------------------------------------

PAPERS: dict[str, dict[str, tuple[str, dict[str, str]]]] = {
    # trigger -> (day, {rule: last day}) of what is recorded; dates from tests/deadlines/test_samples.py
    "01": {"judgment-served": ("2024-09-26", {"civil-appeal-judgment": "2024-10-11"})},
    "02": {"hearing-date": ("2024-05-08", {})},
    "03": {
        "preservation-measure-taken": ("2025-03-03", {"pres-term-bank": "2026-03-03"}),
        "preservation-expiry": ("2026-03-02", {"pres-renew-apply": "2026-02-23"}),
    },
    "04": {"ruling-served": ("2024-06-04", {"civil-appeal-ruling": "2024-06-14"})},
    "05": {"award-received": ("2024-08-30", {"labour-sue": "2024-09-14"})},
    "06": {"evidence-notice-served": ("2025-02-06", {"civil-evidence-ordinary": "2025-03-10"})},
    "07": {"judgment-served": ("2025-06-11", {"crim-appeal-judgment": "2025-06-23"})},
    "08": {
        "judgment-effective": ("2024-11-26", {"civil-retrial-apply": "2025-05-26"}),
        "performance-period-last-day": ("2024-12-06", {"enf-apply": "2026-12-07"}),
    },
    "09": {
        "public-notice-published": ("2024-03-15", {"public-notice-30": "2024-04-14"}),
        "public-notice-completed": ("2024-04-14", {"civil-evidence-public-notice": "2024-04-29"}),
    },
    "10": {"fee-notice-received": ("2024-01-15", {"civil-appeal-fee": "2024-01-22"})},
    "11": {
        "mediation-effective": ("2025-04-22", {"civil-retrial-mediation": "2025-10-22"}),
        "performance-period-last-day": ("2025-11-30", {"enf-apply": "2027-11-30"}),
    },
    "12": {"recon-decision-received": ("2025-04-25", {"admin-sue-after-recon": "2025-05-12"})},
    "13": {
        "court-received-case": ("2025-03-12", {}),
        "detention-executed": ("2024-12-15", {}),
        "arrest-executed": ("2024-12-28", {}),
    },
    "14": {
        "preservation-measure-taken": ("2024-03-12", {"pres-term-movable": "2026-03-12"}),
        "preservation-expiry": ("2026-03-11", {"pres-renew-apply": "2026-02-24"}),
    },
    "15": {"ruling-served": ("2025-06-20", {})},
}


def recorded(document: dict[str, Any]) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        event["trigger"]: (
            event["happened_on"],
            {row["rule"]: row["due"] for row in event["deadlines"] if row["recorded"]},
        )
        for event in document["events"]
    }


@pytest.mark.parametrize("number", PAPERS)
def test_a_paper_becomes_its_deadlines(busy: Line, number: str) -> None:
    path = sample("events", number)
    source = json.loads(path.read_text(encoding="utf-8"))
    foreseen = busy.json("deadlines", "record", path, "--dry-run")
    assert busy.json("deadlines", "list", "--all") == []
    document = busy.json("deadlines", "record", path)
    assert document["case"] == source["case"]
    assert recorded(document) == recorded(foreseen) == PAPERS[number]
    wanted = sorted(day for _on, rules in PAPERS[number].values() for day in rules.values())
    entries = [entry["due"] for event in document["events"] for entry in event["entries"]]
    docket = busy.json("deadlines", "list", "--all")
    assert sorted(row["due"] for row in docket) == sorted(wanted + entries)
    assert {row["case_number"] for row in docket} <= {source["case"]}
    assert document["nothing_starts"] == (not wanted and not entries)
    again = busy("deadlines", "record", path)
    assert again.code == 3
    assert len(busy.json("deadlines", "list", "--all")) == len(docket)


def test_02_the_hearing_stands_in_the_docket_with_its_hour(busy: Line) -> None:
    busy("deadlines", "record", sample("events", "02"))
    (row,) = busy.json("deadlines", "list", "--all")
    assert (row["kind"], row["due"], row["due_time"]) == ("hearing", "2024-05-08", "09:00")
    assert "第十二法庭" in row["note"]


def test_11_the_payments_stand_in_the_docket(busy: Line) -> None:
    busy("deadlines", "record", sample("events", "11"))
    tasks = [row["due"] for row in busy.json("deadlines", "list", "--all") if row["kind"] == "task"]
    assert sorted(tasks) == ["2025-05-31", "2025-08-31", "2025-11-30"]


@pytest.mark.parametrize("number", ["13", "15"])
def test_a_paper_that_starts_nothing_for_us_is_said_to(busy: Line, number: str) -> None:
    ran = busy("deadlines", "record", sample("events", number))
    assert ran.code == 0
    assert "Nothing that binds our side starts." in ran.out


def test_13_what_binds_the_court_is_shown_and_not_recorded(busy: Line) -> None:
    document = busy.json("deadlines", "record", sample("events", "13"))
    shown = {row["rule"]: row["due"] for event in document["events"] for row in event["deadlines"]}
    assert shown["crim-limit-first"] == "2025-05-12"
    assert shown["crim-investigation-custody"] == "2025-02-28"
    assert shown["crim-detention-max-37"] == "2025-01-21"


def test_a_day_printed_on_the_paper_wins_and_the_count_is_shown_beside_it(busy: Line, tmp_path: Path) -> None:
    paper = json.loads(sample("events", "01").read_text(encoding="utf-8"))
    paper["text_says"] = {"appeal_until": "2024-10-12"}
    path = tmp_path / "判决.json"
    path.write_text(json.dumps(paper, ensure_ascii=False), encoding="utf-8")
    ran = busy("deadlines", "record", path)
    assert "2024-10-12" in ran.out
    assert "2024-10-11" in ran.err
    (row,) = busy.json("deadlines", "list", "--all")
    assert (row["due"], row["computed_due"], row["printed_due"]) == ("2024-10-12", "2024-10-11", "2024-10-12")
