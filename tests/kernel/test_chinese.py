"""Chinese text: one written form, readings, and what typing finds."""

import pytest

from lawdesk.kernel import chinese
from lawdesk.kernel.chinese import (
    fold,
    matches_typed,
    pinyin,
    pinyin_initials,
    search_keys,
    to_simplified,
    tone_marked,
    visible,
)


def test_what_nobody_sees_is_taken_out_and_lines_become_spaces() -> None:
    assert visible("维\x07砚\u202e示\u200b例\r\n公司\t甲\u3000") == "维砚示例  公司 甲 "
    assert visible("刘𬀩 Zürich ＡＢ") == "刘𬀩 Zürich ＡＢ"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("張偉強", "张伟强"),
        ("浙江華硯隆食品", "浙江华砚隆食品"),
        ("髙淸黃呉", "高清黄吴"),
        ("李乾坤", "李乾坤"),  # 乾 in names is qián, not the traditional form of 干
        ("郭土著", "郭土著"),
        ("𬀩㛃䶮", "𬀩㛃䶮"),
    ],
)
def test_traditional_and_variant_characters_become_simplified(written, meant):
    assert to_simplified(written) == meant


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("ＡＢＣ　（１２３）", "abc (123)"),
        ("张\u200b伟\ufeff强", "张伟强"),
        ("Müller José", "muller jose"),
        ("  张   伟 ", "张 伟"),
        ("張\x07偉", "张伟"),
        ("🙂张𬀩", "🙂张𬀩"),
    ],
)
def test_fold_gives_one_form(typed, compared):
    assert fold(typed) == compared
    assert fold(fold(typed)) == compared


def test_characters_newer_than_this_python_and_private_ones_survive():
    newer, private = "\U00031350", "\ue863"
    assert fold(f"王{newer}{private}") == f"王{newer}{private}"
    assert chinese.compact(f"王 {newer}·{private}") == f"王{newer}{private}"


def test_readings_are_those_of_names():
    assert pinyin("张伟") == (("zhang",), ("wei",))
    assert pinyin("单明") == (("dan", "shan"), ("ming",))
    assert pinyin("泰温") == (("tai",), ("wen",))  # not da, yun as the dictionaries also list
    assert pinyin("A1砚") == (("a",), ("1",), ("yan",))
    assert pinyin("吕") == (("lv",),)


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("单明", "shan"),
        ("仇英", "qiu"),
        ("解缙", "xie"),
        ("尉迟恭", "yu chi"),
        ("长孙无忌", "zhang sun"),
        ("万俟卨", "mo qi"),
    ],
)
def test_family_names_are_read_as_family_names(name, surname):
    readings = pinyin(name, surname=True)
    assert [options[0] for options in readings[: len(surname.split())]] == surname.split()
    assert len(readings[0]) == 1


def test_rare_characters_have_readings():
    assert pinyin("𬀩㛃䶮") == (("wei",), ("jie",), ("yan",))


def test_tones_are_printed_over_the_right_vowel():
    assert [tone_marked(one) for one in ("yan4", "gui4", "liu2", "lv4", "zhou1", "de5")] == [
        "yàn", "guì", "liú", "lǜ", "zhōu", "de",
    ]  # fmt: skip


def test_search_keys():
    assert search_keys("栩岳") == ("xuyue", "xy")
    assert search_keys("单（小）明", surname=True) == ("shanxiaoming", "sxm")
    assert pinyin_initials("尉迟恭", surname=True) == "ycg"


TITLE = "栩岳建设诉砚溪置业"


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("栩岳", [0, 1]),
        ("xy", [0, 1]),
        ("XY", [0, 1]),
        ("xuyue", [0, 1]),
        ("xuy", [0, 1]),
        ("栩yue", [0, 1]),
        ("硯溪", [5, 6]),
        ("yanxi", [5, 6]),
        ("yx", [5, 6]),
        ("zhye", [7, 8]),
        ("js", [2, 3]),
        ("xuyuejiansh", [0, 1, 2, 3]),
        ("xy yanxi", [0, 1, 5, 6]),
        ("xyq", None),
        ("岳栩", None),
        ("！", None),
        ("", []),
    ],
)
def test_typing_finds_and_says_which_characters(typed, places):
    assert matches_typed(typed, TITLE) == places


def test_typing_uses_every_real_reading_and_keeps_places_of_the_title():
    assert matches_typed("shanming", "单明离婚") == [0, 1]
    assert matches_typed("danming", "单明离婚") == [0, 1]
    assert matches_typed("yuchi", "尉迟恭") == [0, 1]
    assert matches_typed("lvyou", "绿柳旅游") == [2, 3]
    assert matches_typed("luyou", "绿柳旅游") == [2, 3]
    assert matches_typed("震砚营销", "震砚 营销（深圳）") == [0, 1, 3, 4]
    assert matches_typed("wei", "王𬀩诉李") == [1]


def test_typing_nonsense_ends():
    assert matches_typed("a" * 10_000, TITLE) is None
    assert matches_typed("xx" * 32, "谢" * 200) is not None
    assert matches_typed("xy" * 30 + "q", "栩岳" * 100) is None
