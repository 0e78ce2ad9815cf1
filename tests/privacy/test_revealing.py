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
    for what, place in ((Masked.PHONE, 0), (Masked.IDENTIFIER, 3)):
        with pytest.raises(UserError) as nothing:
            desk.firm.office.cases.reveal(desk.lawyer, party, what, Purpose.VERIFY, place=place)
        assert nothing.value.code == "reveal.nothing"
    assert rows(desk, "SELECT count(*) FROM audit_record WHERE action = 'personal.reveal'")[0][0] == 0
