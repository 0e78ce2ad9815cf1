from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import lawdesk
from lawdesk.kernel import i18n
from lawdesk.kernel.resources import resource_path
from lawdesk.kernel.settings import Settings
from lawdesk.ui import Appearance, Button, Label, LineEdit, hatch_brush, icons, sized, theme, vbox


@pytest.mark.parametrize(("scale", "unit"), [(1.0, 4), (1.5, 6), (2.0, 8)])
def test_everything_grows_with_the_text(themed: QApplication, scale: float, unit: int) -> None:
    look = theme.apply(themed, scale=scale)
    assert look.u() == unit
    line, small = look.metrics("body").height(), look.metrics("small").height()
    assert look.control_height == line + look.u(3)
    assert look.row_height == line + look.u(3.5)
    assert look.list_row_height == line + small + look.u(3.5)
    assert look.metrics("h1").height() > look.metrics("h2").height() > line > small


def test_one_line_rows_when_compact(themed: QApplication) -> None:
    look = theme.apply(themed, density="compact")
    assert look.list_row_height == look.body_line + look.u(2.5)


def test_text_is_never_below_ten_points(themed: QApplication) -> None:
    assert theme.apply(themed, scale=0.5).points >= 10.0


def test_widgets_in_view_follow_at_once(themed: QApplication, qtbot: QtBot) -> None:
    box = QWidget()
    label, edit, button = Label("期限", step="h1"), LineEdit("查找"), Button("新建", icon="plus")
    fixed = sized(QWidget(), width=10)
    layout = vbox(label, edit, button, fixed, space=3, margins=(6, 4, 5, 4), parent=box)
    qtbot.addWidget(box)
    box.show()
    before = (edit.sizeHint().height(), button.sizeHint().height(), label.font().pointSizeF())
    theme.apply(themed, scale=2.0, dark=True)
    assert (layout.spacing(), layout.contentsMargins().left()) == (24, 48)
    assert fixed.width() == fixed.minimumWidth() == theme.em(10)
    after = (edit.sizeHint().height(), button.sizeHint().height(), label.font().pointSizeF())
    assert all(new > 1.9 * old for old, new in zip(before, after, strict=True))
    assert label.palette().windowText().color().name() == theme.color("text").name() == "#e9e7e2"
    assert edit.palette().placeholderText().color() == theme.color("text3")


def test_figures_stand_in_columns(themed: QApplication) -> None:
    assert len({theme.current().width("body", digit * 6) for digit in "0123456789"}) == 1


def test_simplified_forms_come_first(themed: QApplication) -> None:
    families = theme.font_families()
    assert families
    assert families[0] in theme.FAMILIES or "Noto Sans SC" in families[0]
    assert not any(family.endswith((" JP", " TC", " KR", " HK")) for family in families)


def test_without_a_chinese_font_the_shipped_one_is_used(
    themed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "_families", None)
    monkeypatch.setattr(theme, "FAMILIES", ("No Such Font",))
    assert theme.font_families() == ("Noto Sans SC",)


def _strings(keyword: str = "") -> set[str]:
    """Every string constant of the program, or only those handed over as ``keyword``."""
    found: set[object] = set()
    for path in Path(lawdesk.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == keyword and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
            elif not keyword and isinstance(node, ast.Constant):
                found.add(node.value)
    return {value for value in found if isinstance(value, str) and value}


def test_every_icon_named_ships_and_every_icon_that_ships_is_named(themed: QApplication) -> None:
    shipped = {path.stem for path in resource_path("icons").glob("*.svg")}
    assert _strings("icon") - shipped == set()
    assert shipped - _strings() == set()
    for name in shipped:
        image = icons.pixmap(name, "text2", size=24).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name


def test_the_hatch_is_one_tile_with_gaps(themed: QApplication) -> None:
    tile = hatch_brush(2.0).texture()
    assert tile.devicePixelRatio() == 2.0
    image = tile.toImage()
    drawn = [image.pixelColor(x, y).alpha() > 40 for x in range(image.width()) for y in range(image.height())]
    assert 0.05 < sum(drawn) / len(drawn) < 0.6


def test_an_icon_takes_the_colour_of_its_token(themed: QApplication) -> None:
    def darkest(image: QImage) -> str:
        found = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return max(found, key=lambda colour: colour.alpha()).name()

    assert darkest(icons.pixmap("square", "red", size=48, ratio=1).toImage()) == "#b3261e"
    theme.apply(themed, dark=True)
    assert darkest(icons.pixmap("square", "red", size=48, ratio=1).toImage()) == "#d9655b"
    assert icons.pixmap("square", "red", size=16, ratio=2.0).width() == 32


def test_the_notices_of_the_icons_ship() -> None:
    notice = resource_path("icons", "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in notice
    assert "Feather" in notice


def test_settings_dress_the_program(qapp: QApplication, themed: QApplication, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.json")
    settings.set("language", "zh")
    appearance = Appearance(qapp, settings)
    settings.set("theme", "dark")
    settings.set("text_size", 150)
    settings.set("density", "compact")
    assert (theme.current().dark, theme.current().scale, theme.current().density) == (True, 1.5, "compact")
    settings.set("language", "en")
    assert i18n.language() == "en"
    appearance.close()
    settings.set("theme", "light")
    assert theme.current().dark
