"""Amounts as people write them: figures, 2万, 壹万伍仟元整, shares, prices per case, words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from lawdesk.cases.rules.ledger.text import chinese_number, says_later, says_nothing, squeeze, tidy
from lawdesk.cases.rules.ledger.values import Cell, NoValue, fault, note, warn
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

_FIGURES = re.compile(
    r"(?:RMB|CNY|人民币|¥|￥|共|计|共计)?(-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)(?:元整|元正|元|圆)?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?:人民币|¥|￥|共计|共|计|约)?([\d.,〇零○一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾两百佰千仟万萬亿wWkK]+?)(?:元|圆|块)?(?:([一二三四五六七八九壹贰叁肆伍陆柒捌玖])角)?(?:([一二三四五六七八九壹贰叁肆伍陆柒捌玖])分)?(?:整|正)?"
)
_SHARE = re.compile(
    r"(\d+(?:\.\d+)?)\s*[%％]|百分之([\d.一二三四五六七八九十点]+)|千分之([\d一二三四五六七八九十]+)|(\d+(?:\.\d+)?)‰"
)
_PER_CASE = re.compile(r"(?:每件|每案|按件)(.+)|(.+?)(?:元)?(?:/|每|一|1)(?:件|案|个案)")
_PER_HOUR = re.compile(r"(?:每小时)(.+)|(.+?)(?:元)?(?:/|每|一)(?:小时|时|h|H)")
_TIMES = re.compile(r"([\d,.万]+)[x×X*＊](\d{1,3})(?:件|案)?")
_FREE = {"免费", "免收", "免", "法律援助", "法援", "无偿", "公益", "不收费"}
_INCLUDED = re.compile(r"含在|包含|已含|含于|并入|计入.{0,4}案|不另收|同.{0,3}案(?:一并|合并)")
_SHARED = re.compile(r"风险|标的|比例")
_HOURLY = re.compile(r"计时|按时|小时|按小时")


@dataclass(frozen=True)
class Amount:
    """Fen, or None with the reason: a share, a rate, words. ``shape`` tells what stood there."""

    fen: int | None = None
    shape: Literal["empty", "figures", "words", "share", "per-case", "per-hour", "free", "included", "other"] = (
        "empty"
    )
    text: str = ""
    share_bp: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Fee:
    """The fee of a row; ``text`` is what stood where an amount should be."""

    fen: int | None = None
    text: str | None = None
    hourly_fen: int | None = None
    share_bp: int | None = None
    problems: tuple[Problem, ...] = ()


def read_amount(value: Cell) -> Amount:
    """Return what an amount cell says; a per-case or hourly price comes as the fen of one."""
    if value is None or isinstance(value, NoValue):
        return Amount()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        fen = _fen(Decimal(value))
        return Amount(fen, "figures" if fen is not None else "other", str(value))
    if not isinstance(value, str):
        return Amount(None, "other", str(value))
    if says_nothing(value):
        return Amount()
    text = squeeze(value)
    if says_later(value):
        return Amount(None, "other", tidy(value))
    bare, remark = _without_brackets(text)
    found = _simple(bare, tidy(value)) or _priced(bare, tidy(value)) or Amount(None, "other", tidy(value))
    return Amount(found.fen, found.shape, found.text, found.share_bp, remark)


def read_fee(value: Cell, *, mode: str | None, cases: int | None) -> Fee:
    """Return the fee; ``mode`` is the way of charging, ``cases`` how many cases the row stands for."""
    amount = read_amount(value)
    if isinstance(value, Decimal) and 0 < value < 1 and _SHARED.search(mode or ""):
        points = value * 10_000
        amount = Amount(None, "share", str(value), int(points) if points == int(points) else None)
    if mode and amount.shape == "empty" and _INCLUDED.search(mode):
        amount = Amount(None, "included", mode)
    if amount.fen is not None and (amount.shape == "per-hour" or _HOURLY.search(mode or "")):
        message = N_("The way of charging is by the hour: {text} is the hourly rate, not the fee.")
        rate = warn("fee_is_rate", "fee", message, text=amount.text)
        return Fee(hourly_fen=amount.fen, problems=(rate,))
    if amount.fen is not None and amount.fen < 0:
        return Fee(text=amount.text, problems=(fault("fee_negative", "fee", N_("The fee is below zero.")),))
    if amount.shape == "per-case":
        return _per_case(amount, cases)
    problems: list[Problem] = []
    if amount.shape == "words" and amount.fen is not None:
        message = N_("“{text}” was read as {yuan} yuan.")
        problems.append(warn("fee_in_words", "fee", message, text=amount.text, yuan=_plain_yuan(amount.fen)))
    if amount.note and amount.fen is not None:
        message = N_("Words beside the amount were left out: “{text}”.")
        problems.append(warn("fee_with_note", "fee", message, text=amount.note))
    if amount.shape == "included":
        message = N_("“{text}”: the fee is part of another case and is not counted twice.")
        problems.append(warn("fee_included", "fee", message, text=amount.text))
    elif amount.shape == "share":
        message = N_("The fee is a share (“{text}”), not an amount.")
        problems.append(warn("fee_not_amount", "fee", message, text=amount.text))
    elif amount.shape == "other":
        message = N_("“{text}” is not an amount of money.")
        problems.append(warn("fee_not_amount", "fee", message, text=amount.text))
    elif amount.shape == "empty":
        problems.append(note("fee_missing", "fee", N_("No fee is entered.")))
    kept = amount.text if amount.fen is None and amount.shape != "empty" else None
    return Fee(amount.fen, kept, None, amount.share_bp, tuple(problems))


def read_received(value: Cell, *, fee_fen: int | None) -> tuple[int | None, tuple[Problem, ...]]:
    """Return the fen received; more than the fee, or less than nothing, is an error."""
    amount = read_amount(value)
    if amount.shape == "empty":
        return None, ()
    if amount.fen is None or amount.shape in ("per-case", "per-hour"):
        message = N_("“{text}” is not an amount of money.")
        return None, (warn("received_not_amount", "received", message, text=amount.text),)
    problems: list[Problem] = []
    if amount.shape == "words":
        message = N_("“{text}” was read as {yuan} yuan.")
        problems.append(
            warn("received_in_words", "received", message, text=amount.text, yuan=_plain_yuan(amount.fen))
        )
    if amount.note:
        message = N_("Words beside the amount were left out: “{text}”.")
        problems.append(warn("received_with_note", "received", message, text=amount.note))
    if amount.fen < 0:
        problems.append(fault("received_negative", "received", N_("The amount received is below zero.")))
    elif fee_fen is not None and amount.fen > fee_fen:
        message = N_("{received} yuan were received, more than the fee of {fee} yuan.")
        params = {"received": _plain_yuan(amount.fen), "fee": _plain_yuan(fee_fen)}
        problems.append(fault("received_exceeds_fee", "received", message, **params))
    return amount.fen, tuple(problems)


def _per_case(amount: Amount, cases: int | None) -> Fee:
    if cases is None or amount.fen is None:
        message = N_("“{text}” is a price per case, and the row does not tell how many cases there are.")
        return Fee(text=amount.text, problems=(warn("fee_per_case", "fee", message, text=amount.text),))
    total = amount.fen * cases
    message = N_("“{text}” times {cases} cases makes {yuan} yuan.")
    params = {"text": amount.text, "cases": cases, "yuan": _plain_yuan(total)}
    return Fee(total, amount.text, problems=(warn("fee_per_case", "fee", message, **params),))


def _simple(text: str, shown: str) -> Amount | None:
    """Read figures, free, amounts in words."""
    if match := _FIGURES.fullmatch(text):
        return Amount(_fen(Decimal(re.sub("[,，]", "", match[1]))), "figures", shown)
    if text in _FREE:
        return Amount(0, "free", shown)
    if match := _TIMES.fullmatch(text):
        one = _simple(match[1], shown)
        if one is not None and one.fen is not None:
            return Amount(one.fen * int(match[2]), "words", shown)
    if match := _WORDS.fullmatch(text):
        spelled = re.sub("[wW]", "万", re.sub("[kK]", "千", match[1].replace(",", "")))
        number = chinese_number(spelled)
        if number is not None:
            jiao, cents = (chinese_number(match[part] or "零") or Decimal(0) for part in (2, 3))
            fen = _fen(number + jiao / 10 + cents / 100)
            return Amount(fen, "words" if fen is not None else "other", shown)
    return None


def _priced(text: str, shown: str) -> Amount | None:
    """Read prices per case or hour, shares, "in the other case"."""
    for pattern, shape in ((_PER_CASE, "per-case"), (_PER_HOUR, "per-hour")):
        if match := pattern.fullmatch(text):
            one = _simple(match[1] or match[2], shown)
            if one is not None and one.fen is not None:
                return Amount(one.fen, "per-case" if shape == "per-case" else "per-hour", shown)
    if _INCLUDED.search(text):
        return Amount(None, "included", shown)
    if match := _SHARE.search(text):
        alone = not re.search(r"\d", text[: match.start()] + text[match.end() :])
        return Amount(None, "share", shown, _basis_points(match) if alone else None)
    return None


def _basis_points(match: re.Match[str]) -> int | None:
    """Return the share in basis points of 100 %: 8 % is 800."""
    figure = match[1] or match[2] or match[3] or match[4]
    number = Decimal(figure) if re.fullmatch(r"\d+(?:\.\d+)?", figure) else chinese_number(figure)
    if number is None:
        return None
    points = number * (10 if match[3] or match[4] else 100)
    return int(points) if points == int(points) else None


def _without_brackets(text: str) -> tuple[str, str]:
    """Return the amount without a remark in brackets behind it, and the remark; figures stay."""
    match = re.fullmatch(r"([^(]+)\(([^()]*)\)", text)
    return (match[1], match[2]) if match else (text, "")


def _fen(yuan: Decimal) -> int | None:
    fen = yuan * 100
    return int(fen) if fen == fen.to_integral_value() else None


def _plain_yuan(fen: int) -> str:
    return str(fen // 100) if fen % 100 == 0 else f"{fen // 100}.{fen % 100:02d}"
