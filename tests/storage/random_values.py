"""Arguments for any function of the services, made from the types it names: right ones, odd ones, wrong ones."""

from __future__ import annotations

import collections.abc
import dataclasses
import enum
import inspect
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from lawdesk.cases import PROCEEDING_KINDS, matter_kinds
from lawdesk.cases.rules.identifiers import IdentifierKind
from lawdesk.deadlines import load_rulebook
from lawdesk.firm import Actor
from lawdesk.firm.rules import FIRM_SETTINGS

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "文明志远海燕建国晓岚"
FIRMS = ("晨湖示例科技有限公司", "栩岳建设工程有限公司", "砚溪置业（青岚）有限公司", "Blue Harbor Trading Ltd.")
ODD = (
    "", " ", "　", "'; DROP TABLE party; --", "=1+1", "%", "_", "\\", '"', "a" * 3000, "𠮷野家", "é", "e\u0301",
    "CON", "ﬁ", "\u202e", "{name}", "%s", "<b>x</b>", "\t\n", "NULL", "0", "-1", "\x00", "\ud800", "😀" * 50,
)  # fmt: skip
NUMBERS = (
    "（2025）岚0302民初7711号", "11010519491231002X", "91110000802100433B", "13912345678", "440524188001010014"
)  # fmt: skip
QUICK = ("1h20m 起草起诉状", "30分 电话", "昨天 2h 阅卷", "abc", "9999h x", "1:20 会见", "")
FORMS = ("new-case", "party", "time", "x")


class NoValueError(Exception):
    """A type nobody can make a value for: such a function is not called."""


@dataclass
class Maker:
    """Makes values. ``ids`` holds known ids by table, ``versions`` asks for the version of a row."""

    chance: Random
    actors: list[Actor]
    folder: Path
    today: date
    ids: dict[str, list[int]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    sources: list[Path] = field(default_factory=list)
    recipes: dict[type, Callable[[], Any]] = field(default_factory=dict)
    """How to get values of types that only functions make, such as the result of a check."""
    owner: str = ""
    """The function or dataclass a value is being made for."""

    def value(self, hint: Any, name: str, depth: int = 0) -> Any:
        """Return a value of the type ``hint`` for a parameter or field called ``name``."""
        chance = self.chance
        if depth > 6:
            raise NoValueError(name)
        origin, parts = typing.get_origin(hint), typing.get_args(hint)
        if (pairs := _PAIRS.get((self.owner, name))) is not None and origin is tuple:
            count = chance.choice((0, 0, 1, 1, 2))
            return tuple((chance.choice(pairs[0]), self.text(pairs[1])) for _pair in range(count))
        if origin is typing.Literal:
            return chance.choice(parts)
        if origin in (typing.Union, types.UnionType):
            return self._one_of(parts, name, depth)
        if origin is not None and isinstance(origin, type):
            return self._many(origin, parts, name, depth)
        return self._single(hint, name, depth)

    def _single(self, hint: Any, name: str, depth: int) -> Any:
        chance = self.chance
        if hint is Actor:
            return chance.choice(self.actors)
        if hint in self.recipes:
            return self.recipes[hint]()
        if hint in _PLAIN:
            return _PLAIN[hint](self, name)
        if isinstance(hint, type) and issubclass(hint, enum.Enum):
            return chance.choice(list(hint))
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            return self._dataclass(hint, depth)
        raise NoValueError(f"{name}: {hint}")

    def _one_of(self, parts: tuple[Any, ...], name: str, depth: int) -> Any:
        choices = [part for part in parts if part is not type(None)]
        if len(choices) < len(parts) and (self.chance.random() < 0.4 or _callable(choices[0])):
            return None
        return self.value(self.chance.choice(choices), name, depth + 1)

    def _many(self, origin: type, parts: tuple[Any, ...], name: str, depth: int) -> Any:
        if _callable(origin):
            raise NoValueError(name)
        singular = name.rstrip("s")
        count = self.chance.choice((0, 1, 1, 2, 3))
        if issubclass(origin, dict | collections.abc.Mapping):
            pairs = range(count)
            return {self.value(parts[0], singular, depth + 1): self._anything(parts[1], depth) for _one in pairs}
        if origin is tuple and not (len(parts) == 2 and parts[1] is Ellipsis):
            return tuple(self.value(part, singular, depth + 1) for part in parts)
        if not issubclass(origin, collections.abc.Iterable):
            raise NoValueError(name)
        found = [self.value(parts[0], singular, depth + 1) for _one in range(count)]
        return tuple(found) if origin is tuple else set(found) if issubclass(origin, set | frozenset) else found

    def _anything(self, hint: Any, depth: int) -> Any:
        return self.text("note") if hint is Any else self.value(hint, "value", depth + 1)

    def _dataclass(self, kind: type, depth: int) -> Any:
        hints, given, before = _hints(kind), {}, self.owner
        self.owner = kind.__name__
        for one in dataclasses.fields(kind):
            optional = one.default is not dataclasses.MISSING or one.default_factory is not dataclasses.MISSING
            if not one.init or (optional and self.chance.random() < 0.5):
                continue
            try:
                given[one.name] = self.value(hints[one.name], one.name, depth + 1)
            except NoValueError:
                if not optional:
                    raise
        self.owner = before
        return kind(**given)

    def number(self, name: str) -> int:
        """Return a whole number: a known id, a plausible amount, now and then an odd one."""
        chance = self.chance
        if chance.random() < 0.04 and name not in ("limit", "most", "offset"):
            return chance.choice((0, -1, 1, 2**31, 2**53, -(2**40), 10**6))
        if name == "seen":
            return chance.choice((1, 1, 1, 2, 3))
        for ending, most in _AMOUNTS.items():
            if name.endswith(ending):
                return chance.randrange(0 if most > 60 else 1, most)
        known = self.ids.get(_TABLES.get(name, ""), ())
        return chance.choice(known) if known else chance.randrange(1, 30)

    def text(self, name: str) -> str:
        """Return a text as it stands in such a field, now and then an odd one."""
        chance = self.chance
        own = f"{self.owner}.{name}"
        if own not in _TEXTS and chance.random() < 0.08:
            return chance.choice(ODD)
        known = self.texts.get(own) or _TEXTS.get(own) or self.texts.get(name) or _TEXTS.get(name)
        if known:
            return chance.choice(known)
        person = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(("", chance.choice(GIVEN)))
        return chance.choice((person, person, f"{person}{chance.randrange(99)}", *FIRMS))

    def day(self) -> date:
        """Return a day near today, now and then far from it."""
        if self.chance.random() < 0.02:
            return self.chance.choice((date(1, 1, 1), date(9999, 12, 31), date(1899, 12, 30), date(2024, 2, 29)))
        return self.today + timedelta(days=self.chance.randrange(-400, 200))

    def path(self, name: str) -> Path:
        """Return a file to be read, or a place to write to."""
        if name in ("target", "folder") or (name == "path" and self.chance.random() < 0.3):
            ending = self.chance.choice((".pdf", ".docx", ".xlsx", ".csv", ".ics", ".txt"))
            return self.folder / f"out{self.chance.randrange(20)}{ending}"
        return self.chance.choice(self.sources)


_PLAIN: dict[Any, Any] = {
    int: Maker.number,
    str: Maker.text,
    bool: lambda maker, _name: maker.chance.random() < 0.5,
    float: lambda maker, _name: maker.chance.random() * 100,
    Decimal: lambda maker, _name: Decimal(maker.chance.randrange(10**6)) / 100,
    date: lambda maker, _name: maker.day(),
    datetime: lambda maker, _name: datetime.combine(maker.day(), time(3, 4), UTC),
    time: lambda maker, _name: time(maker.chance.randrange(24), maker.chance.randrange(60)),
    Path: Maker.path,
}
_TABLES = {
    "case_id": "cases", "case_id_": "cases", "case": "cases", "party_id": "party", "keep_id": "party",
    "gone_id": "party", "partie": "party", "party": "party", "from_id": "party", "to_id": "party",
    "person_id": "person", "lead": "person", "assistant": "person", "asked_by": "person",
    "proceeding_id": "proceeding", "deadline_id": "deadline", "event_id": "trigger_event",
    "document_id": "document", "entry_id": "time_entry", "enquiry_id": "enquiry", "turn_id": "limitation_turn",
    "request_id": "deadline_request", "merge_id": "party_merge", "news_id": "conflict_news",
    "check_id": "conflict_check", "which": "conflict_check",
    "start": "party", "consent_id": "conflict_consent",
}  # fmt: skip
_AMOUNTS = {"limit": 60, "most": 60, "offset": 300, "minutes": 300, "failures": 300, "fen": 10_000_000,
            "fen_per_hour": 10_000_000, "bp": 10_000}  # fmt: skip
_NUMBER_KINDS = tuple(one.value for one in IdentifierKind)
_SIDES = ("client", "adverse", "third")
_PAIRS: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("PartyDraft", "identifiers"): (_NUMBER_KINDS, "value"),
    ("FormerMatterDraft", "parties"): (_SIDES, "name"),
}
_TEXTS: dict[str, tuple[str, ...]] = {
    "form": FORMS,
    "court_number": NUMBERS,
    "value": NUMBERS,
    "identifier": NUMBERS,
    "text": QUICK,
    "login": ("a1", "b2", "c3", "gu", "admin"),
    "sort": ("received", "number", "title"),
    "subject": ("case", "party"),
    "status": ("open", "closed", "archived"),
    "side": _SIDES,
    "due_time": ("09:30", "14:00", ""),
    "time": ("09:30", "14:00", ""),
    "add_identifier.kind": _NUMBER_KINDS,
    "Asked.kind": ("person", "organization", "unknown"),
    "ProceedingDraft.kind": tuple(PROCEEDING_KINDS),
    "set_setting.name": tuple(FIRM_SETTINGS),
    "new_code.way": ("recovery", "partner-1", "partner-2"),
    "ManualDeadline.kind": ("deadline", "hearing", "task"),
    "EventDraft.happened_at": ("09:30", "23:59", ""),
    "ClosedRow.kind": ("holiday", "closure"),
    "drop_code.way": ("partner-1", "partner-2"),
    "package.kind": ("docx", "pdf", "zip"),
    "cause": ("买卖合同纠纷", "离婚纠纷", "民间借贷纠纷"),
    "stage": ("立案", "一审", "二审"),
    "way": ("recovery", "partner-1", "partner-2"),
    "passphrase": ("correct horse", "wrong"),
    "trigger": ("judgment-served", "complaint-served", "infringed"),
    "phone": ("13912345678", "0571-8888"),
}


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


@cache
def hints_of(function: Any) -> dict[str, Any]:
    """Return the types of a function's parameters. Raises NoValueError when they name what is not there."""
    plain = inspect.unwrap(getattr(function, "__func__", function))
    try:
        return {
            name: eval(hint, plain.__globals__) if isinstance(hint, str) else hint  # our own source
            for name, hint in plain.__annotations__.items()
            if name != "return"
        }
    except NameError as error:
        raise NoValueError(str(error)) from error


def known_words() -> dict[str, list[str]]:
    """Return what only certain texts may stand in."""
    return {"kind": [str(one) for one in matter_kinds()], "rule_id": list(load_rulebook().rules)}


def _callable(hint: Any) -> bool:
    return collections.abc.Callable in (hint, typing.get_origin(hint))
