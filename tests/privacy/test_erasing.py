"""Erased is erased: from rows, keys, search, free pages and the log; kept is said, with why and until when."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from lawdesk.cases import EnquiryDraft, PartyDraft, PartyKind, Side
from lawdesk.conflicts import Asked
from lawdesk.conflicts import Role as AskedRole
from lawdesk.firm import Role
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.kernel.i18n import set_language
from lawdesk.privacy.rules import ERASED, CaseFact, ErasureKind, PersonFacts, Term, judge, keep, kept_until
from lawdesk.storage.audit import verify_chain
from tests.privacy.conftest import (
    ADDRESS,
    ALIAS,
    DAY,
    FORMER,
    NAME,
    NUMBER,
    PHONE,
    Desk,
    clear_bytes,
    dump,
    rows,
    words_of,
)

LONG_AGO = date(2012, 3, 1)
PLANTED = (NAME, FORMER, ALIAS, NUMBER, PHONE, ADDRESS, "来电咨询借款", "说已还一半")


def enquirer(desk: Desk) -> int:
    """Somebody who called long ago, under several names, named in a draft, too; return the party."""
    desk.enquiry(day=LONG_AGO)
    (party,) = (row[0] for row in rows(desk, f"SELECT id FROM party WHERE name = '{NAME}'"))
    desk.names(party)
    desk.firm.office.cases.save_draft(desk.lawyer, "new-case", {"parties": [NAME, NUMBER]})
    return int(party)


# -- what may be erased ------------------------------------------------------------------------------------------


TODAY = date(2025, 11, 5)
CLOSED = date(2010, 6, 1)


@pytest.mark.parametrize(
    ("facts", "outcome", "codes", "until"),
    [
        (PersonFacts(), ErasureKind.ERASED, [], None),
        (PersonFacts(holds=("刑事控告",)), ErasureKind.REFUSED, ["hold"], None),
        (PersonFacts(member=True), ErasureKind.REFUSED, ["member"], None),
        (PersonFacts(walled=2), ErasureKind.REFUSED, ["walled"], None),
        (PersonFacts((CaseFact("1", True, None, None),)), ErasureKind.REFUSED, ["open_case"], None),
        (
            PersonFacts((CaseFact("1", False, CLOSED, keep(CLOSED, Term.LONG)),)),
            ErasureKind.BLOCKED,
            ["case_file"],
            date(2030, 12, 31),
        ),
        (
            PersonFacts((CaseFact("1", False, CLOSED, keep(CLOSED, None)),)),
            ErasureKind.BLOCKED,
            ["case_file_assumed"],
            date(2030, 12, 31),
        ),
        (
            PersonFacts((CaseFact("1", False, CLOSED, keep(CLOSED, Term.PERMANENT)),)),
            ErasureKind.BLOCKED,
            ["case_file_for_good"],
            None,
        ),
        (PersonFacts((CaseFact("1", False, CLOSED, keep(CLOSED, Term.SHORT)),)), ErasureKind.ERASED, [], None),
        (PersonFacts((CaseFact("1", False, None, None),)), ErasureKind.BLOCKED, ["no_closing_day"], None),
        (
            PersonFacts(enquiries=(date(2025, 3, 1),)),
            ErasureKind.BLOCKED,
            ["enquiry"],
            date(2026, 3, 1),
        ),
        (PersonFacts(enquiries=(date(2024, 2, 29),)), ErasureKind.ERASED, [], None),
        (PersonFacts(former_matters=1), ErasureKind.BLOCKED, ["former_matter"], None),
    ],
)
def test_what_stands_against_erasing(
    facts: PersonFacts, outcome: ErasureKind, codes: list[str], until: date | None
) -> None:
    verdict = judge(facts, TODAY)
    assert (verdict.outcome, [one.code for one in verdict.reasons], verdict.until) == (outcome, codes, until)
    for language in ("zh", "en"):
        set_language(language)
        assert all("{" not in one.words() for one in verdict.reasons)


def test_the_last_day_is_counted_from_the_year_after_closing() -> None:
    assert kept_until(date(2010, 1, 2), Term.SHORT) == date(2020, 12, 31)
    assert kept_until(date(2010, 12, 30), Term.LONG, 30) == date(2040, 12, 31)
    assert kept_until(date(2010, 1, 2), Term.PERMANENT) is None


# -- erasing -----------------------------------------------------------------------------------------------------


def test_the_test_sees_what_lies_in_the_file(desk: Desk) -> None:
    """The grep itself is proved: before an erasure it finds everything planted, in decrypted pages only."""
    enquirer(desk)
    clear = clear_bytes(desk.firm)
    assert all(secret.encode() in clear for secret in PLANTED)
    assert NAME.encode() not in (Path(desk.firm.place) / "office.db").read_bytes()


def test_nothing_of_the_person_is_left_in_rows_free_pages_or_the_log(desk: Desk, tmp_path: Path) -> None:
    party = enquirer(desk)
    for number in range(60):  # pages fill, split and are given back
        desk.person(f"旁人{number:03}", "", phone="", address="")
    number, plan = desk.privacy.erase_person(desk.director, [party], tmp_path / "证明.docx")
    assert plan.outcome is ErasureKind.ERASED
    assert not [secret for secret in PLANTED if secret in dump(desk)]
    clear = clear_bytes(desk.firm)
    assert not [secret for secret in PLANTED if secret.encode() in clear]
    assert "旁人007".encode() in clear
    (row,) = [one for one in desk.privacy.queries.erasures(desk.director) if one.id == number]
    assert row.compacted and row.content["rows"]["party_name"] == 3 and row.content["rows"]["party_key"] > 0
    with desk.firm.office.database.read() as session:
        assert verify_chain(session).sound


def test_deleting_alone_would_leave_traces_in_the_log(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Why the file is rewritten: without it, the log of the office still shows the name."""
    party = enquirer(desk)
    monkeypatch.setattr("lawdesk.privacy.service.erasing.compact_file", lambda *_args: False)
    number, _plan = desk.privacy.erase_person(desk.director, [party])
    assert NAME not in dump(desk)
    assert NAME.encode() in clear_bytes(desk.firm)
    assert not next(one for one in desk.privacy.queries.erasures(desk.director) if one.id == number).compacted
    monkeypatch.undo()
    assert desk.privacy.compact(desk.director)
    assert NAME.encode() not in clear_bytes(desk.firm)
    assert next(one for one in desk.privacy.queries.erasures(desk.director) if one.id == number).compacted


def test_both_engines_forget_and_the_conflict_check_works_on(both: Desk) -> None:
    party = enquirer(both)
    both.person("顾不言", "", phone="", address="")
    both.privacy.erase_person(both.director, [party])
    assert not [secret for secret in PLANTED if secret in dump(both)]
    check = both.firm.office.conflicts.check
    for name in (NAME, FORMER, ALIAS):
        assert not check(both.director, [Asked(name, AskedRole.ADVERSE)]).hits
    assert not check(both.director, [Asked("某某", AskedRole.ADVERSE, "person", (NUMBER,))]).hits
    assert check(both.director, [Asked("顾不言", AskedRole.ADVERSE)]).hits
    assert both.privacy.find(both.director, NAME).candidates == ()
    again = both.person()
    assert [hit.party for hit in check(both.director, [Asked(NAME, AskedRole.ADVERSE)]).hits] == [again]


def test_merged_parties_and_the_way_back_go_too(desk: Desk) -> None:
    party = enquirer(desk)
    other = desk.firm.office.cases.add_party(
        desk.lawyer, PartyDraft("郦小七", PartyKind.PERSON, (), (), "13700000007")
    )
    desk.firm.office.cases.merge_parties(desk.lawyer, party, other)
    desk.privacy.erase_person(desk.director, [party])
    left = dump(desk)
    assert "郦小七" not in left and "13700000007" not in left
    assert rows(desk, "SELECT count(*) FROM party_merge")[0][0] == 0


def test_a_text_that_means_somebody_else_is_spared(desk: Desk) -> None:
    party = enquirer(desk)
    plan = desk.privacy.plan_erasure(desk.director, [party])
    draft = next(one for one in plan.blacked if one.table == "draft")
    spare = [(draft.table, draft.column, draft.row_id)]
    number, _plan = desk.privacy.erase_person(desk.director, [party], spare=spare)
    assert NAME in rows(desk, "SELECT content FROM draft")[0][0]
    assert (
        next(one for one in desk.privacy.queries.erasures(desk.director) if one.id == number).content["spared"]
        == 1
    )


def test_a_namesake_loses_nothing(both: Desk) -> None:
    """Two people of one name, and a colleague of that name, too: only the one meant goes."""
    party = enquirer(both)
    other = both.person(NAME, "110101199003077571", phone="13700000007", address="另一处")
    both.firm.office.firm.add_person(both.director, name=NAME, login="li", role=Role.LAWYER)
    plan = both.privacy.plan_erasure(both.director, [party])
    assert plan.namesakes == (NAME,) and {one.table for one in plan.blacked} == {"draft"}
    assert plan.doubtful == (), "the number in it says who is meant"
    both.firm.office.cases.save_draft(both.director, "new-case", {"parties": [NAME]})
    (doubtful,) = both.privacy.plan_erasure(both.director, [party]).doubtful
    assert not doubtful.certain
    both.privacy.erase_person(both.director, [party])
    cases = both.firm.office.cases
    left = cases.queries.party(both.lawyer, other)
    assert (left.name, left.phone, left.names[0][1]) == (NAME, "13700000007", NAME)
    assert [one.name for one in both.firm.office.firm.queries.people(both.director)].count(NAME) == 1
    drafts = sorted(row[0] for row in rows(both, "SELECT content FROM draft"))
    assert [NAME in text for text in drafts] == [False, True], "whom a text means is for a person to say"
    hits = both.firm.office.conflicts.check(both.director, [Asked(NAME, AskedRole.ADVERSE)]).hits
    assert other in [hit.party for hit in hits] and party not in [hit.party for hit in hits]
    assert NUMBER not in dump(both)


def test_an_enquiry_that_two_made_stays_with_the_other(desk: Desk) -> None:
    sides = tuple((Side.CLIENT, PartyDraft(name, PartyKind.PERSON)) for name in (NAME, "祁晚舟"))
    desk.firm.office.cases.take_enquiry(
        desk.lawyer, EnquiryDraft(f"{NAME}与祁晚舟咨询购房", LONG_AGO, sides, "13700000007")
    )
    (party,) = (row[0] for row in rows(desk, f"SELECT id FROM party WHERE name = '{NAME}'"))
    desk.privacy.erase_person(desk.director, [party])
    (row,) = desk.firm.office.cases.queries.list_enquiries(desk.lawyer)
    assert row.subject == f"{ERASED}与祁晚舟咨询购房" and row.phone == "13700000007"
    assert [name for _side, name in row.parties] == ["祁晚舟"]


def test_planning_changes_nothing(desk: Desk) -> None:
    party = enquirer(desk)
    before = dump(desk)
    desk.privacy.plan_erasure(desk.director, [party])
    assert dump(desk) == before


def test_texts_of_kept_files_keep_the_name_and_the_certificate_says_so(desk: Desk, tmp_path: Path) -> None:
    party = enquirer(desk)
    desk.case(adverse="顾不言", facts=f"证人{NAME}当时在场")
    old = desk.case(client="云栖茶行", adverse="顾不语", closed=date(2009, 5, 4), facts=f"{NAME}签收")
    desk.privacy.set_retention(desk.director, old, Term.SHORT)
    _number, plan = desk.privacy.erase_person(desk.director, [party], tmp_path / "证明.pdf")
    assert {one.table for one, _why, _until in plan.kept} == {"cases"}
    facts = [row[0] for row in rows(desk, "SELECT facts FROM cases ORDER BY id")]
    assert facts == [f"证人{NAME}当时在场", f"{ERASED}签收"]
    said = words_of(tmp_path / "证明.pdf")
    assert "案件" in said and NAME in said


def test_proof_of_conflict_checks_stays_its_time_and_goes_after(desk: Desk) -> None:
    party = enquirer(desk)
    conflicts = desk.firm.office.conflicts
    conflicts.refuse(desk.director, conflicts.check(desk.director, [Asked(NAME, AskedRole.CLIENT)]), "不接")
    plan = desk.privacy.plan_erasure(desk.director, [party])
    assert {(one.table, why, until) for one, why, until in plan.kept} == {
        ("conflict_check", "check", date(2035, 12, 31))
    }
    desk.firm.clock.advance(timedelta(days=365 * 11))
    plan = desk.privacy.plan_erasure(desk.director, [party])
    assert plan.kept == () and len(plan.checks) == 1
    desk.privacy.erase_person(desk.director, [party])
    assert NAME not in dump(desk)
    assert NAME.encode() not in clear_bytes(desk.firm)


def test_the_log_of_requests_loses_the_name_too(desk: Desk) -> None:
    from lawdesk.privacy.rules import RequestDraft, RequestKind

    party = enquirer(desk)
    request = desk.privacy.add_request(desk.director, RequestDraft(RequestKind.ERASURE, NAME, DAY))
    desk.privacy.erase_person(desk.director, [party], request_id=request)
    assert desk.privacy.queries.request(desk.director, request).subject == ERASED


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


# -- what remains ------------------------------------------------------------------------------------------------
