"""What people make of a name: the faults and forms the queries are made with, independent of LawDesk's own tables.

Readings come from pypinyin, traditional characters from OpenCC, look-alikes from a list of their own: a fault that
LawDesk's tables do not know must stay visible.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from functools import cache

from bench.conflict_names.registry import given_names, lines, surnames

LOOK_ALIKES = (
    "未末 己已巳 戊戌戍 土士 日曰 人入 千干 天夭 大太犬 王玉 午牛 田由甲申 今令 乌鸟 贝见 睛晴 清请情 静婧靖 玮炜伟 铭名明 浩皓 俊峻竣骏 杨扬 "
    "陈阵 徐除 刘浏 林杜 辉晖 晖珲 梅海 涛淘 洋祥 琪淇琦 珊姗 雯斐 霞露 莹萤 菁青 栋拣 炳柄 桦烨 钧钓 铮挣 锋峰烽 钢纲 欢炊 冰沐 斌赋 彬杉 "
    "宇字 宁宇 室宝 宏宠 峰蜂 岩岸 婷停 娜哪 娟捐 媛缓 婉碗 敏繁 慧彗 志忐 思恩 恒桓 怡恰 悦说 惠患 建健 凯剀 利刮 勇甬 华毕 博搏 卓桌 哲誓 "
    "嘉喜 国固 圆园 坤伸 城诚 培陪 墨黑 奇寄 帆帜 平乎 庆庄 康唐 强张 彤丹 彦颜 德得 成戌 振震 捷健 文支 斐裴 旭旮 昊昱 昌冒 春舂 晓晚 晨震 "
    "景影 智知 月用 杰木 松公 柏拍 桂佳 楠南 欣欢 武斌 永水 江汇 沛沐 泉帛 波披 泽择 洁浩 海侮 淑叔 滨宾 潇萧 澜谰 瀚翰 烨桦 熙熏 燕蒸 玲铃 "
    "珍诊 瑞端 瑶遥 璐潞 生主 盛感 福富 秀禿 秋狄 立位 红虹 维唯 群裙 翔祥 耀曜 胜性 自白 良艮 芬芳 花华 英莫 荣宋 莉利 菲韭 萍苹 蕾雷 薇微 "
    "虎彪 诗待 豪毫 超赵 轩杆 远还 达大 迪由 逸兔 郁都 金全 银很 锐悦 长张 阳阴 雨两 雪雷 雷雪 霖霜 青责 韵韶 顺须 颖颍 飞气 馨磬 鑫金 鸣呜 鹏棚 "
    "鹤鸽 麟鳞 龙尤 鼎鼐 乐东 亚业 亮高 亿忆 优忧 众从 伍仕 佑祐 佳挂 信倍 倩情 傲傲 光先 兴光 凌凄 劲轻 升开 双又 可司 启后 味昧 和知 善羞 喆哲 "
    "固国 圣怪 域城 基某 塑朔 声生 多名 天无 奥粤 好妤 安女 富福 小少 尚向 川州 巨臣 帝帚 常党 广厂 庭廷 弘泓 彩采 微徽 心必 恩思 慕幕 拓柘 捷婕"
).split()
NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("hu", "f"))
TITLES_BEFORE, TITLES_AFTER = ("被告", "原告：", "申请人", "被执行人 "), ("先生", "女士", "律师", "老师")
WADE = {
    "zh": "ch", "ch": "ch'", "z": "ts", "c": "ts'", "j": "ch", "q": "ch'", "x": "hs", "b": "p", "p": "p'", "d": "t",
    "t": "t'", "g": "k", "k": "k'", "r": "j",
}  # fmt: skip
WADE_WHOLE = {
    "zi": "tzu", "ci": "tz'u", "si": "ssu", "zhi": "chih", "chi": "ch'ih", "shi": "shih", "ri": "jih", "er": "erh",
    "you": "yu", "yan": "yen", "ye": "yeh", "he": "ho", "ge": "ko", "ke": "k'o", "e": "o", "yi": "i",
}  # fmt: skip
WADE_FINAL = {"ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "uo": "o", "ui": "ui", "iu": "iu"}


@cache
def _reading(char: str, surname: bool = False) -> str:
    from pypinyin import Style, pinyin

    if surname and char in SURNAME_READINGS:
        return SURNAME_READINGS[char]
    return str(pinyin(char, style=Style.TONE3, neutral_tone_with_five=True)[0][0])


SURNAME_READINGS = {
    "单": "shan4", "仇": "qiu2", "解": "xie4", "查": "zha1", "曾": "zeng1", "任": "ren2", "朴": "piao2", "盖": "ge3",
    "区": "ou1", "乐": "yue4", "翟": "zhai2", "华": "hua4", "盛": "sheng4", "万": "wan4",
}  # fmt: skip


@cache
def _common() -> frozenset[str]:
    return frozenset(char for name in set(given_names()) for char in name) | frozenset(surnames()[0][:300])


@cache
def _by_reading() -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for char in sorted(_common()):
        table[_reading(char)].append(char)
    return table


@cache
def _look_alikes() -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for group in LOOK_ALIKES:
        for char in group:
            table[char] += [other for other in group if other != char]
    return table


def look_alikes_of(char: str) -> list[str]:
    """Return the characters that look like ``char``."""
    return _look_alikes().get(char, [])


def plain(char: str, *, surname: bool = False) -> str:
    """Return the toneless reading."""
    return _reading(char, surname).rstrip("012345")


def same_sound(luck: random.Random, char: str) -> str:
    """Return another character of the same sound and tone, or ""."""
    others = [other for other in _by_reading().get(_reading(char), []) if other != char]
    return luck.choice(others) if others else ""


def other_tone(luck: random.Random, char: str) -> str:
    """Return a character of the same sound in another tone, or ""."""
    base = plain(char)
    others = [o for tone in "1234" if base + tone != _reading(char) for o in _by_reading().get(base + tone, [])]
    return luck.choice(others) if others else ""


def near_sound(luck: random.Random, char: str) -> str:
    """Return a character that sounds nearly the same (z/zh, n/l, n/ng ...), or ""."""
    base = plain(char)
    near = []
    for one, other in NEAR:
        for written, heard in ((one, other), (other, one)):
            if base.startswith(written) and not (written in "zcs" and base[1:2] == "h"):
                near.append(heard + base[len(written) :])
    if base.endswith("ng"):
        near.append(base[:-1])
    elif base.endswith("n"):
        near.append(base + "g")
    others = [o for sound in near for tone in "1234" for o in _by_reading().get(sound + tone, []) if o != char]
    return luck.choice(others) if others else ""


def look_alike(luck: random.Random, char: str) -> str:
    """Return a character that looks alike, or ""."""
    others = _look_alikes().get(char, [])
    return luck.choice(others) if others else ""


def replaced(luck: random.Random, text: str, change, first: int = 0) -> str:  # type: ignore[no-untyped-def]
    """Return ``text`` with one character, from ``first`` on, changed by ``change``; "" where none can be."""
    places = list(range(first, len(text)))
    luck.shuffle(places)
    for place in places:
        other = change(luck, text[place])
        if other:
            return text[:place] + other + text[place + 1 :]
    return ""


def missing(luck: random.Random, text: str, first: int = 0) -> str:
    place = luck.randrange(first, len(text))
    return text[:place] + text[place + 1 :]


def added(luck: random.Random, text: str, first: int = 1) -> str:
    place = luck.randint(first, len(text))
    return text[:place] + luck.choice(given_names())[0] + text[place:]


def swapped(luck: random.Random, text: str, first: int = 0) -> str:
    places = [i for i in range(first, len(text) - 1) if text[i] != text[i + 1]]
    if not places:
        return ""
    i = luck.choice(places)
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


@cache
def _opencc():  # type: ignore[no-untyped-def]
    import opencc

    return opencc.OpenCC("s2t")


def traditional(text: str) -> str:
    return str(_opencc().convert(text))


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def undiacritic(text: str) -> str:
    text = text.replace("ß", "ss").replace("Ø", "O").replace("ø", "o")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def german(text: str) -> str:
    for written, spelled in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("å", "aa"), ("ø", "oe")):
        text = text.replace(written, spelled).replace(written.upper(), spelled.title())
    return undiacritic(text)


def wade_giles(syllable: str, *, apostrophes: bool) -> str:
    """Return a pinyin syllable as Taiwan and old passports write it."""
    found = WADE_WHOLE.get(syllable)
    if found is None:
        start = re.match("zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?", syllable)
        initial = start.group() if start else ""
        final = syllable[len(initial) :]
        final = WADE_FINAL.get(final, final)
        if initial in ("g", "k", "h") and syllable[len(initial) :] == "uo":
            final = "uo"
        if initial in ("j", "q", "x") and final.startswith("u"):
            final = "ü" + final[1:]
        found = WADE.get(initial, initial) + final
    return found if apostrophes else undiacritic(found.replace("'", ""))


@cache
def nicknames() -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for line in list(lines("nicknames.csv"))[1:]:
        one, _relation, other = line.split(",")
        table[one].append(other)
    return table


def typo(luck: random.Random, word: str) -> str:
    """Return a Latin word with one letter changed, left out, doubled or swapped, not the first one."""
    at = luck.randrange(1, len(word) - 1)
    letter = luck.choice("aeiounrstlm")
    return luck.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )
