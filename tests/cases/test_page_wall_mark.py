"""The mark of an ethical wall: seen by who is inside, on the case and in the list, reached by the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from lawdesk.cases.page.wall_mark import WallMark, WallsSheet
from lawdesk.firm import WallDraft
from lawdesk.ui import Segment
from tests.cases.page_bench import Bench, open_case


def test_who_is_inside_sees_that_there_is_a_wall_and_who_raised_it(bench: Bench) -> None:
    case = open_case(bench.firm)
    other = open_case(bench.firm, "甲乙丙科技有限公司", "丁戊己商贸有限公司")
    walls, director, lawyer = bench.firm.office.walls, bench.firm.director, bench.firm.lawyer
    inside = frozenset({lawyer.person_id or 0})
    wall = walls.put_up(director, WallDraft("亲属关系", case_id=case, inside=inside))
    page = bench.page()
    rows = {row.key: row for row in map(page.model.row, range(page.model.total)) if row is not None}
    assert {key: row.sign for key, row in rows.items()} == {case: Segment("信息隔离", icon="eye-off"), other: None}
    assert "信息隔离" in rows[case].sentence()
    page.go_to(case_id=case)
    bench.settle()
    (mark,) = page.view.header.findChildren(WallMark)
    said = mark.toolTip()
    assert (
        "顾知行" in said and "秦望舒" in said and "2025年11月5日" in said and said == mark.accessibleDescription()
    )
    assert mark.accessibleName() == "信息隔离" and mark.focusPolicy() & Qt.FocusPolicy.TabFocus
    bench.qtbot.keyClick(mark, Qt.Key.Key_Return)
    assert isinstance(bench.host.sheet, WallsSheet)
    assert "亲属关系" in [label.text() for label in bench.host.sheet.findChildren(QLabel)]
    walls.end(director, wall, "不再需要")
    bench.settle()
    page.refresh(None)
    bench.settle()
    assert [one for one in page.view.header.findChildren(WallMark) if one.isVisible()] == []


def test_a_wall_around_a_party_marks_its_cases(bench: Bench) -> None:
    case, director = open_case(bench.firm), bench.firm.director
    queries = bench.firm.office.cases.queries
    party = queries.find_party(director, "栩岳建设工程有限公司")[0]
    inside = frozenset({bench.firm.lawyer.person_id or 0})
    bench.firm.office.walls.put_up(director, WallDraft("x", party_id=party, inside=inside))
    page = bench.page()
    page.go_to(case_id=case)
    bench.settle()
    (mark,) = page.view.header.findChildren(WallMark)
    bench.qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert isinstance(bench.host.sheet, WallsSheet)
