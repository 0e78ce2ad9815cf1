"""The ledger and lists of parties through the cases page, with the real sample file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from lawdesk.firm import Actor
from lawdesk.firm import Role as FirmRole
from lawdesk.kernel import i18n
from tests.cases.import_desk import EXPECTED, LEDGER, STATES, Desk
from tests.cases.page_bench import Bench, titles


@pytest.fixture
def desk(bench: Bench) -> Desk:
    return Desk(bench)


def wanted_cells(read: dict[str, Any]) -> dict[str, str]:
    """Write what the sample's answers say as the page writes it."""
    kinds = {"person": "自然人", "organization": "单位", "unknown": "未知"}

    def money(key: str) -> str:
        return "" if read.get(key) is None else f"{read[key]:,.2f} 元"

    def names(key: str) -> list[tuple[str, str]]:
        return [(party["name"], kinds[party["kind"]]) for party in read[key]]

    plain = ("intake_date", "internal_number", "matter_type", "cause", "client_role", "forum", "stage")
    wanted: dict[str, Any] = {
        key: read[key] or "" for key in (*plain, "lead", "fee_mode", "remark", "closed_date")
    }
    wanted |= {key: names(key) for key in ("clients", "adverse", "third_parties")}
    wanted |= {
        "court_numbers": "\n".join(read["court_numbers"]),
        "assistants": "、".join(read["assistants"]),
        "received": money("received_yuan"),
        "hearing": (read["hearing"] or "").replace("T", " "),
        "fee_yuan": money("fee_yuan"),
    }
    return wanted


def test_the_preview_shows_every_row_as_it_should_be_read_and_writes_nothing(desk: Desk) -> None:
    before = desk.firm.office.database.state_stamp()
    view = desk.ledger()
    assert view.seen is not None
    lines = {(line.sheet, line.row): line for line in view.seen.lines}
    assert {place: line.state for place, line in lines.items()} == {
        (row["sheet"], row["row"]): STATES[row["status"]] for row in EXPECTED["rows"]
    }
    for row in EXPECTED["rows"]:
        line = lines[row["sheet"], row["row"]]
        found = {(problem.severity, problem.field) for problem in line.problems}
        assert {(one["severity"], one["field"]) for one in row["problems"]} <= found
        if row["kind"] != "case":
            continue
        pairs = {pair.field: pair.read for pair in view.job.pairs(view._file, line)}
        for field, words in wanted_cells(row["read"]).items():
            if field == "fee_yuan":
                assert words == "" or words in pairs["fee"].split("\n"), line
            elif isinstance(words, list):
                shown = [tuple(one.split(" · ")[:2]) for one in pairs[field].split("\n") if one]
                assert shown == words, line
            else:
                assert pairs.get(field, "") == words, (line, field)
    assert view.headline.text() == "共 71 行： 20 行无误，35 行须核对，12 行须改正；4 行不是案件。"
    assert view.button.text().strip("\u2009") == "导入 55 个案件"
    assert desk.firm.office.database.state_stamp() == before
    assert (desk.booked, desk.checked) == ([], 0)


def test_filters_and_the_detail_of_a_row(desk: Desk) -> None:
    view = desk.ledger()
    view.filter.choices["refused"].click()
    assert view.model.total == 12
    view.table.setCurrentIndex(view.model.index(1, 0))
    assert view.detail.place.text() == "2024年 第 16 行"
    cells = {heading: (cell, read) for heading, cell, read in view.detail.shown_cells()}
    assert cells["委托人"][0] and cells["委托人"][1].endswith("单位")
    assert cells["案由"] == ("–", "–"), "an empty cell with a problem is shown all the same"
    problems = [view.model.data(view.model.index(row, 3)) for row in range(12)]
    assert "委托人：委托人空白。" in " ".join(problems)
    for key, count in (("sound", 20), ("remarks", 35), ("skipped", 4), ("all", 71)):
        view.filter.choices[key].click()
        assert view.model.total == count


def test_taking_over_makes_the_cases_and_leads_to_them(desk: Desk) -> None:
    view = desk.ledger()
    view.setFocus()
    desk.bench.qtbot.keyClick(view.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.cases() == 55
    assert [done.taken for done in desk.booked] == [55]
    assert desk.checked == 55, "each case went through the conflict check"
    assert view.headline.text() == "已导入 55 个案件。 12 行未导入，须改正。"
    assert desk.bench.host.said[-1] == view.headline.text()
    view.filter.choices["taken"].click()
    view.table.opened.emit(view.table.current_item())
    desk.settle()
    assert desk.page.door.view is None, "Enter on a row goes to its case"
    assert desk.page.view.case_id is not None
    desk.page.door.leave()
    view._press()
    desk.settle()
    assert desk.page.filter.chosen() == "all" and desk.page.model.total == 55


def test_the_same_file_again_says_so_and_doubles_nothing(desk: Desk) -> None:
    desk.ledger().take()
    desk.settle()
    view = desk.ledger()
    assert view.headline.text() == "这份登记表已经导入过：其中 55 个案件已在 LawDesk 中，没有新案件。"
    assert not view.button.isEnabled()
    assert view.seen is not None and view.seen.counts == {"there": 55, "refused": 12, "skipped": 4}
    view.take()
    desk.settle()
    assert desk.cases() == 55
    view.filter.choices["there"].click()
    assert view.detail.link.isVisible(), "the case it already is can be looked at"


def test_rows_without_a_number_are_not_doubled_either(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["收案日期", "案由", "委托人", "委托人地位", "对方当事人", "受理机关", "案号", "审级", "主办"])
    for other in ("甲示例商贸有限公司", "乙示例商贸有限公司"):
        sheet.append(
            ["2025-03-04", "买卖合同纠纷", "王芳", "原告", other, "义乌市人民法院", None, "一审", "顾知行"]
        )
    path = tmp_path / "登记.xlsx"
    book.save(path)
    desk.ledger(path).take()
    desk.settle()
    assert desk.cases() == 2
    view = desk.ledger(path)
    assert view.seen is not None and view.seen.counts == {"there": 2}
    assert not view.button.isEnabled() and desk.cases() == 2


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_refused_rows_are_saved_corrected_and_come_in(desk: Desk, tmp_path: Path, ending: str) -> None:
    view = desk.ledger()
    view.take()
    desk.settle()
    desk.target = tmp_path / f"改{ending}"
    view.save_refused()
    desk.settle()
    assert desk.proposed == "收案登记表-须改正.xlsx"
    again = desk.ledger(desk.target)
    assert again.seen is not None
    assert len(again.seen.lines) >= 12 and again.seen.wanted == 0, "read alone, none of them slips in"
    refused = {line.number: {problem.code for problem in line.problems} for line in again.seen.refused()}
    assert len(refused) == 11, "the row that stood there twice is a case that is here already"
    assert "conflict_same_case" in refused["2025民012"], "no changing of sides by way of a second file"
    assert "case.number_taken" in refused["（2024）民字第011号"], "another case under a number that is given"
    texts = [pair.cell for line in again.seen.refused() for pair in again.job.pairs(again._file, line)]
    assert any("委托人空白" in text for text in texts), "the reason stands in the file"
    if ending == ".csv":
        return
    book = load_workbook(desk.target)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "（2023）民字第027号":
                    cell.value = "（2024）民字第127号"
    book.save(desk.target)
    corrected = desk.ledger(desk.target)
    assert corrected.seen is not None and corrected.seen.wanted == 1
    corrected.take()
    desk.settle()
    assert desk.cases() == 56


def test_stopping_half_way_leaves_nothing(desk: Desk) -> None:
    view = desk.ledger()

    def stop(row: int) -> None:
        if row == 20 and view.task is not None:
            view.task.cancel()

    before = desk.firm.office.database.state_stamp()
    desk.at_row = stop
    view.take()
    desk.settle()
    assert desk.checked == 20
    assert desk.cases() == 0 and desk.firm.office.database.state_stamp() == before
    assert desk.bench.host.said[-1] == "已停止，没有任何改动。"
    assert view.button.isEnabled(), "the preview is still there"


def wrong_file(tmp_path: Path, what: str) -> Path:
    path = tmp_path / "登记表.xlsx"
    if what == "pdf":
        path.write_bytes(b"%PDF-1.7\n\x00\x01")
    elif what == "password":
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    elif what == "empty":
        path.write_bytes(b"")
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("表")
        sheet.append(["委托人", "对方当事人", "案由", "案号"] if what == "long" else ["甲", "乙", "丙"])
        for number in range(20_001 if what == "long" else 3):
            sheet.append([f"{number}", "b", "c", "d"])
        book.save(path)
    return path


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("pdf", "它不是Excel工作簿。"),
        ("password", "文件设有密码。"),
        ("empty", "文件中没有数据。"),
        ("long", "工作表超过20000行"),
        ("columns", "文件中没有找到收案登记表。"),
    ],
)
def test_wrong_files_are_named_in_words(desk: Desk, tmp_path: Path, what: str, words: str) -> None:
    before = desk.firm.office.database.state_stamp()
    view = desk.ledger(wrong_file(tmp_path, what))
    assert view.trouble.block is not None
    assert words.replace(" ", "") in str(view.trouble.block.words).replace(" ", "")
    assert not view.button.isEnabled() and view.seen is None
    assert desk.firm.office.database.state_stamp() == before
    view.table.setFocus()
    desk.table = LEDGER
    view.choose_file()
    desk.settle()
    assert view.trouble.block is None and view.seen is not None, "the next file is read as if nothing had been"


def test_who_may_not_import_is_not_offered_it(bench: Bench) -> None:
    office = bench.firm.office
    person = office.firm.add_person(bench.firm.director, name="会计", login="kj", role=FirmRole.ACCOUNTANT)
    desk = Desk(bench)
    desk.actor = Actor(person, "会计", "kj", FirmRole.ACCOUNTANT)
    assert desk.page.door.menu() == []


def test_an_office_without_cases_offers_the_ledger(desk: Desk) -> None:
    assert desk.page.empty.ledger.isVisible()
    assert desk.page.empty.title.text() == "还没有案件"
    desk.page.empty.ledger.click()
    desk.settle()
    desk.view.take()
    desk.settle()
    desk.page.door.leave()
    desk.page.words.setText("没有这样的名字")
    desk.page.words.flush()
    desk.settle()
    assert titles(desk.page) == []
    assert desk.page.empty.title.text() == "没有符合条件的案件" and not desk.page.empty.ledger.isVisible()


def test_files_dropped_on_the_list_are_read(desk: Desk) -> None:
    desk.page.list.files_dropped.emit(None, [LEDGER])
    desk.settle()
    assert desk.view.seen is not None and desk.view.seen.wanted == 55


PARTIES = """ref,name,kind,aliases,identifier,relation,to_ref
P1,晨湖示例科技有限公司,organization,晨湖科技;晨湖,91110000802100433B,,
P2,王知行,person,,,,
P3,砚山测试器材有限公司,alien,,,,
P2,,,,,legal_representative,P1
"""


def test_parties_come_in_after_a_preview(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "当事人.csv"
    path.write_text(PARTIES, encoding="utf-8")
    count = desk.firm.office.cases.queries.count_parties
    view = desk.parties(path)
    assert view.seen is not None
    assert [line.state for line in view.seen.lines] == ["sound", "sound", "refused", "sound"]
    assert view.headline.text() == "新当事人 2 个，已有 0 个，关系 1 条，1 行须改正。"
    assert count(desk.firm.director) == 0
    view.take()
    desk.settle()
    assert count(desk.firm.director) == 2
    desk.target = tmp_path / "改.csv"
    view.save_refused()
    desk.settle()
    text = desk.target.read_text(encoding="utf-8-sig").replace("alien", "法人")
    desk.target.write_text(text, encoding="utf-8")
    desk.parties(desk.target).take()
    desk.settle()
    assert count(desk.firm.director) == 3
    again = desk.parties(path)
    assert again.headline.text().startswith("新当事人 0 个，已有 2 个"), "nobody twice"


def test_a_list_of_parties_tells_what_was_not_read_and_whom_a_reference_names(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "当事人.csv"
    text = "编号,名称,类型,曾用名,备注\nA,晨湖科技有限公司,法人,晨光电器厂,老客户\nA,周二,自然人,,\n"
    path.write_text(text, encoding="utf-8")
    view = desk.parties(path)
    assert view.seen is not None
    assert [line.state for line in view.seen.lines] == ["sound", "refused"]
    assert "编号 A 已由第 2 行的晨湖科技有限公司使用" in view.seen.lines[1].problems[0].words()
    (note,) = view.seen.notes
    assert note.words().startswith("以下各列未读取：备注。") and "曾用名" in note.words()
    pairs = {pair.heading: pair.read for pair in view.job.pairs(view._file, view.seen.lines[0])}
    assert (pairs["类型"], pairs["曾用名"], pairs["备注"]) == ("单位", "晨光电器厂", "")


def test_a_list_of_parties_taken_for_a_ledger_is_read_as_one(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "当事人.csv"
    path.write_text(PARTIES, encoding="utf-8")
    view = desk.ledger(path)
    assert view.trouble.block is not None
    (other,) = view._other_way()
    other.click()
    desk.settle()
    assert desk.view.job.key == "parties" and desk.view.seen is not None


def test_both_languages_and_narrow(desk: Desk, qapp: QApplication) -> None:
    view = desk.ledger()
    desk.page.set_width_class("narrow")
    assert view.panes.narrow
    view.table.opened.emit(view.table.current_item())
    assert view.detail.isVisible(), "list and detail take turns"
    i18n.set_language("en")
    QApplication.processEvents()
    try:
        assert view.headline.text().startswith("71 rows: 20 sound, 35 with remarks")
        assert view.button.text().strip("\u2009") == "Take over 55 cases"
        assert view.model.headerData(1, Qt.Orientation.Horizontal) == "State"
        assert view.detail.place.text() == "2024年, row 5"
    finally:
        i18n.set_language("zh")


def test_esc_goes_back_to_the_list(desk: Desk) -> None:
    view = desk.ledger()
    desk.bench.qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert desk.page.door.view is None
