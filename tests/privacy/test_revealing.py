"""Masked by default; whole only with a reason, and on record without the value."""

from __future__ import annotations

import json

import pytest

from lawdesk.cases import EnquiryDraft, PartyDraft, PartyKind, Side
from lawdesk.cases.rules.revealing import Masked, Purpose
from lawdesk.firm import Actor, Role
from lawdesk.kernel.errors import UserError
from tests.offices import DAY
from tests.privacy.conftest import ADDRESS, NUMBER, PHONE, Desk, rows


@pytest.mark.parametrize(
    ("what", "value"), [(Masked.IDENTIFIER, NUMBER), (Masked.PHONE, PHONE), (Masked.ADDRESS, ADDRESS)]
)
def test_who_whose_what_and_why_are_kept_and_the_value_is_not(both: Desk, what: Masked, value: str) -> None:
    party = both.person()
    assert both.firm.office.cases.reveal(both.lawyer, party, what, Purpose.PAPER) == value
    actor, subject, number, detail = rows(
        both, "SELECT actor_id, subject, subject_id, detail FROM audit_record WHERE action = 'personal.reveal'"
    )[0]
    assert (actor, subject, number) == (both.lawyer.person_id, "party", party)
    assert json.loads(detail) == {"what": what.value, "why": "paper"} and value not in detail


def test_the_telephone_of_an_enquiry_too(desk: Desk) -> None:
    parties = ((Side.CLIENT, PartyDraft("祁晚舟", PartyKind.PERSON)),)
    enquiry = desk.firm.office.cases.take_enquiry(desk.lawyer, EnquiryDraft("借款", DAY, parties, PHONE))
    assert desk.firm.office.cases.reveal_enquiry(desk.lawyer, enquiry, Purpose.CONTACT) == PHONE
    assert rows(desk, "SELECT subject FROM audit_record WHERE action = 'personal.reveal'") == [("enquiry",)]


def test_a_reader_does_not_see_it_and_nothing_is_not_shown(desk: Desk) -> None:
    party = desk.person(phone="")
    reader = desk.firm.office.firm.add_person(desk.director, name="查账", login="cha", role=Role.AUDITOR)
    with pytest.raises(UserError) as caught:
        desk.firm.office.cases.reveal(
            Actor(reader, "查账", "cha", Role.AUDITOR), party, Masked.IDENTIFIER, Purpose.VERIFY
        )
    assert caught.value.code == "not_allowed"
    for what, place in ((Masked.PHONE, 0), (Masked.IDENTIFIER, 3), (Masked.IDENTIFIER, -1)):
        with pytest.raises(UserError) as nothing:
            desk.firm.office.cases.reveal(desk.lawyer, party, what, Purpose.VERIFY, place=place)
        assert nothing.value.code == "reveal.nothing"
    assert rows(desk, "SELECT count(*) FROM audit_record WHERE action = 'personal.reveal'")[0][0] == 0


def test_a_form_takes_over_what_it_lacks_on_record_and_works_without_the_right(both: Desk) -> None:
    party, cases = both.person(), both.firm.office.cases
    wanted = {Masked.IDENTIFIER, Masked.PHONE}
    taken = cases.reveal_for_entry(both.lawyer, party, wanted)
    assert taken == {Masked.IDENTIFIER: NUMBER, Masked.PHONE: PHONE}
    kept = rows(both, "SELECT detail FROM audit_record WHERE action = 'personal.reveal' ORDER BY id")
    assert [json.loads(row[0]) for row in kept] == [
        {"what": "identifier", "why": "entry"},
        {"what": "phone", "why": "entry"},
    ]
    assert cases.reveal_for_entry(both.lawyer, 4711, wanted) == {}
    both.firm.office.firm.set_right(both.director, Role.LAWYER, "personal.reveal", granted=False)
    without = both.firm.office.firm.queries.actor_by_login("gu")
    assert cases.reveal_for_entry(without, party, wanted) == {}


def test_what_was_seen_masked_is_kept_when_the_rest_changes(both: Desk) -> None:
    party, cases = both.person(), both.firm.office.cases
    seen = cases.queries.party(both.lawyer, party)
    assert (seen.phone, seen.identifiers) == ("139****5678", (("id-card", "1101**********002X"),))
    cases.change_party(both.lawyer, party, seen=seen.version, name=seen.name, note="只在上午接电话")
    assert rows(both, "SELECT phone, address, note FROM party") == [(PHONE, ADDRESS, "只在上午接电话")]
    cases.change_party(both.lawyer, party, seen=seen.version + 1, name=seen.name, note="", phone="")
    assert rows(both, "SELECT phone, address FROM party") == [("", ADDRESS)]


def test_an_enquiry_is_found_by_its_whole_telephone_only(both: Desk) -> None:
    both.enquiry(status="open")

    def found(words: str) -> int:
        return len(both.firm.office.cases.queries.list_enquiries(both.lawyer, words=words))

    assert [found(words) for words in (PHONE, f"郦栖梧 {PHONE[4:]}", "借款", "还一半")] == [1, 1, 1, 1]
    assert [found(words) for words in ("139", PHONE[:6], "5678", "4711", "13912345679")] == [0, 0, 0, 0, 0]
