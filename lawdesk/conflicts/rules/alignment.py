"""Two short texts laid side by side: what is the same, sounds alike, looks alike, is missing or swapped.

The alignment is also the explanation: each pair says what was compared with what.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from lawdesk.kernel.chinese import spoken, tone_marked, toneless
from lawdesk.kernel.resources import resource_path

SAME, SOUND, NEAR, LOOK, MISSING, ADDED, SWAPPED = "same", "sound", "near", "look", "missing", "added", "swapped"

SOUND_VALUE, NEAR_VALUE, LOOK_VALUE, LOOSE_LOOK = 0.92, 0.84, 0.82, 0.64
_OTHER_TONE = 0.89
_MISREAD = 0.8
"""A family name read as the character usually is (曾 as ceng): not everybody knows better."""
GAP = 0.67
GAP_LONG = 0.78
PERSON_GAP, PERSON_GAP_LONG, PERSON_SWAP = 0.84, 0.845, 0.845
"""A person's name is short: what is left of it says more than what is left of a trade name of that length."""
SWAP = 0.77
SAME_PERSON_NAME = 0.94
"""An equal name alone never identifies a person: the number does (conflicts.toml, identity_match_zh)."""

Syllables = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One place of an alignment: what stands there in the asked and in the known name (``""`` for nothing).

    ``place`` counts from 1 in the asked name, or in the known one where the asked lacks it. ``reading`` shows the
    readings compared (``yàn / yán``), empty where sound plays no part.
    """

    kind: str
    place: int
    asked: str
    known: str
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs in order, and how alike the texts are (0..1)."""

    pairs: tuple[Pair, ...]
    value: float

    @property
    def differing(self) -> tuple[Pair, ...]:
        """The pairs that are not the same."""
        return tuple(pair for pair in self.pairs if pair.kind != SAME)


@cache
def _look_alikes(name: str) -> dict[str, str]:
    lines = resource_path("chinese", name).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ") for line in lines if not line.startswith("#"))
    return {char: others for char, _space, others in pairs}


def look_alikes(char: str, *, hasty: bool) -> str:
    """Return the characters that ``char`` is easily taken for, or ``hasty`` eyes take it for, both ways."""
    easily = _look_alikes("lookalikes.txt").get(char, "")
    return easily + _look_alikes("lookalikes-loose.txt").get(char, "") if hasty else easily


_HEARD_AS = {"hu": "fu", "hui": "fei", "hun": "fen", "hong": "fen", "fong": "fen"}
"""With ng folded, hong is heard as feng."""


@lru_cache(maxsize=2_048)
def near_sound(syllable: str) -> str:
    """Return a syllable with the sounds folded that people confuse: zh/z, ch/c, sh/s, l/n, f/h, f/hu, ng/n.

    What is folded alike need not be near: han and huan are each near fan (see :func:`sounds_near`).
    """
    plain = _without_f(syllable)
    if plain in _HEARD_AS:
        plain = _HEARD_AS[plain]
    elif plain[:2] == "hu":
        plain = "f" + plain[2:]
    elif plain in _WITH_H:
        plain = "f" + plain[1:]
    return _without_ng(plain)


_WITH_H = frozenset(("han", "hang", "hen", "heng", "hei", "hou"))
"""What F is taken for where the vowel stays: fan, fang, fen, feng, fei, fou."""


@lru_cache(maxsize=16_384)
def sounds_near(one: str, other: str) -> bool:
    """Tell whether people take one syllable for the other: by one and the same habit at each of its ends."""
    if near_sound(one) != near_sound(other):
        return False
    first, second = _without_f(one), _without_f(other)
    return _without_ng(first) == _without_ng(second) or (first[:1] == "f") != (second[:1] == "f")


def _without_ng(plain: str) -> str:
    return plain[:-1] if plain.endswith(("ang", "eng", "ing")) else plain


def _without_f(syllable: str) -> str:
    """Return a syllable without tone, zh, ch, sh and l folded."""
    plain = toneless(syllable)
    if plain[1:2] == "h" and plain[0] in "zcs":
        plain = plain[0] + plain[2:]
    elif plain[:1] == "l":
        plain = "n" + plain[1:]
    return plain


@lru_cache(maxsize=65_536)
def relation(
    asked: str, asked_sounds: Syllables, known: str, known_sounds: Syllables
) -> tuple[str, float, str] | None:
    """Return how two characters relate (kind, value, readings), or None when they have nothing in common."""
    if asked == known:
        return SAME, 1.0, ""
    shared = [sound for sound in asked_sounds if sound in known_sounds]
    if shared:
        return SOUND, SOUND_VALUE, tone_marked(shared[0])
    pairs = [(one, other) for one in asked_sounds for other in known_sounds]
    for one, other in pairs:
        if toneless(one) == toneless(other):
            return SOUND, _OTHER_TONE, f"{tone_marked(one)} / {tone_marked(other)}"
    for one, other in pairs:
        if sounds_near(one, other):
            return NEAR, NEAR_VALUE, f"{tone_marked(one)} / {tone_marked(other)}"
    if misread := {*asked_sounds, *spoken(asked)} & {*known_sounds, *spoken(known)}:
        return SOUND, _MISREAD, tone_marked(min(misread))
    worth = _looks_like(asked, known)
    return (LOOK, worth, "") if worth else None


def _looks_like(asked: str, known: str) -> float:
    if known in _look_alikes("lookalikes.txt").get(asked, ""):
        return LOOK_VALUE
    return LOOSE_LOOK if known in _look_alikes("lookalikes-loose.txt").get(asked, "") else 0.0


def align(
    asked: tuple[str, ...],
    asked_sounds: tuple[Syllables, ...],
    known: tuple[str, ...],
    known_sounds: tuple[Syllables, ...],
) -> Alignment | None:
    """Return the alignment of two texts, or None when they are different names.

    Allowed are: any number of characters that sound the same or nearly so; one that merely looks alike while the
    others are the same; or one character missing or added while the others sound the same (of two others: are the
    same); or two neighbours swapped.
    """
    if asked == known:
        return Alignment(tuple(Pair(SAME, i + 1, char, char) for i, char in enumerate(asked)), 1.0)
    if len(asked) == len(known):
        return _place_by_place(asked, asked_sounds, known, known_sounds) or _swapped(asked, known)
    if len(asked) + 1 == len(known) and len(asked) >= 2:
        return _with_gap(asked, asked_sounds, known, known_sounds, MISSING)
    if len(known) + 1 == len(asked) and len(known) >= 2:
        return _with_gap(known, known_sounds, asked, asked_sounds, ADDED)
    return None


def _place_by_place(
    asked: tuple[str, ...],
    asked_sounds: tuple[Syllables, ...],
    known: tuple[str, ...],
    known_sounds: tuple[Syllables, ...],
) -> Alignment | None:
    pairs: list[Pair] = []
    value = 1.0
    looks = others = 0
    for place, (one, sound, other, other_sound) in enumerate(
        zip(asked, asked_sounds, known, known_sounds, strict=True), 1
    ):
        found = relation(one, sound, other, other_sound)
        if found is None:
            return None
        kind, worth, reading = found
        looks += kind == LOOK
        others += kind != SAME
        if looks and others > 1:
            return None
        value *= worth
        pairs.append(Pair(kind, place, one, other, reading))
    return Alignment(tuple(pairs), value)


def _swapped(asked: tuple[str, ...], known: tuple[str, ...]) -> Alignment | None:
    differing = [i for i, (one, other) in enumerate(zip(asked, known, strict=True)) if one != other]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return None
    first, second = differing
    if asked[first] != known[second] or asked[second] != known[first]:
        return None
    pairs = [
        Pair(SWAPPED if place in differing else SAME, place + 1, one, other)
        for place, (one, other) in enumerate(zip(asked, known, strict=True))
    ]
    return Alignment(tuple(pairs), SWAP)


def _with_gap(
    short: tuple[str, ...],
    short_sounds: tuple[Syllables, ...],
    long: tuple[str, ...],
    long_sounds: tuple[Syllables, ...],
    kind: str,
) -> Alignment | None:
    """Align ``long`` without one character with ``short``; ``kind`` says which of the two was asked."""
    best: Alignment | None = None
    for gap in range(len(long)):
        rest = _place_by_place(
            short, short_sounds, long[:gap] + long[gap + 1 :], long_sounds[:gap] + long_sounds[gap + 1 :]
        )
        allowed = {SAME, SOUND, NEAR} if len(short) >= 3 else {SAME}
        if rest is None or not allowed.issuperset(pair.kind for pair in rest.pairs):
            continue
        value = rest.value * (GAP_LONG if len(short) >= 3 else GAP)
        if best is not None and best.value >= value:
            continue
        pairs = list(rest.pairs)
        if kind == ADDED:
            pairs = [Pair(p.kind, p.place, p.known, p.asked, p.reading) for p in pairs]
            pairs.insert(gap, Pair(ADDED, gap + 1, long[gap], ""))
        else:
            pairs.insert(gap, Pair(MISSING, gap + 1, "", long[gap]))
        best = Alignment(tuple(pairs), value)
    return best
