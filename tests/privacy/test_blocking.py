"""Kept by law: blocked, in no list, found by conflict checks alone. In use or held: refused, nothing touched."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from lawdesk.cases import CaseChange, EnquiryDraft, PartyDraft, PartyKind, Side
from lawdesk.conflicts import Asked
from lawdesk.conflicts import Role as AskedRole
from lawdesk.firm import WallDraft
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.kernel.masking import content_without
from lawdesk.privacy.rules import ErasureKind, Term
from lawdesk.timesheet import EntryDraft
from tests.offices import DAY
from tests.privacy.conftest import NAME, NUMBER, Desk, dump, enquirer, rows, words_of
from tests.walls.conftest import Walled
from tests.walls.test_no_leaks import BEHIND, calls, methods, outcome

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


CHECKS = ("ConflictService.", "CaseQueries.known_", "ConflictQueries.earlier")
"""What blocked data are still used for: the conflict check and what it compares."""


def told(desk: Desk, path: Path) -> dict[str, str]:
    """Return what every look-up but the conflict check's answers a lawyer."""
    asks = Walled(desk.firm, desk.lawyer, desk.lawyer, 1)
    found = {}
    for full, method in methods(desk.firm.office, reading=True):
        if full in BEHIND or full.startswith(CHECKS) or "actor" not in inspect.signature(method).parameters:
            continue
        for arguments in calls(full, method, asks, path):
            shown = {key: value for key, value in arguments.items() if key not in ("actor", "without")}
            found[f"{full}({shown})"] = outcome(method, arguments, path)
    return found


def test_a_blocked_name_is_in_no_answer_but_that_of_the_conflict_check(both: Desk, tmp_path: Path) -> None:
    office, asked = both.firm.office, [Asked(NAME, AskedRole.CLIENT)]
    office.conflicts.clear(both.director, office.conflicts.check(both.director, asked))
    case = both.case(adverse=NAME, closed=date(2020, 5, 4), facts=f"{NAME}欠货款")
    both.relative(2, "祁晚舟")
    sides = (
        (Side.CLIENT, PartyDraft("云栖茶行")),
        (Side.ADVERSE, PartyDraft(NAME, PartyKind.PERSON, (), (("id-card", NUMBER),))),
    )
    office.cases.take_enquiry(both.lawyer, EnquiryDraft(f"与{NAME}的借款", DAY, sides))
    entry = EntryDraft(case, DAY, 60, "起草", person_id=both.lawyer.person_id)
    inside = frozenset({both.lawyer.person_id or 0})
    (party,) = office.cases.queries.find_party(both.lawyer, NAME)
    for around in ({"case_id": case}, {"party_id": party}):
        office.walls.put_up(both.director, WallDraft("回避", inside=inside, **around))
    office.timesheet.add_entry(both.director, entry)
    before = told(both, tmp_path / "out.docx")
    naming = {call.partition("(")[0] for call, said in before.items() if NAME in said}
    expected = {"CaseQueries.case", "CaseQueries.list_cases", "CaseQueries.list_enquiries", "CaseQueries.find"}
    assert naming >= expected | {"ConflictQueries.recent", "ConflictQueries.check", "TimesheetQueries.entries"}
    title = office.cases.queries.case(both.lawyer, case).title
    (one,) = both.privacy.find(both.director, NAME).candidates
    _number, plan = both.privacy.erase_person(both.director, [one.party_id])
    assert plan.outcome is ErasureKind.BLOCKED and NAME in title
    after = told(both, tmp_path / "out.docx")
    assert [call for call, said in after.items() if NAME in said] == []
    walls = [wall.around for wall in office.walls.queries.walls(both.director)]
    assert "〔仅存储〕" in walls and all(NAME not in around for around in walls)
    assert office.cases.queries.find_case(both.lawyer, title) is None
    row = office.cases.queries.case(both.lawyer, case)
    assert row.title == "民间借贷纠纷" and "〔仅存储〕" in [party.name for party in row.parties]
    assert office.conflicts.check(both.lawyer, asked).hits, "the one use that stays"
    both.privacy.unblock(both.director, one.party_id, "新委托")
    again = told(both, tmp_path / "out.docx")
    assert {call.partition("(")[0] for call, said in again.items() if NAME in said} >= naming
    assert office.cases.queries.case(both.lawyer, case).title == title


def test_what_is_kept_of_a_blocked_person_is_not_written_over(desk: Desk) -> None:
    case, cases = desk.case(adverse=NAME, closed=date(2020, 5, 4)), desk.firm.office.cases
    before = rows(desk, "SELECT title, note FROM cases")
    (one,) = desk.privacy.find(desk.director, NAME).candidates
    desk.privacy.erase_person(desk.director, [one.party_id])
    shown = cases.queries.case(desk.lawyer, case)
    change = CaseChange.of(shown)
    cases.change_case(desk.lawyer, case, replace(change, received_fen=100), seen=shown.version)
    assert rows(desk, "SELECT title, note FROM cases") == before
    with pytest.raises(UserError) as caught:
        cases.change_case(desk.lawyer, case, replace(change, title="某案"), seen=shown.version + 1)
    assert caught.value.code == "party.blocked" and rows(desk, "SELECT title, note FROM cases") == before


def test_a_short_latin_name_leaves_other_words_and_the_shape_of_what_is_kept_alone() -> None:
    kept = {"role": "client", "asked": [{"name": "Li, of Lisbon"}], "Li": 3, "why": "与栖梧一案"}
    assert content_without(kept, ("栖梧", "Li", "cl")) == {
        "role": "client",
        "asked": [{"name": "〔仅存储〕, of Lisbon"}],
        "Li": 3,
        "why": "与〔仅存储〕一案",
    }


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
