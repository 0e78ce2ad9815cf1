"""Kept by law: blocked, in no list, found by conflict checks alone. In use or held: refused, nothing touched."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from lawdesk.conflicts import Asked
from lawdesk.conflicts import Role as AskedRole
from lawdesk.firm import WallDraft
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.privacy.rules import ErasureKind, Term
from tests.privacy.conftest import DAY, NAME, NUMBER, Desk, dump, enquirer, rows, words_of

# -- blocking ----------------------------------------------------------------------------------------------------


def test_a_file_that_must_be_kept_blocks_and_says_until_when(both: Desk, tmp_path: Path) -> None:
    case = both.case(adverse=NAME, closed=date(2020, 5, 4))
    both.privacy.set_retention(both.director, case, Term.SHORT)
    (one,) = both.privacy.find(both.director, NAME).candidates
    cases = both.firm.office.cases
    _number, plan = both.privacy.erase_person(both.director, [one.party_id], tmp_path / "通知.docx")
    assert plan.outcome is ErasureKind.BLOCKED and plan.verdict.until == date(2030, 12, 31)
    said = words_of(tmp_path / "通知.docx")
    assert "2030-12-31" in said and "第四十七条" in said and NAME in said
    assert NAME not in [row.name for row in cases.queries.list_parties(both.lawyer)]
    assert cases.queries.find(both.lawyer, NAME, "party") == []
    assert cases.queries.find_party(both.lawyer, NAME) == []
    for refused in (
        lambda: cases.queries.party(both.lawyer, one.party_id),
        lambda: cases.add_identifier(both.lawyer, one.party_id, "passport", "E12345678"),
    ):
        with pytest.raises(UserError) as caught:
            refused()
        assert caught.value.code == "party.blocked"
    hits = both.firm.office.conflicts.check(both.director, [Asked(NAME, AskedRole.CLIENT)]).hits
    assert [hit.party for hit in hits] == [one.party_id]  # the one use that stays
    (block,) = both.privacy.queries.blocks(both.director, DAY)
    assert block.until == date(2030, 12, 31) and not block.due


def test_who_only_asked_is_blocked_for_a_year_and_out_of_the_list_of_enquiries(desk: Desk) -> None:
    desk.enquiry(status="open")
    (party,) = (row[0] for row in rows(desk, f"SELECT id FROM party WHERE name = '{NAME}'"))
    assert len(desk.firm.office.cases.queries.list_enquiries(desk.lawyer)) == 1
    _number, plan = desk.privacy.erase_person(desk.director, [party])
    assert plan.outcome is ErasureKind.BLOCKED and plan.verdict.until == date(2026, 11, 5)
    assert desk.firm.office.cases.queries.list_enquiries(desk.lawyer) == []


def test_a_blocked_person_is_erased_when_the_day_has_come(desk: Desk) -> None:
    case = desk.case(adverse=NAME, closed=date(2014, 5, 4))
    desk.privacy.set_retention(desk.director, case, Term.SHORT, 12)
    (one,) = desk.privacy.find(desk.director, NAME).candidates
    desk.privacy.erase_person(desk.director, [one.party_id])
    desk.firm.clock.advance(timedelta(days=500))
    (block,) = desk.privacy.queries.blocks(desk.director, desk.firm.clock.today())
    assert block.due
    _number, plan = desk.privacy.erase_person(desk.director, [one.party_id])
    assert plan.outcome is ErasureKind.ERASED
    assert NUMBER not in dump(desk) and desk.privacy.queries.blocks(desk.director, DAY) == []


def test_unblocking_needs_a_reason_and_brings_the_person_back(desk: Desk) -> None:
    desk.case(adverse=NAME, closed=date(2020, 5, 4))
    (one,) = desk.privacy.find(desk.director, NAME).candidates
    desk.privacy.erase_person(desk.director, [one.party_id])
    with pytest.raises(Refused):
        desk.privacy.unblock(desk.director, one.party_id, " ")
    desk.privacy.unblock(desk.director, one.party_id, "新委托")
    assert desk.firm.office.cases.queries.find(desk.lawyer, NAME, "party")
    assert desk.firm.office.cases.queries.party(desk.lawyer, one.party_id).name == NAME


# -- refusing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["open", "case hold", "party hold"])
def test_what_is_in_use_or_held_is_refused_and_untouched(desk: Desk, tmp_path: Path, why: str) -> None:
    case = desk.case(adverse=NAME, closed=None if why == "open" else date(2001, 1, 1))
    (one,) = desk.privacy.find(desk.director, NAME).candidates
    if why != "open":
        desk.privacy.set_retention(desk.director, case, Term.SHORT)
        held = {"case_id": case} if why == "case hold" else {"party_id": one.party_id}
        hold = desk.privacy.hold(desk.director, "监管调查", **held)
    before = rows(desk, "SELECT name, phone, blocked FROM party")
    _number, plan = desk.privacy.erase_person(desk.director, [one.party_id], tmp_path / "答复.docx")
    assert plan.outcome is ErasureKind.REFUSED
    assert rows(desk, "SELECT name, phone, blocked FROM party") == before
    said = words_of(tmp_path / "答复.docx")
    assert ("监管调查" in said) == (why != "open") and "第五十条" in said
    if why != "open":
        desk.privacy.lift(desk.director, hold)
        assert desk.privacy.plan_erasure(desk.director, [one.party_id]).outcome is ErasureKind.ERASED


def test_a_member_of_the_firm_is_not_erased(desk: Desk) -> None:
    party = enquirer(desk)
    with desk.firm.office.database.write(desk.director, "test") as work:
        work.session.connection().exec_driver_sql(
            "INSERT INTO member_party (uid, version, created_at, updated_at, person_id, party_id) "
            f"VALUES ('u', 1, '2025-01-01', '2025-01-01', {desk.lawyer.person_id}, {party})"
        )
        work.not_audited()
    plan = desk.privacy.plan_erasure(desk.director, [party])
    assert [one.code for one in plan.verdict.reasons] == ["member"]


def test_only_who_answers_for_it_erases(desk: Desk) -> None:
    party = enquirer(desk)
    for act in (
        lambda: desk.privacy.erase_person(desk.lawyer, [party]),
        lambda: desk.privacy.plan_erasure(desk.lawyer, [party]),
        lambda: desk.privacy.unblock(desk.lawyer, party, "x"),
        lambda: desk.privacy.queries.erasures(desk.lawyer),
    ):
        with pytest.raises(UserError) as caught:
            act()
        assert caught.value.code == "not_allowed"
    assert NAME in dump(desk)


def test_a_wall_somewhere_hinders_nobody_who_answers_for_personal_data(both: Desk) -> None:
    walled = both.case(adverse="顾不言", closed=date(2020, 5, 4))
    both.firm.office.walls.put_up(both.director, WallDraft("回避", case_id=walled))
    party, outside = enquirer(both), both.administrator
    case = both.case(client="云栖茶行", adverse="祁晚舟", closed=date(2020, 5, 4))
    (one,) = both.privacy.find(outside, "祁晚舟").candidates
    both.privacy.set_retention(outside, case, Term.SHORT)
    _number, plan = both.privacy.erase_person(outside, [one.party_id])
    assert plan.outcome is ErasureKind.BLOCKED
    both.privacy.unblock(outside, one.party_id, "新委托")
    both.privacy.lift(outside, both.privacy.hold(outside, "投诉", case_id=case))
    with pytest.raises(UserError):
        both.privacy.hold(outside, "投诉", case_id=walled)
    _number, plan = both.privacy.erase_person(outside, [party])
    assert plan.outcome is ErasureKind.ERASED and NUMBER not in dump(both)


def test_a_walled_file_blocks_who_stands_in_it_whoever_asks(both: Desk) -> None:
    case = both.case(adverse=NAME, closed=date(2020, 5, 4))
    both.privacy.set_retention(both.director, case, Term.SHORT)
    both.firm.office.walls.put_up(both.director, WallDraft("回避", case_id=case))
    (party,) = (row[0] for row in rows(both, f"SELECT id FROM party WHERE name = '{NAME}'"))
    _number, plan = both.privacy.erase_person(both.administrator, [party])
    assert plan.outcome is ErasureKind.BLOCKED, "erased by who does not see the file it must be kept for"
    assert rows(both, f"SELECT blocked FROM party WHERE id = {party}") in ([(1,)], [(True,)])
