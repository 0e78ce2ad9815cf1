"""A matter noted in a JSON or TOML file, read into an :class:`Intake` with every problem named at its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from lawdesk.cases.rules.court_numbers import expand_court_numbers
from lawdesk.cases.rules.identifiers import Identifier, IdentifierKind, guess_kind, parse_identifier
from lawdesk.cases.rules.intake_checks import check_intake
from lawdesk.cases.rules.intake_values import (
    EarlierInstance,
    Intake,
    IntakeDraft,
    IntakeFact,
    IntakeFee,
    IntakeParty,
    Precision,
)
from lawdesk.cases.rules.ledger.names import party_kind
from lawdesk.cases.rules.ledger.values import fault, warn
from lawdesk.kernel.errors import EnvironmentFailure, Problem, UserError
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.money import parse_yuan
from lawdesk.outside.files import SYNTAX, parse_json, parse_toml

MAX_BYTES = 2 * 1024 * 1024
_WHAT = N_("The intake file cannot be read.")
_NUMBERS = {
    "id_number": IdentifierKind.ID_CARD,
    "unified_social_credit_code": IdentifierKind.USCC,
    "organization_code": IdentifierKind.ORGANIZATION_CODE,
    "passport": IdentifierKind.PASSPORT,
}
_RENAMED = {"case_numbers", "amount_fen", "lead", "assistants", "term_from", "term_to"}
_FIELDS = {field.name for field in fields(IntakeDraft)} - _RENAMED | {"case_number", "amount_yuan", "team", "term"}
_SAMPLE_FIELDS = {"composed", "faults"}  # what the samples say about themselves
_PARTY_FIELDS = {field.name for field in fields(IntakeParty)} - {"share_bp"} | {"share_percent", *_NUMBERS}
_LEADING_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(\d{4})-(\d{1,2})(?![\d-])|(\d{4})年?(?=\s)")


def read_intake(path: Path, *, today: date | None = None) -> Intake:
    """Return the matter in the file at ``path`` (.json or .toml).

    ``today`` makes days of intake and birthdays in the future an error. Raises UserError when the file is neither,
    is too large or holds no matter; EnvironmentFailure when the disk refuses.
    """
    return parse_intake(_load(path), today=today)


def parse_intake(data: Mapping[str, Any], *, today: date | None = None) -> Intake:
    """Return the matter in ``data``, the content of an intake file."""
    reader = _Reader(today)
    draft = reader.draft(data)
    wrong = {re.split(r"[\[.]", problem.field)[0] for problem in reader.problems if problem.severity == "error"}
    # What could not be read is not missing as well.
    checked = (
        problem
        for problem in check_intake(draft, today=today)
        if not (problem.code.endswith("missing") and problem.field in wrong)
    )
    return Intake(draft, (*reader.problems, *checked))


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError("intake.too_large", _WHAT, N_("It is larger than any intake sheet."))
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("intake.missing", N_("There is no such file: {path}."), path=str(path)) from error
    except OSError as error:
        raise EnvironmentFailure(
            "intake.unreadable", N_("The file cannot be opened: {path}."), path=str(path)
        ) from error
    text = _decode(content)
    try:
        if path.suffix.lower() == ".toml":
            return parse_toml(text, path.name, decimals=True)
        data = parse_json(text, path.name)
    except UserError as error:
        if error.code != SYNTAX:
            raise
        line = error.params.get("line")
        why = N_("Line {line} is not proper JSON.") if line else N_("It is neither proper JSON nor proper TOML.")
        raise UserError(
            "intake.format", _WHAT, why, N_("Compare it with the samples in the manual."), line=line
        ) from error
    if not isinstance(data, dict):
        raise UserError("intake.format", _WHAT, N_("It does not hold one matter with named fields."))
    return data


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("intake.format", _WHAT, N_("It is neither UTF-8 nor GB18030."))


class _Reader:
    """Takes the data apart and gathers what is wrong with the single fields."""

    def __init__(self, today: date | None) -> None:
        self.problems: list[Problem] = []
        self._today = today

    def draft(self, data: Mapping[str, Any]) -> IntakeDraft:
        self._unknown(data, _FIELDS | _SAMPLE_FIELDS, "")
        numbers = expand_court_numbers(self._text(data, "case_number"))
        self._numbers(numbers.problems, "case_number")
        team, term = self._table(data, "team"), self._table(data, "term")
        return IntakeDraft(
            title=self._text(data, "title"),
            received_on=self._day(data, "received_on"),
            matter_type=self._text(data, "matter_type"),
            cause=self._text(data, "cause"),
            stage=self._text(data, "stage"),
            clients=self._parties(data, "clients"),
            adverse=self._parties(data, "adverse"),
            third_parties=self._parties(data, "third_parties"),
            related=self._parties(data, "related"),
            minors=self._parties(data, "minors", kind="person"),
            engaged_by=self._engaged_by(data),
            court=self._text(data, "court"),
            case_numbers=numbers.texts,
            first_instance=self._first_instance(data),
            prosecution=self._text(data, "prosecution"),
            amount_fen=self._money(data, "amount_yuan"),
            facts=tuple(self._fact(text, index) for index, text in enumerate(self._texts(data, "facts"))),
            claims=self._texts(data, "claims"),
            evidence=self._texts(data, "evidence"),
            lead=self._text(team, "lead", "team."),
            assistants=self._texts(team, "assistants", "team."),
            fee=self._fee(self._table(data, "fee")),
            power=self._text(data, "power"),
            search_names=self._texts(data, "search_names"),
            term_from=self._day(term, "from", "term."),
            term_to=self._day(term, "to", "term."),
            notes=self._text(data, "notes"),
        )

    def _parties(self, data: Mapping[str, Any], key: str, kind: str = "") -> tuple[IntakeParty, ...]:
        entries = data.get(key)
        if entries is None:
            return ()
        if not isinstance(entries, list):
            self._shape(key)
            return ()
        parties = (self._party(entry, f"{key}[{index}].", kind) for index, entry in enumerate(entries))
        return tuple(party for party in parties if party is not None)

    def _party(self, entry: Any, path: str, kind: str = "") -> IntakeParty | None:
        if isinstance(entry, str):
            entry = {"name": entry}
        if not isinstance(entry, dict):
            self._shape(path.rstrip("."))
            return None
        self._unknown(entry, _PARTY_FIELDS, path)
        name = self._text(entry, "name", path)
        if not name:
            self.problems.append(fault("intake.name_missing", f"{path}name", N_("The name is missing.")))
            return None
        identifiers = tuple(self._identifiers(entry, path))
        return IntakeParty(
            name=name,
            kind=self._kind(entry, name, path, kind),
            role=self._text(entry, "role", path),
            relation=self._text(entry, "relation", path),
            short_names=self._texts(entry, "short_names", path),
            former_names=self._texts(entry, "former_names", path),
            aliases=self._texts(entry, "aliases", path),
            identifiers=identifiers,
            phone=self._phone(entry, path),
            address=self._text(entry, "address", path),
            legal_representative=self._text(entry, "legal_representative", path),
            parent=self._text(entry, "parent", path),
            in_custody=self._flag(entry, "in_custody", path),
            custody_place=self._text(entry, "custody_place", path),
            born=self._day(entry, "born", path),
            share_bp=self._percent(entry, "share_percent", path),
            organ=self._flag(entry, "organ", path),
        )

    def _kind(self, entry: Mapping[str, Any], name: str, path: str, default: str) -> str:
        written = self._text(entry, "kind", path) or default
        told = party_kind(name)
        if written not in ("", "person", "organization"):
            message = N_("The kind is “person” or “organization”, not “{kind}”.")
            self.problems.append(fault("intake.kind", f"{path}kind", message, kind=written))
            return told
        if not written and told == "unknown":
            message = N_("The name does not tell whether “{name}” is a person or an organization.")
            self.problems.append(warn("intake.kind_unknown", f"{path}kind", message, name=name))
        elif written == "person" and told == "organization":
            message = N_("“{name}” is entered as a person but reads like an organization.")
            self.problems.append(warn("intake.kind_mismatch", f"{path}kind", message, name=name))
        return written or told

    def _identifiers(self, entry: Mapping[str, Any], path: str) -> Iterable[Identifier]:
        found = [(key, self._text(entry, key, path), kind) for key, kind in _NUMBERS.items()]
        found += [("identifiers", text, guess_kind(text)) for text in self._texts(entry, "identifiers", path)]
        for key, text, kind in found:
            if text:
                identifier = parse_identifier(text, kind, today=self._today)
                self._renamed(identifier.problems, path + key)
                yield identifier

    def _phone(self, entry: Mapping[str, Any], path: str) -> str:
        """Return the telephone number; only what looks like a mobile (1 and ten more digits) is verified."""
        text = self._text(entry, "phone", path)
        if re.fullmatch(r"(?:\+?86)?[\s-]*1[\d\s-]{8,14}", text):
            mobile = parse_identifier(text, IdentifierKind.MOBILE)
            mild = (replace(problem, severity="warning") for problem in mobile.problems)
            self._renamed(mild, f"{path}phone")
            return mobile.value
        return text

    def _engaged_by(self, data: Mapping[str, Any]) -> IntakeParty | None:
        entry = data.get("engaged_by")
        return None if entry is None else self._party(entry, "engaged_by.", "person")

    def _first_instance(self, data: Mapping[str, Any]) -> EarlierInstance | None:
        if data.get("first_instance") is None:
            return None
        entry, path = self._table(data, "first_instance"), "first_instance."
        numbers = expand_court_numbers(self._text(entry, "case_number", path))
        self._numbers(numbers.problems, f"{path}case_number")
        return EarlierInstance(
            self._text(entry, "court", path),
            numbers.texts,
            self._day(entry, "judgment_date", path),
            self._day(entry, "served_on", path),
        )

    def _fee(self, entry: Mapping[str, Any]) -> IntakeFee:
        return IntakeFee(
            mode=self._text(entry, "mode", "fee."),
            fen=self._money(entry, "yuan", "fee."),
            received_fen=self._money(entry, "received_yuan", "fee."),
            share_bp=self._percent(entry, "percent_of_recovered", "fee.")
            or self._percent(entry, "percent", "fee."),
            hourly_fen=self._money(entry, "hourly_rate_yuan", "fee.")
            or self._money(entry, "over_hours_rate_yuan", "fee."),
        )

    def _fact(self, text: str, index: int) -> IntakeFact:
        match = _LEADING_DAY.match(text)
        if match is None:
            return IntakeFact(text)
        year, month, number = (
            (match[1], match[2], match[3]) if match[1] else (match[4] or match[6], match[5], None)
        )
        precision: Precision = "day" if number else "month" if month else "year"
        try:
            day = date(int(year), int(month or 1), int(number or 1))
        except ValueError:
            self._no_such_day(f"facts[{index}]", match[0])
            return IntakeFact(text)
        return IntakeFact(text, day, precision)

    def _day(self, data: Mapping[str, Any], key: str, path: str = "") -> date | None:
        value = data.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        match = (
            re.fullmatch(r"\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*", value)
            if isinstance(value, str)
            else None
        )
        if match is None:
            message = N_("“{text}” is not a date; write it as 2025-03-31.")
            self.problems.append(fault("intake.date_unreadable", path + key, message, text=str(value)))
            return None
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            self._no_such_day(path + key, value)
            return None

    def _money(self, data: Mapping[str, Any], key: str, path: str = "") -> int | None:
        value = data.get(key)
        if value is None or value == "":
            return None
        try:
            if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
                raise ValueError(key)
            fen = parse_yuan(value if isinstance(value, str) else f"{value:f}")
        except ValueError:
            message = N_("“{text}” is not an amount of money.")
            self.problems.append(fault("intake.money", path + key, message, text=str(value)))
            return None
        if fen < 0:
            self.problems.append(fault("intake.money", path + key, N_("An amount cannot be below zero.")))
            return None
        return fen

    def _percent(self, data: Mapping[str, Any], key: str, path: str) -> int | None:
        """Return basis points of a figure in percent."""
        value = data.get(key)
        if value is None:
            return None
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and 0 <= value <= 100:
            points = Decimal(value) * 100
            if points == points.to_integral_value():
                return int(points)
        message = N_("A percentage lies between 0 and 100, with two decimals at most.")
        self.problems.append(fault("intake.percent", path + key, message))
        return None

    def _flag(self, data: Mapping[str, Any], key: str, path: str) -> bool:
        value = data.get(key, False)
        if not isinstance(value, bool):
            self.problems.append(fault("intake.flag", path + key, N_("This is answered with true or false.")))
        return value is True

    def _text(self, data: Mapping[str, Any], key: str, path: str = "") -> str:
        value = data.get(key)
        if value is None:
            return ""
        if isinstance(value, str):
            return value.strip()
        self._shape(path + key)
        return ""

    def _texts(self, data: Mapping[str, Any], key: str, path: str = "") -> tuple[str, ...]:
        value = data.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self._shape(path + key)
            return ()
        return tuple(entry.strip() for entry in value if entry.strip())

    def _table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = data.get(key)
        if isinstance(value, dict):
            return value
        if value is not None:
            self._shape(key)
        return {}

    def _unknown(self, data: Mapping[str, Any], known: set[str], path: str) -> None:
        for key in data:
            if key not in known:
                message = N_("The field “{name}” is not known and was not read.")
                self.problems.append(warn("intake.unknown_field", f"{path}{key}", message, name=key))

    def _shape(self, field: str) -> None:
        message = N_("The field does not hold what belongs there (text, list or table).")
        self.problems.append(fault("intake.shape", field, message))

    def _no_such_day(self, field: str, text: str) -> None:
        message = N_("There is no such day: {text}.")
        self.problems.append(fault("intake.date_impossible", field, message, text=text.strip()))

    def _numbers(self, problems: Iterable[Problem], field: str) -> None:
        self._renamed(problems, field)

    def _renamed(self, problems: Iterable[Problem], field: str) -> None:
        """Take over problems of a reader that does not know the field's place in the file."""
        self.problems += (
            Problem(problem.code, problem.message, field, problem.severity, problem.params) for problem in problems
        )
