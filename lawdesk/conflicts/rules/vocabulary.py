"""The words names are made of: regions, legal forms, lines of business, titles (``resources/chinese``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lawdesk.kernel.resources import resource_path

NATIONAL = "0"
"""Region code of 中国 and the like: it agrees with every region."""
_NATIONAL_WORDS = ("中国", "中华", "全国", "中华人民共和国")
PUBLIC = frozenset(("organ", "school", "hospital", "society"))
"""Classes of legal forms whose name is the place's where no other is said (北京市|教育局)."""
_SUFFIXES = "省市县区旗盟"
ZONE = re.compile(
    "(?:经济技术|高新技术产业|高新技术|高新|经济|工业|综合)?(?:开发区|工业园区|工业园|新区|保税区|自由贸易试验区|自贸区|高新区)"
)


UNLISTED = re.compile("([\u4e00-\u9fff]{2}(?<![超菜夜都股门闹集城早花鱼米]))[市县](?![场政井民容立郊])(?=..)")
"""A place that no list has, told by its suffix (澄湖市); a market is none (永辉超市)."""

_BEFORE_BODY = re.compile(UNLISTED.pattern.replace("{2}", "{2,4}").removesuffix("(?=..)"))


class Words:
    """Word lists of one sort, for longest-match look-up at an end of a name."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._ending = _lengths(self.words, -1)
        self._starting = _lengths(self.words, 0)

    def at_end(self, text: str) -> str:
        """Return the longest of the words ``text`` ends with, or ``""``."""
        for length in self._ending.get(text[-1:], ()):
            if text[-length:] in self.words:
                return text[-length:]
        return ""

    def at_start(self, text: str) -> str:
        """Return the longest of the words ``text`` begins with, or ``""``."""
        for length in self._starting.get(text[:1], ()):
            if text[:length] in self.words:
                return text[:length]
        return ""


def _lengths(words: Iterable[str], place: int) -> dict[str, tuple[int, ...]]:
    """Return character at an end → the lengths of the words that have it there, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[place], set()).add(len(word))
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}


@dataclass(frozen=True)
class Region:
    """A region as written: its code(s) by GB/T 2260, its short name, whether 省, 市, 县 ... was written."""

    codes: frozenset[str]
    short: str
    written: str
    suffixed: bool


@dataclass(frozen=True)
class Bodies:
    """What public bodies, schools, hospitals and societies are called behind the place whose they are."""

    endings: str  # characters that only such a name ends with (局)
    none: Words  # what ends so and is none (书局)
    always: Words  # legal forms that have no trade name before them (总工会)
    words: Words  # what describes them, trade words among it
    short: dict[str, str]  # a short name → the full one
    common: frozenset[str]
    damaged: frozenset[str]  # the common ones without one character


@dataclass(frozen=True)
class Vocabulary:
    """All word lists."""

    form_class: dict[str, str]  # legal form → its class
    forms: Words
    branches: Words
    ordinals: Words
    behind: Words  # legal forms only behind a trade word (广告|部)
    hard_trades: Words
    soft_trades: Words
    all_trades: Words
    bodies: Bodies
    same: dict[str, str]  # words of Taiwan and Hong Kong → those of the mainland
    titles_before: Words
    titles_after: Words
    also: Words
    masks: Words
    latin_forms: frozenset[str]
    latin_generic: frozenset[str]  # what says little in the name of an organization: general words, trades
    latin_trades: frozenset[str]  # of these the trades, which tell it where nothing else does (China Steel)
    latin_telling: frozenset[str]  # of these what no person is called
    latin_particles: frozenset[str]  # small words inside names (van, al)
    latin_joining: frozenset[str]  # these and more, joined to the next word by some (Abdulrahman)
    latin_family: frozenset[str]  # the first syllables of Chinese family names
    latin_titles: frozenset[str]
    latin_phrases: tuple[tuple[str, str], ...]  # legal forms of several words → their short form
    everyday_surnames: frozenset[str]
    everyday_given: frozenset[str]


_LATIN_GENERIC = ("generic", "trades", "trades_or_names", "particles")


def _words(text: str) -> Words:
    return Words(text.split())


def _bodies(data: dict[str, Any], trades: str, form_class: dict[str, str]) -> Bodies:
    """Return the words of public bodies; the common ones are also the legal forms of three characters and more."""
    forms = (form for form, kind in form_class.items() if kind in PUBLIC and len(form) > 2)
    common = frozenset((*data["common"].split(), *forms))
    return Bodies(
        endings=data["endings"].replace(" ", ""),
        none=_words(data["none"]),
        always=_words(data["always"]),
        words=_words(f"{data['words']} {trades}"),
        short=data["short"],
        common=common,
        damaged=frozenset(body[:i] + body[i + 1 :] for body in common for i in range(len(body))),
    )


@cache
def vocabulary() -> Vocabulary:
    """Return the word lists of ``resources/chinese/names.toml``."""
    with resource_path("chinese", "names.toml").open("rb") as file:
        data = tomllib.load(file)
    form_class = {word: kind for kind, words in data["forms"].items() for word in words.split()}
    persons, latin, trades = data["persons"], data["latin"], data["trades"]
    behind = trades["behind"]
    form_class.update((word, "shop") for word in behind.split() if word not in form_class)
    made = " ".join(first + second for second, chars in trades["made"].items() for first in chars)
    hard, soft = f"{trades['hard']} {made}", trades["soft"]
    return Vocabulary(
        form_class=form_class,
        forms=_words(" ".join(word for words in data["forms"].values() for word in words.split())),
        branches=_words(data["branches"]["words"]),
        ordinals=_words(data["branches"]["ordinals"]),
        behind=_words(behind),
        hard_trades=_words(hard),
        soft_trades=_words(soft),
        all_trades=_words(f"{hard} {soft}"),
        bodies=_bodies(data["bodies"], f"{hard} {soft}", form_class),
        same=data["same"],
        titles_before=_words(persons["before"]),
        titles_after=_words(persons["after"]),
        also=_words(persons["also"]),
        masks=_words(persons["masks"]),
        latin_forms=frozenset(latin["forms"].split()),
        latin_generic=frozenset(" ".join(latin[key] for key in _LATIN_GENERIC).split()),
        latin_trades=frozenset(f"{latin['trades']} {latin['trades_or_names']}".split()),
        latin_telling=frozenset(f"{latin['generic']} {latin['trades']}".split()),
        latin_particles=frozenset(latin["particles"].split()),
        latin_joining=frozenset(f"{latin['particles']} {latin['joining']}".split()),
        latin_family=frozenset(latin["family"].split()),
        latin_titles=frozenset(latin["titles"].split()),
        latin_phrases=tuple(latin["phrases"].items()),
        everyday_surnames=frozenset(data["everyday"]["surnames"].split()),
        everyday_given=frozenset(data["everyday"]["given"].split()),
    )


@dataclass(frozen=True)
class _Regions:
    by_name: dict[str, frozenset[str]]  # full names, and short names that stand alone
    nested: dict[str, frozenset[str]]  # short names of counties: only behind their province or city
    short: dict[str, str]
    starting: dict[str, tuple[int, ...]]
    ending: dict[str, tuple[int, ...]]


@cache
def _regions() -> _Regions:
    by_name: dict[str, set[str]] = {word: {NATIONAL} for word in _NATIONAL_WORDS}
    nested: dict[str, set[str]] = {}
    short_of = {word: word for word in _NATIONAL_WORDS}
    for line in resource_path("chinese", "regions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, short = line.split(" ")
        by_name.setdefault(name, set()).add(code)
        short_of[name] = short_of[short] = short
        alone = len(code) <= 4 or name.endswith("市")
        (by_name if alone else nested).setdefault(short, set()).add(code)
    return _Regions(
        {name: frozenset(codes) for name, codes in by_name.items()},
        {name: frozenset(codes) for name, codes in nested.items()},
        short_of,
        _lengths((*by_name, *nested), 0),
        _lengths((*by_name, *nested), -1),
    )


@lru_cache(maxsize=16_384)
def _below(codes: frozenset[str], above: frozenset[str]) -> frozenset[str]:
    return frozenset(code for code in codes if any(upper == NATIONAL or code.startswith(upper) for upper in above))


def region_at_start(text: str, above: frozenset[str] | None = None) -> Region | None:
    """Return the longest region ``text`` begins with; behind another region only one that lies in it."""
    regions = _regions()
    for length in regions.starting.get(text[:1], ()):
        written = text[:length]
        codes = regions.by_name.get(written, frozenset())
        if above is not None:
            codes = _below(codes | regions.nested.get(written, frozenset()), above)
        if codes:
            return Region(codes, regions.short[written], written, written[-1] in _SUFFIXES)
    return None


def county_at_start(text: str) -> Region | None:
    """Return the county whose short name ``text`` begins with (清河|教育局), or an unlisted place (帐家口市)."""
    regions = _regions()
    for length in regions.starting.get(text[:1], ()):
        codes = regions.nested.get(text[:length]) if length <= len(text) else None
        if codes:
            return Region(frozenset(codes), regions.short[text[:length]], text[:length], suffixed=False)
    if unlisted := _BEFORE_BODY.match(text):
        return Region(frozenset({f"?{unlisted[1]}"}), unlisted[1], unlisted[0], suffixed=True)
    return None


def is_region(text: str) -> bool:
    """Tell whether ``text`` is the name of a region, with its suffix or without."""
    regions = _regions()
    return text in regions.by_name or text in regions.nested


def regions_at_start(text: str) -> tuple[tuple[Region, ...], str]:
    """Return the chain of regions ``text`` begins with (浙江省, 杭州市, 余杭区) and the rest."""
    chain: list[Region] = []
    rest = text
    while region := region_at_start(rest, chain[-1].codes if chain else None):
        chain.append(region)
        rest = rest[len(region.written) :]
    if not chain and (unlisted := UNLISTED.match(rest)):
        place = unlisted[1]
        chain.append(Region(frozenset({f"?{place}"}), place, unlisted[0], suffixed=True))
        rest = rest[len(unlisted[0]) :]
    if chain and (zone := ZONE.match(rest)):
        rest = rest[zone.end() :]
    return tuple(chain), rest


def strip_region_at_end(text: str) -> str:
    """Return ``text`` without an ordinal and a region at its end (震砚宁波第一 → 震砚)."""
    regions = _regions()
    ordinal = vocabulary().ordinals.at_end(text)
    if len(ordinal) > 1:
        text = text[: -len(ordinal)]
    for length in regions.ending.get(text[-1:], ()):
        if text[-length:] in regions.by_name or text[-length:] in regions.nested:
            return text[:-length]
    return text[:-1] if len(ordinal) == 1 else text  # 广东 is no 东


def regions_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two regions may be the same place: equal, or one inside the other."""
    return bool(_below(one, other) or _below(other, one))
