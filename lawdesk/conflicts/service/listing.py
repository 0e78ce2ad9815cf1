"""A whole list of names checked one by one: reading it, one answer for each line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lawdesk.cases import read_rows
from lawdesk.conflicts.rules import Asked, CheckResult, Role
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_

_NAMES = ("query", "name", "名称", "姓名", "当事人", "当事人名称")
_NUMBERS = ("identifier", "证件号", "证件号码", "统一社会信用代码", "身份证号")
_KINDS = {"person": "person", "organization": "organization", "个人": "person", "单位": "organization"}


@dataclass(frozen=True)
class Listed:
    """One line of a list: its row in the file, and the question it asks."""

    row: int
    asked: Asked


@dataclass(frozen=True)
class ListAnswer:
    """What one line of a list came to."""

    line: Listed
    result: CheckResult

    @property
    def searched(self) -> bool:
        """Whether the name could be searched at all."""
        return bool(self.result.asked) and not any(entry.name for entry in self.result.not_searched)


def read_list(path: Path) -> list[Listed]:
    """Return the lines of a CSV or XLSX list; a row without a name is kept and answered as not searched.

    Raises UserError for a file without a column of names, EnvironmentFailure when it cannot be read.
    """
    lines: list[Listed] = []
    header: list[str] | None = None
    for number, cells in enumerate(read_rows(path), start=1):
        texts = [cell.strip() for cell in cells]
        if header is None:
            header = [text.lower() for text in texts]
            if not set(_NAMES) & set(header):
                raise _no_names()
        elif any(texts):
            row = dict(zip(header, texts, strict=False))
            name = next((row[key] for key in _NAMES if row.get(key)), "")
            number_typed = next((row[key] for key in _NUMBERS if row.get(key)), "")
            kind = _KINDS.get(row.get("kind", ""), "unknown")
            numbers = (number_typed,) if number_typed else ()
            lines.append(Listed(number, Asked(name, Role.CLIENT, kind, numbers)))
    if header is None:
        raise _no_names()
    return lines


def _no_names() -> UserError:
    return UserError(
        "list.names",
        N_("This list has no column with names."),
        hint=N_("Call the column query, name or 名称."),
    )
