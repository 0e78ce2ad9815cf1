"""The one style sheet, written from the theme: only what Qt's own widgets need; painted ones ask the theme."""

from __future__ import annotations

from string import Template

from lawdesk.ui.look import Theme

_SHEET = Template(
    """
QWidget { outline: 0; }
QToolTip { background: $raised; color: $text; border: 1px solid $line2; padding: ${u1}px ${u2}px; }
QMainWindow, #shell, #rail, #topbar, #statusbar { background: $rail; }
#sheet { background: $surface; border: 1px solid $line; border-radius: ${r_sheet}px; }
#paper { background: $paper; }
#sunken { background: $sunken; border-radius: ${r_box}px; }
#foot { background: $surface; border-top: 1px solid $line; border-bottom-left-radius: ${r_sheet}px;
        border-bottom-right-radius: ${r_sheet}px; }
#error { background: $red_soft; border-radius: ${r_box}px; }
#box { background: $surface; border: 1px solid $line; border-radius: ${r_box}px; }

QAbstractScrollArea { background: transparent; border: 0; }
QAbstractItemView { background: transparent; border: 0; selection-background-color: $selected;
    selection-color: $text; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, #tokenfield {
    background: $field; color: $text; placeholder-text-color: $text3; border: 1px solid $line2;
    border-radius: ${r_control}px; padding: 0 ${u25}px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox { min-height: ${inner}px; }
QLineEdit[lead="true"] { font-size: ${pt_lead}pt; }
QPlainTextEdit, QTextEdit { padding: ${u1}px ${u15}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QComboBox:on, #tokenfield[inside="true"] {
    border: 2px solid $focus; padding: 0 ${u25_focus}px; min-height: ${inner_focus}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: ${u1_focus}px ${u15_focus}px; }
QLineEdit[state="error"], QComboBox[state="error"], QPlainTextEdit[state="error"] { border: 1px solid $red; }
QLineEdit[state="error"]:focus, QComboBox[state="error"]:focus { border: 2px solid $red; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: $text3; background: $sunken;
    border-color: $hatch; }
QLineEdit:read-only { background: $paper; border-color: $hatch; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { border: 0; background: transparent; padding: 0;
    min-height: ${inner}px; }
QLineEdit[incell="true"] { min-height: 0; padding: 0 ${u1}px; border: 2px solid $focus; }
QLineEdit[incell="right"] { min-height: 0; padding: 0 ${u1}px; border: 2px solid $focus; }

QComboBox::drop-down { border: 0; width: ${u6}px; }
QComboBox QAbstractItemView, #popup { background: $raised; color: $text;
    border: 1px solid $line2; selection-background-color: $selected; selection-color: $text; padding: ${u1}px 0; }
#popup { padding: 0; }
QComboBox QAbstractItemView::item, #popup::item { min-height: ${item}px; padding: 0 ${u25}px; color: $text; }
QComboBox QAbstractItemView::item:selected, #popup::item:selected { background: $selected; }
QComboBox QAbstractItemView::item:hover, #popup::item:hover { background: $hover; }

QPushButton { background: $secondary; color: $text; border: 1px solid $secondary_edge;
    border-radius: ${r_control}px; padding: 0 ${u3}px; }
QPushButton[high="true"] { min-height: ${inner}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $neutral_soft; }
QPushButton:focus { border: 2px solid $focus; padding: 0 ${u3_focus}px; }
QPushButton[high="true"]:focus { min-height: ${inner_focus}px; }
QPushButton:disabled { color: $text3; background: $neutral_soft; border-color: $neutral_soft; }
QPushButton[kind="filled"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: bold; }
QPushButton[kind="filled"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="filled"]:pressed { background: $accent_press; border-color: $accent_press; }
QPushButton[kind="filled"]:focus { border: 2px solid $text; }
QPushButton[kind="filled"]:disabled { color: $text3; background: $neutral_soft; border-color: $neutral_soft; }
QPushButton[kind="danger"] { color: $red_text; border-color: $red; }
QPushButton[kind="danger"]:hover, QPushButton[kind="danger"]:pressed { background: $red_soft; }
QPushButton[kind="ghost"] { color: $text2; background: transparent; border-color: transparent;
    padding: 0 ${u2}px; }
QPushButton[kind="ghost"]:hover { background: $hover; }
QPushButton[kind="ghost"]:focus { border: 2px solid $focus; padding: 0 ${u2_focus}px; }
QPushButton[kind="link"] { color: $accent_text; background: transparent; border: 1px solid transparent;
    padding: 0 1px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 0; }
QPushButton[kind="link"]:disabled { color: $text3; }
QPushButton[small="true"] { font-size: ${pt_small}pt; }
QPushButton[small="true"][kind="secondary"] { min-height: ${inner_small}px; padding: 0 ${u2}px; }
QPushButton[square="true"] { padding: 0; min-width: ${inner}px; max-width: ${inner}px; }
QPushButton[square="true"]:focus { padding: 0; min-width: ${inner_focus}px; max-width: ${inner_focus}px; }
QPushButton[painted="true"] { padding: 0; border: 0; background: transparent; }
QPushButton[bare="true"], QPushButton[bare="true"]:focus { min-height: 0; min-width: 0; padding: 0;
    border-width: 0; }
QPushButton[bare="true"]:focus { background: $selected; }
QPushButton[slim="true"], QPushButton[slim="true"]:focus { padding: 0 ${u2}px; border-width: 1px; }
QPushButton[cross="true"], QPushButton[cross="true"]:focus { min-height: ${u6}px; max-height: ${u6}px;
    min-width: ${u6}px; max-width: ${u6}px; padding: 0; border-width: 1px; }
QPushButton[onrail="true"]:hover { background: $rail_hover; }
QPushButton::menu-indicator { image: none; width: 0; }

QCheckBox, QRadioButton { color: $text; spacing: ${u2}px; }
QCheckBox:disabled, QRadioButton:disabled { color: $text3; }
QHeaderView, QHeaderView::section { background: transparent; border: 0; }
QTableCornerButton::section { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $thumb; border-radius: ${bar_radius}px; min-height: ${u8}px; min-width: ${u8}px; }
QScrollBar::handle:hover { background: $line2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $raised; color: $text; border: 1px solid $line2; padding: ${u1}px 0; }
QMenu::item { padding: ${u15}px ${u6}px ${u15}px ${u3}px; }
QMenu::icon { padding-left: ${u3}px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: ${u1}px ${u3}px; }
QSplitter::handle { background: $line; }
"""
)


def style_sheet(theme: Theme) -> str:
    """Return the style sheet for ``theme``."""
    values: dict[str, str] = {name: _css(colour) for name, colour in theme.palette.items()}
    inner = theme.control_height - 2
    values |= {
        "secondary": _css(theme.palette["raised" if theme.dark else "surface"]),
        "secondary_edge": _css(theme.palette["thumb" if theme.dark else "hatch"]),
        "rail_hover": _css(theme.palette["hover" if theme.dark else "line"]),
        "inner": str(inner),
        "inner_focus": str(inner - 2),
        "item": str(theme.body_line + theme.u(2)),
        "inner_small": str(theme.small_line + theme.u(2) - 2),
        "pt_lead": f"{theme.points * 1.15:.2f}",
        "pt_small": f"{theme.points * 0.92:.2f}",
        "bar": str(theme.u(1.5)),
        "bar_radius": str(theme.u(1.5) // 2),
        "r_control": str(round(theme.radius("control"))),
        "r_box": str(round(theme.radius("box"))),
        "r_sheet": str(round(theme.radius("sheet"))),
    }
    for name, count in (("1", 1), ("15", 1.5), ("2", 2), ("25", 2.5), ("3", 3), ("6", 6), ("8", 8)):
        values[f"u{name}"] = str(theme.u(count))
        values[f"u{name}_focus"] = str(theme.u(count) - 1)
    return _SHEET.substitute(values)


def _css(colour: str) -> str:
    """Return a token's value as CSS; ``#AARRGGBB`` becomes ``rgba``."""
    if len(colour) == 9:
        alpha, red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5, 7))
        return f"rgba({red}, {green}, {blue}, {alpha})"
    return colour
