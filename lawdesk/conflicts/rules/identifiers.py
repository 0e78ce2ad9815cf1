"""Identifying numbers as keys: two spellings of one number give the same key, whatever separators were typed.

Check digits are verified where parties are entered; here only equality counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_FORMER_ID = re.compile(r"\d{15}")
_ID = re.compile(r"\d{17}[\dX]")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_ORGANIZATION_CODE = re.compile(r"[0-9A-Z]{9}")
_NEW_CODE = re.compile(r"MA[0-9A-Z]{6}[0-9X]")
"""An organization code given out since 2015; some look like a passport's number too (MA8761433), of Macao."""
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,9}")
_CENTURIES = ("18", "19", "20")
"""Of birth: a credit code of digits only is told from a citizen's number by them."""
_LONGEST, _FEWEST_DIGITS = 200, 5


def identifier_key(text: str) -> str:
    """Return the key of a number: ``id:`` a citizen's (15 and 18 digits alike), ``org:`` the organization code
    inside a credit code or alone, ``no:`` any other; ``""`` when it is too short or says nothing (zeros)."""
    plain = "".join(char for char in unicodedata.normalize("NFKC", text).upper() if char.isalnum())
    if len(plain) < 6 or len(set(plain)) == 1:
        return ""
    if _ID.fullmatch(plain) and plain[6:8] in _CENTURIES and "01" <= plain[10:12] <= "12":
        return f"id:{plain[:6]}{plain[6:17]}"
    if _FORMER_ID.fullmatch(plain) and "01" <= plain[8:10] <= "12":
        return f"id:{plain[:6]}19{plain[6:]}"
    if _CREDIT_CODE.fullmatch(plain):
        return f"org:{plain[8:17]}"
    if _ORGANIZATION_CODE.fullmatch(plain) and not _PASSPORT.fullmatch(plain):
        return f"org:{plain}"
    return f"no:{plain}"


def identifier_keys(numbers: Iterable[str]) -> set[str]:
    """Return the keys under which asked numbers are looked up: one that may be of two sorts is both."""
    found = {key for key in map(identifier_key, numbers) if key}
    return found | {f"org:{key[3:]}" for key in found if key.startswith("no:") and _NEW_CODE.fullmatch(key[3:])}


_RUN = re.compile(r"[0-9A-Za-z](?:[ \-_./·]?[0-9A-Za-z])*")
_MARK = re.compile(
    r"(?:居民)?(?:身份证号?码?|统一社会信用代码|信用代码|组织机构代码|护照号?码?|证件号?码?|号码)\s*[:：]?\s*"
)


def numbers_inside(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the identifying numbers typed into it, and those.

    A citizen's number (15 or 18 digits) and a credit code are taken out wherever they stand, with any separators;
    an organization code or a passport's number only when nothing else was typed.
    """
    if len(text) > _LONGEST or sum(char.isdigit() for char in text) < 3:
        return text, ()
    plain = unicodedata.normalize("NFKC", text).replace("–", "-").replace("—", "-")
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        bare = re.sub(r"[^0-9A-Z]", "", match[0].upper())
        if identifier_key(bare).startswith("id:") or (
            len(bare) == 18 and _CREDIT_CODE.fullmatch(bare) and sum(char.isdigit() for char in bare) >= 8
        ):
            found.append(bare)
            return " "
        return match[0]

    rest = _RUN.sub(take, plain)
    if found:
        return _MARK.sub("", rest).strip(" ,，;；:：()（）、-"), tuple(found)
    bare = re.sub(r"[^0-9A-Z]", "", plain.upper())
    enough = 3 if _NEW_CODE.fullmatch(bare) else _FEWEST_DIGITS
    alone = len(bare) == sum(char.isalnum() for char in plain) and sum(map(str.isdigit, bare)) >= enough
    if alone and (_ORGANIZATION_CODE.fullmatch(bare) or _PASSPORT.fullmatch(bare)):
        return "", (bare,)
    return text, ()


def compare_identifiers(asked: tuple[str, ...], known: tuple[str, ...]) -> str:
    """Return ``same``, ``nearly`` (one character differs: a typing error?), ``differs`` or ``unknown``.

    Only numbers of the same sort are told apart: a passport says nothing against an identity card.
    """
    mine = identifier_keys(asked)
    theirs = {key for key in map(identifier_key, known) if key}
    if mine & theirs:
        return "same"
    pairs = [
        (one, other)
        for one in mine
        for other in theirs
        if one.partition(":")[0] == other.partition(":")[0] != "no"
    ]
    if not pairs:
        return "unknown"
    nearly = any(
        sum(a != b for a, b in zip(one, other, strict=True)) == 1 for one, other in pairs if len(one) == len(other)
    )
    return "nearly" if nearly else "differs"
