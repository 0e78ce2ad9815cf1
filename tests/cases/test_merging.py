"""Two entries of one party become one, with everything that hangs on them, and two again."""

from __future__ import annotations

import pytest

from lawdesk.cases import NameKind, PartyDraft, PartyKind, RelationDraft, RelationKind
from lawdesk.cases.rules import Side
from lawdesk.cases.service import EnquiryDraft
from lawdesk.kernel.errors import Refused, UserError
from tests.cases.opening import CODE, OTHER_CODE, company, opened
from tests.offices import Firm

NAME, SHORT = "晨湖（上海）数据有限公司", "晨湖数据"


def add(firm: Firm, name: str, code: str = "", **more: str) -> int:
    numbers = (("uscc", code),) if code else ()
    draft = PartyDraft(name, PartyKind.ORGANIZATION, identifiers=numbers, **more)  # type: ignore[arg-type]
    return firm.office.cases.add_party(firm.director, draft)


def snapshot(firm: Firm, *parties: int) -> list[object]:
    queries = firm.office.cases.queries
    found: list[object] = []
    for party in parties:
        detail = queries.party(firm.director, party)
        found.append(
            (
                detail.name, detail.phone, detail.address, set(detail.names), set(detail.identifiers),
                set(detail.relations), set(detail.stands_to),
                [row.case_id for row in queries.cases_of_party(firm.director, party)],
            )
        )  # fmt: skip
    found.append(sorted(row.parties for row in queries.list_enquiries(firm.director, status=None)))
    return found


@pytest.fixture
def twice(office: Firm) -> tuple[Firm, int, int]:
    """One company entered twice, each with a case, relations, an enquiry; and what both are tied to."""
    opened(office, company(NAME, code=CODE))
    cases = office.office.cases
    keep = cases.queries.list_parties(office.director, NAME)[0].id
    opened(office, company(SHORT))
    gone = cases.queries.list_parties(office.director, SHORT)[0].id
    assert keep != gone
    cases.add_name(office.director, gone, NameKind.FORMER, "老晨湖软件有限公司")
    head = cases.add_party(office.director, PartyDraft("郁长风", PartyKind.PERSON))
    for end in (keep, gone):
        cases.add_relation(office.director, RelationDraft(head, end, RelationKind.LEGAL_REPRESENTATIVE))
    cases.add_relation(office.director, RelationDraft(gone, keep, RelationKind.OTHER))
    daughter = add(office, "晨湖云有限公司")
    cases.add_relation(office.director, RelationDraft(gone, daughter, RelationKind.PARENT))
    day = office.office.clock.today()
    cases.take_enquiry(
        office.director, EnquiryDraft("电话", day, ((Side.CLIENT, PartyDraft(SHORT, PartyKind.ORGANIZATION)),))
    )
    return office, keep, gone


def test_everything_of_both_belongs_to_the_one_that_stays(twice: tuple[Firm, int, int]) -> None:
    firm, keep, gone = twice
    cases = firm.office.cases
    cases.merge_parties(firm.director, keep, gone)
    detail = cases.queries.party(firm.director, keep)
    assert {name for _kind, name in detail.names} == {NAME, SHORT, "老晨湖软件有限公司"}
    assert ("registered", NAME) in detail.names
    assert [name for _kind, _id, name, _share in detail.relations] == ["郁长风"]
    assert [name for _kind, _id, name, _share in detail.stands_to] == ["晨湖云有限公司"]
    assert len(cases.queries.cases_of_party(firm.director, keep)) == 2
    assert cases.queries.list_enquiries(firm.director)[0].parties == (("client", NAME),)
    with pytest.raises(UserError):
        cases.queries.party(firm.director, gone)
    assert [row.title for row in cases.queries.find(firm.director, SHORT, "party")]
    assert {row.subject_id for row in cases.queries.find(firm.director, SHORT, "party")} == {keep}


def test_the_way_back_leads_to_where_it_began(twice: tuple[Firm, int, int]) -> None:
    firm, keep, gone = twice
    before = snapshot(firm, keep, gone)
    merge = firm.office.cases.merge_parties(firm.director, keep, gone)
    [row] = firm.office.cases.queries.merges(firm.director, keep)
    assert (row.id, row.gone_name) == (merge, SHORT)
    assert firm.office.cases.unmerge_parties(firm.director, merge) == gone
    assert snapshot(firm, keep, gone) == before
    assert firm.office.cases.queries.merges(firm.director, keep) == []
    with pytest.raises(UserError):
        firm.office.cases.unmerge_parties(firm.director, merge)
    new = add(firm, "新来的有限公司")  # ids go on after one that came back
    assert new > gone


def test_what_was_added_after_the_merge_stays(twice: tuple[Firm, int, int]) -> None:
    firm, keep, gone = twice
    cases = firm.office.cases
    merge = cases.merge_parties(firm.director, keep, gone)
    cases.add_name(firm.director, keep, NameKind.SHORT, "晨湖")
    seen = cases.queries.party(firm.director, keep).version
    cases.change_party(firm.director, keep, seen=seen, name=NAME, phone="021-1", address="", note="")
    cases.unmerge_parties(firm.director, merge)
    kept = cases.queries.party(firm.director, keep)
    assert ("short", "晨湖") in kept.names
    assert kept.phone == "021-1"
    assert {name for _kind, name in cases.queries.party(firm.director, gone).names} == {
        SHORT,
        "老晨湖软件有限公司",
    }


def test_what_is_surely_two_is_not_merged(office: Firm) -> None:
    cases = office.office.cases
    one, other = add(office, "红星合作社", CODE), add(office, "红星合作社", OTHER_CODE)
    with pytest.raises(Refused) as refused:
        cases.merge_parties(office.director, one, other)
    assert [problem.code for problem in refused.value.problems] == ["merge.numbers"]
    with pytest.raises(Refused):
        cases.merge_parties(office.director, one, one)
    with pytest.raises(UserError):
        cases.merge_parties(office.director, one, 999_999)


def test_likely_doubles_are_offered(office: Firm) -> None:
    cases = office.office.cases
    one, same_name = add(office, "红星合作社", CODE), add(office, "红星合作社")
    add(office, "红云合作社")
    person_id = cases.add_party(office.director, PartyDraft("红星", PartyKind.PERSON))
    assert [row.id for row in cases.queries.twins(office.director, one)] == [same_name]
    assert cases.queries.twins(office.director, person_id) == []


def test_merges_can_be_undone_in_turn(office: Firm) -> None:
    cases = office.office.cases
    one, two, three = (add(office, name) for name in ("甲原有限公司", "乙原有限公司", "丙原有限公司"))
    first = cases.merge_parties(office.director, two, three)
    second = cases.merge_parties(office.director, one, two)
    with pytest.raises(UserError) as later:
        cases.unmerge_parties(office.director, first)
    assert later.value.code == "merge.later"
    cases.unmerge_parties(office.director, second)
    cases.unmerge_parties(office.director, first)
    assert {cases.queries.party(office.director, party).name for party in (one, two, three)} == {
        "甲原有限公司",
        "乙原有限公司",
        "丙原有限公司",
    }


def test_numbers_of_rows_given_out_again_do_not_bar_the_way_back(twice: tuple[Firm, int, int]) -> None:
    """SQLite reuses the number of the row deleted last."""
    firm, keep, gone = twice
    cases = firm.office.cases
    merge = cases.merge_parties(firm.director, keep, gone)
    one, other = add(firm, "新甲有限公司"), add(firm, "新乙有限公司")
    cases.add_relation(firm.director, RelationDraft(one, other, RelationKind.OTHER))
    assert gone not in (one, other)
    cases.unmerge_parties(firm.director, merge)
    assert cases.queries.party(firm.director, gone).name == SHORT
    assert len(cases.queries.party(firm.director, keep).relations) == 2


def test_who_still_knows_the_number_of_the_one_that_went_means_the_one_that_stays(
    twice: tuple[Firm, int, int],
) -> None:
    firm, keep, gone = twice
    cases = firm.office.cases
    cases.merge_parties(firm.director, keep, gone)
    cases.add_name(firm.director, gone, NameKind.SHORT, "晨湖")
    other = add(firm, "新甲有限公司")
    cases.add_relation(firm.director, RelationDraft(other, gone, RelationKind.GUARANTOR))
    detail = cases.queries.party(firm.director, keep)
    assert ("short", "晨湖") in detail.names
    assert other in {party for _kind, party, _name, _share in detail.relations}
    with pytest.raises(UserError):
        cases.merge_parties(firm.director, other, gone)
    assert SHORT not in {row.name for row in cases.queries.list_parties(firm.director)}
