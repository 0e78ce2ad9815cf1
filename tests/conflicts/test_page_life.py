"""The window: what is new since a clearance, members' declarations, whole lists."""

from __future__ import annotations

import json
from pathlib import Path

from lawdesk.conflicts.page.batch import BatchSheet
from lawdesk.conflicts.page.members import MembersSheet
from lawdesk.conflicts.service.listing import read_list
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
    window.settle(lambda: "温如玉" in sheet.said.words())
    page = window.page()
    page.go_to(names=["从未见过的人", "温如玉"])
    window.settle(lambda: page.live.checked is not None and not page.live.running)
    assert any(hit.name == "顾知行" and hit.path[-1].relation == "spouse_of" for hit in page.live.result.hits)


def test_a_list_is_checked_and_saved(window: Window, tmp_path: Path) -> None:
    path, out = tmp_path / "名单.csv", tmp_path / "hits.jsonl"
    path.write_text(f"序号,名称\n1,{CLIENT}\n2,从未见过的公司有限公司\n3,贸易公司\n", encoding="utf-8")
    conflicts = window.firm.office.conflicts

    def choose(_parent: object, *, save: bool) -> Path:
        return out if save else path

    lawyer = window.firm.lawyer
    sheet = BatchSheet(conflicts, actor=lambda: lawyer, tasks=window.tasks, choose=choose)
    window.qtbot.addWidget(sheet)
    sheet.show()
    sheet.choose_list()
    window.settle(lambda: len(sheet.answers) == 3 and not sheet.slices.running and CLIENT in words_in(sheet))
    assert "从未见过" not in words_in(sheet)
    assert "贸易公司" in words_in(sheet)  # not searched, and said so
    sheet.save_hits()
    window.settle(out.exists)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["query"] for row in rows] == [CLIENT, "从未见过的公司有限公司", "贸易公司"]
    assert rows[2]["not_searched"]


def test_a_list_can_be_stopped(window: Window, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("名称\n" + "".join(f"{CLIENT}{n}\n" for n in range(40)), encoding="utf-8")
    lawyer = window.firm.lawyer
    sheet = BatchSheet(window.firm.office.conflicts, actor=lambda: lawyer, tasks=window.tasks)
    window.qtbot.addWidget(sheet)
    sheet.check_lines(read_list(path))
    window.qtbot.waitUntil(lambda: bool(sheet.answers), timeout=8000)
    sheet.stop_checking()
    window.settle()
    assert 0 < len(sheet.answers) < 40
    assert str(len(sheet.answers)) in sheet.state.words()
