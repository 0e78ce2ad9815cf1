"""One person under every spelling, and the answer they get."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from lawdesk.cases import NameKind, PartyDraft, PartyKind
from lawdesk.kernel.errors import Refused, UserError
from lawdesk.privacy.rules.finding import ERASED, excerpt, mentions, needles, without
from tests.offices import DAY
from tests.privacy.conftest import ADDRESS, ALIAS, FORMER, NAME, NUMBER, PHONE, Desk


@pytest.mark.parametrize(
    "text",
    [
        "与郦栖梧签约",
        "郦 栖 梧",
        "酈棲梧",
        "原告：Li Qiwu",
        "LI QI-WU 先生",
        "Qiwu Li",
        '{"name": "\\u90e6\\u6816\\u68a7"}',
    ],
)
def test_a_text_names_somebody_however_it_is_written(text: str) -> None:
    assert mentions(text, needles([NAME], []))


@pytest.mark.parametrize("text", ["郦栖", "栖梧", "liqiwuyan", "belizeqiwu", "", "郦某"])
def test_and_not_somebody_else(text: str) -> None:
    assert not mentions(text, needles([NAME], []))


def test_numbers_are_found_with_spaces_and_short_ones_never() -> None:
    wanted = needles([], [NUMBER, "12"])
    assert mentions("证号 110105 19491231 002x", wanted) and not mentions("第12条", wanted)
    assert not needles(["郦"], [])


def test_a_name_is_blacked_out_of_a_text_and_nothing_else() -> None:
    wanted = needles([NAME, FORMER], [NUMBER])
    said = without(f"原告郦 栖梧（曾用名{FORMER}，{NUMBER}），即 Li Qiwu，称……", wanted)
    assert said == f"原告{ERASED}（曾用名{ERASED}，{ERASED}），即 {ERASED}，称……"
    assert excerpt("前面说了很多很多很多很多话，郦栖梧到场", wanted).startswith("…")
    assert excerpt('{"parties": [{"name": "郦栖梧", "standing": ""}]}', wanted) == "郦栖梧"


@pytest.mark.parametrize("spelling", [NAME, "酈棲梧", FORMER, ALIAS, NUMBER, PHONE, "Qiwu Li"])
def test_one_person_is_found_under_every_spelling(both: Desk, spelling: str) -> None:
    party = both.person()
    both.names(party)
    both.person("顾不言", "", phone="", address="")
    numbers = [spelling] if spelling in (NUMBER, PHONE) else []
    found = both.privacy.find(both.director, "" if numbers else spelling, numbers)
    assert [one.party_id for one in found.candidates] == [party]
    (one,) = found.candidates
    assert set(one.names) == {FORMER, ALIAS} and "3101" not in str(one) and NUMBER not in str(one.numbers)
    assert found.extent.not_searched


def test_texts_of_cases_and_enquiries_that_name_the_person_are_told(desk: Desk) -> None:
    desk.person()
    case = desk.case(adverse="顾不言", facts=f"证人{NAME}当时在场")
    desk.firm.office.cases.save_draft(desk.lawyer, "new-case", {"parties": [NAME]})
    found = desk.privacy.find(desk.director, NAME)
    places = {(one.table, one.column, one.case_id) for one in found.mentions}
    assert {("cases", "facts", case), ("draft", "content", None)} <= places
    assert all(one.title and "_" not in one.title for one in found.mentions)


def test_merged_parties_are_one_person(desk: Desk) -> None:
    party = desk.person()
    other = desk.firm.office.cases.add_party(desk.lawyer, PartyDraft(FORMER, PartyKind.PERSON))
    desk.firm.office.cases.merge_parties(desk.lawyer, party, other)
    (one,) = desk.privacy.find(desk.director, FORMER).candidates
    assert one.party_id == party


def test_documents_are_read_where_they_can_be_and_counted_where_not(desk: Desk, tmp_path: Path) -> None:
    from lawdesk.paper.blocks import Text, TextDocument
    from lawdesk.paper.word import write_docx

    desk.person()
    case = desk.case(adverse="顾不言")
    (tmp_path / "证言.txt").write_text(f"{NAME}作证", encoding="gb18030")
    write_docx(TextDocument("证言", [Text(f"{NAME}又作证")]), tmp_path / "证言二.docx")
    (tmp_path / "扫描.pdf").write_bytes(b"%PDF-1.4 not readable here")
    for name in ("证言.txt", "证言二.docx", "扫描.pdf"):
        desk.firm.office.documents.add_file(desk.lawyer, case, tmp_path / name)
    quick = desk.privacy.find(desk.director, NAME)
    assert "document" not in {one.table for one in quick.mentions} and "3" in quick.extent.not_searched[0]
    found = desk.privacy.find(desk.director, NAME, documents=True)
    assert [one.table for one in found.mentions].count("document") == 2
    assert found.extent.documents == 2 and "1" in found.extent.not_searched[0]


def test_who_looks_must_say_for_whom_and_may(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.privacy.find(desk.director, " ")
    with pytest.raises(UserError) as caught:
        desk.privacy.find(desk.lawyer, NAME)
    assert caught.value.code == "not_allowed"


def test_a_client_gets_everything_of_their_own_and_nobody_elses(desk: Desk, tmp_path: Path) -> None:
    party = desk.person()
    desk.names(party)
    spouse = desk.relative(party, "祁晚舟")
    case = desk.case(client=NAME, adverse="顾不言", facts="客户自认欠款")
    (tmp_path / "欠条.txt").write_text("欠条", encoding="utf-8")
    desk.firm.office.documents.add_file(desk.lawyer, case, tmp_path / "欠条.txt")
    found = desk.privacy.export_person(desk.director, [party], tmp_path / "out.zip")
    assert found.client and found.withheld == ()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert set(archive.namelist()) == {"index.html", "data.json", "report.docx", "report.pdf"}
        page, data = archive.read("index.html").decode(), json.loads(archive.read("data.json"))
    for own in (NAME, FORMER, ALIAS, NUMBER, PHONE, ADDRESS, "民间借贷纠纷", "欠条.txt", "祁**"):
        assert own in page, own
    assert "祁晚舟" not in page and "顾不言" not in page and "客户自认欠款" not in page
    assert data["party_identifier"][0]["value"] == NUMBER and data["cases"][0]["side"] == "client"
    assert data["searched"]["not_searched"]
    assert spouse


def test_an_adverse_party_learns_no_secret_of_the_client(desk: Desk, tmp_path: Path) -> None:
    desk.case(client="屿白物流有限公司", adverse=NAME, facts=f"{NAME}无力偿还")
    (one,) = desk.privacy.find(desk.director, NAME).candidates
    found = desk.privacy.export_person(desk.director, [one.party_id], tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        page = archive.read("index.html").decode()
    assert NUMBER in page and "屿白" not in page and "无力偿还" not in page and "民间借贷" not in page
    assert not found.client and len(found.withheld) == 1 and "1" in found.withheld[0]


def test_html_and_json_hold_what_was_typed_as_text(desk: Desk, tmp_path: Path) -> None:
    party = desk.person("<script>alert(1)</script>", "")
    desk.firm.office.cases.add_name(desk.lawyer, party, NameKind.ALIAS, '"><img src=x>')
    desk.privacy.export_person(desk.director, [party], tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        page = archive.read("index.html").decode()
    assert "<script" not in page and "<img" not in page and "&lt;script&gt;" in page


def test_handing_over_is_on_record_without_the_name(desk: Desk, tmp_path: Path) -> None:
    party = desk.person()
    desk.privacy.export_person(desk.director, [party], tmp_path / "out.zip")
    with desk.firm.office.database.read() as session:
        rows = session.connection().exec_driver_sql("SELECT action, subject_id, detail FROM audit_record").all()
    assert ("personal.export", party) in {(row[0], row[1]) for row in rows}
    assert not any(NAME in row[2] or NUMBER in row[2] for row in rows)


def test_an_unknown_party_is_refused_and_nothing_is_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        desk.privacy.export_person(desk.director, [99], tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists() and DAY
