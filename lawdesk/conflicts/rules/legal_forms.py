"""An organization's name cut from its end: the words of a branch, the legal forms, also one with a slip in it."""

from __future__ import annotations

import re
from functools import lru_cache

from lawdesk.conflicts.rules.vocabulary import PUBLIC, strip_region_at_end, vocabulary

_BODY = re.compile(r".*(?:公司|银行|集团|事务所|合作社|联社|医院|学校|大学)")
_COMMON_FORMS = ("有限责任公司", "股份有限公司", "有限公司")
_DAMAGED_SPANS = (7, 5, 6, 3, 4)
"""A character left out comes before one changed, which would take one more from the name."""
_NO_SLIP = frozenset({"有线公司", "股有限公司", "有公司"})
"""What ends like a slip in a legal form and is none: cable companies, 控股有限公司, 国有公司."""
_CANON = (
    ("股份有限责任公司", "股份有限公司"),
    ("有限责任公司", "有限公司"),
    ("责任有限公司", "有限公司"),
    ("股份公司", "股份有限公司"),
)


def canonical(text: str) -> str:
    """Return a compact name with one spelling for each legal form (有限责任公司 is 有限公司)."""
    if "公司" not in text:
        return text
    for written, meant in _CANON:
        text = text.replace(written, meant)
    return text


def cut_branch(plain: str) -> tuple[str, str]:
    """Return the name of the organization and the words that name its branch."""
    words = vocabulary()
    label = words.branches.at_end(plain)
    if not label and (at := plain.rfind("公司", 2, -2) + 2) > 2:
        tail = plain[at:]
        if (
            plain[at - 4 : at - 2] in ("有限", "责任")
            and "有限" not in tail
            and (words.form_class.get(tail) not in PUBLIC)
        ):
            return plain[:at], tail  # 某某有限公司华东大区
    if not label or words.forms.at_end(plain) == "街道办事处":
        return plain, ""
    before = plain[: -len(label)]
    body = _BODY.match(before)
    if body:
        return body[0], plain[body.end() :]
    parent = strip_region_at_end(before)
    if len(parent) < 2:
        return plain, ""
    return parent, plain[len(parent) :]


def cut_forms(body: str) -> tuple[str, tuple[str, ...]]:
    """Return the name without the legal forms at its end, and those, outermost first."""
    words = vocabulary()
    if damaged := _damaged_form(body, len(words.forms.at_end(body))):
        return body[: -len(damaged[0])], (damaged[1],)
    forms: list[str] = []
    while form := words.forms.at_end(body):
        if form[-1] in words.forms.words and 1 < len(form) <= len(words.all_trades.at_end(body[:-1])):
            form = form[-1]  # 化工|厂 and no 工厂
        rest = body[: -len(form)]
        if len(form) == 1 and (len(rest) < 2 or _is_trade(body, rest) or (forms and not _ends_in_trade(rest))):
            break
        forms.append(form)
        body = rest
    if (form := words.behind.at_end(body)) and not _is_trade(body, rest := body[: -len(form)]):
        trade = words.all_trades.at_end(rest)
        if 1 < len(trade) < len(rest):
            forms.append(form)
            body = rest
    return body, tuple(forms)


def _ends_in_trade(rest: str) -> bool:
    return len(vocabulary().all_trades.at_end(rest)) > 1


def _is_trade(body: str, rest: str) -> bool:
    """Tell whether a trade word ends ``body`` (酒店) rather than stand before its last word (烟酒|店)."""
    words = vocabulary()
    whole = len(words.hard_trades.at_end(body))
    return whole > 1 and len(words.all_trades.at_end(rest)) < max(2, whole)


def _damaged_form(body: str, sound: int) -> tuple[str, str] | None:
    """Return a legal form written with one slip at the end (有限松司, 有限公), and which it is.

    It is longer than the ``sound`` one that stands there.
    """
    for span in _DAMAGED_SPANS:
        end = body[-span:]
        if sound < span <= len(body) - 2 and end not in _NO_SLIP and (form := _slipped(end)):
            return end, form
    return None


@lru_cache(maxsize=4_096)
def _slipped(end: str) -> str:
    """Return which of the commonest legal forms ``end`` is but for one character or two swapped, or ""."""
    for form in _COMMON_FORMS:
        if len(end) == len(form):
            wrong = [i for i, (one, other) in enumerate(zip(end, form, strict=True)) if one != other]
            swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(end) == sorted(form)
            if len(wrong) == 1 or swapped:
                return form
        short, long = sorted((end, form), key=len)
        one_more = len(long) - len(short) == 1 and (end is short or end[0] == form[0])
        if one_more and any(long[:i] + long[i + 1 :] == short for i in range(len(long))):
            return form
    return ""
