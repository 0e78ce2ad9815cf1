"""A small ledger for the tests: one good row, and rows changed from it."""

from datetime import date
from typing import Any

from lawdesk.cases.rules.ledger import (
    Grid,
    Ledger,
    LedgerRow,
    read_grids,
)

HEADINGS = [
    "序号",
    "收案日期",
    "所内案号",
    "类别",
    "案由",
    "委托人",
    "委托人地位",
    "对方当事人",
    "第三人",
    "受理机关",
    "案号",
    "审级",
    "主办",
    "协办",
    "收费方式",
    "代理费",
    "已收",
    "开庭时间",
    "结案日期",
    "备注",
]
GOOD: dict[str, Any] = {
    "收案日期": date(2024, 3, 4),
    "所内案号": "（2024）民字第001号",
    "类别": "民事",
    "案由": "买卖合同纠纷",
    "委托人": "王芳",
    "委托人地位": "原告",
    "对方当事人": "杭州示例贸易有限公司",
    "受理机关": "义乌市人民法院",
    "案号": "（2024）浙0782民初12号",
    "审级": "一审",
    "主办": "周明远",
    "收费方式": "计件",
    "代理费": 8000,
}


def ledger_of(*rows: dict[str, Any], name: str = "2024年", headings: list[str] | None = None) -> Ledger:
    headings = headings or HEADINGS
    table = [tuple(headings), *(tuple(row.get(heading) for heading in headings) for row in rows)]
    return read_grids("ledger.xlsx", (Grid(name, tuple(table)),))


def row_of(**changes: Any) -> LedgerRow:
    return ledger_of(GOOD | changes).rows[0]


def problems(row: LedgerRow, severity: str | None = None) -> set[tuple[str, str]]:
    return {
        (problem.code, problem.field)
        for problem in row.problems
        if severity is None or problem.severity == severity
    }
