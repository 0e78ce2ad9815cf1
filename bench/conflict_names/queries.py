"""Labelled queries: for each kind of fault or form a query and the party it means; and look-like negatives."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bench.conflict_names import faults
from bench.conflict_names.registry import (
    BRANCHES,
    FORMS,
    REGIONS,
    TRADES,
    Entry,
    brands,
    given_names,
    id_card,
    surnames,
)

Luck = random.Random


@dataclass(frozen=True)
class Query:
    """A query, the refs that are right answers (none: a negative), its kind, the ref it was made from."""

    id: str
    text: str
    kind: str
    truth: frozenset[str]
    sort: str = ""
    made_from: str = ""


def short(region: str) -> str:
    return region[:-1] if len(region) > 2 and region[-1] in "省市" else region


def _org(change: Callable[[Luck, tuple[str, ...]], str]) -> Callable[[Luck, Entry], str]:
    return lambda luck, entry: change(luck, entry.parts)


def _brand(change: Callable[..., str]) -> Callable[[Luck, Entry], str]:
    def make(luck: Luck, entry: Entry) -> str:
        brand = faults.replaced(luck, entry.parts[1], change)
        return entry.parts[0] + brand + "".join(entry.parts[2:]) if brand else ""

    return make


def _anywhere(change: Callable[[Luck, str], str]) -> Callable[[Luck, Entry], str]:
    """One slip wherever it falls: in the region, the trade name, the trade words, the legal form."""
    return lambda luck, entry: change(luck, entry.name)


def _given(change: Callable[..., str]) -> Callable[[Luck, Entry], str]:
    return lambda luck, entry: faults.replaced(luck, entry.name, change)


def _pinyin(style: str) -> Callable[[Luck, Entry], str]:
    def make(luck: Luck, entry: Entry) -> str:
        surname, given = entry.parts
        if any(ord(char) > 0x9FA5 for char in entry.name):
            return ""
        first = "".join(faults.plain(char, surname=len(surname) == 1) for char in surname).replace("v", "u")
        rest = [faults.plain(char).replace("v", "u") for char in given]
        if not all(part.isascii() for part in (first, *rest)):
            return ""
        joined = "".join(rest)
        if style == "wade":
            syllables = [faults.wade_giles(one, apostrophes=luck.random() < 0.5) for one in rest]
            head = faults.wade_giles(first, apostrophes=luck.random() < 0.5) if len(surname) == 1 else first
            return f"{head.title()} {'-'.join(syllables).capitalize()}"
        return {
            "plain": f"{first.title()} {joined.title()}",
            "order": luck.choice([f"{joined.title()} {first.title()}", f"{first.upper()}, {joined.title()}"]),
            "apart": luck.choice(
                [f"{first} {' '.join(rest)}", f"{first}{joined}", f"{first} {'-'.join(rest)}"]
            ).title(),
        }[style]

    return make


def _with_title(luck: Luck, entry: Entry) -> str:
    if luck.random() < 0.5:
        return luck.choice(faults.TITLES_BEFORE) + entry.name
    return entry.name + luck.choice(faults.TITLES_AFTER)


def _group(luck: Luck, entry: Entry) -> str:
    region, brand, trade, form, _branch = entry.parts
    if form.startswith("集团"):
        return region + brand + trade + form[2:]
    return f"{region}{brand}{trade}集团{form}" if luck.random() < 0.5 else f"{region}{brand}集团"


def _other_form(luck: Luck, entry: Entry) -> str:
    form = {"有限公司": "有限责任公司", "有限责任公司": "有限公司"}.get(entry.parts[3], "有限公司")
    return entry.name.replace(entry.parts[3], form)


def _acronym(_luck: Luck, entry: Entry) -> str:
    return acronym_of(entry.parts)


def acronym_of(parts: tuple[str, ...]) -> str:
    region, brand, trade, _form, _branch = parts
    if len(trade) < 4:
        return ""
    return short(region)[0] + brand[0] + trade[0] + trade[2]


def _identifier(style: str) -> Callable[[Luck, Entry], str]:
    def make(luck: Luck, entry: Entry) -> str:
        number = entry.identifier
        if not number or (style == "old") != (entry.sort == "person" and style == "old"):
            return ""
        if style == "old":
            return number[:6] + number[8:17] if number[6:8] == "19" else ""
        if style == "lower":
            return number.lower() if number.lower() != number else ""
        sign = luck.choice([" ", "-", "－"])
        cuts = (6, 14) if len(number) == 18 else (4, 8)
        return sign.join((number[: cuts[0]], number[cuts[0] : cuts[1]], number[cuts[1] :]))

    return make


def _initials(luck: Luck, entry: Entry) -> str:
    first, *_middle, last = entry.name.split()
    return luck.choice([f"{first[0]}. {last}", f"{last}, {first[0]}."])


def _nickname(luck: Luck, entry: Entry) -> str:
    first, *rest = entry.name.split()
    known = faults.nicknames().get(first.lower(), [])
    return " ".join((luck.choice(known).title(), *rest)) if known else ""


def _latin_typo(luck: Luck, entry: Entry) -> str:
    words = entry.name.split()
    long = [i for i, word in enumerate(words[: 2 if entry.sort == "latin_person" else 1]) if len(word) >= 5]
    if not long:
        return ""
    i = luck.choice(long)
    words[i] = faults.typo(luck, words[i])
    return " ".join(words)


def _latin_form(luck: Luck, entry: Entry) -> str:
    brand, trade, form = entry.parts
    same = {"Ltd": "Limited", "Limited": "Ltd.", "Co., Ltd.": "Company Limited", "Inc.": "Incorporated",
            "GmbH": "Gesellschaft mit beschränkter Haftung", "AG": "Aktiengesellschaft", "LLC": "L.L.C.",
            "S.p.A.": "SpA", "B.V.": "BV", "S.A.": "SA"}[form]  # fmt: skip
    return f"{brand} {trade} {same}".upper() if luck.random() < 0.5 else f"{brand} {trade}, {same}"


P, ORG, LP, LO = "person", "organization", "latin_person", "latin_organization"
KINDS: dict[str, tuple[str, Callable[[Luck, Entry], str]]] = {
    "person exact": (P, lambda luck, e: e.name),
    "person spaced, wide, invisible": (P, lambda luck, e: luck.choice([" ", "　", "\u200b", "·"]).join(e.name)),
    "person traditional": (P, lambda luck, e: t if (t := faults.traditional(e.name)) != e.name else ""),
    "person same sound": (P, _given(faults.same_sound)),
    "person same sound, other tone": (P, _given(faults.other_tone)),
    "person near sound": (P, _given(faults.near_sound)),
    "person look-alike": (P, _given(faults.look_alike)),
    "person character missing": (P, lambda luck, e: faults.missing(luck, e.name, 1) if len(e.name) > 2 else ""),
    "person character added": (P, lambda luck, e: faults.added(luck, e.name)),
    "person characters swapped": (P, lambda luck, e: faults.swapped(luck, e.name)),
    "person with title or role": (P, _with_title),
    "person pinyin": (P, _pinyin("plain")),
    "person pinyin, other order": (P, _pinyin("order")),
    "person pinyin, joined or apart": (P, _pinyin("apart")),
    "person Wade-Giles": (P, _pinyin("wade")),
    "person rare characters": (P, lambda luck, e: e.name if any(ord(c) > 0xFFFF or c in "㛃䶮" for c in e.name) else ""),
    "polyphonic surname": (P, lambda luck, e: (_pinyin("plain")(luck, e) if e.name[0] in faults.SURNAME_READINGS else "")),
    "alias": ("", lambda luck, e: e.aliases[0] if e.aliases else ""),
    "company exact, other writing": (ORG, lambda luck, e: luck.choice([" ".join(e.name), faults.full_width(e.name.replace("（", "(").replace("）", ")")), e.name.replace("（", "(").replace("）", ")"), e.name + "。"])),
    "company traditional": (ORG, lambda luck, e: faults.traditional(e.name)),
    "company other legal form": (ORG, _other_form),
    "company without legal form": (ORG, lambda luck, e: "".join(e.parts[:3])),
    "company without region": (ORG, _org(lambda luck, p: "".join(p[1:4]))),
    "company region and trade name": (ORG, _org(lambda luck, p: short(p[0]) + p[1])),
    "company trade name and trade": (ORG, _org(lambda luck, p: p[1] + p[2])),
    "company trade name alone": (ORG, _org(lambda luck, p: p[1])),
    "company trade name and 公司": (ORG, _org(lambda luck, p: p[1] + luck.choice(["公司", "集团", "有限公司"]))),
    "company group": (ORG, _group),
    "branch, asked for parent": (ORG, _org(lambda luck, p: "".join(p[:4]) if p[4] else "")),
    "parent, asked for branch": (ORG, _org(lambda luck, p: "" if p[4] else "".join(p[:4]) + short(luck.choice(REGIONS)) + luck.choice(BRANCHES))),
    "company same sound": (ORG, _brand(faults.same_sound)),
    "company near sound": (ORG, _brand(faults.near_sound)),
    "company look-alike": (ORG, _brand(faults.look_alike)),
    "company character missing": (ORG, _org(lambda luck, p: p[0] + faults.missing(luck, p[1]) + "".join(p[2:]) if len(p[1]) > 2 else "")),
    "company character added": (ORG, _org(lambda luck, p: p[0] + faults.added(luck, p[1]) + "".join(p[2:]))),
    "company characters swapped": (ORG, _org(lambda luck, p: p[0] + s + "".join(p[2:]) if (s := faults.swapped(luck, p[1])) else "")),
    "company slip anywhere, same sound": (ORG, _anywhere(lambda luck, t: faults.replaced(luck, t, faults.same_sound))),
    "company slip anywhere, near sound": (ORG, _anywhere(lambda luck, t: faults.replaced(luck, t, faults.near_sound))),
    "company slip anywhere, look-alike": (ORG, _anywhere(lambda luck, t: faults.replaced(luck, t, faults.look_alike))),
    "company slip anywhere, missing": (ORG, _anywhere(faults.missing)),
    "company slip anywhere, added": (ORG, _anywhere(faults.added)),
    "company slip anywhere, swapped": (ORG, _anywhere(faults.swapped)),
    "company acronym": (ORG, _acronym),
    "number with separators": ("", _identifier("cut")),
    "number in lower case": ("", _identifier("lower")),
    "15-digit number": (P, _identifier("old")),
    "Latin case, punctuation": (LP, lambda luck, e: luck.choice([e.name.upper(), e.name.lower(), e.name.replace(" ", "  "), e.name.replace(" ", "-")])),
    "Latin without diacritics": (LP, lambda luck, e: t if (t := luck.choice([faults.undiacritic, faults.german])(e.name)) != e.name else ""),
    "Latin other order": (LP, lambda luck, e: f"{e.name.split()[-1]}, {' '.join(e.name.split()[:-1])}"),
    "Latin initials": (LP, _initials),
    "Latin nickname": (LP, _nickname),
    "Latin one letter": ("latin", _latin_typo),
    "Latin middle name absent": (LP, lambda luck, e: f"{e.name.split()[0]} {e.name.split()[-1]}" if len(e.name.split()) > 2 else ""),
    "Latin other legal form": (LO, _latin_form),
    "Latin without legal form": (LO, lambda luck, e: " ".join(e.parts[:2])),
}  # fmt: skip


def positives(entries: list[Entry], per_kind: int, seed: int = 1) -> list[Query]:
    """Return ``per_kind`` queries of each kind (fewer where the registry has not so many)."""
    luck = random.Random(f"queries {seed}")
    by_name: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for name in (entry.name, *entry.aliases):
            by_name[name].add(entry.ref)
    found = []
    for kind, (sort, make) in KINDS.items():
        group = [one for one in entries if one.sort.startswith(sort)]
        luck.shuffle(group)
        count = 0
        for entry in group:
            text = make(luck, entry)
            if not text or (text in by_name and entry.ref not in by_name[text]):
                continue  # it happens to be the very name of somebody else
            truth = frozenset(by_name[entry.name] | {entry.ref})
            found.append(Query(f"{kind} {count}", text, kind, truth, entry.sort, entry.ref))
            count += 1
            if count == per_kind:
                break
    return found


def negatives(entries: list[Entry], per_kind: int, seed: int = 1) -> list[Query]:
    """Return names that look like somebody on file but are somebody else."""
    luck = random.Random(f"negatives {seed}")
    persons = [one for one in entries if one.sort == P]
    companies = [one for one in entries if one.sort == ORG]
    names = {name for one in entries for name in (one.name, *one.aliases)}
    heard = {_heard(name) for name in names}
    by_brand: dict[str, list[Entry]] = defaultdict(list)
    for one in companies:
        for brand in filter(None, (one.parts[1], one.alias_brand)):
            by_brand[_heard(brand)].append(one)
    # somebody of that name whose number is not on file may well be the one asked: no false alarm
    unnumbered = {name for one in persons if not one.identifier for name in (one.name, *one.aliases)}
    makers: dict[str, Callable[[], str]] = {
        "not: same surname, one character": lambda: _other_person(luck, luck.choice(persons)),
        "not: two shared characters": lambda: _other_brand(luck, luck.choice(companies), by_brand),
        "not: only generic words shared": lambda: _generic(luck, luck.choice(companies), by_brand),
        "not: same brand, other city and trade": lambda: _elsewhere(luck, luck.choice(companies), by_brand),
        "not: namesake with another number": lambda: _namesake(luck, persons, unnumbered),
        "not: stranger": lambda: luck.choice(surnames()[0][:200]) + luck.choice(given_names()),
    }
    found = []
    for kind, make in makers.items():
        count = tries = 0
        while count < per_kind and tries < per_kind * 60:
            tries += 1
            text = make()
            if text and text not in names and _heard(text) not in heard:
                found.append(Query(f"{kind} {count}", text, kind, frozenset()))
                count += 1
    return found


def _heard(text: str) -> str:
    """Return how a name sounds, roughly: what sounds like a party on file is no stranger."""
    if len(text) > 4 or not all("\u4e00" <= char <= "\u9fa5" for char in text):
        return text
    sounds = []
    for char in text:
        sound = faults.plain(char).replace("zh", "z").replace("ch", "c").replace("sh", "s")
        sounds.append(("n" + sound[1:] if sound[:1] == "l" else sound).removesuffix("g"))
    return " ".join(sounds)


def _unlike(one: str, other: str) -> bool:
    """Whether two characters neither sound nor look alike."""
    return faults.plain(one) != faults.plain(other) and other not in faults._look_alikes().get(one, [])


def _other_person(luck: Luck, entry: Entry) -> str:
    if len(entry.name) != 3:
        return ""
    other = luck.choice(given_names())[-1]
    at = luck.choice([1, 2])
    return entry.name[:at] + other + entry.name[at + 1 :] if _unlike(entry.name[at], other) else ""


def _other_brand(luck: Luck, entry: Entry, known: Collection[str]) -> str:
    region, brand, trade, form, _branch = entry.parts
    if len(brand) < 3:
        return ""
    at, other = luck.randrange(len(brand)), luck.choice(luck.choice(brands()))
    changed = brand[:at] + other + brand[at + 1 :]
    return region + changed + trade + form if _unlike(brand[at], other) and _heard(changed) not in known else ""


def _generic(luck: Luck, entry: Entry, known: Collection[str]) -> str:
    other = luck.choice(brands())
    region, _brand, trade, form, _branch = entry.parts
    return region + other + trade + form if _heard(other) not in known else ""


def _elsewhere(luck: Luck, entry: Entry, by_brand: Mapping[str, Sequence[Entry]]) -> str:
    brand = entry.parts[1]
    city, business = luck.choice(REGIONS), luck.choice(TRADES)
    for other in by_brand[_heard(brand)]:  # all of that brand are of another city and another trade
        region, _brand, trade, _form, _branch = other.parts
        if short(city)[0] == short(region)[0] or set(business) & set(trade):
            return ""
    return city + brand + business + luck.choice(FORMS)


def _namesake(luck: Luck, persons: list[Entry], unnumbered: Collection[str]) -> str:
    entry = luck.choice(persons)
    return f"{entry.name} {id_card(luck)}" if entry.identifier and entry.name not in unnumbered else ""
