"""Court fees and interest for delay, from ``fees.toml``: every amount with its steps, article and source.

诉讼费用交纳办法 (国务院令第481号, since 1 April 2007). Money is whole fen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _
from lawdesk.kernel.money import format_fen
from lawdesk.kernel.resources import load_rules

FEE_HALVES = {
    "mediation": ("第15条", N_("settled by mediation")),
    "withdrawal": ("第15条", N_("the suit was withdrawn")),
    "summary": ("第16条", N_("simplified procedure (small claims too)")),
    "counterclaim": ("第18条", N_("counterclaim or claim of a third party, heard together")),
}
"""Why a court fee is halved, with the article. Several reasons halve it once only (half-once in fees.toml)."""
FEE_KINDS = {
    "property": N_("Property case"),
    "divorce": N_("Divorce"),
    "personality": N_("Rights of personality"),
    "other-non-property": N_("Other case not about property"),
    "ip": N_("Intellectual property, civil"),
    "labour": N_("Labour dispute in court"),
    "admin-tm-pat-maritime": N_("Administrative: trademark, patent, maritime"),
    "admin-other": N_("Administrative, other"),
    "jurisdiction-objection-rejected": N_("Objection to jurisdiction, rejected"),
    "preservation": N_("Preservation"),
    "enforcement": N_("Enforcement"),
    "payment-order": N_("Payment order"),
    "public-summons": N_("Public summons"),
    "arb-review": N_("Setting aside an award, validity of an arbitration agreement"),
    "bankruptcy": N_("Bankruptcy"),
    "maritime-fund": N_("Maritime limitation fund"),
    "contingency-cap": N_("Most a contingency fee may be"),
}
"""Everything that can be calculated from an amount, in the order of the regulation."""
_TABLES = {"property": "court-property", "contingency-cap": "contingency-cap-2021"}
_NEEDS_AMOUNT = frozenset(("property", "preservation", "payment-order", "bankruptcy", "contingency-cap"))
_COURT_FEES = frozenset(
    (
        *("property", "divorce", "personality", "other-non-property"),
        *("ip", "labour", "admin-tm-pat-maritime", "admin-other"),
    )
)
# what fees.toml says in words only (第13条第1款第2项); its examples are compared by a test
_EXTRA = {
    "divorce": ((20_000_000, None, Decimal("0.005")),),
    "personality": ((5_000_000, 10_000_000, Decimal("0.01")), (10_000_000, None, Decimal("0.005"))),
}
MOST_FEN = 10**15
"""Ten trillion yuan: nobody sues for more; anything above is a slip of the keys."""


@dataclass(frozen=True, slots=True)
class FeeStep:
    """One line of a calculation: the words (marked) with their parameters, and the fen it adds."""

    message: str
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    fen: int | None = None

    def words(self) -> str:
        """Return the line in the user's language."""
        params = {
            name: _(value) if name in ("why", "kind") else _yuan(value) if name.endswith("fen") else value
            for name, value in self.params.items()
        }
        return _(self.message).format(**params)


@dataclass(frozen=True, slots=True)
class Fee:
    """A calculated amount. ``low_fen`` and ``high_fen`` differ where the regulation leaves a range."""

    kind: str
    title: str
    amount_fen: int | None
    low_fen: int
    high_fen: int
    steps: tuple[FeeStep, ...]
    statute: str
    article: str
    source: str

    @property
    def words(self) -> str:
        """Return the result: one amount, or from … to …."""
        if self.low_fen == self.high_fen:
            return _yuan(self.low_fen)
        return _("{low} to {high}").format(low=_yuan(self.low_fen), high=_yuan(self.high_fen))

    def as_json(self) -> dict[str, Any]:
        """Return what the command line prints; amounts in fen."""
        return {
            "kind": self.kind,
            "title": _(self.title),
            "amount_fen": self.amount_fen,
            "low_fen": self.low_fen,
            "high_fen": self.high_fen,
            "statute": self.statute,
            "article": self.article,
            "source": self.source,
            "steps": [{"text": step.words(), "fen": step.fen} for step in self.steps],
        }


@cache
def fee_tables() -> dict[str, dict[str, Any]]:
    """Return the tiers and flat fees of ``fees.toml`` by id."""
    file = load_rules("fees")
    return {table["id"]: table for table in (*file["tier_table"], *file["flat"])}


def calculate_fee(kind: str, amount_fen: int | None = None, *, halves: Sequence[str] = ()) -> Fee:
    """Return the fee of ``kind`` (see :data:`FEE_KINDS`) for a claim or value of ``amount_fen``.

    ``halves``: reasons of :data:`FEE_HALVES`; several still halve once. Raises Refused for an unknown kind, a
    missing, negative or impossible amount, and for a halving of a fee that is none of a hearing.
    """
    problems = list(_problems(kind, amount_fen, halves))
    if problems:
        raise Refused(problems, N_("This cannot be calculated."))
    steps = list(_steps(kind, amount_fen))
    low, high = _totals(kind, amount_fen)
    articles = [str(_table(kind).get("article", ""))]
    if halves and kind in _COURT_FEES:
        for name in halves:
            article, why = FEE_HALVES[name]
            steps.append(FeeStep(N_("Halved: {why} ({article})"), {"why": why, "article": article}))
            articles.append(article)
        if len(halves) > 1:
            steps.append(FeeStep(N_("Several reasons halve the fee once only.")))
        low, high = _round(Decimal(low) / 2), _round(Decimal(high) / 2)
    total = FeeStep(N_("Sum: {low_fen}"), {"low_fen": low}, low)
    if low != high:
        total = FeeStep(N_("Sum: {low_fen} to {high_fen}"), {"low_fen": low, "high_fen": high})
    file = load_rules("fees")
    table = _table(kind)
    statute = "司发通〔2021〕87号" if kind == "contingency-cap" else str(file["meta"]["statute"])
    source = str(table.get("verified") or table.get("source") or file["meta"]["verified"])
    text = "、".join(dict.fromkeys(part for part in articles if part))
    return Fee(kind, FEE_KINDS[kind], amount_fen, low, high, (*steps, total), statute, text, source)


def _problems(kind: str, amount_fen: int | None, halves: Sequence[str]) -> Iterator[Problem]:
    if kind not in FEE_KINDS:
        names = ", ".join(FEE_KINDS)
        message = N_("There is no such fee; there are: {names}.")
        yield Problem("fee.kind", message, "kind", params={"names": names})
        return
    if amount_fen is None and kind in _NEEDS_AMOUNT:
        yield Problem("fee.amount", N_("This fee needs an amount."), "amount")
    if amount_fen is not None and not 0 <= amount_fen <= MOST_FEN:
        yield Problem("fee.amount", N_("This amount cannot be right."), "amount")
    for name in halves:
        if name not in FEE_HALVES:
            yield Problem("fee.half", N_("This is no reason to halve a fee."), "half")
    if halves and kind not in _COURT_FEES:
        yield Problem("fee.half", N_("Only the fee for hearing a case is halved."), "half")


def _table(kind: str) -> dict[str, Any]:
    if kind in ("payment-order", "bankruptcy"):
        return fee_tables()[kind]
    return fee_tables()[_TABLES.get(kind, kind)]


def _steps(kind: str, amount: int | None) -> Iterator[FeeStep]:
    table = _table(kind)
    if kind in ("payment-order", "bankruptcy") or (kind == "ip" and amount):
        assert amount is not None
        yield from _tier_steps(fee_tables()["court-property"], amount)
        if kind == "payment-order":
            yield FeeStep(N_("A third of the fee of a property case"))
        elif kind == "bankruptcy":
            yield FeeStep(N_("Half the fee of a property case"))
            yield FeeStep(N_("At most {cap_fen}"), {"cap_fen": _fen(table["cap"])})
        return
    if "bands" in table and amount is not None:
        yield from _tier_steps(table, amount)
    elif kind == "enforcement":
        low, high = (_fen(value) for value in table["no_amount"])
        yield FeeStep(N_("Without an amount: {low_fen} to {high_fen}"), {"low_fen": low, "high_fen": high})
    elif "range" in table:
        low, high = (_fen(value) for value in table["range"])
        yield FeeStep(N_("Per case: {low_fen} to {high_fen}"), {"low_fen": low, "high_fen": high})
    else:
        yield FeeStep(N_("Per case: {fixed_fen}"), {"fixed_fen": _fen(table["amount"])}, _fen(table["amount"]))
    if kind in _EXTRA and amount is not None:
        for over, upto, rate in _EXTRA[kind]:
            yield from _band_step(amount, over, upto, rate)


def _tier_steps(table: dict[str, Any], amount: int) -> Iterator[FeeStep]:
    base = _fen(table["base"])
    first = _fen(table["bands"][0]["over"])
    if base:
        yield FeeStep(N_("Up to {first_fen}: {base_fen}"), {"first_fen": first, "base_fen": base}, base)
    for band in table["bands"]:
        upto = _fen(band["upto"]) if "upto" in band else None
        yield from _band_step(amount, _fen(band["over"]), upto, Decimal(str(band["rate"])))
    if "cap" in table and _tiers(table, amount) >= _fen(table["cap"]):
        yield FeeStep(N_("At most {cap_fen}"), {"cap_fen": _fen(table["cap"])})


def _band_step(amount: int, over: int, upto: int | None, rate: Decimal) -> Iterator[FeeStep]:
    part = min(amount, upto if upto is not None else amount) - over
    if part > 0:
        fen = _round(part * rate)
        params = {"over_fen": over, "part_fen": part, "percent": _percent(rate), "sum_fen": fen}
        yield FeeStep(N_("Over {over_fen}: {part_fen} × {percent} = {sum_fen}"), params, fen)


def _totals(kind: str, amount: int | None) -> tuple[int, int]:
    table, tables = _table(kind), fee_tables()
    if kind == "payment-order" and amount is not None:
        total = _round(_tiers(tables["court-property"], amount) / 3)
    elif kind == "bankruptcy" and amount is not None:
        total = min(_round(_tiers(tables["court-property"], amount) / 2), _fen(table["cap"]))
    elif kind == "ip" and amount:
        total = _round(_tiers(tables["court-property"], amount))
    elif "bands" in table and amount is not None:
        total = _round(_tiers(table, amount))
    elif "range" in table or "no_amount" in table:
        low, high = (_fen(value) for value in table.get("range") or table["no_amount"])
        extra = _round(sum((_band(amount, *band) for band in _EXTRA.get(kind, ())), Decimal())) if amount else 0
        return low + extra, high + extra
    else:
        total = _fen(table["amount"])
    return total, total


def _tiers(table: dict[str, Any], amount: int) -> Decimal:
    """Return the exact sum of base and bands, not above the cap."""
    total = Decimal(_fen(table["base"]))
    for band in table["bands"]:
        upto = _fen(band["upto"]) if "upto" in band else None
        total += _band(amount, _fen(band["over"]), upto, Decimal(str(band["rate"])))
    return min(total, Decimal(_fen(table["cap"]))) if "cap" in table else total


def _band(amount: int | None, over: int, upto: int | None, rate: Decimal) -> Decimal:
    part = min(amount or 0, upto if upto is not None else amount or 0) - over
    return part * rate if part > 0 else Decimal()


def _round(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def _fen(yuan: float) -> int:
    return int(Decimal(str(yuan)) * 100)


def _yuan(fen: int) -> str:
    return _("{yuan} yuan").format(yuan=format_fen(fen))


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}%"
