"""A name made comparable: writing, titles, regions, trades and legal forms set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lawdesk.conflicts.rules.latin_words import latin_tokens, person_tokens, telling_words
from lawdesk.conflicts.rules.organizations import OrganizationParts, parse_organization, swapped_back
from lawdesk.conflicts.rules.romanized import is_syllable
from lawdesk.conflicts.rules.vocabulary import vocabulary
from lawdesk.kernel.chinese import compact, fold, is_han, may_begin_compound, spoken, spoken_name, surname_length
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

PERSON, ORGANIZATION, UNKNOWN = "person", "organization", "unknown"
MAX_NAME = 200
"""Longer texts are not names; they are refused by name, never cut."""

_OPENING, _CLOSING = "〔［【﹝{<〈《「『[", "〕］】﹞}>〉》」』]"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "(" * len(_OPENING) + ")" * len(_CLOSING))
_GROUP = re.compile(r"\(([^()]*)\)")
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十百两]+)?(?:余?[人名家户位]|原告|被告|公司|单位)?$")
_SEPARATORS = re.compile(r"[、;；\n\r\t|]+|(?<!\b[aAiIkKpP])/|/(?![sS]\b)")
_DOTTED_FIRST = re.compile(r"\s*\w\.\s?\w\.\s?(?=\w{2})|(?<=,)\s*\w\.\s?\w\.?$")
"""The initials a person's name begins with (A.G. Smith; Smith, A.G.), which are no legal form there."""
_SYLLABLE_INSIDE = re.compile(r"([^\W\da-z]{1,3})([a-z]{2,6})([^\W\da-z]{0,2})")
"""A person's name with pinyin in place of a character that the writer could not type (高xian科)."""
Syllables = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class NameForm:
    """One name, ready to be compared.

    ``text`` is the whole name folded and without spaces and punctuation, ``canon`` the same with one spelling for
    each legal form. ``units`` is what identifies it (a person's name, an organization's trade name): Chinese
    characters one by one, Latin runs whole; ``sounds`` their readings with tone digit. ``tokens`` are the words of
    a Latin name, ``telling`` those that tell it from others. ``parts`` is an organization taken apart. ``also``
    are other names found inside (又名, 曾用名, brackets). A form that is not ``searchable`` is compared for
    equality only, and ``problems`` says why.
    ``slip`` are two characters as they were typed, and as this form has them swapped.
    """

    raw: str
    kind: str
    text: str
    canon: str
    units: tuple[str, ...] = ()
    sounds: Syllables = ()
    tokens: tuple[str, ...] = ()
    parts: OrganizationParts | None = None
    also: tuple[str, ...] = ()
    searchable: bool = True
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    slip: tuple[str, str] = ("", "")
    telling: tuple[str, ...] = ()

    @property
    def is_latin(self) -> bool:
        """The name holds no Chinese character."""
        return bool(self.tokens)

    @property
    def cores(self) -> tuple[tuple[str, ...], ...]:
        """The trade name, and where its border is uncertain (江山如画) its other reading."""
        return (self.units, self.parts.other_core) if self.parts and self.parts.other_core else (self.units,)


def normalise_name(text: str, kind: str = UNKNOWN) -> NameForm:
    """Return the comparable form of one name; a name of unknown ``kind`` is taken for what it looks like.

    Never raises: what cannot be searched comes back with ``searchable`` false and a problem with field ``name``.
    """
    return _normalise(text, kind if kind in (PERSON, ORGANIZATION) else UNKNOWN)


@lru_cache(maxsize=4_096)
def _normalise(text: str, kind: str) -> NameForm:
    if len(text) > MAX_NAME:
        problem = _problem("name.long", N_("Longer than {count} characters: this is not a name."), count=MAX_NAME)
        return NameForm(text[:MAX_NAME], kind, "", "", searchable=False, problems=(problem,))
    folded = fold(text).translate(_BRACKETS).strip()
    whole = compact(folded)
    if not whole:
        problem = _problem("name.empty", N_("There is no name to search for."))
        return NameForm(text, kind, "", "", searchable=False, problems=(problem,))
    if kind == UNKNOWN:
        kind = guess_kind(text)
    outside, inside, problems = _outside_brackets(folded, kind)
    outside, more, cut = _without_roles(outside, kind)
    problems += cut
    if not outside.isascii() and any(map(is_han, reversed(outside))):
        build = _person if kind == PERSON else _organization
        form = build(text, outside)
    else:
        form = _latin(text, kind, outside)
    also = tuple(name for name in dict.fromkeys((*inside, *more, *form.also)) if compact(name) != form.text)
    if not also and not problems and not form.also:
        return form
    return replace(form, also=also, problems=(*problems, *form.problems))


def guess_kind(text: str) -> str:
    """Return ``person`` or ``organization``, whichever a name looks like."""
    words = vocabulary()
    folded = _AND_OTHERS.sub("", fold(text).translate(_BRACKETS))
    plain = compact(_GROUP.sub("", folded)) or compact(folded)
    if not any(map(is_han, plain)):
        tokens = set(latin_tokens(_DOTTED_FIRST.sub("", folded)))
        telling = tokens & words.latin_telling
        if telling and all(map(is_syllable, tokens)):  # Wan Hong, though Hong Kong is a place
            telling = set()
        return ORGANIZATION if telling or tokens & words.latin_forms else PERSON
    if _untyped(folded):
        return PERSON
    form = words.forms.at_end(plain)
    if len(form) > 1 or words.branches.at_end(plain):
        return ORGANIZATION
    if "·" in text or "•" in text:
        return PERSON
    for title in (words.titles_after.at_end(plain), words.titles_before.at_start(plain)):
        if title and len(plain) > len(title):
            return PERSON
    two_character_surname = len(plain) == 4 and surname_length(plain) == 2
    short = len(plain) <= 3 or (two_character_surname and not words.hard_trades.at_end(plain))
    return PERSON if short and all(map(is_han, plain)) else ORGANIZATION


def forms_to_try(text: str, kind: str = UNKNOWN) -> tuple[NameForm, ...]:
    """Return all forms under which ``text`` is searched: as the kind said, as the other kind where two to five
    Chinese characters may be either (a wrong choice in a list must not end in "no conflict"), each name of a list
    (张三、李四), and the names found inside brackets and behind 又名."""
    found: dict[tuple[str, str], NameForm] = {}
    pieces = [piece for piece in _SEPARATORS.split(text) if compact(piece)] or [text]
    for piece in pieces:
        form = normalise_name(piece, kind)
        for one in (form, *(normalise_name(name, UNKNOWN) for name in form.also)):
            found.setdefault((one.kind, one.text), one)
            if _may_be_either(one.text) or _may_be_either_in_latin(one):
                other = normalise_name(one.raw, ORGANIZATION if one.kind == PERSON else PERSON)
                found.setdefault((other.kind, other.text), replace(other, problems=()))
    return tuple(found.values())


def _may_be_either(text: str) -> bool:
    """Tell whether a text may be a person's name as well as an organization's (also 陈女伎 Eric)."""
    if _untyped(text):
        return True
    han = "".join(filter(is_han, text))
    return 2 <= len(han) <= 5 and (han == text or (text.startswith(han) or text.endswith(han)))


def _may_be_either_in_latin(form: NameForm) -> bool:
    """Tell whether a Latin name of an organization may be a person's: Asia Muñoz, Bros Campbell."""
    general = sum(token in vocabulary().latin_generic for token in form.tokens)
    plain = not vocabulary().latin_forms.intersection(form.tokens)
    return form.kind == ORGANIZATION and 2 <= len(form.tokens) <= 3 and general == 1 and plain


@lru_cache(maxsize=1_024)
def may_be_person(text: str) -> bool:
    """Tell whether a name of four or five characters may be a person's with a slip (李志翔仲, 欧阴修远) as well as
    a trade name: it begins like a family name, and no word in it is an organization's."""
    if not 4 <= len(text) <= 5 or not (text[0] in vocabulary().everyday_surnames or may_begin_compound(text[0])):
        return False
    parts = normalise_name(text, ORGANIZATION).parts
    return parts is not None and not (parts.regions or parts.trades or parts.soft or parts.forms or parts.branch)


def slips(forms: Iterable[NameForm]) -> tuple[NameForm, ...]:
    """Return the organizations that ``forms`` may mean if two neighbours, one of a trade word, were swapped."""
    found = []
    for form in forms:
        if form.parts is not None and form.searchable and not form.parts.thin:
            for text, typed, meant in swapped_back(form.parts):
                found.append(replace(normalise_name(text, ORGANIZATION), raw=form.raw, slip=(typed, meant)))
    return tuple(form for form in found if form.searchable and form.parts and not form.parts.thin)


def is_everyday(form: NameForm) -> bool:
    """Tell whether a person's name is one that very many people bear (张伟, 王秀英)."""
    words = vocabulary()
    first = surname_length(form.text)
    return (
        form.kind == PERSON
        and form.text[:first] in words.everyday_surnames
        and form.text[first:] in words.everyday_given
    )


def _problem(code: str, message: str, **params: object) -> Problem:
    return Problem(code, message, "name", "warning", dict(params))


def _outside_brackets(folded: str, kind: str) -> tuple[str, tuple[str, ...], tuple[Problem, ...]]:
    """Return the text without notes in brackets, other names found in them, problems.

    A person's brackets always hold notes; an organization's are part of its name unless they stand at the end or
    announce another name.
    """
    if "(" not in folded and "曾用名" not in folded:
        return folded, (), ()
    also: list[str] = []

    def take(match: re.Match[str]) -> str:
        content = match[1].strip(" :：,，\"'“”")
        names = _announced(content)
        if names is not None:
            also.extend(names)
            return ""
        at_end = match.end() == len(folded)
        words = vocabulary()
        if kind == PERSON or (
            at_end and not words.forms.at_end(content) and compact(match.string[: match.start()])
        ):
            if len(compact(content)) >= 2 and not (kind == PERSON and any(map(is_han, content))):
                also.append(content)
            return ""
        return f"({content})"

    outside = _GROUP.sub(take, folded)
    if not compact(outside):
        outside, also = folded.replace("(", "").replace(")", ""), []
    before, sign, behind = outside.partition("曾用名")
    if sign and compact(before):
        outside = before
        also.append(behind)
    return outside, tuple(name.strip(" :：,，") for name in also), ()


def _announced(content: str) -> list[str] | None:
    """Return the names a bracket announces (又名张三, 曾用名：李四), or None when it announces none."""
    also = vocabulary().also
    word = also.at_start(content)
    if not word or len(compact(content)) < len(word) + 2:
        return None
    names = []
    for piece in re.split(r"[、,，;；]", content):
        announced = also.at_start(piece.strip())
        names.append(piece.strip()[len(announced) :].lstrip(" :：为"))
    return [name for name in names if len(compact(name)) > 1]


def _without_roles(text: str, kind: str) -> tuple[str, tuple[str, ...], tuple[Problem, ...]]:
    """Return the name without roles and titles around it (被告：, 先生) and without "and others"."""
    words = vocabulary()
    problems: list[Problem] = []
    text = text.strip(" \"'“”‘’,，.。:：;；·•*-_")
    while role := words.titles_before.at_start(text):
        rest = text[len(role) :]
        named = rest.lstrip(" :：(1234567890一二三四).、")
        if rest[:1] not in (":", "：", " ") and kind != PERSON and len(compact(named)) < 4:
            break
        if len(compact(named)) < 2:
            break
        text = named
    shorter = _AND_OTHERS.sub("", text)
    if shorter != text and len(compact(shorter)) >= 2:
        problems.append(_problem("name.others", N_("“And others”: the names left out were not searched.")))
        text = shorter
    if kind == PERSON:
        while (title := words.titles_after.at_end(text)) and len(compact(text[: -len(title)])) >= 2:
            text = text[: -len(title)].strip()
    return text.strip(), (), tuple(problems)


def _person(raw: str, text: str) -> NameForm:
    plain = compact(text)
    if untyped := _untyped(text):
        before, syllable, behind = untyped
        units = (*before, syllable, *behind)
        sounds = list(spoken_name(f"{before}〇{behind}"))
        sounds[len(before)] = (syllable,)
        return NameForm(raw, PERSON, plain, plain, units, tuple(sounds))
    han = "".join(filter(is_han, plain))
    also: tuple[str, ...] = ()
    if han != plain and len(han) >= 2:  # 王小明 Tom: two names in one
        latin = " ".join(latin_tokens(text))
        also = (latin,) if len(latin) > 2 else ()
        plain = han
    problems: tuple[Problem, ...] = ()
    searchable = True
    mask = vocabulary().masks.at_end(plain)
    if mask or "某" in plain:
        searchable = False
        problems = (_problem("name.masked", N_("The name is hidden (某): only the family name is known.")),)
    elif len(plain) < 2:
        searchable = False
        problems = (_problem("name.short", N_("One character alone is not searched.")),)
    units = tuple(plain)
    return NameForm(raw, PERSON, plain, plain, units, spoken_name(plain), (), None, also, searchable, problems)


def _untyped(text: str) -> tuple[str, ...]:
    """Return a person's name in three parts, the middle one a syllable in place of a character; else nothing."""
    match = _SYLLABLE_INSIDE.fullmatch(text)
    found = match is not None and is_syllable(match[2]) and all(map(is_han, match[1] + match[3]))
    return match.groups() if match and found and len(match[1] + match[3]) <= 3 else ()


def _organization(raw: str, text: str) -> NameForm:
    parts = parse_organization(text)
    canon = parts.canon
    units = parts.core
    problems: tuple[Problem, ...] = ()
    searchable = True
    if parts.core[:1] == ("某",) or "某某" in parts.text:
        searchable = False
        problems = (_problem("name.masked_organization", N_("The name is hidden (某) and cannot be searched.")),)
    elif parts.generic:
        searchable = False
        message = N_("Only general words (trade, legal form): such a name was compared as a whole only.")
        problems = (_problem("name.generic", message),)
    elif len("".join(units)) < 2:
        searchable = False
        problems = (_problem("name.short", N_("One character alone is not searched.")),)
    sounds = tuple(spoken(unit) for unit in units)
    return NameForm(raw, ORGANIZATION, parts.text, canon, units, sounds, (), parts, (), searchable, problems)


def _latin(raw: str, kind: str, text: str) -> NameForm:
    words = vocabulary()
    tokens = person_tokens(text) if kind == PERSON else latin_tokens(text)
    compacted = "".join(tokens) or compact(text)
    telling = telling_words(tokens, person=kind == PERSON)
    problems: tuple[Problem, ...] = ()
    searchable = True
    if not tokens:  # emoji, other scripts: compared for equality
        searchable = len(compacted) >= 2
        problems = (_problem("name.script", N_("This script is compared letter by letter only.")),)
        tokens = [compacted] if compacted else []
    elif sum(map(len, telling)) < 2:
        searchable = False
        message = N_("Only general words (trade, legal form): such a name was compared as a whole only.")
        problems = (_problem("name.generic", message),)
    canon = "".join(token for token in tokens if token not in words.latin_forms) or compacted
    return NameForm(
        raw, kind, compacted, canon, (), (), tuple(tokens), None, (), searchable, problems, telling=telling
    )
