"""Courts and arbitration bodies: whether the name is proper, and whether it fits the court code of the number."""

from __future__ import annotations

import re
from functools import cache

from lawdesk.cases.rules.court_numbers import (
    Court,
    CourtLevel,
    CourtNumber,
    NumberKind,
    court_by_code,
    known_courts,
)
from lawdesk.cases.rules.ledger.text import squeeze
from lawdesk.cases.rules.ledger.values import warn
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules

_MUNICIPALITIES = ("北京", "天津", "上海", "重庆")
_TRIBUNAL = re.compile(r"(?<=法院).{1,15}法庭$")
_OTHER_BODY = re.compile(
    r"仲裁|检察院|公安|派出所|监察委|司法局|政府|委员会|复议|行政|海关|税务|看守所|[局厅]$|(?:铁路运输|林区|油田|矿区|垦区).{0,6}法院"
)
_SPECIAL = re.compile(r"海事|知识产权|金融|互联网|铁路运输|林区|矿区|油田|农垦|兵团|垦利|自由贸易|新区|示范区")


def check_forum(forum: str | None, numbers: tuple[CourtNumber, ...]) -> tuple[Problem, ...]:
    """Return what is wrong with the name of the body, alone and against the numbers (field ``forum``)."""
    if not forum:
        return ()
    name = squeeze(forum)
    problems: list[Problem] = []
    proper = _proper_name(name)
    if proper != name:
        message = N_("The proper name of the court is {name}.")
        problems.append(warn("court_name_long", "forum", message, name=proper))
    elif not _grammar().match(name) and not _OTHER_BODY.search(name):
        message = N_("“{name}” is not the full name of a court or arbitration body.")
        return (warn("court_name_unclear", "forum", message, name=forum),)  # a short name fits many codes
    codes = {number.court_code for number in numbers if number.kind is NumberKind.COURT and number.court_code}
    found = [_mismatch(name, code) for code in sorted(codes)]
    if all(found):  # of several instances one has to be that of the court
        problems += [problem for problem in found if problem]
    return tuple(problems)


def _mismatch(name: str, code: str) -> Problem | None:
    """Say why the court cannot be the one of the code: another level, province, city, or a known other court."""
    court, other = court_by_code(code), _court_by_name(name)
    level, expected = _level_of_name(name), _level_of_code(code)
    params = {"name": name, "court_code": code}
    if "法院" not in name:
        message = N_("The number is that of a court (code {court_code}), but {name} is none.")
    elif court is not None:
        if _same_court(name, court):
            return None
        message = N_("The code {court_code} in the number is that of {court}, but the column says {name}.")
        params["court"] = court.name
    elif other is not None:
        message = N_("{name} has the code {right}, but the number has {court_code}.")
        params["right"] = other.code
    elif level and expected and level is not expected:
        message = N_("The code {court_code} in the number is that of a {level}, but the column says {name}.")
        params["level"] = _LEVELS[expected]
    elif not _same_place(name, code):
        message = N_("The code {court_code} in the number belongs to another place than {name}.")
    else:
        return None
    return warn("court_code_mismatch", "forum", message, **params)


_LEVELS = {
    CourtLevel.SUPREME: "最高人民法院",
    CourtLevel.HIGH: "高级人民法院",
    CourtLevel.INTERMEDIATE: "中级人民法院",
    CourtLevel.BASIC: "基层人民法院",
}
"""Words of the statute book, so the same in both languages."""


def _level_of_name(name: str) -> CourtLevel | None:
    if name.startswith("最高人民法院"):
        return CourtLevel.SUPREME
    if "高级人民法院" in name:
        return CourtLevel.HIGH
    if "中级" in name:
        return CourtLevel.INTERMEDIATE
    return CourtLevel.BASIC if "人民法院" in name and not _SPECIAL.search(name) else None


def _level_of_code(code: str) -> CourtLevel | None:
    if code == "最高法":
        return CourtLevel.SUPREME
    digits = code[1:]
    if digits[:1] in ("7", "8", "9"):  # railway, maritime, land reclamation ...: names follow no rule
        return None
    return {0: CourtLevel.HIGH, 2: CourtLevel.INTERMEDIATE, 4: CourtLevel.BASIC}.get(len(digits))


def _same_court(name: str, court: Court) -> bool:
    """Compare without province and city in front and without a tribunal (人民法庭) behind."""
    bare = _core(_TRIBUNAL.sub("", name))
    full = _core(court.name)
    return bare == full or full.endswith(bare) or bare.endswith(full)


def _core(name: str) -> str:
    """Take the province off the front: 浙江省衢州市… and 衢州市… are one court."""
    return _front().sub("", name)


@cache
def _front() -> re.Pattern[str]:
    provinces = "|".join(set(_provinces().values()) - set(_MUNICIPALITIES))
    return re.compile(rf"^(?:{provinces})(?:省|壮族自治区|回族自治区|维吾尔自治区|自治区)(?!高级)")


@cache
def _grammar() -> re.Pattern[str]:
    return re.compile(load_rules("codes")["court_name"]["regex"])


@cache
def _provinces() -> dict[str, str]:
    """First sign of a court code to the province's name."""
    provinces: dict[str, str] = load_rules("ledger")["provinces"]
    return provinces


@cache
def _names() -> dict[str, Court]:
    return {_core(court.name): court for court in known_courts()}


def _court_by_name(name: str) -> Court | None:
    return _names().get(_core(_TRIBUNAL.sub("", name)))


def _same_place(name: str, code: str) -> bool:
    """Say whether province and city named by the court can be those of the code; unnamed ones fit."""
    provinces = _provinces()
    province = provinces.get(code[0])
    if province is None:
        return True
    named = next((word for word in set(provinces.values()) if name.startswith(word)), None)
    # 吉林市 and 朝阳区 are places whose names begin like a province or a city elsewhere.
    if named and named != province and not (named == "吉林" and name.startswith("吉林市")):
        return False
    digits = code[1:3]
    if not digits or digits[0] in "789" or _SPECIAL.search(name):
        return True
    rest = _core(name)
    city = re.match(r"(.{2,5}?)市", rest)
    known = _cities().get(city[1]) if city else None
    return known is None or known == (code[0], int(digits))


@cache
def _cities() -> dict[str, tuple[str, int]]:
    """City to the sign of its province and the two digits of its intermediate court."""
    return {
        city: (sign, number)
        for sign, cities in load_rules("ledger")["cities"].items()
        for number, city in enumerate(cities.split(), start=1)
    }


def _proper_name(name: str) -> str:
    """Take the prefecture-level city off a county's or county-level city's court: 随州市广水市 → 广水市."""
    match = re.fullmatch(r"(.{2,8}省)?(.{2,6}市)(.{1,12}?(?:市|县))(人民法院.*)", name)
    if match is None or match[2][:2] in _MUNICIPALITIES:
        return name
    return f"{match[1] or ''}{match[3]}{match[4]}"
