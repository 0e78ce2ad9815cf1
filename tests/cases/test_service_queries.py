"""Looking up: filters, pages, the case meant by a few words, Ctrl+K, history; and that who left sees nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from lawdesk.cases import CaseChange, CaseFilter, CaseStatus, EnquiryDraft, FeeMode, ProceedingDraft, Side
from lawdesk.cases.service import CaseService
from lawdesk.firm import Actor
from lawdesk.kernel.errors import UserError
from tests.cases.opening import CODE, DAY, a_case, cleared, company, opened, person
from tests.offices import Firm

THREE = ("（2024）民字第001号", "（2025）刑字第001号", "（2025）民字第001号")


@pytest.fixture
def busy(office: Firm) -> Firm:
    """Three cases: an older civil one, closed; a criminal one; a civil one with an appeal."""
    desk = office.office.cases
    lake = company("晨湖示例科技有限公司", code=CODE)
    old = opened(office, lake, company("维砚电气有限公司", Side.ADVERSE), day=date(2024, 3, 1))
    desk.close_case(office.lawyer, old.case_id, date(2025, 3, 1))
    draft = replace(
        a_case(office, person("潘泽才"), kind="criminal"), cause="诈骗罪", lead=office.director.person_id
    )
    desk.open_case(office.lawyer, draft, cleared(office, draft))
    civil = opened(office)
    desk.add_proceeding(
        office.lawyer, civil.case_id, ProceedingDraft("civil-second", "青岚市中级人民法院", "（2026）岚03民终12号")
    )
    return office


def numbers(firm: Firm, chosen: CaseFilter, **page: object) -> list[str]:
    rows = firm.office.cases.queries.list_cases(firm.lawyer, chosen, **page)  # type: ignore[arg-type]
    return [row.number for row in rows]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (CaseFilter(), {0, 1, 2}),
        (CaseFilter(status=CaseStatus.CLOSED), {0}),
        (CaseFilter(status=CaseStatus.OPEN), {1, 2}),
        (CaseFilter(kind="criminal"), {1}),
        (CaseFilter(words="诈骗"), {1}),
        (CaseFilter(words="维砚"), {0}),
        (CaseFilter(words="民终12"), {2}),
        (CaseFilter(words="(2026)岚03民终12号"), {2}),
        (CaseFilter(words="(2025)刑字第001号"), {1}),
        (CaseFilter(words="晨湖 买卖"), {0}),
        (CaseFilter(words="晨湖 诈骗"), set()),
        (CaseFilter(words="%"), set()),
        (CaseFilter(words="_"), set()),
    ],
    ids=str,
)
def test_the_list_is_narrowed_as_asked(busy: Firm, chosen: CaseFilter, found: set[int]) -> None:
    assert set(numbers(busy, chosen)) == {THREE[place] for place in found}
    assert busy.office.cases.queries.count_cases(busy.lawyer, chosen) == len(found)


def test_my_cases_are_those_of_my_teams(busy: Firm) -> None:
    assert set(numbers(busy, CaseFilter(person_id=busy.lawyer.person_id))) == {THREE[0], THREE[2]}
    assert numbers(busy, CaseFilter(person_id=busy.director.person_id)) == [THREE[1]]


def test_pages_cover_every_case_once_in_any_order(busy: Firm) -> None:
    for sort in ("received", "number", "title", "lead", "no such order"):
        pages = [numbers(busy, CaseFilter(), sort=sort, offset=at, limit=1) for at in range(4)]
        assert sorted(number for page in pages for number in page) == sorted(THREE)
        assert pages[3] == []
    assert numbers(busy, CaseFilter())[-1] == THREE[0]  # newest intake first


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (THREE[1], 1),
        ("(2025)刑字第001号", 1),
        (" （2025）刑字第001号 ", 1),
        ("（2026）岚03民终12号", 2),
        ("(2026)岚03民终12号", 2),
        ("栩岳建设诉砚溪置业", 2),
        ("潘泽才", 1),
        ("第001号", None),  # three fit
        ("没有这个案件", None),
        ("", None),
        ("  ", None),
        ("%", None),
    ],
)
def test_a_case_is_found_by_whatever_names_it(busy: Firm, words: str, place: int | None) -> None:
    queries = busy.office.cases.queries
    found = queries.find_case(busy.lawyer, words)
    assert (queries.case(busy.lawyer, found).number if found else None) == (
        None if place is None else THREE[place]
    )


def test_a_whole_title_wins_over_longer_ones(busy: Firm) -> None:
    longer = replace(a_case(busy), title="栩岳建设诉砚溪置业（反诉）")
    busy.office.cases.open_case(busy.lawyer, longer, cleared(busy, longer))
    queries = busy.office.cases.queries
    found = queries.find_case(busy.lawyer, "栩岳建设诉砚溪置业")
    assert found is not None
    assert queries.case(busy.lawyer, found).number == THREE[2]


def test_capitals_make_no_difference_on_either_engine(office: Firm) -> None:
    opened(office, company("Lakeside Example GmbH"))
    assert len(numbers(office, CaseFilter(words="lakeside example"))) == 1
    assert [row.name for row in office.office.cases.queries.list_parties(office.lawyer, "LAKESIDE")] == [
        "Lakeside Example GmbH"
    ]


@pytest.mark.parametrize(
    "words", ["晨湖", "chenhu", "chenhushili", "chslkj", "ch", "CHENHU", "（2024）民字第001号"]
)
def test_the_palette_finds_by_characters_pinyin_and_initials(busy: Firm, words: str) -> None:
    queries = busy.office.cases.queries
    cases = [row.title for row in queries.find(busy.lawyer, words, "case")]
    assert cases == ["晨湖示例科技诉维砚电气"]
    if not words.startswith("（"):
        parties = [row.title for row in queries.find(busy.lawyer, words, "party")]
        assert parties == ["晨湖示例科技有限公司"]
    assert queries.find(busy.lawyer, "zzzz", "case") == []
    assert queries.find(busy.lawyer, "%", "party") == []


def test_the_history_tells_who_did_what_newest_first(busy: Firm) -> None:
    desk = busy.office.cases
    case_id = desk.queries.find_case(busy.lawyer, THREE[2])
    assert case_id is not None
    case = desk.queries.case(busy.lawyer, case_id)
    lead = busy.lawyer.person_id or 0
    change = CaseChange("甲诉乙", "买卖合同纠纷", case.stage, None, FeeMode.UNKNOWN, None, None, lead, ())
    desk.change_case(busy.director, case_id, change, seen=case.version)
    history = [(row.actor, row.action, row.subject) for row in desk.queries.history(busy.lawyer, case_id)]
    assert history == [
        ("秦望舒", "case.change", "case"),
        ("顾知行", "proceeding.add", "proceeding"),
        ("顾知行", "case.open", "case"),
    ]


def test_a_party_knows_the_cases_it_stands_in(busy: Firm) -> None:
    queries = busy.office.cases.queries
    (party,) = queries.list_parties(busy.lawyer, "维砚")
    (row,) = queries.cases_of_party(busy.lawyer, party.id)
    assert (row.number, row.side, row.status) == (THREE[0], "adverse", CaseStatus.CLOSED)
    assert queries.used_causes(busy.lawyer) == ["买卖合同纠纷", "诈骗罪"]


LOOK_UPS: dict[str, Callable[[CaseService, Actor], object]] = {
    "list_cases": lambda desk, actor: desk.queries.list_cases(actor),
    "count_cases": lambda desk, actor: desk.queries.count_cases(actor),
    "find_case": lambda desk, actor: desk.queries.find_case(actor, THREE[0]),
    "list_parties": lambda desk, actor: desk.queries.list_parties(actor),
    "count_parties": lambda desk, actor: desk.queries.count_parties(actor),
    "list_enquiries": lambda desk, actor: desk.queries.list_enquiries(actor),
    "find case": lambda desk, actor: desk.queries.find(actor, "晨湖", "case"),
    "find party": lambda desk, actor: desk.queries.find(actor, "晨湖", "party"),
    "history": lambda desk, actor: desk.queries.history(actor, 1),
    "cases_of_party": lambda desk, actor: desk.queries.cases_of_party(actor, 1),
    "used_causes": lambda desk, actor: desk.queries.used_causes(actor),
    "case": lambda desk, actor: desk.queries.case(actor, 1),
    "party": lambda desk, actor: desk.queries.party(actor, 1),
    "known_counts": lambda desk, actor: desk.queries.known_counts(actor),
    "known_standings": lambda desk, actor: desk.queries.known_standings(actor, [1]),
    "load_draft": lambda desk, actor: desk.load_draft(actor, "new-case"),
}

RARE: dict[str, Callable[[CaseService, Actor], object]] = {
    "twins": lambda desk, actor: desk.queries.twins(actor, 1),
    "merges": lambda desk, actor: desk.queries.merges(actor, 1),
    "find_party": lambda desk, actor: desk.queries.find_party(actor, "晨湖"),
    "declared": lambda desk, actor: desk.queries.declared(actor, 1),
    "known_since": lambda desk, actor: desk.queries.known_since(actor, [1]),
    "known_former": lambda desk, actor: desk.queries.known_former(actor, [1]),
    "known_members": lambda desk, actor: desk.queries.known_members(actor),
    "known_open_cases": lambda desk, actor: desk.queries.known_open_cases(actor),
    "known_relations": lambda desk, actor: desk.queries.known_relations(actor, [1]).parties,
}
"""Look-ups that may have nothing to say about the office of these tests; their own tests see them answer."""


@pytest.mark.parametrize("look_up", RARE)
def test_nor_by_the_look_ups_about_doubles_relations_and_members(busy: Firm, look_up: str) -> None:
    gone = replace(busy.lawyer, active=False)
    RARE[look_up](busy.office.cases, busy.lawyer)
    try:
        seen = RARE[look_up](busy.office.cases, gone)
    except UserError:
        return
    assert not seen


@pytest.mark.parametrize("look_up", LOOK_UPS)
def test_who_left_the_firm_sees_nothing(busy: Firm, look_up: str) -> None:
    desk = busy.office.cases
    desk.take_enquiry(busy.lawyer, EnquiryDraft("货款", DAY, ((Side.CLIENT, company("晨湖").party),)))
    desk.save_draft(busy.lawyer, "new-case", {"cause": "借款"})
    assert LOOK_UPS[look_up](desk, busy.lawyer)
    gone = replace(busy.lawyer, active=False)
    try:
        seen = LOOK_UPS[look_up](desk, gone)
    except UserError:
        return
    assert not seen


def test_every_look_up_is_tried() -> None:
    public = {name for name in dir(CaseService(None).queries) if not name.startswith("_")}  # type: ignore[arg-type]
    assert public - {name.split(" ")[0] for name in (*LOOK_UPS, *RARE)} == set()


def test_who_left_the_firm_does_nothing(busy: Firm) -> None:
    gone = replace(busy.lawyer, active=False)
    draft = a_case(busy)
    stamp = busy.office.database.state_stamp()
    for deed in (
        lambda desk: desk.open_case(gone, draft, cleared(busy, draft)),
        lambda desk: desk.add_party(gone, draft.parties[0].party),
        lambda desk: desk.close_case(gone, 1, DAY),
        lambda desk: desk.reopen_case(gone, 1),
        lambda desk: desk.take_enquiry(gone, EnquiryDraft("", DAY, ((Side.CLIENT, draft.parties[0].party),))),
        lambda desk: desk.save_draft(gone, "new-case", {}),
    ):
        with pytest.raises(UserError) as refused:
            deed(busy.office.cases)
        assert refused.value.code == "not_allowed"
    assert busy.office.database.state_stamp() == stamp
