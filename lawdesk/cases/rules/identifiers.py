"""Numbers that identify a party, read and verified.

Unified social credit code, identity card, organisation code, passport (shape only) and mobile number.

Weights and alphabets come from ``resources/rules/codes.toml``. Nothing is corrected silently: a wrong character is
named, never replaced. No message carries the number itself, so that messages may be logged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Literal

from lawdesk.kernel.errors import Problem, Severity
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules

Sex = Literal["male", "female"]

PROVINCES = {
    "11": "北京市", "12": "天津市", "13": "河北省", "14": "山西省", "15": "内蒙古自治区",
    "21": "辽宁省", "22": "吉林省", "23": "黑龙江省",
    "31": "上海市", "32": "江苏省", "33": "浙江省", "34": "安徽省", "35": "福建省", "36": "江西省", "37": "山东省",
    "41": "河南省", "42": "湖北省", "43": "湖南省", "44": "广东省", "45": "广西壮族自治区", "46": "海南省",
    "50": "重庆市", "51": "四川省", "52": "贵州省", "53": "云南省", "54": "西藏自治区",
    "61": "陕西省", "62": "甘肃省", "63": "青海省", "64": "宁夏回族自治区", "65": "新疆维吾尔自治区",
    "71": "台湾省", "81": "香港特别行政区", "82": "澳门特别行政区", "83": "台湾地区",
}  # fmt: skip
"""First two digits of an area code (GB/T 2260); 81, 82, 83 stand in residence permits of HK, Macao, Taiwan."""

_WIDE = str.maketrans({0xFF01 + offset: 0x21 + offset for offset in range(94)} | {"－": "-", "—": "-", "–": "-"})
_MASK_BIRTHDAY = date(1900, 1, 1)
_CHINESE_PASSPORT = re.compile(r"[EGDSPHMK]\d{8}|E[A-HJ-NP-Z]\d{7}")
_PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{6,12}")


class IdentifierKind(StrEnum):
    """What an identifying number is."""

    USCC = "uscc"
    ID_CARD = "id-card"
    ORGANIZATION_CODE = "organization-code"
    PASSPORT = "passport"
    MOBILE = "mobile"
    OTHER = "other"


@dataclass(frozen=True)
class Identifier:
    """A number as read.

    ``value`` is normalised (half-width, capitals, no spaces or hyphens; 15-digit cards upgraded to 18 digits).
    ``area`` are the six digits of the area code, ``place`` the province they name, ``organization_code`` the nine
    characters inside a credit code, ``registered_as`` what its first two characters say (企业, 律师执业机构 ...).
    """

    kind: IdentifierKind
    value: str
    birthday: date | None = None
    sex: Sex | None = None
    area: str | None = None
    place: str | None = None
    organization_code: str | None = None
    registered_as: str | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def valid(self) -> bool:
        """Say whether the number may stand: no problem graver than a warning."""
        return all(problem.severity != "error" for problem in self.problems)


def normalize_identifier(text: str) -> str:
    """Return ``text`` half-width, in capitals, without spaces, hyphens, dots between groups or an apostrophe."""
    return re.sub(r"[\s\-·'’‘`]", "", text.translate(_WIDE)).upper()


def parse_identifier(
    text: str, kind: IdentifierKind | str | None = None, *, today: date | None = None
) -> Identifier:
    """Return what ``text`` says, with every problem named (field ``identifier``).

    Without ``kind`` it is told from the shape; a number that fits none is kept as ``OTHER`` with a warning.
    ``today`` makes birthdays in the future an error.
    """
    value = normalize_identifier(text)
    chosen = IdentifierKind(kind) if kind is not None else guess_kind(text)
    if not value:
        return Identifier(chosen, "", problems=(_problem("identifier_empty", N_("The number is empty.")),))
    if chosen is IdentifierKind.ID_CARD:
        return _id_card(value, today)
    return _READERS[chosen](value)


def guess_kind(text: str) -> IdentifierKind:
    """Return the kind of number ``text`` looks like, wrong check digits allowed."""
    value = normalize_identifier(text)
    if re.fullmatch(r"\d{17}[\dX]", value):
        return _card_or_credit_code(value)
    if re.fullmatch(r"\d{15}", value) and _day("19" + value[6:12]) is not None:
        return IdentifierKind.ID_CARD
    compact = re.sub(r"\s", "", text.translate(_WIDE)).upper()
    if re.fullmatch(r"[0-9A-Z]{8}-[0-9X]", compact):
        return IdentifierKind.ORGANIZATION_CODE
    for kind, shape in _SHAPES:
        if shape.fullmatch(value):
            return kind
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", value) and organization_check(value[:8]) == value[8]:
        return IdentifierKind.ORGANIZATION_CODE
    return IdentifierKind.PASSPORT if re.fullmatch(r"[A-Z]{1,2}\d{6,8}", value) else IdentifierKind.OTHER


def id_card_check(first_17: str) -> str:
    """Return the check character of an identity number's first 17 digits (GB 11643: weights, mod 11)."""
    rules = _codes("id_card")
    total = sum(int(digit) * weight for digit, weight in zip(first_17, rules["weights"], strict=True))
    return str(rules["check_map"][total % 11])


def uscc_check(first_17: str) -> str:
    """Return the check character of a credit code's first 17 characters (GB 32100: weights, mod 31)."""
    rules = _codes("uscc")
    charset, modulus = rules["charset"], rules["modulus"]
    total = sum(charset.index(sign) * weight for sign, weight in zip(first_17, rules["weights"], strict=True))
    return str(charset[(modulus - total % modulus) % modulus])


def organization_check(first_8: str) -> str:
    """Return the check character of an organisation code's first 8 characters (GB 11714: weights, mod 11)."""
    weights = _codes("uscc")["org_code_weights"]
    total = sum(int(sign, 36) * weight for sign, weight in zip(first_8, weights, strict=True))
    return "0123456789X0"[11 - total % 11]


def upgrade_id_card(old: str) -> str:
    """Return the 18-digit number of a 15-digit one: ``19`` before the year, check character behind."""
    first = f"{old[:6]}19{old[6:]}"
    return first + id_card_check(first)


def _card_or_credit_code(value: str) -> IdentifierKind:
    """Tell an identity number from an all-digit credit code: the check character decides, then the birthday."""
    card = id_card_check(value[:17]) == value[17] and _day(value[6:14]) is not None
    code = uscc_check(value[:17]) == value[17]
    if card != code:
        return IdentifierKind.ID_CARD if card else IdentifierKind.USCC
    return IdentifierKind.ID_CARD if _day(value[6:14]) is not None else IdentifierKind.USCC


def _id_card(value: str, today: date | None) -> Identifier:
    problems: list[Problem] = []
    if re.fullmatch(r"\d{15}", value):
        value = upgrade_id_card(value)
        problems.append(
            _problem("id_card_old", N_("A 15-digit identity number was upgraded to 18 digits."), "note")
        )
    if not re.fullmatch(r"\d{17}[\dX]", value):
        message = N_(
            "An identity number has 17 digits and a check digit (0-9 or X); this one has {count} characters."
        )
        return Identifier(
            IdentifierKind.ID_CARD,
            value,
            problems=(*problems, _problem("id_card_shape", message, count=len(value))),
        )
    birthday = _day(value[6:14])
    place = PROVINCES.get(value[:2])
    foreign = value[0] == "9"  # permanent residence card of 2023: same check digit, birthday at the same place
    if birthday is None:
        problems.append(_problem("id_card_birthday", N_("The birthday in the identity number does not exist.")))
    elif today is not None and birthday > today:
        problems.append(
            _problem("id_card_birthday", N_("The birthday in the identity number lies in the future."))
        )
    if place is None and not foreign:
        problems.append(
            _problem("id_card_area", N_("The identity number begins with an area that does not exist."))
        )
    problems += _id_card_check_problems(value, birthday)
    return Identifier(
        IdentifierKind.ID_CARD,
        value,
        birthday=birthday,
        sex="male" if int(value[16]) % 2 else "female",
        area=None if foreign else value[:6],
        place=place,
        problems=tuple(problems),
    )


def _id_card_check_problems(value: str, birthday: date | None) -> list[Problem]:
    """Name a wrong check digit; a number masked with the birthday 1900-01-01 is only a warning."""
    right = id_card_check(value[:17]) == value[17]
    if birthday == _MASK_BIRTHDAY:
        message = N_("The identity number is a mask (birthday 1900-01-01); enter the real one when it is known.")
        return [_problem("identifier_masked", message, "note" if right else "warning")]
    if right:
        return []
    return [
        _problem("id_card_check", N_("The check digit of the identity number is wrong; look for a typing error."))
    ]


def _uscc(value: str) -> Identifier:
    kind = IdentifierKind.USCC
    rules = _codes("uscc")
    if len(value) != rules["length"]:
        message = N_("A unified social credit code has 18 characters; this one has {count}.")
        return Identifier(kind, value, problems=(_problem("uscc_length", message, count=len(value)),))
    foreign = sorted(set(value) - set(rules["charset"]))
    if foreign:
        message = N_(
            "“{letters}” cannot stand in a unified social credit code (no I, O, S, V, Z: is it 1, 0, 5, 2?)."
        )
        return Identifier(kind, value, problems=(_problem("uscc_letter", message, letters=" ".join(foreign)),))
    problems: list[Problem] = []
    registered_as = rules["prefixes"].get(value[:2])
    inner = value[8:17]
    if uscc_check(value[:17]) != value[17]:
        if re.search(r"0{5}", inner):
            message = N_("The credit code is a mask (zeros inside); enter the real one when it is known.")
            problems.append(_problem("identifier_masked", message, "warning"))
        else:
            message = N_(
                "The check character of the unified social credit code is wrong; look for a typing error."
            )
            problems.append(_problem("uscc_check", message))
    elif organization_check(inner[:8]) != inner[8]:
        message = N_("The organisation code inside the credit code does not fit its own check character.")
        # Published codes exist that break this, so it only makes a careful person look twice.
        problems.append(_problem("uscc_organization_code", message, "note"))
    if registered_as is None:
        message = N_("The credit code begins with {prefix}, which names no kind of organisation we know.")
        problems.append(_problem("uscc_prefix", message, "warning", prefix=value[:2]))
    return Identifier(
        kind,
        value,
        area=value[2:8],
        place=PROVINCES.get(value[2:4]),
        organization_code=inner,
        registered_as=registered_as,
        problems=tuple(problems),
    )


def _organization_code(value: str) -> Identifier:
    kind = IdentifierKind.ORGANIZATION_CODE
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", value):
        message = N_("An organisation code has eight digits or capitals and a check character.")
        return Identifier(kind, value, problems=(_problem("organization_code_shape", message),))
    problems: tuple[Problem, ...] = ()
    if organization_check(value[:8]) != value[8]:
        message = N_("The check character of the organisation code is wrong; look for a typing error.")
        problems = (_problem("organization_code_check", message),)
    return Identifier(kind, value, organization_code=value, problems=problems)


def _passport(value: str) -> Identifier:
    problems: tuple[Problem, ...] = ()
    if not _PASSPORT.fullmatch(value):
        message = N_("A passport number has 6 to 12 letters and digits.")
        problems = (_problem("passport_shape", message),)
    return Identifier(IdentifierKind.PASSPORT, value, problems=problems)


def _mobile(value: str) -> Identifier:
    number = re.sub(r"^\+?86(?=1\d{10}$)", "", value)
    problems: tuple[Problem, ...] = ()
    if not re.fullmatch(r"1[3-9]\d{9}", number):
        message = N_("A mobile number has 11 digits and begins with 13 to 19.")
        problems = (_problem("mobile_shape", message),)
    return Identifier(IdentifierKind.MOBILE, number, problems=problems)


def _other(value: str) -> Identifier:
    message = N_("The number is of no kind we can verify; it is kept as written.")
    return Identifier(IdentifierKind.OTHER, value, problems=(_problem("identifier_unknown", message, "warning"),))


_READERS: dict[IdentifierKind, Callable[[str], Identifier]] = {
    IdentifierKind.USCC: _uscc,
    IdentifierKind.ORGANIZATION_CODE: _organization_code,
    IdentifierKind.PASSPORT: _passport,
    IdentifierKind.MOBILE: _mobile,
    IdentifierKind.OTHER: _other,
}

_SHAPES = (
    (IdentifierKind.MOBILE, re.compile(r"(?:\+?86)?1[3-9]\d{9}")),
    (IdentifierKind.USCC, re.compile(r"[0-9A-Z]{18}")),
    (IdentifierKind.PASSPORT, _CHINESE_PASSPORT),
)


def _day(digits: str) -> date | None:
    """Return the day of ``YYYYMMDD``; None when there is none, or before 1800 (no such holder)."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return day if day.year >= 1800 else None


def _problem(code: str, message: str, severity: Severity = "error", **params: Any) -> Problem:
    return Problem(code, message, field="identifier", severity=severity, params=params)


@cache
def _codes(part: str) -> dict[str, Any]:
    rules: dict[str, Any] = load_rules("codes")[part]
    return rules
