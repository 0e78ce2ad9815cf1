"""What is typed on the new-case page, read as a case and as questions to the conflict check."""

from __future__ import annotations

from datetime import date

import pytest

from lawdesk.cases import Side
from lawdesk.cases.page.drafting import asked_names, from_enquiry, is_empty, missing, suggest_kind, to_case
from lawdesk.cases.page.foot import FootState, button_words, foot_words
from lawdesk.cases.page.words import conflict_state, standing_labels
from lawdesk.cases.queries import EnquiryRow, StandingRow
from lawdesk.cases.rules import PartyKind, guess_party_kind

TODAY = date(2026, 9, 23)


def client(name: str, **more: object) -> dict[str, object]:
    return {"name": name, "identifier": "", "standing": "原告", "kind": "organization", **more}


def test_a_state_becomes_a_case_with_its_sides() -> None:
    state = {
        "clients": [client("澄砚物业服务（青岚）有限公司", legal_representative="郑怀瑾")],
        "others": [
            {"name": "林疏桐", "identifier": "330105199006060050", "standing": "被告"},
            {"name": "砺石工程咨询有限公司", "identifier": "", "standing": "第三人"},
        ],
        "case": {
            "kind": "civil",
            "cause": "物业服务合同纠纷",
            "proceeding": "civil-first",
            "court_number": "2026浙0105民初233",
        },
        "team": {"lead": 7, "assistants": [8], "fee_mode": "fixed", "fee": 1_500_000},
    }
    draft = to_case(state, TODAY)
    assert [party.side for party in draft.parties] == [Side.CLIENT, Side.ADVERSE, Side.THIRD]
    assert draft.parties[1].party.born_on == date(1990, 6, 6), "the birthday comes from the identity number"
    assert draft.parties[1].party.kind == PartyKind.PERSON
    assert draft.proceeding is not None and draft.proceeding.court_number == "（2026）浙0105民初233号"
    assert (draft.received_on, draft.lead, draft.assistants, draft.fee_fen) == (TODAY, 7, (8,), 1_500_000)
    assert missing(state) == []


def test_the_check_is_asked_about_every_name_and_the_legal_representative() -> None:
    state = {
        "clients": [client("澄砚物业服务（青岚）有限公司", legal_representative="郑怀瑾")],
        "others": [{"name": "林疏桐", "identifier": "", "standing": "被告"}, {"name": " ", "standing": "被告"}],
    }
    asked = asked_names(state)
    assert [(name.name, name.side) for name in asked] == [
        ("澄砚物业服务（青岚）有限公司", "client"),
        ("林疏桐", "adverse"),
        ("郑怀瑾", "other"),
    ]


def test_three_things_are_needed() -> None:
    assert [problem.field for problem in missing({})] == ["client", "cause", "lead"]


def test_an_enquiry_fills_the_page() -> None:
    enquiry = EnquiryRow(
        4,
        "拖欠货款",
        TODAY,
        "open",
        None,
        "****-****1234",
        "",
        (("client", "青禾农业科技有限公司"), ("adverse", "墨禾食品有限公司")),
    )
    state = from_enquiry(enquiry, "0571-88001234")
    assert state["enquiry_id"] == 4
    assert state["clients"][0] == {
        "name": "青禾农业科技有限公司",
        "kind": "organization",
        "phone": "0571-88001234",
    }
    assert [row["name"] for row in state["others"]] == ["墨禾食品有限公司"]
    assert not is_empty(state)


def test_what_the_page_fills_in_by_itself_is_no_draft() -> None:
    assert is_empty(
        {
            "clients": [client("")],
            "others": [],
            "case": {"kind": "civil", "received_on": "2026-09-23"},
            "team": {"lead": 1},
        }
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("栩岳建设工程有限公司", PartyKind.ORGANIZATION),
        ("青岚市望江区教育局", PartyKind.ORGANIZATION),
        ("ABC Trading Co., Ltd.", PartyKind.ORGANIZATION),
        ("砚溪置业（青岚）有限公司", PartyKind.ORGANIZATION),
        ("林疏桐", PartyKind.PERSON),
        ("阿依古丽·买买提", PartyKind.PERSON),
        ("张某某等三人", PartyKind.UNKNOWN),
        ("", PartyKind.UNKNOWN),
    ],
)
def test_a_name_tells_what_it_names(name: str, kind: PartyKind) -> None:
    assert guess_party_kind(name) == kind


def test_a_crime_is_a_criminal_case() -> None:
    assert suggest_kind("非法经营罪") == "criminal"
    assert suggest_kind("买卖合同纠纷") is None


def test_several_defendants_are_numbered() -> None:
    def row(number: int, side: str, standing: str) -> StandingRow:
        return StandingRow(number, f"甲{number}", "person", side, standing, "", "", "")

    labels = standing_labels([row(1, "client", "原告"), row(2, "adverse", "被告"), row(3, "adverse", "被告")])
    assert labels == {1: "原告", 2: "被告一", 3: "被告二"}


def test_a_party_no_check_knows_is_not_shown_as_checked() -> None:
    stranger = StandingRow(9, "林疏桐", "person", "adverse", "被告", "", "", "")
    assert conflict_state(stranger, [], {"林疏桐"}).text == "未检索"


def test_the_button_says_what_it_will_do() -> None:
    assert button_words("clear") == "收案并建档"
    assert button_words("needs_decision") == "提交判断并收案"
    assert button_words("blocked") == "不能收案"


def test_the_reason_stands_beside_a_blocked_button() -> None:
    words = foot_words(FootState(outcome="blocked", check="砚溪控股是本所在办案件的委托人"))
    assert words == ("砚溪控股是本所在办案件的委托人", "red", "法律禁止的冲突不能豁免（律师法第三十九条）")
    undecided = foot_words(FootState(outcome="needs_decision", check="1 条须判断"))
    assert undecided[1:] == ("amber", "请先在右侧对每条命中作出判断")
