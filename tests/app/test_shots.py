"""Pictures of every page of a small office: for the README, and for eyes that compare."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from lawdesk.app.shots import Look, take_shots
from tests.app.conftest import Lived
from tests.offices import PASSPHRASE

PAGES = {
    "today", "new-case", "conflicts", "deadlines", "deadlines-month", "time", "settings-people", "settings-backup",
    "palette", "locked",
}  # fmt: skip


def test_every_page_makes_a_picture_that_can_be_looked_at(
    qtbot: QtBot, lived: Lived, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAWDESK_PASSPHRASE", PASSPHRASE)
    look = Look("en", "dark", 1366, 768)
    made = [Path(path) for path in take_shots(lived.place, str(tmp_path / "shots"), [look])]
    assert {path.name.removesuffix(f"-{look.name}.png") for path in made} >= PAGES
    seen = set()
    for path in made:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1366, 768), path.name
        colours = {image.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(colours) > 12, f"{path.name} is empty"
        seen.add(path.read_bytes())
    assert len(seen) == len(made), "no two pages look alike"
