"""The words of a name in Latin letters, in whatever alphabet it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lawdesk.conflicts.rules.letters import other_names
from lawdesk.conflicts.rules.romanized import is_chinese, is_syllable
from lawdesk.conflicts.rules.vocabulary import vocabulary

_GREEK_PAIRS = (("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"), ("μπ", "mp"))
_CYRILLIC = "аa бb вv гg дd еe зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts ыy эe"
_MORE_CYRILLIC = "жzh чch шsh щshch юyu яya ёe іi їi єe ґg ўu јj љlj њnj ћc ђdj џdz"
_GREEK = "αa βv γg δd εe ζz ηi ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf ωo θth χch ψps"
_LATIN = "øo łl đd ðd þth æae œoe ıi ħh əa ĸk"
_LETTERS = str.maketrans(
    dict.fromkeys("'’‘`´ʹʻʼьъ", "")
    | {pair[0]: pair[1:] for table in (_CYRILLIC, _MORE_CYRILLIC, _GREEK, _LATIN) for pair in table.split()}
)
"""Marks that join, and letters of other alphabets as passports write them in Latin ones."""
_LATIN_RUN = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_TWO_INITIALS = re.compile(r"(?!(?:ng|lv|nv)$)[b-df-hj-np-tv-z]{2}")
_DOT_INSIDE = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_NORDIC_FORM = re.compile(r"\b([aikp])/s\b")
_TONED = re.compile(r"(?=.*[a-z][0-5])(?:[a-z]{1,6}[0-5]?[\s'’,.-]*)+")
_TONES = re.compile(r"[0-5\s'’,.-]+")


def latin_tokens(text: str, *, joined: bool = True) -> list[str]:
    """Return the words of a Latin name; apostrophes join, and dots inside abbreviations (S.p.A., J.R.) if
    ``joined``."""
    text = _POSSESSIVE.sub("", text)
    if not text.isascii():
        for written, meant in _GREEK_PAIRS:
            text = text.replace(written, meant)
    text = _NORDIC_FORM.sub(r"\1s", text.translate(_LETTERS))
    text = _DOT_INSIDE.sub("" if joined else " ", text)
    for written, meant in vocabulary().latin_phrases:
        if written in text:
            text = text.replace(written, meant)
    return _LATIN_RUN.findall(text)


def person_tokens(text: str) -> list[str]:
    """Return the words of a person's Latin name: initials apart, no titles, no digits of tones (zhang1 wei3)."""
    if _TONED.fullmatch(text):
        syllables = [part for part in _TONES.split(text) if part]
        if all(map(is_syllable, syllables)):
            return syllables
    titles = vocabulary().latin_titles
    tokens = [token for token in latin_tokens(text, joined=False) if token not in titles]
    if len(tokens) == 1:
        return tokens
    return [part for token in tokens for part in (token if _TWO_INITIALS.fullmatch(token) else (token,))]  # JC


def telling_words(tokens: Iterable[str], *, person: bool) -> tuple[str, ...]:
    """Return the words of a Latin name that tell it from others, each once, in order.

    An organization's are those that are neither its legal form nor general, nor name its trade unless nothing else
    is left (China Steel); a person's all but small ones (van, al), which in a Chinese name are none.
    """
    plain = plain_tokens(tokens)
    words = vocabulary()
    if not person:
        found = [token for token in plain if token not in words.latin_generic]
        found = found or [token for token in plain if token in words.latin_trades]
    elif is_chinese(plain) or (len(plain) == 2 and other_names(plain[0])):  # De Li; Ben Johnson
        found = list(plain)
    else:
        found = [token for token in plain if token not in words.latin_particles] or list(plain)
    return tuple(dict.fromkeys(found))


def joined_words(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return the telling words of a person's Latin name with its small words joined to the word behind them (van
    den Brink: vandenbrink); nothing where there are none."""
    particles, plain = vocabulary().latin_joining, plain_tokens(tokens)
    if particles.isdisjoint(plain):
        return ()
    found, before = [], ""
    for token in plain:
        before += token
        if token not in particles:
            found.append(before)
            before = ""
    return () if before or not found else tuple(dict.fromkeys(found))


def plain_tokens(tokens: Iterable[str]) -> tuple[str, ...]:
    """Return the words of a Latin name without its legal form, in order."""
    forms, tokens = vocabulary().latin_forms, tuple(tokens)
    return tokens if forms.isdisjoint(tokens) else tuple(token for token in tokens if token not in forms)
