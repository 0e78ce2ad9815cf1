"""The colours by name, in both palettes, and the WCAG contrast between two of them. No Qt in here."""

from __future__ import annotations

from types import MappingProxyType

LIGHT = MappingProxyType(
    {
        "rail": "#ECEAE5",
        "surface": "#FFFFFF",
        "raised": "#FFFFFF",
        "paper": "#F6F5F2",
        "sunken": "#F1EFEB",
        "hover": "#F4F2EE",
        "selected": "#E5ECF5",
        "line": "#E4E1DA",
        "line2": "#89867F",
        "hatch": "#DAD6CD",
        "thumb": "#C9C5BC",
        "text": "#1F2124",
        "text2": "#515459",
        "text3": "#67696C",
        "accent": "#2A5B9C",
        "accent_hover": "#234D86",
        "accent_press": "#1C3F6E",
        "on_accent": "#FFFFFF",
        "accent_text": "#24518C",
        "accent_soft": "#E5ECF5",
        "focus": "#2A5B9C",
        "red": "#B3261E",
        "red_text": "#A3211A",
        "red_soft": "#FBE9E6",
        "amber": "#96600A",
        "amber_text": "#7C4F00",
        "amber_soft": "#FAF0DA",
        "green": "#23714B",
        "green_text": "#1D6240",
        "green_soft": "#E4F1EA",
        "neutral_soft": "#EEECE7",
        "bar": "#5B82B8",
        "bar2": "#B9CBE2",
        "scrim": "#66241F1A",
        "toast": "#1F2124",
        "on_toast": "#FFFFFF",
        "toast_link": "#96BBEF",
        "toast_edge": "#1F2124",
        "field": "#FFFFFF",
    }
)
DARK = MappingProxyType(
    {
        "rail": "#141518",
        "surface": "#202327",
        "raised": "#2A2E33",
        "paper": "#191B1E",
        "sunken": "#17191C",
        "hover": "#272A2F",
        "selected": "#263A55",
        "line": "#34383E",
        "line2": "#7A7F86",
        "hatch": "#3F444B",
        "thumb": "#4A4F56",
        "text": "#E9E7E2",
        "text2": "#BCBBB6",
        "text3": "#A6A7A3",
        "accent": "#3A6DB3",
        "accent_hover": "#4173B9",
        "accent_press": "#315E9C",
        "on_accent": "#FFFFFF",
        "accent_text": "#96BBEF",
        "accent_soft": "#263A55",
        "focus": "#96BBEF",
        "red": "#D9655B",
        "red_text": "#F59E95",
        "red_soft": "#45241F",
        "amber": "#C9963A",
        "amber_text": "#E8BC6A",
        "amber_soft": "#3D3118",
        "green": "#4FA077",
        "green_text": "#8CCFA9",
        "green_soft": "#1D382B",
        "neutral_soft": "#30343A",
        "bar": "#5E8CCB",
        "bar2": "#35506F",
        "scrim": "#99000000",
        "toast": "#2A2E33",
        "on_toast": "#E9E7E2",
        "toast_link": "#96BBEF",
        "toast_edge": "#7A7F86",
        "field": "#17191C",
    }
)
"""``scrim`` is ``#AARRGGBB``; ``field`` is the ground of inputs (white, or ``sunken`` in the dark)."""

BACKGROUNDS = ("rail", "paper", "surface", "raised", "sunken", "hover", "selected", "neutral_soft")
"""Everything text may stand on."""

TONES = ("text", "text2", "text3", "accent", "red", "amber", "green", "neutral")
"""Tones a widget may be given. ``tone_text`` and ``tone_soft`` name the two colours of each."""


def tone_text(tone: str) -> str:
    """Return the token of the text colour of ``tone`` (``red`` -> ``red_text``)."""
    if tone in ("accent", "red", "amber", "green"):
        return f"{tone}_text"
    return "text2" if tone in ("neutral", "") else tone


def tone_soft(tone: str) -> str:
    """Return the token of the soft ground of ``tone`` (``red`` -> ``red_soft``)."""
    return f"{tone}_soft" if tone in ("accent", "red", "amber", "green") else "neutral_soft"


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2 contrast ratio of two ``#RRGGBB`` colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
