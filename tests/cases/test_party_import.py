"""Lists of parties come in with every bad row named, nothing doubled, nothing half."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from lawdesk.cases import PartyDraft, PartyKind
from lawdesk.cases.rules.revealing import Masked, Purpose
from lawdesk.cases.service.imports import PartyImport
from lawdesk.kernel.errors import Cancelled, UserError
from lawdesk.storage.audit import verify_chain
from tests.offices import Firm

CODE = "91110000802100433B"


def listed(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "parties.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def bring_in(firm: Firm, path: Path, *, dry_run: bool = False) -> PartyImport:
    return firm.office.cases.import_parties(firm.director, path, dry_run=dry_run)


def refused(done: PartyImport) -> list[tuple[int, str]]:
    return [(row, problem.code) for row, problem in done.refused]


def detail(firm: Firm, words: str) -> tuple[set[str], tuple[tuple[str, str], ...], set[tuple[str, str]]]:
    queries = firm.office.cases.queries
    (row,) = queries.list_parties(firm.director, words)
    party = queries.party(firm.director, row.id)
    return (
        {name for _kind, name in party.names},
        tuple((kind, whole(firm, row.id, place)) for place, (kind, _masked) in enumerate(party.identifiers)),
        {(kind, name) for kind, _id, name, _share in party.relations},
    )


def whole(firm: Firm, party: int, place: int) -> str:
    return firm.office.cases.reveal(firm.director, party, Masked.IDENTIFIER, Purpose.VERIFY, place=place)


GOOD = f"""ref,name,kind,aliases,identifier,relation,to_ref
P1,晨湖示例科技有限公司,organization,晨湖科技;晨湖；Lakeside,{CODE},,
P2,王知行,person,,,,
P2,,,,,legal_representative,P1
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_names_numbers_and_relations_come_in(file_office: Firm, tmp_path: Path, encoding: str) -> None:
    done = bring_in(file_office, listed(tmp_path, GOOD, encoding))
    assert (done.created, done.updated, done.refused, done.relations) == (2, 0, (), 1)
    assert detail(file_office, "晨湖科技") == (
        {"晨湖示例科技有限公司", "晨湖科技", "晨湖", "Lakeside"},
        (("uscc", CODE),),
        {("legal_representative", "王知行")},
    )


def test_the_same_on_both_engines(office: Firm, tmp_path: Path) -> None:
    path = listed(tmp_path, GOOD)
    before = office.office.database.state_stamp()
    foreseen = bring_in(office, path, dry_run=True)
    assert office.office.database.state_stamp() == before
    assert office.office.cases.queries.count_parties(office.director) == 0
    assert bring_in(office, path) == foreseen
    again = bring_in(office, path)
    assert (again.created, again.updated) == (0, 2)
    assert office.office.cases.queries.count_parties(office.director) == 2
    assert len(detail(office, "晨湖科技")[2]) == 1


def test_every_bad_row_is_named_with_its_reason_and_the_good_ones_enter(file_office: Firm, tmp_path: Path) -> None:
    rows = [
        "ref,name,kind,aliases,identifier,relation,to_ref",
        "A,甲有限公司,organization,,,,",  # 2
        "B,,organization,,,,",  # 3
        "C,丙,alien,,,,",  # 4
        "D,丁,person,,110105194912310021,,",  # 5
        f"E,{'长' * 201},person,,,,",  # 6
        "F,戊\x07,person,,,,",  # 7
        "A,,,,,parent,Z",  # 8
        "A,,,,,nephew,A",  # 9
        "A,,,,,parent,A",  # 10
        "B,,,,,parent,A",  # 11: B was refused
        "",
        "G,𬀩㛃䶮👩‍⚖️,person,,,,",  # 13
    ]
    done = bring_in(file_office, listed(tmp_path, "\r\n".join(rows)))
    assert refused(done) == [
        (3, "party.name_missing"),
        (4, "party.kind"),
        (6, "party.name_long"),
        (7, "party.name_control"),
        (8, "party.dangling"),
        (9, "party.relation"),
        (10, "relation.self"),
        (11, "party.dangling"),
    ]
    assert [(row, problem.code) for row, problem in done.noted] == [(5, "id_card_check")]
    assert done.created == 3
    names = {row.name for row in file_office.office.cases.queries.list_parties(file_office.director)}
    assert names == {"甲有限公司", "丁", "𬀩㛃䶮👩‍⚖️"}
    assert detail(file_office, "丁")[1] == (("id-card", "110105194912310021"),), (
        "as typed: a conflict check must meet her"
    )


def test_rows_without_a_reference_double_no_organization_and_merge_no_persons(
    office: Firm, tmp_path: Path
) -> None:
    path = listed(
        tmp_path,
        "name,kind,identifier,aliases\n"
        "晨湖（上海）有限公司,organization,,\n"
        "晨湖(上海)有限公司,organization,,晨湖\n"
        f"晨湖有限公司,organization,{CODE},\n"
        f"晨湖数据有限公司,,{CODE},\n"
        "张伟,person,,\n"
        "张伟,person,,\n",
    )
    foreseen = bring_in(office, path, dry_run=True)
    done = bring_in(office, path)
    assert foreseen == done
    assert (done.created, done.updated) == (4, 2)
    names = [row.name for row in office.office.cases.queries.list_parties(office.director)]
    assert sorted(names) == sorted(["晨湖（上海）有限公司", "晨湖有限公司", "张伟", "张伟"])


def test_references_keep_rows_apart_and_update_what_is_on_file(office: Firm, tmp_path: Path) -> None:
    bring_in(office, listed(tmp_path, "ref,name,kind\n1,红星合作社,\n2,红星合作社,organization\n"))
    assert office.office.cases.queries.count_parties(office.director) == 2
    done = bring_in(office, listed(tmp_path, f"ref,name,kind,identifier\n1,红星农业合作社,organization,{CODE}\n"))
    assert (done.created, done.updated) == (0, 1)
    rows = {row.ref: row for row in office.office.cases.queries.list_parties(office.director)}
    assert rows["1"].kind == "organization"  # it was not known before
    assert detail(office, "农业") == ({"红星合作社", "红星农业合作社"}, (("uscc", CODE),), set())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "party.empty"),
        (b"who,what\na,b\n", "party.columns"),
        (b"\xff\xfe\x00\xd8\x00", "party.encoding"),
        (b"name\n\x00\n", "party.encoding"),
        ('name,kind\n"甲有限公司,organization\n乙有限公司,organization\n'.encode(), "party.csv"),
        (b"name\n" + b"x" * 200_000 + b"\n", "party.csv"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "party.columns"),
    ],
    ids=["empty", "other columns", "not text", "zero bytes", "open quotation mark", "huge cell", "a PDF"],
)
def test_what_is_no_list_is_refused_whole(file_office: Firm, tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "parties.csv"
    path.write_bytes(content)
    before = file_office.office.database.state_stamp()
    with pytest.raises(UserError) as error:
        bring_in(file_office, path)
    assert error.value.code == code
    assert file_office.office.database.state_stamp() == before


def test_a_workbook_is_read_like_a_list(file_office: Firm, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(io.StringIO(GOOD)):
        sheet.append(row)
    path = tmp_path / "当事人.xlsx"
    book.save(path)
    done = bring_in(file_office, path)
    assert (done.created, done.refused, done.relations) == (2, (), 1)


def test_stopping_half_way_leaves_nothing(file_office: Firm, tmp_path: Path) -> None:
    rows = "".join(f"{number},示例{number}有限公司,organization\n" for number in range(500))
    path = listed(tmp_path, "ref,name,kind\n" + rows)
    desk = file_office.office.cases
    before = file_office.office.database.state_stamp()
    with pytest.raises(Cancelled):
        desk.import_parties(file_office.director, path, progress=lambda done, _all: done < 300)
    assert desk.queries.count_parties(file_office.director) == 0
    assert file_office.office.database.state_stamp() == before
    seen: list[tuple[int, int]] = []
    desk.import_parties(file_office.director, path, progress=lambda done, every: not seen.append((done, every)))
    assert seen == [(0, 500), (200, 500), (400, 500)]
    assert desk.queries.count_parties(file_office.director) == 500
    with file_office.office.database.read() as session:
        assert verify_chain(session).sound


def test_somebody_without_the_right_brings_in_nothing(file_office: Firm, tmp_path: Path) -> None:
    from lawdesk.firm import Actor, Role

    with pytest.raises(UserError) as error:
        file_office.office.cases.import_parties(Actor(1, "审计", "sj", Role.AUDITOR), listed(tmp_path, GOOD))
    assert error.value.code == "not_allowed"


def test_a_party_entered_by_hand_is_found_again_by_its_number(file_office: Firm, tmp_path: Path) -> None:
    draft = PartyDraft("晨湖示例软件有限公司", PartyKind.ORGANIZATION, identifiers=(("uscc", CODE),))
    file_office.office.cases.add_party(file_office.director, draft)
    done = bring_in(file_office, listed(tmp_path, f"name,identifier\n晨湖示例科技有限公司,{CODE}\n"))
    assert (done.created, done.updated) == (0, 1)
    assert detail(file_office, "科技")[0] == {"晨湖示例软件有限公司", "晨湖示例科技有限公司"}
