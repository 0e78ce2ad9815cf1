"""An organization's name taken apart: region, trade name (字号), trade words (行业), legal form, branch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, combinations, pairwise

from lawdesk.conflicts.rules.bodies import body_name
from lawdesk.conflicts.rules.legal_forms import canonical, cut_branch, cut_forms
from lawdesk.conflicts.rules.vocabulary import (
    NATIONAL,
    PUBLIC,
    Region,
    county_at_start,
    is_region,
    regions_at_start,
    vocabulary,
)
from lawdesk.kernel.chinese import compact, is_han

_GROUP = re.compile(r"\(([^()]*)\)")
_UNIT = re.compile(r"[a-z0-9]+|.", re.DOTALL)
MOST_WORDS = 6
LONGEST_LEAD = 4
_OF_BUSINESS = frozenset(("company", "shop", "factory", "partnership", "sole", "lawfirm"))
_ANY_BODY = 3
"""Names of bodies up to this length (中学, 基金会) stand behind trade names as well as behind places."""


@dataclass(frozen=True, slots=True)
class OrganizationParts:
    """The parts of one organization's name.

    ``core`` is the trade name in units (a Chinese character or a Latin run each); where nothing but region and
    trade remains, the region stands for it (大安商贸) and ``thin`` is set: such a name says little and matches
    only when the trade agrees too. ``generic`` means not even that. ``stem`` is the name without legal form and
    branch, ``trades`` its telling trade words, ``soft`` the general ones, ``forms`` the legal forms as written,
    ``words`` both in their order, ``bare`` is the one character left of a trade name, with what followed it
    (金|科技), ``after`` what follows a whole one so, ``body`` what a public body is called behind its place
    (北京|教育局), ``branch`` the words naming a part (宁波分公司), ``whole`` the canonical name without branch.
    """

    text: str
    canon: str
    whole: str
    stem: str
    core: tuple[str, ...]
    other_core: tuple[str, ...]
    regions: tuple[Region, ...]
    trades: tuple[str, ...]
    soft: tuple[str, ...]
    forms: tuple[str, ...]
    branch: str
    thin: bool
    generic: bool
    words: tuple[str, ...] = ()
    bare: str = ""
    after: str = ""
    body: str = ""

    @property
    def behind_core(self) -> str:
        """What follows the trade name in the stem."""
        core = "".join(self.core)
        at = self.stem.find(core)
        return self.stem[at + len(core) :] if at >= 0 else ""

    @property
    def form_classes(self) -> frozenset[str]:
        """The classes of the legal forms (company, shop, factory ...)."""
        classes = vocabulary().form_class
        return frozenset(classes[form] for form in self.forms)

    @property
    def region_codes(self) -> frozenset[str]:
        """The codes of the narrowest region that is named beside the trade name; empty when none is."""
        named = self.regions[:-1] if self.thin and not self.is_national else self.regions
        return named[-1].codes if named else frozenset()

    @property
    def is_national(self) -> bool:
        """The only region is the whole country."""
        return bool(self.regions) and self.regions[-1].codes == frozenset({NATIONAL})


def units_of(text: str) -> tuple[str, ...]:
    """Return the units of a compact text: each Chinese character, each run of Latin letters and digits."""
    return tuple(_UNIT.findall(text))


def leads(parts: OrganizationParts) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the trade names that a name of trade words only may have after all, each with what follows it.

    铁艺|新能源 may be meant for 铁异新能源, 理财|米业 for 云理财米业: the slip made a trade word.
    """
    text = "".join(parts.words)
    if not parts.thin or parts.body or len(parts.words) < 2 or not parts.stem.endswith(text):
        return ()
    ends = accumulate(map(len, parts.words[:-1]))
    return tuple((units_of(text[:end]), text[end:]) for end in ends if 2 <= end <= LONGEST_LEAD)


def words_alone(parts: OrganizationParts) -> str:
    """Return the two or more telling trade words that are all there is of a name beside place and form, or ""."""
    telling = parts.thin and not parts.body and len(parts.trades) > 1 and not parts.soft
    return "".join(parts.trades) if telling else ""


def swapped_back(parts: OrganizationParts) -> Iterator[tuple[str, str, str]]:
    """Yield a name with two neighbours swapped where that makes a trade word or a region, and the two as they were
    and are then.

    华汽德车网络 has no trade name that 华德|汽车 could be told by, nor has 大拓连普: the slip goes across the
    border of two words.
    """
    stem, telling = parts.stem, vocabulary().all_trades.words
    named = _regions_written(stem)
    for i, (one, other) in enumerate(pairwise(stem[: len(stem) - len(parts.behind_core) + 1])):
        text = stem[:i] + other + one + stem[i + 2 :]
        places = ((at, at + span) for span in (2, 3, 4) for at in range(max(0, i - span + 1), i + 2))
        made = any(text[a:b] in telling and stem[a:b] != text[a:b] for a, b in places)
        if one != other and (made or (i <= named + 2 and _regions_written(text) > named)):
            yield parts.text.replace(stem, text), one + other, other + one


def _regions_written(stem: str) -> int:
    """Return how many characters at the start name regions."""
    return sum(len(region.written) for region in regions_at_start(stem)[0])


@lru_cache(maxsize=4_096)
def acronym_words(parts: OrganizationParts) -> tuple[str, ...]:
    """Return the words of two characters whose first ones make an acronym: 中国|石油|化工, 浙江|华砚|食品."""
    core = "".join(parts.core)
    if not all(map(is_han, core)):
        return ()
    regions = [region.short for region in parts.regions[:2]]
    if parts.thin:
        regions = regions or [core]
        core = ""
    words = [word[i : i + 2] for word in (core, *parts.words) for i in range(0, len(word), 2)]
    return tuple(word for word in (*regions, *words) if is_han(word[0]))[:MOST_WORDS]


def acronym_triples(parts: OrganizationParts) -> set[str]:
    """Return the beginnings, three characters, of the acronyms of a long name."""
    words = acronym_words(parts)
    if len(words) < 2 or len(parts.stem) < 5:
        return set()
    found = {
        first[0] + second[0] + third[0]
        for start, first in enumerate(words[:2], 1)
        for second, third in combinations(words[start:], 2)
    }
    found.update(one[0] + other[:2] for one, other in pairwise(words) if len(other) > 1)
    return found


def may_be_acronym(parts: OrganizationParts) -> bool:
    """Tell whether a name is short and bare enough to be one: 中石化."""
    return not parts.forms and not parts.branch and 3 <= len(parts.text) <= 6 and all(map(is_han, parts.text))


def begins_words(short: str, words: tuple[str, ...]) -> bool:
    """Tell whether ``short`` is made of first characters of ``words``, in order.

    A character may also follow directly on the one before it (中移动 of 中国移动通信).
    """
    reached: set[tuple[int, int]] = {(i, 0) for i, word in enumerate(words) if word[0] == short[0]}
    for char in short[1:]:
        reached = {
            (j, place)
            for i, at in reached
            for j, place in ((i, at + 1), *((k, 0) for k in range(i + 1, len(words))))
            if place < len(words[j]) and words[j][place] == char
        }
    return bool(reached)


@cache
def _same_words() -> re.Pattern[str]:
    """Return what finds the words that are written otherwise elsewhere (家俱); 软体家具 is no software."""
    return re.compile("|".join(sorted(vocabulary().same, key=len, reverse=True)).replace("软体", "软体(?!家|沙)"))


def parse_organization(text: str) -> OrganizationParts:
    """Return the parts of ``text``, which is folded, with ``()`` as its only brackets."""
    text = _same_words().sub(lambda match: vocabulary().same[match[0]], text)
    parts = _parse(text, keep_notes=False)
    return _parse(text, keep_notes=True) if parts.thin and "(" in text else parts


def _parse(text: str, *, keep_notes: bool) -> OrganizationParts:
    """Return the parts; what else stands in brackets (a place nobody listed) is part of the name or set aside."""
    whole_text = compact(text)
    unbracketed, bracket_regions, bracket_forms = _brackets(text, keep_notes=keep_notes)
    plain = whole_text if unbracketed == text else compact(unbracketed)
    full, branch = cut_branch(plain)
    rest, own_forms = cut_forms(full)
    if rest.endswith("中国") and len(rest) > 3 and not is_region(rest[:-2]):  # 雅闻中国
        bracket_regions = (*bracket_regions, *regions_at_start(rest[-2:])[0])
        rest = rest[:-2]
    forms = (*bracket_forms, *own_forms)
    regions, behind = regions_at_start(rest)
    core, trades, soft, words = _trades(behind)
    named = regions or bracket_regions
    business = any(map(_OF_BUSINESS.__contains__, map(vocabulary().form_class.get, own_forms)))
    body = "" if business else _body(full, rest, behind, own_forms, named)
    placed = bool(body)
    if not (body or named or business) and (county := county_at_start(rest)):  # 清河教育局
        body = _body(full, rest, rest[len(county.written) :], own_forms, (county,))
        if placed := bool(body) and _is_official(body, own_forms, county, core):
            regions = named = (county,)
    other: tuple[str, ...] = ()
    thin, generic, bare = False, False, ""
    after = behind[len(core) :] or _only_form(own_forms, branch, named)
    if own_forms:  # 药房, 驾校
        trades = (*trades, *filter(vocabulary().hard_trades.words.__contains__, own_forms))
    if placed:
        trades, soft = (body,), ()
        core = named[-1].short if named and named[-1].codes != frozenset({NATIONAL}) else body
        thin, generic = True, not named
    elif not core:
        core, thin, generic = _stand_in(named, trades, soft, forms, plain)
    elif len("".join(units_of(core))) < 2:
        bare = f"{core}|{after}" if after else ""
        other = _other_reading(core, regions, first := _first_of(behind[len(core) :], trades, soft), words)
        core, trades, soft, regions = _given_back(core, regions, trades, soft, first, many=len(words) > 1)
        if len(core) < 2 and after and not first:
            core += (own_forms or (branch,))[-1]
    if not thin and len(regions) == 1 and not regions[0].suffixed and all(len(c) == 6 for c in regions[0].codes):
        other = units_of(regions[0].short + core)  # 江山如画: a small town, or no region at all
    canon = canonical(whole_text)
    return OrganizationParts(
        text=whole_text,
        canon=canon,
        whole=canonical(whole_text[: len(whole_text) - len(branch)]) if branch else canon,
        stem=rest,
        core=units_of(core),
        other_core=other,
        regions=(*regions, *bracket_regions),
        trades=trades,
        soft=soft,
        forms=forms,
        branch=branch,
        thin=thin,
        generic=generic,
        words=words,
        bare=bare,
        after=after,
        body=body,
    )


def _body(full: str, rest: str, behind: str, forms: tuple[str, ...], regions: tuple[Region, ...]) -> str:
    """Return what a public body is called behind its place, or "" for what is none."""
    if not full.startswith(rest):  # 中国 was cut off
        return ""
    at = len(rest) - len(behind)
    name = body_name(full[at:], behind, forms, regions)
    return rest[sum(len(region.written) for region in regions) : at] + name if name else ""  # with its zone


def _is_official(body: str, forms: tuple[str, ...], county: Region, core: str) -> bool:
    """Tell whether a body has the name of a county without its suffix for sure; 清河中学 may be any school."""
    kind = vocabulary().form_class[forms[0]] if forms else "organ"
    if kind not in PUBLIC:
        return county.suffixed or core != county.written  # 清河|土地储备中心 is no trade
    return county.suffixed or kind == "organ" or len(body) > _ANY_BODY


def _only_form(forms: tuple[str, ...], branch: str, regions: tuple[Region, ...]) -> str:
    """Return what follows a trade name without trade words: the form (of a company: that), and the place."""
    form = forms[-1] if forms else branch
    if not form or not regions:
        return ""
    kind = vocabulary().form_class.get(form)
    return f"{kind if kind == 'company' else form}@{regions[-1].short}"


def _first_of(tail: str, trades: tuple[str, ...], soft: tuple[str, ...]) -> str:
    """Return the trade word that ``tail`` begins with."""
    return next((word for word in (*trades, *soft) if tail.startswith(word)), "")


def _brackets(text: str, *, keep_notes: bool) -> tuple[str, tuple[Region, ...], tuple[str, ...]]:
    """Return the text without brackets that hold a region or a legal form, and those."""
    if "(" not in text:
        return text, (), ()
    regions: list[Region] = []
    forms: list[str] = []
    words = vocabulary()

    def take(match: re.Match[str]) -> str:
        content = compact(match[1])
        chain, rest = regions_at_start(content)
        if chain and not rest:
            regions.extend(chain)
            return ""
        if content in words.forms.words:
            forms.append(content)
            return ""
        return content if keep_notes else ""

    return _GROUP.sub(take, text), tuple(regions), tuple(forms)


_Cut = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _trades(text: str) -> _Cut:
    """Return what is left without the trade words at the end, the telling and the general ones, all in order."""
    words = vocabulary()
    hard: list[str] = []
    soft: list[str] = []
    cut: list[str] = []
    while text:
        telling, general = words.hard_trades.at_end(text), words.soft_trades.at_end(text)
        if not telling and not general:
            break
        word = telling if len(telling) >= len(general) else general
        if len(word) == 1 and len(text) <= 3:
            break
        (hard if word == telling else soft).append(word)
        cut.append(word)
        text = text[: -len(word)]
    return text, tuple(reversed(hard)), tuple(reversed(soft)), tuple(reversed(cut))


def _stand_in(
    regions: tuple[Region, ...], trades: tuple[str, ...], soft: tuple[str, ...], forms: tuple[str, ...], plain: str
) -> tuple[str, bool, bool]:
    """Return what stands for a missing trade name, that it is thin, and whether it is merely generic."""
    telling = [form for form in forms if vocabulary().form_class[form] not in ("company", "shop", "factory")]
    if regions and regions[-1].codes != frozenset({NATIONAL}):
        return regions[-1].short, True, not (trades or soft or telling)
    words = (*trades, *soft)
    return "".join(words) or plain, True, len(trades) + len(telling) < (1 if regions else 2)


def _other_reading(core: str, regions: tuple[Region, ...], first: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return how else one character between region and trade is read: 四川|新健康|出版, 海安达|物流."""
    if not first or not regions or regions[-1].suffixed:
        return ()
    return units_of(regions[-1].written + core if len(words) > 1 else core + first)


def _given_back(
    core: str,
    regions: tuple[Region, ...],
    trades: tuple[str, ...],
    soft: tuple[str, ...],
    first: str,
    *,
    many: bool,
) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[Region, ...]]:
    """Return core, trades, soft words and regions when one character alone was left of the trade name.

    A region without its suffix was none (海安达物流 is not 达 of 海安); else, and before ``many`` trade words
    (四川新健康出版), the ``first`` of them belongs to it.
    """
    if is_han(core[-1]) and regions and not regions[-1].suffixed and not (many and first):
        return regions[-1].written + core, trades, soft, regions[:-1]
    if first:
        left = tuple(one for one in trades if one != first)
        return core + first, left, tuple(one for one in soft if one != first), regions
    return core, trades, soft, regions
