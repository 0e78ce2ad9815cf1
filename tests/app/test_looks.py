"""Language, theme, text size and width: every page follows at run time, none holds the window wider than it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from lawdesk.kernel import i18n
from tests.app.conftest import CLIENT, OTHER, TITLE, Lived, Open
from tests.journeys.hands import Hands, words_in

DATA = (
    TITLE, CLIENT, OTHER, "恒岚律师事务所", "顾知行", "秦望舒", "周既白", "建设工程施工合同纠纷",
    "青岚市望江区人民法院", "（2025）浙0105民初1187号", "（2025）民字第001号", "收到一审判决", "起草上诉状",
    "民事判决书.txt", "浙", "民初", "中文", "昨天", "咨询评估", "（{year}）{kind}字第{serial:03}号",
    "判决书、裁定书、调解书、上诉书", "民事诉讼法",
)  # fmt: skip
"""What people typed, and the law's own words: they stay as they are in both languages."""
LAW = re.compile(
    r"第\d+条|、|《|》|修正|\d{4}前:|File order：\d+  .*|逾期判决生效|双方送达日不同的分别计算；交邮即可"
)
ENGLISH_IN_CHINESE = re.compile(
    r"LawDesk|Ctrl|Shift|Alt|Enter|Esc|Del|Space|Tab|F\d|PDF|ZIP|XLSX|CSV|JSON|Word|Excel|DOCX|txt|KB|MB|ID|AES|Argon2id"
    r"|English|admin|gu|SQLite|SQLCipher|SHA|PgUp|PgDown|Home|@|h|m|[A-Z]\b"
)
LATIN = re.compile(r"[A-Za-z]{2,}")
CJK = re.compile("[\u3400-\u9fff]")


def visits(hands: Hands, case_id: int) -> Iterator[tuple[str, Callable[[], object]]]:
    go = hands.window.shell.go
    for tab in ("overview", "proceedings", "parties", "deadlines", "documents", "history"):
        yield f"case {tab}", lambda tab=tab: go("cases", case_id=case_id, tab=tab)
    for page in ("today", "new-case", "conflicts", "deadlines", "time"):
        yield page, lambda page=page: go(page)
    for area in ("appearance", "people", "firm", "security", "backup", "about"):
        yield f"settings {area}", lambda area=area: go("settings", area=area)


def read(hands: Hands) -> list[str]:
    hands.settle()
    shell = hands.window.shell
    tips = [w.toolTip() for w in shell.findChildren(QWidget) if w.isVisible()]
    return [shell.windowTitle(), *words_in(shell), *tips]


def without_data(words: str) -> str:
    for known in sorted(DATA, key=len, reverse=True):
        words = words.replace(known, "")
    return LAW.sub("", words)


def foreign(words: list[str], language: str) -> list[str]:
    left = [without_data(one) for one in words]
    if language == "en":
        return [one for one in left if CJK.search(one)]
    licences = "许可证：", "组成部分：", "/", "Apache"
    return [one for one in left if LATIN.search(ENGLISH_IN_CHINESE.sub("", one)) and not one.startswith(licences)]


def test_every_page_speaks_the_language_chosen_while_it_is_open(enter: Open, lived: Lived) -> None:
    hands = enter(last_login="admin")
    wrong: dict[str, list[str]] = {}
    for language in ("", "en", "zh"):
        if language:
            hands.program.settings.set("language", language)
        for name, show in visits(hands, lived.case_id):
            show()
            left = foreign(read(hands), language) if language else []
            if left:
                wrong[f"{name} {language}"] = left
    assert not wrong, "\n".join(f"{where}: {words}" for where, words in wrong.items())
    assert i18n.language() == "zh"


def brightness(widget: QWidget) -> float:
    """Return how bright a widget is on the whole, 0 to 255."""
    image = widget.grab().toImage().scaled(40, 30)
    points = [QColor(image.pixel(x, y)).lightness() for x in range(40) for y in range(30)]
    return sum(points) / len(points)


def test_every_page_turns_dark_and_light_while_it_is_open(enter: Open, lived: Lived) -> None:
    hands = enter(last_login="admin", theme="light")
    for theme in ("", "dark", "light"):
        if theme:
            hands.program.settings.set("theme", theme)
        for name, show in visits(hands, lived.case_id):
            show()
            hands.settle()
            if not theme:
                continue  # first every page is made, then it changes while it lives
            bright = brightness(hands.window.shell)
            assert bright < 80 if theme == "dark" else bright > 190, f"{name} in {theme}: {bright}"


@pytest.mark.parametrize("size", [100, 150])
def test_no_page_is_wider_than_the_window(enter: Open, lived: Lived, size: int) -> None:
    hands = enter(last_login="admin", text_size=size)
    shell = hands.window.shell
    shell.resize(1366, 768)
    too_wide = {}
    for name, show in visits(hands, lived.case_id):
        show()
        hands.settle()
        page = shell.current_page()
        assert page is not None
        if page.minimumSizeHint().width() > page.width():
            too_wide[name] = (page.minimumSizeHint().width(), page.width())
        assert shell.width() == 1366 and shell.minimumSizeHint().width() <= 1366, name
    assert not too_wide
