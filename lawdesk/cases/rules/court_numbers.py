"""Court case numbers (案号): the grammar of Fa [2015] 137, read from ``resources/rules/codes.toml``.

A number of 2016 or later is taken apart: year, court code, special chamber, type code, serial, sub-number. Numbers
of 2015 and before, of arbitration bodies, prosecutors and the police are kept as text. What cannot be read comes
back with a problem (field ``court_numbers``); nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from lawdesk.cases.rules.court_types import CaseType, case_type
from lawdesk.kernel.errors import Problem, Severity
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules

MAX_RANGE = 500
"""More numbers than this in one range are taken for a typing error."""
FIRST_NEW_YEAR = 2016
"""From 1 January 2016 on numbers follow Fa [2015] 137."""

_BRACKETS = str.maketrans("([〔【［﹝{<〈)]〕】］﹞}>〉", "（" * 9 + "）" * 9)
_DIGITS = str.maketrans("０１２３４５６７８９－～", "0123456789-~")
_PLACEHOLDERS = {
    "",
    "-",
    "--",
    "/",
    "—",
    "——",
    "无",
    "暂无",
    "未立案",
    "待立案",
    "待定",
    "未下",
    "案号未下",
    "未出",
    "待补",
}
_SERIALS = re.compile(r"(\d{1,8})(?:号?(?:-|~|至|到|—|–|──|－)(\d{1,8}))?(号)?(之[一二三四五六七八九十]+)?")


class NumberKind(StrEnum):
    """Whose number it is."""

    COURT = "court"
    OLD_COURT = "old-court"
    LABOUR = "labour"
    ARBITRATION = "arbitration"
    PROSECUTION = "prosecution"
    POLICE = "police"
    OTHER = "other"


class CourtLevel(StrEnum):
    """Level of a court."""

    SUPREME = "supreme"
    HIGH = "high"
    INTERMEDIATE = "intermediate"
    BASIC = "basic"
    SPECIAL = "special"


@dataclass(frozen=True)
class Court:
    """A court of the table in ``codes.toml``."""

    code: str
    name: str
    level: CourtLevel
    region: str


@dataclass(frozen=True)
class CourtNumber:
    """One number. ``text`` is the form to store; the parts are None where the grammar does not apply."""

    text: str
    kind: NumberKind
    year: int | None = None
    court_code: str | None = None
    special: str | None = None
    type_code: str | None = None
    serial: int | None = None
    sub: str | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def case_type(self) -> CaseType | None:
        """What the type code says: group, meaning, procedure, instance."""
        return case_type(self.type_code) if self.type_code else None

    @property
    def procedure(self) -> str | None:
        """The procedure id (as in ``periods.toml``) the type code implies; None where it implies none."""
        known = self.case_type
        return known.procedure if known else None

    @property
    def court(self) -> Court | None:
        """The court the code belongs to, where the table knows it."""
        return court_by_code(self.court_code) if self.court_code else None

    @property
    def level(self) -> CourtLevel | None:
        """The level of the court, told by the form of its code."""
        return court_level(self.court_code) if self.court_code else None


@dataclass(frozen=True)
class CourtNumbers:
    """All numbers of one entry, and what was wrong with the entry."""

    numbers: tuple[CourtNumber, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The normalised numbers."""
        return tuple(number.text for number in self.numbers)


def normalize_number(text: str) -> str:
    """Return ``text`` without spaces, with half-width digits and every kind of bracket as （）."""
    return re.sub(r"\s", "", text.translate(_DIGITS)).translate(_BRACKETS)


def parse_court_number(text: str) -> CourtNumber:
    """Return the one number in ``text``; lists and ranges are for :func:`expand_court_numbers`."""
    compact = normalize_number(text)
    foreign = _other_kind(text, compact)
    if foreign is not None:
        return foreign
    old = re.match(r"（(\d{4})）", compact)
    if old and (int(old[1]) < FIRST_NEW_YEAR or re.search(r"字第?\d", compact)):
        return CourtNumber(compact, NumberKind.OLD_COURT, year=int(old[1]))
    candidate, problems = _without_note(compact)
    if re.search(r"\d$", candidate):
        candidate += "号"
        problems.append(_problem("number_missing_hao", N_("The number lacks 号 at its end; it was added.")))
    if re.search(r"[一-龥]第\d+号", candidate):
        candidate = re.sub(r"第(?=\d+号)", "", candidate)
        problems.append(
            _problem("number_extra_word", N_("第 does not stand in court numbers since 2016; taken out."))
        )
    match = _grammar().fullmatch(candidate)
    if match is None:
        message = N_("“{text}” is not a court number we can read; it is kept as written.")
        return CourtNumber(
            compact, NumberKind.OTHER, problems=(_problem("number_unreadable", message, text=compact),)
        )
    return _from_match(match, problems)


def expand_court_numbers(text: str) -> CourtNumbers:
    """Return every number ``text`` stands for.

    ``（2024）浙0105民初8283-8289号`` becomes seven numbers, ``…17698、17699、17700号`` three; both with a
    warning, so that a person looks. A placeholder (无, 未立案 ...) gives none.
    """
    if re.sub(r"\s", "", text) in _PLACEHOLDERS:
        return CourtNumbers()
    numbers: list[CourtNumber] = []
    problems: list[Problem] = []
    prefix = ""
    pieces = _pieces(text)
    for index, piece in enumerate(pieces):
        head, tail = _split_serial(piece, prefix)
        wrong: list[Problem] = []
        if head and tail:
            found, wrong = _expand_serials(head, tail, listed=normalize_number(piece) == tail)
            prefix = head
        else:
            found = [parse_court_number(piece)]
        wrong += (problem for number in found for problem in number.problems)
        if index + 1 < len(pieces) and _SERIALS.fullmatch(normalize_number(pieces[index + 1])):
            # Inside a list only the last serial carries 号.
            wrong = [problem for problem in wrong if problem.code != "number_missing_hao"]
        numbers += found
        problems += wrong
    unique = tuple({number.text: number for number in numbers}.values())
    if len(unique) < len(numbers):
        problems.append(_problem("number_repeated", N_("A number is written twice in this entry.")))
    return CourtNumbers(unique, _once(problems))


def court_by_code(code: str) -> Court | None:
    """Return the court of ``code`` (``浙0825``), None where the table does not know it."""
    return _courts().get(code)


def known_courts() -> tuple[Court, ...]:
    """Return the courts of the table."""
    return tuple(_courts().values())


def court_level(code: str) -> CourtLevel | None:
    """Return the level ``code`` shows: province alone high, two digits intermediate, four basic, 7x special."""
    known = court_by_code(code)
    if known:
        return known.level
    if code == "最高法":
        return CourtLevel.SUPREME
    digits = code[1:]
    if not digits:
        return CourtLevel.HIGH
    if digits.startswith("7"):
        return CourtLevel.SPECIAL
    return {2: CourtLevel.INTERMEDIATE, 4: CourtLevel.BASIC}.get(len(digits))


def is_higher_court(upper: str, lower: str) -> bool:
    """Say whether the court ``upper`` stands above ``lower`` by their codes (苏05 above 苏0582)."""
    if upper == lower:
        return False
    return upper == "最高法" or (lower != "最高法" and lower.startswith(upper))


def _without_note(compact: str) -> tuple[str, list[Problem]]:
    """Take off words before and behind the number (``一审：``, ``（已撤诉）``) and put its brackets right."""
    problems: list[Problem] = []
    bare = re.sub(r"^[^（\d]{1,8}[:：]", "", compact)
    bare = re.sub(r"(?<=[号一二三四五六七八九十])（[^（）]*）$", "", bare)
    if bare != compact:
        message = N_("The words around the number were left out: “{text}”.")
        problems.append(_problem("number_with_note", message, text=compact))
    year = re.match(r"（?((?:19|20)\d{2})）?(?=[一-龥])", bare)
    if year and not bare.startswith(f"（{year[1]}）"):
        bare = f"（{year[1]}）{bare[year.end() :]}"
        problems.append(_problem("number_brackets", N_("The year stands in brackets; they were added.")))
    return bare, problems


def _from_match(match: re.Match[str], problems: list[Problem]) -> CourtNumber:
    parts = match.groupdict()
    digits, type_code = parts["serial"], parts["type"]
    # The number of a death-penalty review is drawn at random and keeps its eight digits.
    if not (type_code == "刑核" and len(digits) == 8) and digits != str(int(digits)):
        problems.append(
            _problem(
                "number_leading_zero",
                N_("The serial number {digits} has leading zeros; the proper form is {serial}号."),
                digits=digits,
                serial=int(digits),
            )
        )
        digits = str(int(digits))
    if case_type(type_code) is None:
        message = N_("The type code “{type}” of the court number is not in our table.")
        problems.append(_problem("number_type_unknown", message, type=type_code))
    special, sub = parts["special"] or "", parts["sub"] or ""
    return CourtNumber(
        f"（{parts['year']}）{parts['court']}{special}{type_code}{digits}号{sub}",
        NumberKind.COURT,
        year=int(parts["year"]),
        court_code=parts["court"],
        special=special or None,
        type_code=type_code,
        serial=int(digits),
        sub=sub or None,
        problems=tuple(problems),
    )


def _other_kind(text: str, compact: str) -> CourtNumber | None:
    """Return the number when it is of an arbitration body, prosecutor or police: kept as written."""
    written = re.sub(r"\s", "", text.translate(_DIGITS))
    year = re.search(r"（((?:19|20)\d{2})）", compact)
    found = int(year[1]) if year else None
    if re.match(_part("other_numbers")["labour_arbitration_regex"], written):
        return CourtNumber(written, NumberKind.LABOUR, year=found)
    for mark, kind in (
        (r"劳动?(?:人事)?(?:人)?仲", NumberKind.LABOUR),
        ("仲", NumberKind.ARBITRATION),
        ("检", NumberKind.PROSECUTION),
        ("公", NumberKind.POLICE),
    ):
        if re.search(mark, compact) and not _is_court_number(compact):
            return CourtNumber(written, kind, year=found)
    return None


def _is_court_number(compact: str) -> bool:
    match = _grammar().fullmatch(compact)
    return match is not None and case_type(match["type"]) is not None


def _pieces(text: str) -> list[str]:
    """Cut an entry at separators and before each （year） that follows a finished number."""
    marked = re.sub(r"(?<=[号一二三四五六七八九十\d])\s*(?:和|及|与)\s*(?=[（(〔\[【［\d])", "、", text)
    marked = re.sub(r"(?<=[号一二三四五六七八九十])\s*(?=[（(〔\[【［]\s*[12]\d{3})", "、", marked)
    cut = re.split(r"[、，,；;\n\r/]|\s{2,}", marked)
    return [piece.strip() for piece in cut if piece.strip()]


def _split_serial(piece: str, prefix: str) -> tuple[str, str]:
    """Return ``("（2024）浙0105民初", "8283-8289号")``; a bare serial takes the head of the number before."""
    compact = normalize_number(piece)
    if _SERIALS.fullmatch(compact):
        return prefix, compact
    match = re.fullmatch(r"(（(?:19|20)\d{2}）.*?[一-龥])(" + _SERIALS.pattern + ")", compact)
    if match and int(compact[1:5]) >= FIRST_NEW_YEAR and "字" not in match[1] and "仲" not in match[1]:
        return match[1], match[2]
    return "", ""


def _expand_serials(head: str, tail: str, *, listed: bool) -> tuple[list[CourtNumber], list[Problem]]:
    match = _SERIALS.fullmatch(tail)
    assert match is not None  # made by _split_serial
    first, last, hao, sub = match.groups()
    problems: list[Problem] = []
    if listed:
        message = N_("Several serial numbers share one prefix; they were taken apart.")
        problems.append(_problem("number_list", message))
    if last is None:
        return [parse_court_number(f"{head}{first}{hao or ''}{sub or ''}")], problems
    end = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    count = int(end) - int(first) + 1
    if not 1 < count <= MAX_RANGE:
        message = N_("“{text}” is not a range of numbers that can be right.")
        wrong = _problem("number_range_wrong", message, text=tail)
        return [CourtNumber(head + tail, NumberKind.OTHER)], [*problems, wrong]
    message = N_("“{text}” stands for {count} numbers; they were taken apart.")
    problems.append(_problem("number_range", message, text=tail, count=count))
    if not hao:
        problems.append(_problem("number_missing_hao", N_("The number lacks 号 at its end; it was added.")))
    numbers = [parse_court_number(f"{head}{serial}号{sub or ''}") for serial in range(int(first), int(end) + 1)]
    return numbers, problems


def _once(problems: list[Problem]) -> tuple[Problem, ...]:
    """Name each kind of fault with the same words once."""
    return tuple({(problem.code, problem.words()): problem for problem in problems}.values())


def _problem(code: str, message: str, severity: Severity = "warning", **params: Any) -> Problem:
    return Problem(code, message, field="court_numbers", severity=severity, params=params)


@cache
def _part(part: str) -> Any:
    return load_rules("codes")[part]


@cache
def _grammar() -> re.Pattern[str]:
    return re.compile(_part("case_number")["regex"])


@cache
def _courts() -> dict[str, Court]:
    return {
        entry["code"]: Court(entry["code"], entry["name"], CourtLevel(entry["level"]), entry["region"])
        for entry in _part("court")
    }
