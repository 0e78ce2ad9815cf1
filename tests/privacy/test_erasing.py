"""Erased is erased: from rows, keys, search, free pages and the log; kept is said, with why and until when."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from lawdesk.cases import EnquiryDraft, PartyDraft, PartyKind, Side
from lawdesk.cases.rules.revealing import Masked, Purpose
from lawdesk.conflicts import Asked
from lawdesk.conflicts import Role as AskedRole
from lawdesk.firm import Role
from lawdesk.kernel.i18n import set_language
from lawdesk.office import open_office
from lawdesk.privacy.rules import ERASED, CaseFact, ErasureKind, PersonFacts, Term, judge, keep, kept_until
from lawdesk.storage.audit import verify_chain
from lawdesk.storage.backup import restore_backup
from lawdesk.storage.place import OfficeFolder
from tests.offices import PASSPHRASE
from tests.privacy.conftest import (
    ADDRESS,
    ALIAS,
    DAY,
    FORMER,
    LONG_AGO,
    NAME,
    NUMBER,
    PHONE,
    Desk,
    clear_bytes,
    dump,
    enquirer,
    rows,
    words_of,
)

PLANTED = (NAME, FORMER, ALIAS, NUMBER, PHONE, ADDRESS, "来电咨询借款", "说已还一半")


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
    assert (left.name, left.names[0][1]) == (NAME, NAME)
    assert cases.reveal(both.lawyer, other, Masked.PHONE, Purpose.VERIFY) == "13700000007"
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
    assert row.subject == f"{ERASED}与祁晚舟咨询购房" and row.phone == "137****0007"
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


# -- what remains ------------------------------------------------------------------------------------------------


def test_backups_that_still_hold_the_person_are_named_with_a_day(desk: Desk, tmp_path: Path) -> None:
    party = enquirer(desk)
    backups = desk.firm.office.backups
    assert backups is not None
    backups.make(desk.director)
    newest = backups.sets()[0].moment
    desk.privacy.erase_person(desk.director, [party], tmp_path / "证明.docx")
    (row,) = desk.privacy.queries.erasures(desk.director)
    remains = row.content["remains"]
    assert remains["backups"] == 1 and date.fromisoformat(remains["until"]) > newest.date() + timedelta(days=364)
    assert remains["until"] in words_of(tmp_path / "证明.docx")


def test_who_comes_back_with_a_backup_is_named(desk: Desk, tmp_path: Path) -> None:
    party = enquirer(desk)
    backups = desk.firm.office.backups
    assert backups is not None
    made = backups.make(desk.director)
    desk.privacy.erase_person(desk.director, [party])
    assert desk.privacy.came_back(desk.director) == []
    kept = backups.folder() / "erasures.jsonl"
    assert NAME not in kept.read_text(encoding="utf-8")
    place = OfficeFolder(tmp_path / "again")
    restore_backup(Path(made.path), desk.firm.office.key, place)
    restored = open_office(str(place.path), passphrase=PASSPHRASE, use_keyring=False, clock=desk.firm.clock)
    try:
        (row,) = restored.privacy.came_back(desk.director, backups.folder())
        assert (row.party_id, row.name) == (party, NAME)
        restored.privacy.erase_person(desk.director, [party])
        assert restored.privacy.came_back(desk.director, backups.folder()) == []
    finally:
        restored.close()


def test_a_broken_list_of_erasures_is_read_as_far_as_it_goes(desk: Desk, tmp_path: Path) -> None:
    party = desk.person()
    (uid,) = rows(desk, f"SELECT uid FROM party WHERE id = {party}")[0]
    text = f'{{"uid": "{uid}"}}\n{{"uid": \n[]\nnull\n\xff'
    (tmp_path / "erasures.jsonl").write_bytes(text.encode("latin-1"))
    assert [one.party_id for one in desk.privacy.came_back(desk.director, tmp_path)] == [party]
    assert desk.privacy.came_back(desk.director, tmp_path / "nowhere") == []


def test_the_certificate_names_the_person_only_on_paper(desk: Desk, tmp_path: Path) -> None:
    party = enquirer(desk)
    number, plan = desk.privacy.erase_person(desk.director, [party], tmp_path / "证明.docx")
    assert NAME in words_of(tmp_path / "证明.docx")
    desk.privacy.write_certificate(desk.director, number, tmp_path / "again.docx")
    again = words_of(tmp_path / "again.docx")
    assert NAME not in again and plan.uids[0] in again
    (row,) = rows(desk, "SELECT fingerprint FROM privacy_erasure")
    assert len(row[0]) == 64 and Side.CLIENT
