"""Build the generated tables in ``resources/chinese/``. Run by developers only, never by LawDesk.

Needs pypinyin (MIT), OpenCC (Apache-2.0), Pillow (MIT-CMU) and numpy (BSD-3-Clause) in the environment, and a
folder with the public name corpora
``chaizi_jt.txt`` (kfcd/chaizi, CC BY 3.0), ``four_corner.csv`` (contr4l/SimilarCharacter, MIT) and
``cn_provinces.csv``, ``cn_cities.csv``, ``cn_areas.csv`` (modood/Administrative-divisions-of-China, WTFPL) and
``nicknames.csv`` (carltonnorthern/nicknames, Apache-2.0)::

    python tools/build_chinese_tables.py --corpora FOLDER

The hand-kept files of the same folder (polyphones, surnames, variants, look-alikes by hand, names.toml)
are read where they matter and never written.
"""

from __future__ import annotations

import argparse
import csv
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy
import opencc
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

OUT = Path(__file__).resolve().parent.parent / "resources" / "chinese"
HAN_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32000))
LOOSE_COMPONENT, LOOSE_RADICAL = 70, 250  # in more characters a shared component says less, or nothing
FONT = OUT.parent / "fonts" / "NotoSansSC-Regular.ttf"
DRAWN_ALIKE, NEAREST = 0.84, 6  # correlation of two blurred drawings; of so many nearest characters each way
COMMON_COMPONENT = 60  # a component in more characters than this is a radical and says little


def han() -> Iterator[str]:
    """Yield every character of the Han blocks."""
    for first, end in HAN_BLOCKS:
        yield from map(chr, range(first, end))


def hand_kept(name: str) -> list[list[str]]:
    """Return the words of each line of a hand-kept file."""
    lines = (OUT / name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def in_gb2312(char: str) -> bool:
    """Tell whether ``char`` is one of the 6,763 simplified characters everybody types."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def simplified() -> dict[str, str]:
    """Return character → simplified character, from OpenCC's tables and the hand-kept variants."""
    converters = [opencc.OpenCC(name) for name in ("t2s", "tw2s", "hk2s")]
    japan = opencc.OpenCC("jp2t")
    table: dict[str, str] = {}
    for char in han():
        base = unicodedata.normalize("NFKC", char)
        for converter in converters:
            found = converter.convert(base)
            if found != base and len(found) == 1:
                table.setdefault(char, found)
        if char not in table and not in_gb2312(char):
            found = converters[0].convert(japan.convert(base))
            if found != base and len(found) == 1:
                table[char] = found
    table.update((written, meant) for written, meant in hand_kept("variants.txt"))
    # One pass must be enough: follow chains, drop what maps to itself.
    for char in list(table):
        while table[char] in table and table[table[char]] not in (char, table[char]):
            table[char] = table[table[char]]
    return {char: found for char, found in table.items() if char != found}


def readings() -> dict[str, str]:
    """Return syllable with tone digit → the characters read so (first reading of the dictionary)."""
    table: dict[str, list[str]] = defaultdict(list)
    for code in sorted(PINYIN_DICT):
        char = chr(code)
        if any(first <= code < end for first, end in HAN_BLOCKS):
            syllable = pinyin(char, style=Style.TONE3, v_to_u=False, neutral_tone_with_five=True)[0][0]
            if syllable.isascii() and syllable[-1].isdigit() and syllable[:-1].isalpha():
                table[syllable].append(char)
    return {syllable: "".join(chars) for syllable, chars in sorted(table.items())}


def decompositions(corpora: Path, wanted: dict[str, str]) -> dict[str, list[tuple[str, ...]]]:
    """Return each wanted character's ways of being taken apart."""
    parts = {}
    for line in (corpora / "chaizi_jt.txt").read_text(encoding="utf-8").splitlines():
        char, *ways = line.split("\t")
        if char in wanted:
            parts[char] = [tuple(way.split()) for way in ways if len(way.split()) > 1]
    return parts


def look_alikes(corpora: Path) -> dict[str, str]:
    """Return character → characters easily taken for it, symmetric.

    Two characters look alike when they differ in one component while the other, not a mere radical, stands in
    the same place and two of the four corners agree, or when they share a component and all four corners.
    """
    with (corpora / "four_corner.csv").open(encoding="utf-8-sig", newline="") as file:
        corners = {row["char"]: row["code"] for row in csv.DictReader(file) if in_gb2312(row["char"])}
    parts = decompositions(corpora, corners)
    count = Counter(part for ways in parts.values() for way in ways for part in set(way))
    places: dict[tuple[int, str], set[str]] = defaultdict(set)
    by_corner: dict[str, set[str]] = defaultdict(set)
    for char, ways in parts.items():
        by_corner[corners[char]].add(char)
        for place, part in ((place, part) for way in ways if len(way) == 2 for place, part in enumerate(way)):
            if count[part] <= COMMON_COMPONENT:
                places[place, part].add(char)
    pairs = {
        (a, b)
        for group in places.values()
        for a, b in combinations(sorted(group), 2)
        if sum(x == y for x, y in zip(corners[a], corners[b], strict=True)) >= 2
    }
    for group in by_corner.values():
        for a, b in combinations(sorted(group), 2):
            if {part for way in parts[a] for part in way} & {part for way in parts[b] for part in way}:
                pairs.add((a, b))
    pairs |= drawn_alike()
    for (group_by_hand,) in hand_kept("lookalikes-by-hand.txt"):
        pairs.update(combinations(group_by_hand, 2))
    found: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return {char: "".join(sorted(others)) for char, others in sorted(found.items())}


def drawn_alike() -> set[tuple[str, str]]:
    """Return the pairs that look alike as a whole, whatever their components: 生 主, 文 义, 李 孛.

    Each character everybody types is drawn in LawDesk's own font, blurred, and laid upon each other one.
    """
    chars = [char for char in map(chr, range(0x4E00, 0x9FA6)) if in_gb2312(char)]
    font = ImageFont.truetype(str(FONT), 40)
    drawn = []
    for char in chars:
        image = Image.new("L", (48, 48), 0)
        ImageDraw.Draw(image).text((4, -6), char, font=font, fill=255)
        small = image.filter(ImageFilter.GaussianBlur(1.6)).resize((24, 24))
        drawn.append(numpy.asarray(small, dtype=numpy.float32).ravel())
    table = numpy.array(drawn)
    table -= table.mean(axis=1, keepdims=True)
    table /= numpy.linalg.norm(table, axis=1, keepdims=True)
    alike = table @ table.T
    numpy.fill_diagonal(alike, 0)
    found = set()
    for place, near in enumerate(numpy.argsort(-alike, axis=1)[:, :NEAREST]):
        for other in near:
            if alike[place, other] >= DRAWN_ALIKE:
                found.add(tuple(sorted((chars[place], chars[other]))))
    return found


def loose_look_alikes(corpora: Path, strict: dict[str, str]) -> dict[str, str]:
    """Return character → characters hastily taken for it, the strict ones left out, symmetric.

    They share the part that is no mere radical, in whatever place; or a radical and two corners; or all four
    corners; or one is a part of the other. Characters everybody types only.
    """
    with (corpora / "four_corner.csv").open(encoding="utf-8-sig", newline="") as file:
        corners = {row["char"]: row["code"] for row in csv.DictReader(file) if in_gb2312(row["char"])}
    parts = decompositions(corpora, corners)
    places: dict[tuple[int, str], set[str]] = defaultdict(set)
    by_corner: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)

    def add(one: str, other: str) -> None:
        if one != other and other not in strict.get(one, ""):
            found[one].add(other)
            found[other].add(one)

    for char, ways in parts.items():
        for way in ways:
            for place, part in enumerate(way):
                places[min(place, 1), part].add(char)
    for (_place, part), group in places.items():
        for one, other in combinations(sorted(group), 2):
            shared = sum(x == y for x, y in zip(corners[one], corners[other], strict=True))
            if len(group) <= LOOSE_COMPONENT or shared >= (2 if len(group) <= LOOSE_RADICAL else 3):
                add(one, other)
        if part in corners and len(group) <= LOOSE_RADICAL:
            for one in group:
                add(one, part)
    for char, code in corners.items():
        by_corner[code].add(char)
    for group in by_corner.values():
        for one, other in combinations(sorted(group), 2):
            add(one, other)
    return {char: "".join(sorted(others)) for char, others in sorted(found.items())}


def nicknames(corpora: Path) -> Iterator[str]:
    """Yield each English given name with its nicknames."""
    table: dict[str, set[str]] = defaultdict(set)
    with (corpora / "nicknames.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, other = row["name1"].strip().lower(), row["name2"].strip().lower()
            if name.isalpha() and other.isalpha() and name != other:
                table[name].add(other)
    return (f"{name} {' '.join(sorted(others))}" for name, others in sorted(table.items()))


SUFFIXES = "特别行政区 自治区 自治州 自治县 自治旗 地区 林区 特区 省 市 盟 县 区 旗"
ETHNIC = (
    "蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 "
    "黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 "
    "毛南族 仡佬族 锡伯族 普米族 塔吉克族 怒族 鄂温克族 保安族 裕固族 独龙族 鄂伦春族 各族 "
    "蒙古 维吾尔 哈萨克 柯尔克孜 塔吉克 锡伯 回 壮"
)


def short_region(name: str) -> str:
    """Return the region's name without its suffix: 恩施土家族苗族自治州 → 恩施, 义乌市 → 义乌."""
    for suffix in (
        "特别行政区",
        "自治区",
        "自治州",
        "自治县",
        "自治旗",
        "地区",
        "林区",
        "特区",
        "省",
        "市",
        "盟",
        "县",
        "区",
        "旗",
    ):
        if name.endswith(suffix) and len(name) - len(suffix) >= 1:
            short = name[: -len(suffix)]
            if suffix.startswith("自治"):
                trimmed = True
                while trimmed:
                    trimmed = False
                    for people in ETHNIC.split():
                        if short.endswith(people) and len(short) - len(people) >= 2:
                            short, trimmed = short[: -len(people)], True
            return short if len(short) >= 2 else name
    return name


def regions(corpora: Path) -> list[str]:
    """Return lines ``code name short`` of all provinces, cities and counties."""
    lines = []
    for file_name in ("cn_provinces.csv", "cn_cities.csv", "cn_areas.csv"):
        with (corpora / file_name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                name = row["name"].strip()
                if name not in ("市辖区", "县") and "直辖" not in name:
                    lines.append(f"{row['code']} {name} {short_region(name)}")
    lines += ["71 台湾省 台湾", "81 香港特别行政区 香港", "82 澳门特别行政区 澳门"]
    return sorted(set(lines), key=lambda line: (len(line.split()[0]), line))


def write(name: str, head: str, lines: list[str]) -> None:
    """Write one table with a line that says where it comes from."""
    path = OUT / name
    path.write_text(f"# {head}\n" + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Build all tables."""
    parser = argparse.ArgumentParser(description="Build resources/chinese/ from pypinyin, OpenCC and the corpora.")
    parser.add_argument("--corpora", type=Path, required=True)
    corpora = parser.parse_args().corpora
    table = simplified()
    write(
        "simplified.txt",
        "Generated by tools/build_chinese_tables.py from OpenCC (Apache-2.0): two parallel lines.",
        ["".join(table), "".join(table.values())],
    )
    spoken = readings()
    write(
        "readings.txt",
        "Generated by tools/build_chinese_tables.py from pypinyin (MIT): syllable, characters.",
        [f"{syllable} {chars}" for syllable, chars in spoken.items()],
    )
    alike = look_alikes(corpora)
    write(
        "lookalikes.txt",
        "Generated by build_chinese_tables.py from kfcd/chaizi (CC BY 3.0), contr4l/SimilarCharacter (MIT).",
        [f"{char} {others}" for char, others in alike.items()],
    )
    write(
        "lookalikes-loose.txt",
        "Generated by build_chinese_tables.py from kfcd/chaizi (CC BY 3.0), contr4l/SimilarCharacter (MIT).",
        [f"{char} {others}" for char, others in loose_look_alikes(corpora, alike).items()],
    )
    write(
        "nicknames.txt",
        "Generated by tools/build_chinese_tables.py from carltonnorthern/nicknames (Apache-2.0).",
        list(nicknames(corpora)),
    )
    write(
        "regions.txt",
        "Generated by tools/build_chinese_tables.py from modood/Administrative-divisions-of-China (WTFPL).",
        regions(corpora),
    )


if __name__ == "__main__":
    main()
