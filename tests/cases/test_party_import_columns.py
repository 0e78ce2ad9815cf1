"""What the columns of a list of parties say: further names, kinds in Chinese, references that stand twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawdesk.cases.rules.columns import kind_said, read_heading
from lawdesk.cases.rules.parties import PartyKind
from lawdesk.cases.rules.tables import COLUMNS, NAME_KINDS, party_table
from lawdesk.cases.service.imports import PartyImport
from lawdesk.kernel.errors import Problem
from tests.offices import Firm

CODE = "91110000802100433B"


def bring_in(firm: Firm, tmp_path: Path, text: str, encoding: str = "utf-8") -> PartyImport:
    path = tmp_path / "parties.csv"
    path.write_bytes(text.encode(encoding))
    return firm.office.cases.import_parties(firm.director, path)


def names_of(firm: Firm, ref: str) -> dict[str, str]:
    (party,) = firm.office.cases.queries.find_party(firm.director, ref)
    return {name: str(kind) for kind, name in firm.office.cases.queries.party(firm.director, party).names}


def refused(done: PartyImport) -> list[tuple[int, str]]:
    return [(row, problem.code) for row, problem in done.refused]


def test_former_short_and_english_names_come_in_as_what_they_are(office: Firm, tmp_path: Path) -> None:
    text = (
        "ref,name,kind,aliases,former,short,english\n"
        "A,晨湖科技有限公司,organization,湖人,晨光电器厂；晨光电器有限公司,晨湖,Lakeside Technology Co. Ltd\n"
    )
    done = bring_in(office, tmp_path, text)
    assert (done.created, done.refused, done.ignored) == (1, (), ())
    assert names_of(office, "A") == {
        "晨湖科技有限公司": "registered",
        "湖人": "alias",
        "晨光电器厂": "former",
        "晨光电器有限公司": "former",
        "晨湖": "short",
        "Lakeside Technology Co. Ltd": "english",
    }


def test_headings_and_kinds_may_be_chinese(file_office: Firm, tmp_path: Path) -> None:
    text = (
        "编号,名称,类型,曾用名,统一社会信用代码,身份证号\n"
        f"A,晨湖科技有限公司,法人,晨光电器厂,{CODE},\n"
        "B,王知行,自然人,王小行,,110105194912310021\n"
        "C,南塘经营部,单位,,,\nD,李四, 个人 ,,,\nE,王五,,,,\n"
    )
    done = bring_in(file_office, tmp_path, text)
    assert (done.created, refused(done)) == (5, [])
    assert names_of(file_office, "B") == {"王知行": "registered", "王小行": "former"}
    kinds = {row.ref: row.kind for row in file_office.office.cases.queries.list_parties(file_office.director)}
    assert kinds == {
        "A": "organization",
        "B": "person",
        "C": "organization",
        "D": "person",
        "E": "unknown",
    }
    (party,) = file_office.office.cases.queries.find_party(file_office.director, "A")
    assert file_office.office.cases.queries.party(file_office.director, party).identifiers[0][0] == "uscc"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *[("自然人", PartyKind.PERSON), ("个人", PartyKind.PERSON), ("Person", PartyKind.PERSON)],
        *[("法人", PartyKind.ORGANIZATION), ("公司", PartyKind.ORGANIZATION), ("company", PartyKind.ORGANIZATION)],
        *[("单位", PartyKind.ORGANIZATION), ("非法人组织", PartyKind.ORGANIZATION), ("", PartyKind.UNKNOWN)],
    ],
)
def test_a_kind_is_said_in_either_language(word: str, kind: PartyKind) -> None:
    assert kind_said(f" {word}　") is kind


def test_an_unknown_kind_is_refused_with_the_words_that_would_do() -> None:
    found = kind_said("船舶")
    assert isinstance(found, Problem)
    said = found.words()
    assert "船舶" in said and "自然人" in said and "法人" in said


def test_no_two_headings_are_the_same_word() -> None:
    words = [word for some in COLUMNS.values() for word in some]
    assert len(words) == len(set(words))
    assert read_heading(words, COLUMNS).ignored == ()


def test_columns_that_are_not_read_are_named(file_office: Firm, tmp_path: Path) -> None:
    done = bring_in(file_office, tmp_path, "name,shareholder,former,备注\n晨湖公司,某甲,晨光厂,老客户\n")
    assert done.ignored == ("shareholder", "备注")
    assert done.created == 1


def test_two_names_under_one_reference_in_one_file_are_not_made_one_party(office: Firm, tmp_path: Path) -> None:
    text = "ref,name,kind\nA,周一,person\nB,吴六,person\nA,周二,person\nA, 周 一,person\n"
    done = bring_in(office, tmp_path, text)
    assert (done.created, done.updated, refused(done)) == (2, 1, [(4, "party.ref_twice")])
    said = done.refused[0][1].words()
    assert "2" in said and "周一" in said and "A" in said
    assert "周二" not in names_of(office, "A")
    again = bring_in(office, tmp_path, text)
    assert (again.created, again.updated, refused(again)) == (0, 3, [(4, "party.ref_twice")])


def test_a_second_row_that_bears_a_name_of_the_first_is_the_same_party(file_office: Firm, tmp_path: Path) -> None:
    text = f"ref,name,former,identifier\nA,晨湖科技公司,,\nA,晨光科技公司,晨湖科技公司,\nA,晨湖科技公司,,{CODE}\n"
    done = bring_in(file_office, tmp_path, text)
    assert (done.created, done.updated, refused(done)) == (1, 2, [])
    assert names_of(file_office, "A") == {"晨湖科技公司": "registered", "晨光科技公司": "alias"}
    (party,) = file_office.office.cases.queries.find_party(file_office.director, "A")
    assert len(file_office.office.cases.queries.party(file_office.director, party).identifiers) == 1


def test_a_reference_on_file_for_another_name_is_said(file_office: Firm, tmp_path: Path) -> None:
    bring_in(file_office, tmp_path, "ref,name\nA,周一\n")
    done = bring_in(file_office, tmp_path, "ref,name\nA,周二\n")
    assert done.updated == 1
    ((row, problem),) = done.noted
    assert (row, problem.code) == (2, "party.renamed")
    assert "周一" in problem.words() and "周二" in problem.words()
    assert bring_in(file_office, tmp_path, "ref,name\nA,周二\n").noted == ()


def test_a_row_with_more_cells_than_headings_is_refused() -> None:
    table = party_table([["ref", "name"], ["A", "Smith", " John"], ["B", "Ng", ""]])
    assert [(row, problem.code) for row, problem in table.refused] == [(2, "list.cells")]
    assert [line.ref for line in table.lines] == ["B"]


@pytest.mark.parametrize("separator", [";", "\t", "，", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_other_separators_are_seen_in_the_heading(
    file_office: Firm, tmp_path: Path, separator: str, encoding: str
) -> None:
    rows = [["ref", "name", "aliases"], ["A", "晨湖, 公司", '"晨;湖"']]
    text = "\r\n".join(separator.join(row) for row in rows)
    done = bring_in(file_office, tmp_path, text, encoding)
    assert (done.created, refused(done)) == (1, [])
    assert set(names_of(file_office, "A")) == {"晨湖, 公司", "晨", "湖"}


def test_a_formula_without_a_saved_result_is_no_name(file_office: Firm, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ref", "name"])
    sheet.append(["A", "=C1&C2"])
    sheet.append(["B", "晨湖公司"])
    path = tmp_path / "当事人.xlsx"
    book.save(path)
    done = file_office.office.cases.import_parties(file_office.director, path)
    assert (done.created, refused(done)) == (1, [(2, "list.formula")])


def test_every_column_of_names_is_a_column() -> None:
    assert set(NAME_KINDS) < set(COLUMNS)
