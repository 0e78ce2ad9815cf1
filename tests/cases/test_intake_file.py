"""Intake files: the eight samples read whole, and every wrong field named where it stands."""

import copy
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawdesk.cases.rules.intake_file import parse_intake, read_intake
from lawdesk.cases.rules.intake_values import Intake
from lawdesk.kernel.errors import UserError, describe
from lawdesk.kernel.i18n import set_language
from lawdesk.kernel.resources import resource_path

FOLDER = resource_path("samples", "intake")
SAMPLES = sorted(FOLDER.glob("*.json"))
TODAY = date(2026, 11, 22)
BELOW = "first_instance"


def sample(number: str) -> Any:
    return json.loads(next(FOLDER.glob(f"{number}-*.json")).read_text(encoding="utf-8"))


def read(number: str) -> Intake:
    return parse_intake(sample(number), today=TODAY)


def changed(number: str, path: str, value: Any) -> Intake:
    data = copy.deepcopy(sample(number))
    *parents, last = path.split(".")
    target = data
    for part in parents:
        target = target[int(part) if part.isdigit() else part]
    target[int(last) if last.isdigit() else last] = value
    return parse_intake(data, today=TODAY)


def named(intake: Intake, severity: str = "error") -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in intake.problems if problem.severity == severity]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_sound_but_the_one_with_the_impossible_date(path: Path) -> None:
    intake = read_intake(path, today=TODAY)
    faults = sample(path.stem[:2]).get("faults", [])
    assert [problem.field for problem in intake.problems if problem.severity == "error"] == [
        fault["field"] for fault in faults
    ]
    assert intake.sound == (not faults)
    draft, data = intake.draft, sample(path.stem[:2])
    assert (draft.title, draft.cause, draft.lead) == (data["title"], data["cause"], data["team"]["lead"])
    assert [party.name for party in draft.clients] == [party["name"] for party in data["clients"]]
    assert [party.kind for party in draft.adverse] == [party["kind"] for party in data["adverse"]]
    assert [fact.text for fact in draft.facts] == data["facts"]
    assert set(data["search_names"]) <= set(draft.names_to_search)
    assert not named(intake, "warning") or {code for code, _field in named(intake, "warning")} <= {
        "identifier_masked",
        "name_masked",
    }


def test_there_are_eight_samples_and_one_of_them_is_wrong() -> None:
    assert len(SAMPLES) == 8
    assert [path.stem[:2] for path in SAMPLES if not read_intake(path, today=TODAY).sound] == ["03"]


def test_the_impossible_date_is_explained() -> None:
    problem = next(problem for problem in read("03").problems if problem.severity == "error")
    assert problem.code == "intake.received_before_fact"
    for language in ("en", "zh"):
        set_language(language)
        assert "2024-07-08" in problem.words()
    set_language("zh")
    assert changed("03", "received_on", "2024-07-09").sound


def test_values() -> None:
    loan = read("01").draft
    assert (loan.received_on, loan.amount_fen) == (date(2025, 1, 20), 18_000_000)
    assert (loan.fee.fen, loan.fee.received_fen) == (600_000, 600_000)
    assert [fact.on for fact in loan.facts] == [date(2022, 5, 6), date(2023, 5, 5), date(2024, 3, 18), None]
    assert loan.clients[0].identifiers[0].sex == "female"
    assert loan.clients[0].phone == "13800000001"
    sale = read("02").draft
    assert sale.fee.share_bp == 600
    assert sale.clients[0].parent in sale.names_to_search
    divorce = read("04").draft
    assert divorce.minors[0].born == date(2018, 4, 12)
    assert (divorce.facts[2].on, divorce.facts[2].precision) == (date(2023, 9, 1), "month")
    appeal = read("05").draft
    assert appeal.first_instance is not None
    assert appeal.first_instance.served_on == date(2025, 3, 31)
    assert appeal.first_instance.case_numbers == ("（2024）冀04民初118号",)
    criminal = read("06").draft
    assert (criminal.clients[0].in_custody, criminal.clients[0].born) == (True, date(1996, 4, 8))
    assert criminal.engaged_by is not None
    assert criminal.engaged_by.relation == "父亲"
    retainer = read("08").draft
    assert (retainer.term_from, retainer.term_to) == (date(2025, 6, 16), date(2026, 6, 15))
    assert [party.share_bp for party in retainer.related] == [10_000, 6_000, 4_000]
    assert retainer.fee.hourly_fen == 120_000


@pytest.mark.parametrize(
    ("number", "path", "value", "code", "field"),
    [
        ("01", "received_on", "2025-02-30", "intake.date_impossible", "received_on"),
        ("01", "received_on", "昨天", "intake.date_unreadable", "received_on"),
        ("01", "received_on", None, "intake.received_missing", "received_on"),
        ("01", "received_on", "2027-01-01", "intake.received_future", "received_on"),
        ("01", "received_on", "2024-03-01", "intake.received_before_fact", "received_on"),
        ("01", "facts.0", "2022-13-06 出具借条", "intake.date_impossible", "facts[0]"),
        ("01", "facts", "借条", None, ""),
        ("01", "facts", [1], "intake.shape", "facts"),
        ("01", "clients", [], "intake.client_missing", "clients"),
        ("01", "clients", "周承胜", "intake.shape", "clients"),
        ("01", "clients.0.name", " ", "intake.name_missing", "clients[0].name"),
        ("01", "clients.0.kind", "company", "intake.kind", "clients[0].kind"),
        ("01", "clients.0.id_number", "110105194912310021", "id_card_check", "clients[0].id_number"),
        ("01", "clients.0.phone", "0563-1234567", None, ""),
        ("01", "adverse", [], "intake.adverse_missing", "adverse"),
        ("01", "adverse.1.name", "周承胜", "intake.both_sides", "adverse[1].name"),
        ("01", "amount_yuan", -1, "intake.money", "amount_yuan"),
        ("01", "amount_yuan", "约十八万", "intake.money", "amount_yuan"),
        ("01", "amount_yuan", True, "intake.money", "amount_yuan"),
        ("01", "fee.received_yuan", 6001, "intake.received_exceeds_fee", "fee.received_yuan"),
        ("01", "fee", 6000, "intake.shape", "fee"),
        ("02", "fee.percent_of_recovered", 106, "intake.percent", "fee.percent_of_recovered"),
        ("04", "minors.0.born", "2025-04-12", "intake.born_late", "minors[0].born"),
        (
            "05",
            f"{BELOW}.served_on",
            "2025-03-01",
            "intake.served_before_judgment",
            f"{BELOW}.served_on",
        ),
        ("06", "clients.0.in_custody", "yes", "intake.flag", "clients[0].in_custody"),
        ("08", "term.to", "2025-06-01", "intake.term", "term.to"),
        (
            "08",
            "clients.0.unified_social_credit_code",
            "91310000607302378I",
            "uscc_letter",
            "clients[0].unified_social_credit_code",
        ),
    ],
)
def test_errors_stand_at_their_field(number: str, path: str, value: Any, code: str | None, field: str) -> None:
    errors = named(changed(number, path, value))
    assert errors == ([] if code is None else [(code, field)])


@pytest.mark.parametrize(
    ("number", "path", "value", "code", "field"),
    [
        ("01", "clients.0.phone", "1380000000", "mobile_shape", "clients[0].phone"),
        ("01", "clients.0.phone", "12345678901", "mobile_shape", "clients[0].phone"),
        ("01", "colour", "red", "intake.unknown_field", "colour"),
        ("01", "clients.0.wechat", "x", "intake.unknown_field", "clients[0].wechat"),
        ("01", "clients.0.kind", None, None, ""),
        ("01", "search_names", ["周承胜"], "intake.search_names", "search_names"),
        ("01", "court", "杭州市中级人民法院", "court_code_mismatch", "court"),
        ("01", "case_number", "（2025）皖1882民初0566号", "number_leading_zero", "case_number"),
        ("01", "clients.0.name", "广德示例有限公司", "intake.kind_mismatch", "clients[0].kind"),
        ("05", "received_on", "2025-03-25", "intake.received_before_judgment", "received_on"),
        ("08", "clients.0.id_number", "11010519491231002X", "intake.identifier_kind", "clients[0].identifiers"),
        ("01", "team", {}, "intake.missing", "team.lead"),
    ],
)
def test_warnings_stand_at_their_field(number: str, path: str, value: Any, code: str | None, field: str) -> None:
    intake = changed(number, path, value)
    assert intake.sound
    before = set(named(read(number), "warning"))
    new = set(named(intake, "warning")) - before - {("intake.search_names", "search_names")}
    if code == "intake.search_names":
        new = set(named(intake, "warning")) - before
    assert new == (set() if code is None else {(code, field)})


def test_names_left_out_of_the_search_are_searched_all_the_same() -> None:
    assert set(changed("02", "search_names", []).draft.names_to_search) >= {
        "震砚营销（深圳）有限公司宁波分公司",
        "震砚营销（深圳）有限公司",
        "震砚营销",
        "刘承国",
        "远东国际租赁有限公司",
    }


def test_a_day_ahead_is_no_impossible_fact() -> None:
    for fact in ("2025-03-18 开庭", "2025-12-31 借期届满", "约定2025-06-30前付清"):
        assert changed("01", "facts.0", fact).sound
    assert not changed("01", "facts.0", "2025-03-18 对方还款5000元").sound


def test_birthday_against_the_identity_number() -> None:
    data = sample("06")
    data["clients"][0]["id_number"] = "11010519491231002X"
    assert named(parse_intake(data)) == [("intake.born_differs", "clients[0].born")]
    data["clients"][0]["born"] = "1949-12-31"
    assert named(parse_intake(data)) == []


def test_toml_reads_like_json(tmp_path: Path) -> None:
    path = tmp_path / "loan.toml"
    path.write_text(
        """
        title = "民间借贷纠纷"
        received_on = 2025-01-20
        matter_type = "民事"
        cause = "民间借贷纠纷"
        stage = "一审"
        amount_yuan = 180000.50
        facts = ["2022-05-06 出具借条"]
        team = { lead = "何立新" }
        fee = { mode = "风险代理", percent_of_recovered = 7.5 }
        [[clients]]
        name = "周承胜"
        identifiers = ["11010519491231002X"]
        [[adverse]]
        name = "仲泽志"
        """,
        encoding="utf-8",
    )
    intake = read_intake(path, today=TODAY)
    assert intake.problems == ()
    draft = intake.draft
    assert (draft.received_on, draft.amount_fen, draft.fee.share_bp) == (date(2025, 1, 20), 18_000_050, 750)
    assert draft.clients[0].kind == "person"
    assert draft.clients[0].identifiers[0].birthday == date(1949, 12, 31)


def test_encodings(tmp_path: Path) -> None:
    text = json.dumps(sample("01"), ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        path = tmp_path / f"{encoding}.json"
        path.write_bytes(text.encode(encoding))
        assert read_intake(path).draft.title == sample("01")["title"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.json", b"{", "intake.format"),
        ("a.json", b"[]", "intake.format"),
        ("a.json", b"", "intake.format"),
        ("a.json", b'{"amount_yuan": NaN}', "intake.format"),
        ("a.json", b'{"title": "a", "title": "b"}', "intake.format"),
        ("a.json", b"[" * 100_000, "intake.format"),
        ("a.json", b"\xff\xfe\x00\xd8", "intake.format"),
        ("a.toml", b"title = ", "intake.format"),
        ("a.json", b" " * 3_000_000, "intake.too_large"),
    ],
)
def test_files_that_are_no_intake(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_intake(path)
    assert caught.value.code == code
    assert "{" not in str(describe(caught.value))
    with pytest.raises(UserError):
        read_intake(tmp_path / "nowhere.json")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just(Decimal("1.5")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "born", "yuan"]), inner),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*sorted(sample("05")), "minors", "related", "term", "engaged_by"]), VALUES)
)
def test_reading_never_fails(data: dict[str, Any]) -> None:
    intake = parse_intake(data, today=TODAY)
    for problem in intake.problems:
        assert "{" not in problem.message.format_map(dict.fromkeys(problem.params, "x"))
