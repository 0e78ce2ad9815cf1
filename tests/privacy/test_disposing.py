"""Closed files whose time is over: two signatures, destroyed to the last page; the register stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lawdesk.conflicts import Asked
from lawdesk.conflicts import Role as AskedRole
from lawdesk.firm import Actor, Role, WallDraft
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.privacy.rules import DESTROYED, DisposalState, Term
from lawdesk.privacy.rules.retention import advice_for, check_retention
from lawdesk.storage.audit import verify_chain
from lawdesk.timesheet import EntryDraft
from tests.privacy.conftest import NAME, NUMBER, Desk, clear_bytes, dump, rows, words_of

LONG_AGO = date(2009, 5, 4)
FACTS, TOLD = "货款在柳堤仓库交付", "与客户核对柳堤仓库账目"


def old_case(desk: Desk, tmp_path: Path, *, term: Term | None = Term.SHORT) -> int:
    """A closed file with everything in it."""
    office = desk.firm.office
    case = desk.case(client="云栖茶行", adverse=NAME, facts=FACTS)
    (tmp_path / "柳堤送货单.txt").write_text("送货单", encoding="utf-8")
    office.documents.add_file(desk.lawyer, case, tmp_path / "柳堤送货单.txt")
    office.timesheet.add_entry(desk.lawyer, EntryDraft(case, desk.firm.clock.today(), 60, TOLD))
    with office.database.write(desk.director, "test") as work:
        work.session.connection().exec_driver_sql(
            "UPDATE cases SET status = 'closed', received_on = '2009-01-02', "
            f"closed_on = '{LONG_AGO}' WHERE id = {case}"
        )
        work.not_audited()
    if term is not None:
        desk.privacy.set_retention(desk.director, case, term)
    return case


def signed(desk: Desk) -> int:
    """Return a list that two people signed."""
    made = desk.privacy.propose(desk.administrator)
    desk.privacy.sign(desk.administrator, made)
    assert desk.privacy.sign(desk.director, made) is DisposalState.SIGNED
    return made


def test_years_stay_in_the_range_of_their_class() -> None:
    assert (
        check_retention(Term.LONG, None) == check_retention(Term.SHORT, 5) == check_retention(Term.LONG, 60) == []
    )
    for term, years in ((Term.LONG, 19), (Term.LONG, 61), (Term.SHORT, 16), (Term.PERMANENT, 5)):
        assert check_retention(term, years)
    assert {one.term for one in advice_for("criminal")} == set(Term)
    assert [one.term for one in advice_for("retainer")] == [Term.LONG]


def test_only_files_with_a_class_whose_time_is_over_are_proposed(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        desk.privacy.propose(desk.director)
    assert caught.value.code == "disposal.none"
    due = old_case(desk, tmp_path)
    fresh = desk.case(client="屿白物流有限公司", adverse="顾不言", closed=date(2024, 1, 1))
    desk.privacy.set_retention(desk.director, fresh, Term.SHORT)
    desk.case(client="砚溪置业", adverse="顾不语", closed=date(2001, 1, 1))  # nobody chose a class
    for_good = desk.case(client="远山林场", adverse="顾不闻", closed=date(2001, 1, 1))
    desk.privacy.set_retention(desk.director, for_good, Term.PERMANENT)
    desk.case(client="长亭酒业", adverse="顾不问")  # open
    (item,) = desk.privacy.queries.disposal(desk.director, desk.privacy.propose(desk.director)).items
    assert item.case_id == due and item.until == date(2019, 12, 31)
    with pytest.raises(UserError):
        desk.privacy.propose(desk.director)  # it stands on an open list already


def test_two_people_sign_and_one_is_the_director(desk: Desk, tmp_path: Path) -> None:
    old_case(desk, tmp_path)
    privacy = desk.privacy
    made = privacy.propose(desk.administrator)
    with pytest.raises(Refused):
        privacy.dispose(desk.director, made)
    assert privacy.sign(desk.administrator, made) is DisposalState.HALF_SIGNED
    with pytest.raises(Refused) as same:
        privacy.sign(desk.administrator, made)
    assert same.value.code == "disposal.same"
    with pytest.raises(Refused):
        privacy.dispose(desk.director, made)
    person = desk.firm.office.firm.add_person(desk.director, name="乔木", login="qiao", role=Role.ADMINISTRATOR)
    with pytest.raises(Refused) as nobody:
        privacy.sign(Actor(person, "乔木", "qiao", Role.ADMINISTRATOR), made)
    assert nobody.value.code == "disposal.director"
    with pytest.raises(UserError):
        privacy.sign(desk.lawyer, made)
    assert privacy.sign(desk.director, made) is DisposalState.SIGNED
    with pytest.raises(Refused):
        privacy.sign(desk.director, made)
    row = privacy.queries.disposal(desk.director, made)
    assert (row.first, row.second) == ("沈砚", "秦望舒")


def test_a_destroyed_file_is_gone_and_its_number_and_hours_stay(both: Desk, tmp_path: Path) -> None:
    case = old_case(both, tmp_path)
    number = rows(both, f"SELECT number FROM cases WHERE id = {case}")[0][0]
    (address,) = (row[0] for row in rows(both, "SELECT address FROM document_version"))
    made = signed(both)
    _certificate, count = both.privacy.dispose(both.director, made, tmp_path / "证明.docx")
    assert count == 1
    left = dump(both)
    for gone in (FACTS, TOLD, NAME, NUMBER, "云栖茶行", "柳堤", "岚0302民初77号"):
        assert gone not in left, gone
    assert rows(both, f"SELECT number, title FROM cases WHERE id = {case}") == [(number, DESTROYED)]
    assert rows(both, "SELECT minutes, narrative FROM time_entry") == [(60, "")]
    assert address not in set(both.firm.office.documents.vault.verify_all([]).orphans)
    assert number in words_of(tmp_path / "证明.docx")
    assert not both.firm.office.conflicts.check(both.director, [Asked(NAME, AskedRole.CLIENT)]).hits
    with both.firm.office.database.read() as session:
        assert verify_chain(session).sound
    assert both.firm.office.cases.queries.case(both.director, case).title == DESTROYED  # the page still opens it
    assert both.privacy.queries.retentions(both.director, both.firm.clock.today()) == []


def test_free_pages_hold_nothing_of_a_destroyed_file(desk: Desk, tmp_path: Path) -> None:
    old_case(desk, tmp_path)
    assert FACTS.encode() in clear_bytes(desk.firm)
    desk.privacy.dispose(desk.director, signed(desk))
    clear = clear_bytes(desk.firm)
    for gone in (FACTS, TOLD, NAME, NUMBER, "柳堤"):
        assert gone.encode() not in clear, gone


def test_a_party_that_stands_elsewhere_stays(desk: Desk, tmp_path: Path) -> None:
    old_case(desk, tmp_path)
    desk.case(client="屿白物流有限公司", adverse=NAME)
    desk.privacy.dispose(desk.director, signed(desk))
    assert desk.firm.office.conflicts.check(desk.director, [Asked(NAME, AskedRole.CLIENT)]).hits
    assert NUMBER in dump(desk) and "云栖茶行" not in dump(desk)


@pytest.mark.parametrize("why", ["hold", "reopened"])
def test_what_is_held_or_opened_again_after_signing_is_left_out(desk: Desk, tmp_path: Path, why: str) -> None:
    case = old_case(desk, tmp_path)
    made = signed(desk)
    if why == "hold":
        desk.privacy.hold(desk.director, "投诉", case_id=case)
    else:
        desk.firm.office.cases.reopen_case(desk.lawyer, case)
    assert desk.privacy.queries.disposal(desk.director, made).items[0].held
    _certificate, count = desk.privacy.dispose(desk.director, made)
    assert count == 0 and FACTS in dump(desk)


def test_a_list_can_be_given_up_and_is_printed_to_sign(desk: Desk, tmp_path: Path) -> None:
    old_case(desk, tmp_path)
    made = desk.privacy.propose(desk.director)
    desk.privacy.print_list(desk.director, made, tmp_path / "清册.pdf")
    assert "2019-12-31" in words_of(tmp_path / "清册.pdf")
    desk.privacy.drop(desk.director, made)
    with pytest.raises(UserError):
        desk.privacy.drop(desk.director, made)
    assert desk.privacy.propose(desk.director) != made


def walled(desk: Desk, tmp_path: Path) -> int:
    """An old file behind a wall; the administrator stands outside, has met it, and answers for destroying."""
    case = old_case(desk, tmp_path)
    inside = frozenset({desk.lawyer.person_id or 0})
    desk.firm.office.walls.put_up(desk.director, WallDraft("云栖茶行的亲属在本所", case_id=case, inside=inside))
    desk.firm.office.conflicts.check(desk.administrator, [Asked(NAME, AskedRole.CLIENT)])
    with pytest.raises(UserError, match="case"):
        desk.firm.office.cases.queries.case(desk.administrator, case)
    return case


def test_a_walled_file_is_destroyed_and_who_is_outside_learns_nothing_of_it(both: Desk, tmp_path: Path) -> None:
    case = walled(both, tmp_path)
    assert len(both.firm.office.walls.queries.questions(both.director)) == 2
    made = signed(both)
    both.privacy.print_list(both.administrator, made, tmp_path / "清册.docx")
    number, count = both.privacy.dispose(both.administrator, made, tmp_path / "证明.docx")
    assert count == 1
    queries = both.privacy.queries
    told = repr(
        (
            queries.disposal(both.administrator, made),
            queries.retentions(both.administrator, both.firm.clock.today()),
            queries.erasures(both.administrator),
            number,
        )
    )
    told += words_of(tmp_path / "清册.docx") + words_of(tmp_path / "证明.docx")
    left = dump(both)
    for gone in (FACTS, TOLD, NAME, NUMBER, "云栖茶行", "柳堤", "岚0302民初77号"):
        assert gone not in told and gone not in left, gone
    assert rows(both, f"SELECT title FROM cases WHERE id = {case}") == [(DESTROYED,)]
    assert (
        rows(both, "SELECT count(*) FROM wall")[0][0] == rows(both, "SELECT count(*) FROM wall_person")[0][0] == 0
    )
    assert both.firm.office.walls.queries.walls(both.director, ended=True) == []
    with both.firm.office.database.read() as session:
        assert verify_chain(session).sound


def test_free_pages_hold_nothing_of_a_destroyed_walled_file(desk: Desk, tmp_path: Path) -> None:
    walled(desk, tmp_path)
    desk.privacy.dispose(desk.administrator, signed(desk))
    clear = clear_bytes(desk.firm)
    for gone in (FACTS, TOLD, NAME, NUMBER, "柳堤", "云栖茶行"):
        assert gone.encode() not in clear, gone


def test_only_who_sees_a_walled_file_chooses_how_long_it_is_kept(both: Desk, tmp_path: Path) -> None:
    case = walled(both, tmp_path)
    with pytest.raises(UserError) as refused:
        both.privacy.set_retention(both.administrator, case, Term.LONG)
    assert refused.value.code == "case.unknown"
    both.privacy.set_retention(both.director, case, Term.LONG)
