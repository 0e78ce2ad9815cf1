"""Passphrases of people's own: who opens, who acts, who is kept out, and the ways back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lawdesk.firm import Actor, Role
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.office import Office, open_office
from lawdesk.safekeeping.signing_in import TRIES, WITHIN
from lawdesk.storage import keys
from lawdesk.storage.audit import AuditRecord
from tests.offices import PASSPHRASE, Firm

OWN, OTHER = "绿肥红瘦-4402", "一川烟草 满城风絮"


def protect(firm: Firm, who: Actor, words: str = OWN) -> None:
    firm.office.sign_ins.set_own(who, PASSPHRASE, words)


def reopened(firm: Firm, passphrase: str | None = None, code: str | None = None, login: str = "") -> Office:
    firm.office.close()
    return open_office(
        firm.place, passphrase=passphrase, recovery_code=code, use_keyring=False, clock=firm.clock, login=login
    )


def actions(office: Office) -> list[tuple[str, int | None]]:
    from sqlmodel import col, select

    with office.database.read() as session:
        rows = session.exec(select(AuditRecord).order_by(col(AuditRecord.id)))
        return [(row.action, row.actor_id) for row in rows]


def test_who_opens_with_their_own_passphrase_is_the_one_who_acts(office: Firm) -> None:
    protect(office, office.lawyer)
    again = reopened(office, OWN)
    assert again.sign_ins.opener() == "gu"
    assert again.sign_ins.actor() == office.lawyer
    assert again.cases.queries.count_cases(again.sign_ins.actor()) == 0
    again.close()


def test_nobody_becomes_somebody_who_has_a_passphrase_without_it(office: Firm) -> None:
    protect(office, office.lawyer)
    sign_ins = office.office.sign_ins
    with pytest.raises(UserError, match=r"signin\.needed"):
        sign_ins.actor("gu")
    with pytest.raises(UserError, match=r"key\.wrong_passphrase"):
        sign_ins.actor("gu", PASSPHRASE)  # the office's own does not make one that person
    assert sign_ins.actor("gu", OWN) == office.lawyer
    assert ("session.failed", office.lawyer.person_id) in actions(office.office)


def test_offices_without_own_passphrases_work_as_ever(office: Firm) -> None:
    assert office.office.sign_ins.actor() == office.director
    assert office.office.sign_ins.actor("gu") == office.lawyer
    again = reopened(office, PASSPHRASE)
    assert again.sign_ins.opener() is None and again.sign_ins.actor() == office.director
    again.close()


def test_after_five_wrong_tries_one_has_to_wait_at_every_seat(office: Firm) -> None:
    protect(office, office.lawyer)
    sign_ins = office.office.sign_ins
    for _try in range(TRIES):
        with pytest.raises(UserError, match=r"key\.wrong_passphrase"):
            sign_ins.actor("gu", "wrong horse")
    with pytest.raises(UserError, match=r"signin\.wait"):
        sign_ins.actor("gu", OWN)
    office.clock.advance(WITHIN + timedelta(seconds=1))
    assert sign_ins.actor("gu", OWN) == office.lawyer


def test_own_passphrases_are_changed_given_up_and_never_short(office: Firm) -> None:
    sign_ins = office.office.sign_ins
    with pytest.raises(UserError, match=r"key\.wrong_passphrase"):
        sign_ins.set_own(office.lawyer, "wrong horse", OWN)
    with pytest.raises(Refused):
        sign_ins.set_own(office.lawyer, PASSPHRASE, "short")
    protect(office, office.lawyer)
    with pytest.raises(UserError, match=r"key\.wrong_passphrase"):
        sign_ins.set_own(office.lawyer, PASSPHRASE, OTHER)  # now the own one is asked for
    sign_ins.set_own(office.lawyer, OWN, OTHER)
    assert sign_ins.actor("gu", OTHER) == office.lawyer
    sign_ins.drop_own(office.lawyer, OTHER)
    assert not sign_ins.protected("gu") and sign_ins.actor("gu") == office.lawyer


def test_the_director_takes_back_a_forgotten_passphrase_and_nobody_else_does(office: Firm) -> None:
    protect(office, office.lawyer)
    number = office.lawyer.person_id or 0
    with pytest.raises(UserError, match="not_allowed"):
        office.office.sign_ins.reset(office.lawyer, number)
    office.office.sign_ins.reset(office.director, number)
    assert office.office.sign_ins.actor("gu") == office.lawyer
    with pytest.raises(UserError, match=r"key\.wrong_passphrase"):
        reopened(office, OWN)


def test_who_leaves_opens_nothing_any_more(office: Firm) -> None:
    protect(office, office.lawyer)
    row = office.office.firm.queries.person(office.director, office.lawyer.person_id or 0)
    office.office.firm.change_person(
        office.director, row.id, seen=row.version, name=row.name, role=row.role, active=False
    )
    assert not office.office.sign_ins.protected("gu")
    with pytest.raises(UserError, match=r"key\.wrong_passphrase"):
        reopened(office, OWN)


def test_a_director_who_forgot_comes_back_by_the_printed_code(office: Firm) -> None:
    protect(office, office.director)
    protect(office, office.lawyer, OTHER)
    again = reopened(office, code=office.recovery_code)
    assert again.sign_ins.actor() == office.director
    with pytest.raises(UserError, match=r"signin\.needed"):
        again.sign_ins.actor("gu")
    again.sign_ins.reset(office.director, office.director.person_id or 0)
    again.sign_ins.set_own(office.director, PASSPHRASE, OWN)
    again.close()


def test_the_key_file_names_nobody(office: Firm) -> None:
    protect(office, office.lawyer)
    text = office.office.keys.record().to_json()
    assert '"gu"' not in text and "顾" not in text


def test_the_lock_is_lifted_by_the_own_passphrase_only(office: Firm) -> None:
    sign_ins = office.office.sign_ins
    sign_ins.unlock(office.lawyer, PASSPHRASE, None)
    protect(office, office.lawyer)
    for passphrase, code in ((PASSPHRASE, None), (None, office.recovery_code)):
        with pytest.raises(UserError, match=r"key\.wrong_passphrase"):
            sign_ins.unlock(office.lawyer, passphrase, code)
    sign_ins.unlock(office.lawyer, OWN, None)
    sign_ins.unlock(office.director, PASSPHRASE, None)
    sign_ins.unlock(office.director, None, office.recovery_code)


def test_the_hint_is_tried_first_when_two_chose_the_same_words(office: Firm) -> None:
    protect(office, office.lawyer)
    protect(office, office.director)
    record = office.office.keys.record()
    for login in ("gu", "admin"):
        _key, way = keys.unlock_by_words(record, OWN, login)
        assert way == keys.person_way(record.office_uid, login)


def test_rights_given_and_taken_hold_for_who_signed_in(office: Firm) -> None:
    signed_in = office.office.sign_ins.actor("gu")
    office.office.firm.set_right(office.director, Role.LAWYER, "case.open", granted=False)
    with pytest.raises(UserError, match=r"rights\.changed"):
        office.office.cases.queries.count_cases(signed_in)
    again = office.office.sign_ins.actor("gu")
    assert office.office.cases.queries.count_cases(again) == 0
    assert "case.open" not in (again.rights or ())
