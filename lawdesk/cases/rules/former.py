"""Matters a member of the firm handled elsewhere: as a lawyer, judge, prosecutor, arbitrator or official."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from lawdesk.cases.rules.parties import PartyKind, guess_party_kind
from lawdesk.cases.rules.tables import read_rows
from lawdesk.kernel.errors import Problem, UserError
from lawdesk.kernel.i18n import N_

FORMER_ROLES = {
    "lawyer": N_("Lawyer at another firm"),
    "judge": N_("Judge"),
    "prosecutor": N_("Prosecutor"),
    "arbitrator": N_("Arbitrator"),
    "official": N_("Official"),
}
_CHINESE = {
    "律师": "lawyer",
    "法官": "judge",
    "检察官": "prosecutor",
    "仲裁员": "arbitrator",
    "公务员": "official",
}
_COLUMNS = {
    "案件": "title",
    "案由": "title",
    "委托人": "client",
    "对方": "adverse",
    "对方当事人": "adverse",
    "身份": "role",
    "单位": "place",
    "结束日期": "ended_on",
    "结束": "ended_on",
}
_SEPARATOR = re.compile(r"[;；、\n]")


class TakenBack(StrEnum):
    """Why a declaration of a member is taken back. What merely ended is no mistake: it stays, with its end."""

    MISTAKE = "mistake"
    SOMEBODY_ELSE = "somebody-else"
    NOT_SO = "not-so"


TAKEN_BACK_TITLES = {
    TakenBack.MISTAKE: N_("Entered by mistake"),
    TakenBack.SOMEBODY_ELSE: N_("Concerns somebody else"),
    TakenBack.NOT_SO: N_("Not so in fact"),
}


@dataclass(frozen=True)
class FormerMatterDraft:
    """One former matter; ``parties`` are (side, name), the side seen from the member."""

    title: str
    parties: tuple[tuple[str, str], ...]
    role: str = "lawyer"
    place: str = ""
    ended_on: date | None = None

    def kind_of(self, name: str) -> PartyKind:
        """Return what a name of the list looks like."""
        return guess_party_kind(name)


def read_former_matters(path: Path) -> tuple[list[tuple[int, FormerMatterDraft]], list[tuple[int, Problem]]]:
    """Return the good rows and the refused ones of a list. Raises UserError for a file that is no such list."""
    good: list[tuple[int, FormerMatterDraft]] = []
    refused: list[tuple[int, Problem]] = []
    header: list[str] | None = None
    for number, cells in enumerate(read_rows(path), start=1):
        texts = [cell.strip() for cell in cells]
        if header is None:
            header = [_COLUMNS.get(text, text.lower()) for text in texts]
            if not {"client", "adverse"} & set(header):
                raise UserError(
                    "former.columns",
                    N_("This is not a list of former matters."),
                    N_("The first row must name the columns; client (委托人) or adverse (对方) is needed."),
                )
        elif any(texts):
            row = dict(zip(header, texts, strict=False))
            found = _read(row)
            if isinstance(found, Problem):
                refused.append((number, found))
            else:
                good.append((number, found))
    return good, refused


def _read(row: dict[str, str]) -> FormerMatterDraft | Problem:
    role = row.get("role", "") or "lawyer"
    ended = row.get("ended_on", "")
    try:
        day = date.fromisoformat(ended[:10].replace("/", "-").replace(".", "-")) if ended else None
    except ValueError:
        return Problem("former.day", N_("The day is not written as year-month-day."), "ended_on")
    parties = tuple(
        (side, name.strip())
        for side in ("client", "adverse")
        for name in _SEPARATOR.split(row.get(side, ""))
        if name.strip()
    )
    title = row.get("title", "") or "、".join(name for _side, name in parties)
    return FormerMatterDraft(title[:200], parties, _CHINESE.get(role, role), row.get("place", ""), day)
