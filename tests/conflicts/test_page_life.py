"""The window: what is new since a clearance, members' declarations, whole lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lawdesk.cases import FormerMatterDraft, PartyDraft, PartyKind, RelationKind, read_rows
from lawdesk.conflicts.page.batch import BatchSheet, ListJob
from lawdesk.conflicts.page.members import MembersSheet
from lawdesk.conflicts.rules import Asked
from lawdesk.conflicts.service.listing import read_list
from lawdesk.ui import Button
from tests.conflicts.conftest import CLIENT, OTHER, Window, words_in


def test_what_is_new_stands_first_and_is_decided(window: Window) -> None:
    firm = window.firm
    badges: list[int] = []
    window.set_badge = lambda _key, count: badges.append(count)  # type: ignore[method-assign]
    page = window.page(firm.director)
    page.life.rerun()
    window.settle(lambda: bool(window.said))
    cases = firm.office.cases
    matter = page.life
    sheet = MembersSheet(
        firm.office.conflicts, cases, actor=lambda: firm.director, tasks=window.tasks, choose=lambda _parent: None
    )
    window.qtbot.addWidget(sheet)
    sheet.member.choose(str(firm.lawyer.person_id))
    sheet.client.setText(OTHER)
    sheet.add_matter()
    window.settle(lambda: OTHER in words_in(sheet) or OTHER in sheet.said.words())
    matter.rerun()
    window.settle(lambda: bool(matter.news))
    assert badges[-1] == len(matter.news) == 1
    page.list.choose_first()
    window.settle()
    detail = page.result.news
    assert detail.row is not None
    assert OTHER in detail.headline.words()
    detail.entry.begin("no_conflict")
    detail.entry.reason.setText("已核对，不同事务")
    detail.entry._submit()
    window.settle(lambda: not matter.news)
    assert badges[-1] == 0


def test_a_relative_typed_in_the_window_is_walked(window: Window) -> None:
    firm = window.firm
    sheet = MembersSheet(
        firm.office.conflicts,
        firm.office.cases,
        actor=lambda: firm.director,
        tasks=window.tasks,
        choose=lambda _p: None,
    )
    window.qtbot.addWidget(sheet)
    sheet.member.choose(str(firm.lawyer.person_id))
    sheet.kind.choose("spouse")
    sheet.name.setText("温如玉")
    sheet.add_relation()
    sheet.show()
    window.settle(lambda: "温如玉" in sheet.said.words() and "配偶：温如玉" in words_in(sheet))
    sheet.client.setText("旧雨贸易有限公司")
    sheet.adverse.setText("新知物流有限公司")
    sheet.ended.set_day(date(2023, 5, 4))
    sheet.add_matter()
    said = "其他律所的律师：旧雨贸易有限公司（委托人）、新知物流有限公司（对方当事人），至 2023年5月4日"
    window.settle(lambda: "已申报 2 项" in words_in(sheet) and said in words_in(sheet))
    sheet.member.choose(str(firm.director.person_id))
    sheet.read()
    window.settle(lambda: "尚未申报" in words_in(sheet))
    sheet.declare()
    window.settle(lambda: "已申报：无" in words_in(sheet))
    page = window.page()
    page.go_to(names=["从未见过的人", "温如玉"])
    window.settle(lambda: page.live.checked is not None and not page.live.running)
    assert any(hit.name == "顾知行" and hit.path[-1].relation == "spouse_of" for hit in page.live.result.hits)


def test_a_wrong_declaration_is_taken_back_in_two_keys(window: Window) -> None:
    firm, cases = window.firm, window.firm.office.cases
    member = firm.lawyer.person_id or 0
    cases.add_member_relation(firm.director, member, RelationKind.SPOUSE, PartyDraft("温如玉", PartyKind.PERSON))
    cases.add_former_matter(firm.director, member, FormerMatterDraft("x", (("client", "旧雨贸易有限公司"),)))
    sheet = MembersSheet(
        firm.office.conflicts, cases, actor=lambda: firm.director, tasks=window.tasks, choose=lambda _p: None
    )
    window.qtbot.addWidget(sheet)
    sheet.show()
    sheet.member.choose(str(member))
    sheet.read()
    for left, name in ((1, "温如玉"), (0, "旧雨贸易有限公司")):
        window.settle(lambda name=name: name in words_in(sheet))
        (first, *_rest) = [one for one in sheet.findChildren(Button) if one.text() == "撤回" and one.isVisible()]
        first.click()
        (why,) = [one for one in sheet.findChildren(Button) if one.text() == "录入有误" and one.isVisible()]
        why.click()
        window.settle(lambda name=name: name in sheet.said.words())
        assert sheet.said.words().startswith("已撤回：") and "留痕" in sheet.said.words()
        declared = f"已申报 {left} 项" if left else "已申报：无"
        window.settle(lambda declared=declared: declared in words_in(sheet))


def list_sheet(
    window: Window, path: Path | None = None, out: Path | None = None
) -> tuple[ListJob, BatchSheet, list[Asked]]:
    """A job, its sheet, and the names the sheet was asked to show."""
    conflicts, lawyer, shown = window.firm.office.conflicts, window.firm.lawyer, list[Asked]()
    job = ListJob(conflicts, actor=lambda: lawyer, tasks=window.tasks, parent=window.tasks)
    sheet = BatchSheet(job, show=shown.append, choose=lambda _parent, *, save: out if save else path)
    window.qtbot.addWidget(sheet)
    sheet.show()
    return job, sheet, shown


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_is_checked_opened_and_saved(window: Window, tmp_path: Path, ending: str) -> None:
    path, out = tmp_path / "名单.csv", tmp_path / f"hits.{ending}"
    path.write_text(f"序号,名称\n1,从未见过的公司有限公司\n2,贸易公司\n3,{OTHER}\n4,\n", encoding="utf-8")
    job, sheet, shown = list_sheet(window, path, out)
    sheet.choose_list()
    window.settle(lambda: job.done == 4 and not job.slices.running)
    rows = [sheet.model.row(place) for place in range(sheet.model.total)]
    assert [(row.title, row.status.text) for row in rows if row is not None and row.status is not None] == [
        (OTHER, "须豁免"),
        ("贸易公司", "未能检索"),
        ("（无名称）", "未能检索"),
    ]
    assert "已检索 4/4 个名称 · 1 个有命中 · 2 个未能检索" in sheet.state.words()
    sheet.list.opened.emit(sheet.model.item(0))
    assert [asked.name for asked in shown] == [OTHER]
    sheet.save_hits()
    window.settle(lambda: out.name in sheet.state.words())
    table = [[str(cell) for cell in row] for row in read_rows(out)]
    assert {(row[1], row[2]) for row in table if row and row[0] in ("3", "4", "5")} == {
        (OTHER, "须豁免"),
        ("贸易公司", "未能检索"),
        ("", "未能检索"),
    }
    said = any("未列出的名称均已检索，无命中。" in cell for row in table for cell in row)
    assert said == (ending == "xlsx"), "a CSV is only its table"


def test_a_list_goes_on_without_its_sheet_and_can_be_stopped(window: Window, tmp_path: Path) -> None:
    path, out = tmp_path / "名单.csv", tmp_path / "hits.csv"
    path.write_text("名称\n" + "".join(f"{CLIENT}{n}\n" for n in range(40)), encoding="utf-8")
    job, sheet, _shown = list_sheet(window, path, out)
    job.check(read_list(path))
    sheet.leave()
    window.qtbot.waitUntil(lambda: job.done > 0, timeout=8000)
    again = BatchSheet(job, show=lambda _asked: None, choose=lambda _parent, *, save: out)
    window.qtbot.addWidget(again)
    again.show()
    job.stop()
    window.settle()
    assert 0 < job.done < 40 and f"{job.done}/40" in again.state.words()
    again.save_hits()
    window.settle(out.exists)
    assert f"名单中另有 {40 - job.done} 个名称尚未检索" in out.read_text(encoding="utf-8-sig")


def test_a_row_that_cannot_be_read_is_shown_as_not_searched(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(f"名称,类型,颜色\n{OTHER},船舶,红\n从未见过的公司有限公司,法人,\n", encoding="utf-8")
    job, sheet, _shown = list_sheet(window, path)
    sheet.choose_list()
    window.settle(lambda: job.done == 2 and not job.slices.running)
    (row,) = [sheet.model.row(place) for place in range(sheet.model.total)]
    assert row is not None and row.status is not None
    assert (row.title, row.status.text) == (OTHER, "未能检索")
    assert "船舶" in str(row.segments[0])
    assert "未读取的列：颜色" in sheet.state.words()


def test_a_file_that_is_no_list_is_refused_in_words(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "picture.xlsx"
    path.write_bytes(b"\x89PNG" + bytes(100))
    job, sheet, _shown = list_sheet(window, path)
    sheet.choose_list()
    window.settle(lambda: job.error is not None)
    assert "不是Excel工作簿" in words_in(sheet) and sheet.pick.isVisible()
