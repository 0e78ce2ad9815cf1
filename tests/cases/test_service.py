"""What lawyers rely on when a case opens: its clearance, its number, the draft, the enquiry."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from lawdesk.cases import (
    CaseFilter,
    CasePartyDraft,
    Clearance,
    ClearanceResult,
    EnquiryDraft,
    PartyDraft,
    PartyKind,
    ProceedingDraft,
    Side,
)
from lawdesk.cases.rules.revealing import Masked, Purpose
from lawdesk.kernel.clock import FixedClock
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.office import open_office
from tests.cases.opening import (
    CODE,
    DAY,
    a_case,
    cleared,
    codes,
    company,
    nothing_stored,
    opened,
    person,
)
from tests.offices import PASSPHRASE, START, Firm


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda c: replace(c, names=c.names[:1]), "clearance.names"),
        (lambda c: replace(c, names=()), "clearance.names"),
        (lambda c: replace(c, result=ClearanceResult.NOT_CHECKED), "clearance.not_checked"),
        (lambda c: replace(c, result=ClearanceResult.REFUSED), "clearance.refused"),
        (lambda c: replace(c, result=ClearanceResult.TAKEN_OVER), "clearance.taken_over"),
    ],
    ids=["other side not searched", "nobody searched", "not checked", "refused", "for old cases only"],
)
def test_no_case_opens_without_its_clearance(
    office: Firm, spoil: Callable[[Clearance], Clearance], code: str
) -> None:
    draft = a_case(office)
    stamp = office.office.database.state_stamp()
    with pytest.raises(Refused) as refused:
        office.office.cases.open_case(office.lawyer, draft, spoil(cleared(office, draft)))
    assert codes(refused) == {code}
    assert nothing_stored(office)
    assert office.office.database.state_stamp() == stamp


@pytest.mark.parametrize("result", [ClearanceResult.CLEAR, ClearanceResult.NOTED, ClearanceResult.WAIVED])
def test_a_case_keeps_the_clearance_it_opened_on(office: Firm, result: ClearanceResult) -> None:
    draft = a_case(office)
    made = office.office.cases.open_case(office.lawyer, draft, cleared(office, draft, result))
    (kept,) = office.office.cases.queries.case(office.lawyer, made.case_id).clearances
    assert (kept.result, kept.decided_by, kept.decided_at) == (result.value, "秦望舒", START)
    assert "砚溪置业有限公司" in kept.content


def test_a_party_joins_an_open_case_only_when_it_was_checked(office: Firm) -> None:
    made = opened(office)
    joins = company("晨湖示例科技有限公司", Side.THIRD)
    desk = office.office.cases
    with pytest.raises(Refused) as refused:
        desk.add_party_to_case(office.lawyer, made.case_id, joins, cleared(office, a_case(office)))
    assert codes(refused) == {"clearance.names"}
    checked = cleared(office, a_case(office, joins))
    with pytest.raises(Refused) as refused:
        taken_over = replace(checked, result=ClearanceResult.TAKEN_OVER)
        desk.add_party_to_case(office.lawyer, made.case_id, joins, taken_over)
    assert codes(refused) == {"clearance.taken_over"}
    desk.add_party_to_case(office.lawyer, made.case_id, joins, checked)
    case = desk.queries.case(office.lawyer, made.case_id)
    assert [(row.name, row.standing) for row in case.parties][-1] == ("晨湖示例科技有限公司", "第三人")
    assert len(case.clearances) == 2


def test_who_joins_with_a_wrong_number_or_on_both_sides_is_refused(office: Firm) -> None:
    made = opened(office)
    desk = office.office.cases
    wrong = company("晨湖示例科技有限公司", Side.THIRD, code="91110000802100433C")
    turncoat = company("砚溪置业有限公司", Side.CLIENT)
    for joins, code in ((wrong, "uscc_check"), (turncoat, "case.both_sides")):
        with pytest.raises(Refused) as refused:
            desk.add_party_to_case(office.lawyer, made.case_id, joins, cleared(office, a_case(office, joins)))
        assert codes(refused) == {code}
    assert len(desk.queries.case(office.lawyer, made.case_id).parties) == 2


def test_every_fault_of_a_draft_is_named_at_once_and_nothing_is_stored(office: Firm) -> None:
    draft = replace(
        a_case(office, person("张伟"), person("张伟", Side.ADVERSE)),
        kind="sorcery",
        cause=" ",
        lead=None,
        received_on=DAY + timedelta(days=40),
        amount_fen=-1,
        fee_bp=10_001,
        proceeding=ProceedingDraft("ordeal"),
    )
    with pytest.raises(Refused) as refused:
        office.office.cases.open_case(office.lawyer, draft, cleared(office, draft))
    assert codes(refused) == {
        "case.kind",
        "case.cause",
        "case.lead",
        "case.future",
        "case.money",
        "case.percent",
        "case.proceeding",
        "case.both_sides",
    }
    assert nothing_stored(office)


def test_one_party_on_both_sides_is_refused_also_when_its_two_names_hide_it(office: Firm) -> None:
    brackets = a_case(office, company("晨湖（上海）有限公司"), company("晨湖(上海)有限公司", Side.ADVERSE))
    number = a_case(office, company("甲有限公司", code=CODE), company("乙有限公司", Side.ADVERSE, code=CODE))
    for draft in (brackets, number):
        with pytest.raises(Refused) as refused:
            office.office.cases.open_case(office.lawyer, draft, cleared(office, draft))
        assert codes(refused) == {"case.both_sides"}
    assert nothing_stored(office)


def test_who_is_not_in_the_firm_leads_no_case(office: Firm) -> None:
    draft = replace(a_case(office), lead=4711)
    with pytest.raises(UserError) as refused:
        office.office.cases.open_case(office.lawyer, draft, cleared(office, draft))
    assert refused.value.code == "person.unknown"
    assert nothing_stored(office)


def test_numbers_run_per_year_and_kind_without_gaps(office: Firm) -> None:
    def number(kind: str = "civil", day: date = DAY) -> str:
        return opened(office, kind=kind, day=day).number

    assert [number(), number()] == ["（2025）民字第001号", "（2025）民字第002号"]
    assert number("criminal") == "（2025）刑字第001号"
    assert number(day=date(2024, 12, 31)) == "（2024）民字第001号"
    broken = replace(a_case(office), lead=4711)
    with pytest.raises(UserError):
        office.office.cases.open_case(office.lawyer, broken, cleared(office, broken))
    assert number() == "（2025）民字第003号"  # a case that did not open used no number


def test_numbers_follow_the_firms_own_pattern_and_step_over_taken_ones(office: Firm) -> None:
    office.office.firm.set_setting(office.director, "case_number_pattern", "HL-{serial:04}")
    draft = replace(a_case(office), number="HL-0002")
    office.office.cases.open_case(office.lawyer, draft, cleared(office, draft))
    assert [opened(office).number, opened(office, kind="criminal").number] == ["HL-0001", "HL-0003"]
    with pytest.raises(Refused) as refused:
        office.office.cases.open_case(office.lawyer, draft, cleared(office, draft))
    assert codes(refused) == {"case.number_taken"}


def test_two_seats_opening_cases_at_once_share_no_number(office: Firm) -> None:
    other = open_office(office.place, passphrase=PASSPHRASE, clock=FixedClock(START))
    draft = a_case(office)

    def open_many(seat: int) -> list[str]:
        desk = (office.office, other)[seat % 2]
        return [desk.cases.open_case(office.lawyer, draft, cleared(office, draft)).number for _ in range(5)]

    try:
        with ThreadPoolExecutor(4) as pool:
            numbers = [number for some in pool.map(open_many, range(4)) for number in some]
    finally:
        other.close()
    assert sorted(numbers) == [f"（2025）民字第{serial:03}号" for serial in range(1, 21)]


def test_what_was_typed_is_there_when_the_office_opens_again(office: Firm) -> None:
    content = {"cause": "买卖合同纠纷", "parties": [{"name": "刘𬀩"}]}
    office.office.cases.save_draft(office.lawyer, "new-case", content)
    again = open_office(office.place, passphrase=PASSPHRASE, clock=FixedClock(START))
    try:
        assert again.cases.load_draft(office.lawyer, "new-case") == content
        assert again.cases.load_draft(office.director, "new-case") is None  # everybody has their own
    finally:
        again.close()
    opened(office)
    assert office.office.cases.load_draft(office.lawyer, "new-case") is None  # the case is open: nothing is left


def test_an_enquiry_becomes_the_case_it_led_to(office: Firm) -> None:
    caller = PartyDraft("晨湖示例科技有限公司", PartyKind.ORGANIZATION, phone="021-0000 0000")
    other = PartyDraft("维砚示例电气有限公司", PartyKind.ORGANIZATION)
    desk = office.office.cases
    with pytest.raises(Refused):
        desk.take_enquiry(office.lawyer, EnquiryDraft("咨询", DAY, ()))
    enquiry = desk.take_enquiry(
        office.lawyer, EnquiryDraft("货款", DAY, ((Side.CLIENT, caller), (Side.ADVERSE, other)))
    )
    (row,) = desk.queries.list_enquiries(office.lawyer)
    assert (row.id, row.status, row.parties) == (
        enquiry,
        "open",
        (("client", "晨湖示例科技有限公司"), ("adverse", "维砚示例电气有限公司")),
    )
    draft = a_case(office, company(caller.name), company(other.name, Side.ADVERSE))
    made = desk.open_case(office.lawyer, draft, cleared(office, draft), enquiry_id=enquiry)
    assert desk.queries.list_enquiries(office.lawyer) == []
    (row,) = desk.queries.list_enquiries(office.lawyer, status=None)
    assert (row.status, row.case_id) == ("converted", made.case_id)
    assert desk.queries.count_parties(office.lawyer) == 2  # the parties of the call, not new ones
    with pytest.raises(UserError):
        desk.open_case(office.lawyer, draft, cleared(office, draft), enquiry_id=4711)
    assert desk.queries.count_cases(office.lawyer, CaseFilter()) == 1


def test_a_person_who_called_is_the_person_of_the_case(office: Firm) -> None:
    desk = office.office.cases
    caller = PartyDraft("张伟", PartyKind.PERSON, phone="13900000000")
    enquiry = desk.take_enquiry(office.lawyer, EnquiryDraft("借款", DAY, ((Side.CLIENT, caller),)))
    known = CasePartyDraft(PartyDraft("张伟", PartyKind.PERSON, address="望江路 1 号"), Side.CLIENT.value)
    draft = a_case(office, known)
    desk.open_case(office.lawyer, draft, cleared(office, draft), enquiry_id=enquiry)
    (row,) = desk.queries.list_parties(office.lawyer)
    party = desk.queries.party(office.lawyer, row.id)
    assert (party.phone, party.address, row.cases) == ("139****0000", "望江路****", 1)
    shown = [desk.reveal(office.lawyer, row.id, one, Purpose.VERIFY) for one in (Masked.PHONE, Masked.ADDRESS)]
    assert shown == ["13900000000", "望江路 1 号"]
