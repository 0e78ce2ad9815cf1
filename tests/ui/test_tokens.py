"""The contrast table of the visual language, computed again from the tokens."""

from __future__ import annotations

import pytest

from lawdesk.ui.tokens import BACKGROUNDS, DARK, LIGHT, contrast

TEXT = [
    ("text", 16.1, 13.4, 12.8, 9.3),
    ("text2", 7.6, 6.3, 8.2, 6.0),
    ("text3", 5.5, 4.6, 6.5, 4.8),
    ("accent_text", 8.0, 6.6, 8.0, 5.9),
    ("red_text", 7.5, 6.3, 7.7, 5.6),
    ("amber_text", 7.1, 5.9, 8.9, 6.5),
    ("green_text", 7.3, 6.1, 8.7, 6.4),
]
PAIRS = [
    ("on_accent", "accent", 6.8, 5.2),
    ("on_accent", "accent_hover", 8.5, 4.8),
    ("red_text", "red_soft", 6.4, 6.7),
    ("amber_text", "amber_soft", 6.2, 7.2),
    ("green_text", "green_soft", 6.3, 7.0),
    ("accent_text", "accent_soft", 6.7, 5.9),
]


@pytest.mark.parametrize(("token", "surface", "worst", "dark_surface", "dark_worst"), TEXT)
def test_text_reads_on_every_ground(
    token: str, surface: float, worst: float, dark_surface: float, dark_worst: float
) -> None:
    for palette, on_surface, least in ((LIGHT, surface, worst), (DARK, dark_surface, dark_worst)):
        measured = [contrast(palette[token], palette[ground]) for ground in BACKGROUNDS]
        assert contrast(palette[token], palette["surface"]) == pytest.approx(on_surface, abs=0.06)
        assert min(measured) == pytest.approx(least, abs=0.06)
        assert min(measured) >= 4.5


@pytest.mark.parametrize(("token", "ground", "light", "dark"), PAIRS)
def test_pairs_read(token: str, ground: str, light: float, dark: float) -> None:
    assert contrast(LIGHT[token], LIGHT[ground]) == pytest.approx(light, abs=0.06)
    assert contrast(DARK[token], DARK[ground]) == pytest.approx(dark, abs=0.06)
    assert min(contrast(LIGHT[token], LIGHT[ground]), contrast(DARK[token], DARK[ground])) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_and_rings_are_seen(palette: dict[str, str]) -> None:
    edges = [
        ("line2", "surface"),
        ("line2", "field"),
        ("line2", "sunken"),
        ("focus", "surface"),
        ("focus", "rail"),
    ]
    edges += [("focus", "selected"), ("red", "field"), ("bar", "surface"), ("accent", "surface")]
    for edge, ground in edges:
        assert contrast(palette[edge], palette[ground]) >= 3.0, (edge, ground)


def test_the_toast_reads() -> None:
    for palette in (LIGHT, DARK):
        assert contrast(palette["on_toast"], palette["toast"]) >= 4.5
        assert contrast(palette["toast_link"], palette["toast"]) >= 4.5


def test_both_palettes_name_the_same_tokens() -> None:
    assert set(LIGHT) == set(DARK)
