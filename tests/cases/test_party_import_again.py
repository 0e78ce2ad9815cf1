"""A list that comes in again costs no more for being large; what it knows anew is added, nothing is doubled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from lawdesk.cases.service.imports import PartyImport
from tests.offices import Firm

CODE = "91110000802100433B"


def bring_in(firm: Firm, tmp_path: Path, text: str, *, dry_run: bool = False) -> PartyImport:
    path = tmp_path / "parties.csv"
    path.write_text(text, encoding="utf-8")
    return firm.office.cases.import_parties(firm.director, path, dry_run=dry_run)


def names_of(firm: Firm, ref: str) -> dict[str, str]:
    """Return the names of the party with ``ref``, each with its kind."""
    (party,) = firm.office.cases.queries.find_party(firm.director, ref)
    return {name: str(kind) for kind, name in firm.office.cases.queries.party(firm.director, party).names}


@contextmanager
def counted(firm: Firm) -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = firm.office.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def rows(count: int, *, ref: bool, more: str = "") -> str:
    lines = []
    for number in range(count):
        first = f"R{number}," if ref else ""
        lines.append(f"{first}晨湖{number}号示例科技有限公司,organization,晨湖{number}号{more}\n")
    return ("ref," if ref else "") + "name,kind,aliases\n" + "".join(lines)


def statements(firm: Firm, tmp_path: Path, count: int, *, ref: bool, more: str = "") -> int:
    with counted(firm) as seen:
        done = bring_in(firm, tmp_path, rows(count, ref=ref, more=more))
    assert (done.created, done.updated, done.refused) == (0, count, ())
    return len(seen)


def test_the_same_list_again_asks_no_row_by_itself(office: Firm, tmp_path: Path) -> None:
    bring_in(office, tmp_path, rows(600, ref=True))
    few = statements(office, tmp_path, 20, ref=True)
    many = statements(office, tmp_path, 600, ref=True)
    assert many <= few + 5, "what the parties have is read together"
    few = statements(office, tmp_path, 20, ref=True, more=";湖")
    many = statements(office, tmp_path, 600, ref=True, more=";新湖")
    assert many <= few + 5, "what they lack is stored together"
    assert names_of(office, "R7") == {
        "晨湖7号示例科技有限公司": "registered",
        "晨湖7号": "alias",
        "湖": "alias",
        "新湖": "alias",
    }


def test_a_list_without_references_asks_once_for_each_row(file_office: Firm, tmp_path: Path) -> None:
    bring_in(file_office, tmp_path, rows(300, ref=False))
    assert statements(file_office, tmp_path, 300, ref=False) <= 300 + 60


def test_relations_that_are_there_are_not_asked_for_one_by_one(file_office: Firm, tmp_path: Path) -> None:
    people = "".join(f"R{number},某人{number},,\n" for number in range(200))
    ties = "".join(f"R{number},,配偶,R{number + 1}\n" for number in range(0, 200, 2))
    text = "ref,name,relation,to_ref\n" + people + ties
    first = bring_in(file_office, tmp_path, text)
    assert (first.relations, first.refused) == (100, ())
    with counted(file_office) as seen:
        again = bring_in(file_office, tmp_path, text)
    assert (again.relations, again.updated, again.refused) == (100, 200, ())
    assert len(seen) < 60
    (party,) = file_office.office.cases.queries.find_party(file_office.director, "R0")
    assert len(file_office.office.cases.queries.party(file_office.director, party).stands_to) == 1


def test_an_added_name_is_found_in_the_palette_and_by_the_check_at_once(office: Firm, tmp_path: Path) -> None:
    from lawdesk.conflicts.rules import Asked

    bring_in(office, tmp_path, "ref,name,kind\nA,晨湖示例科技有限公司,organization\n")
    bring_in(office, tmp_path, "ref,name,kind,aliases\nA,晨湖示例科技有限公司,organization,翡翠谷\n")
    (hit,) = office.office.conflicts.check(office.director, [Asked("翡翠谷")]).hits
    assert hit.name == "晨湖示例科技有限公司"
    with office.office.database.read() as session:
        from sqlmodel import col, select

        from lawdesk.storage.search import SearchEntry

        entries = session.exec(
            select(SearchEntry.title, SearchEntry.supporting).where(col(SearchEntry.subject) == "party")
        ).all()
    assert sorted(tuple(entry) for entry in entries) == [
        ("晨湖示例科技有限公司", ""),
        ("翡翠谷", "晨湖示例科技有限公司"),
    ]


def test_a_number_that_came_with_a_reference_names_the_party_in_a_later_row(
    file_office: Firm, tmp_path: Path
) -> None:
    bring_in(file_office, tmp_path, "ref,name\nA,晨湖数据\n")
    text = f"ref,name,identifier\nA,晨湖数据,{CODE}\n,晨湖数据有限公司,{CODE}\n"
    done = bring_in(file_office, tmp_path, text)
    assert (done.created, done.updated) == (0, 2)
    assert names_of(file_office, "A") == {"晨湖数据": "registered", "晨湖数据有限公司": "alias"}


def test_parties_made_one_are_completed_as_one(file_office: Firm, tmp_path: Path) -> None:
    bring_in(file_office, tmp_path, "ref,name\nA,晨湖数据公司\nB,晨湖数据中心\n")
    find = file_office.office.cases.queries.find_party
    kept, gone = (find(file_office.director, ref)[0] for ref in "AB")
    file_office.office.cases.merge_parties(file_office.director, kept, gone)
    done = bring_in(file_office, tmp_path, "ref,name,aliases\nB,晨湖数据中心,湖心\nA,晨湖数据公司,湖心\n")
    assert (done.created, done.updated, done.refused) == (0, 2, ())
    assert set(names_of(file_office, "A")) == {"晨湖数据公司", "晨湖数据中心", "湖心"}
    assert len(file_office.office.cases.queries.party(file_office.director, kept).names) == 3


@pytest.mark.parametrize("given", ["organization", ""])
def test_a_party_that_lacks_nothing_is_not_touched(file_office: Firm, tmp_path: Path, given: str) -> None:
    bring_in(file_office, tmp_path, "ref,name,kind\nA,晨湖数据公司,organization\n")
    (party,) = file_office.office.cases.queries.find_party(file_office.director, "A")
    before = file_office.office.cases.queries.party(file_office.director, party).version
    bring_in(file_office, tmp_path, f"ref,name,kind\nA,晨湖数据公司,{given}\n")
    assert file_office.office.cases.queries.party(file_office.director, party).version == before
