"""Lists as people write them: headings in Chinese or English, kinds of parties in words, rows that do not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from lawdesk.cases.rules.parties import PartyKind, RelationKind
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, listed
from lawdesk.outside.cells import Cell, NoValue

Headings = Mapping[str, Sequence[str]]
"""What a column is called here, and what it may be called in a list (in lower case)."""

NAME_WORDS = (
    "name",
    "名称",
    "姓名",
    "当事人",
    "当事人名称",
    "当事人姓名",
    "姓名或名称",
    "名称或姓名",
    "姓名/名称",
)
KIND_WORDS = ("kind", "type", "类型", "类别", "当事人类型", "主体类型", "性质", "主体性质")
NUMBER_WORDS = (
    *("identifier", "id number", "id_number", "credit code", "证件号", "证件号码", "身份证", "身份证号"),
    *("身份证号码", "统一社会信用代码", "社会信用代码", "信用代码", "组织机构代码"),
)
_KINDS = {
    PartyKind.PERSON: ("person", "natural person", "individual", "human", "自然人", "个人", "人", "公民"),
    PartyKind.ORGANIZATION: (
        *("organization", "organisation", "org", "company", "corporation", "firm", "institution", "legal person"),
        *("legal entity", "entity", "法人", "单位"),
        *(
            "公司",
            "企业",
            "组织",
            "机构",
            "法人单位",
            "非法人组织",
            "法人或其他组织",
            "法人或者其他组织",
            "其他组织",
        ),
    ),
    PartyKind.UNKNOWN: ("", "unknown", "未知", "不明", "不详", "不清楚"),
}
_RELATIONS = {
    "法定代表人": RelationKind.LEGAL_REPRESENTATIVE,
    "股东": RelationKind.SHAREHOLDER,
    "母公司": RelationKind.PARENT,
    "分公司": RelationKind.BRANCH,
    "分支机构": RelationKind.BRANCH,
    "实际控制人": RelationKind.CONTROLLER,
    "配偶": RelationKind.SPOUSE,
    "近亲属": RelationKind.RELATIVE,
    "保证人": RelationKind.GUARANTOR,
    "担保人": RelationKind.GUARANTOR,
    "用人单位": RelationKind.EMPLOYER,
    "原用人单位": RelationKind.FORMER_EMPLOYER,
    "其他关系": RelationKind.OTHER,
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words}


class Unsaved(str):
    """A cell with a formula whose result was never saved: nobody knows what it says."""


@dataclass(frozen=True)
class Heading:
    """The heading of a list: for each column what it is called here, "" when it is not read."""

    columns: tuple[str, ...]
    ignored: tuple[str, ...]

    def cells(self, row: Sequence[str], joined: Sequence[str] = ()) -> dict[str, str] | Problem:
        """Return the cells by column, stripped, or why the row does not fit its heading.

        Of several columns that mean the same the first with something in it counts; those of ``joined`` are put
        together with a semicolon.
        """
        found: dict[str, str] = {}
        if any(cell.strip() for cell in row[len(self.columns) :]):
            message = N_(
                "The row has more cells than the heading has columns: a name with a comma in it needs quotation "
                "marks around it."
            )
            return Problem("list.cells", message)
        for column, cell in zip(self.columns, row, strict=False):
            if column and isinstance(cell, Unsaved):
                message = N_("“{cell}” is a formula without a saved result: put its value there.")
                return Problem("list.formula", message, column, params={"cell": str(cell)[:40]})
            if column and (text := cell.strip()):
                before = found.get(column, "")
                found[column] = text if not before else f"{before};{text}" if column in joined else before
        return found


def read_heading(cells: Sequence[str], headings: Headings) -> Heading:
    """Return what the first row of a list says."""
    known = {word: column for column, words in headings.items() for word in words}
    columns = tuple(known.get(_plain(cell), "") for cell in cells)
    ignored = tuple(
        cell.strip() for cell, column in zip(cells, columns, strict=True) if cell.strip() and not column
    )
    return Heading(columns, ignored)


def column_named(heading: str, headings: Headings) -> str:
    """Return what a heading means here, "" when nothing."""
    return read_heading([heading], headings).columns[0]


def column_words(headings: Headings) -> str:
    """Return the columns of a list, each with its first Chinese heading."""
    chinese = {column: next(word for word in words if not word.isascii()) for column, words in headings.items()}
    return listed(f"{column} ({word})" for column, word in chinese.items())


def unread_columns(unread: Sequence[str], headings: Headings) -> Problem:
    """Return a note that names the columns of a list that were not read, and those that would be."""
    message = N_("These columns were not read: {columns}. Known columns: {known}.")
    params = {"columns": listed(unread), "known": column_words(headings)}
    return Problem("party.unread", message, severity="note", params=params)


def kind_said(text: str) -> PartyKind | Problem:
    """Return the kind of party that ``text`` names, in Chinese or English; nothing is not known."""
    found = _KIND_OF.get(_plain(text))
    if found is None:
        message = N_(
            "“{kind}” is no kind of party: write person (自然人, 个人), organization (法人, 单位, 公司) "
            "or nothing."
        )
        return Problem("party.kind", message, "kind", params={"kind": text.strip()[:40]})
    return found


def relation_said(text: str) -> RelationKind | None:
    """Return the relation that ``text`` names, in Chinese or as :class:`RelationKind` writes it."""
    plain = _plain(text)
    return RelationKind(plain) if plain in set(RelationKind) else _RELATIONS.get(plain)


def cell_text(cell: Cell) -> str:
    """Return a cell as people see it; a formula whose result was never saved shows itself."""
    if cell is None:
        return ""
    if isinstance(cell, NoValue):
        return Unsaved(cell.formula)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)


def _plain(text: str) -> str:
    return re.sub(r"[\s　]+", " ", text).strip(" ：:*").casefold()
