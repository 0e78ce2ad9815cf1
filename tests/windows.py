"""Qt in tests: off screen, fresh settings, no Qt warning and no window left behind unnoticed."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from lawdesk.kernel import i18n

_QT_FIXTURES = {"qtbot", "qapp", "themed"}
_HARMLESS = (
    "This plugin does not support",  # what the offscreen platform cannot do
    "propagateSizeHints",
    "Could not connect to any X display",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses Qt's fixtures carries the mark ``gui``, so that it can be left out with ``-m "not gui"``."""
    for item in items:
        if _QT_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.gui)


gc.disable()  # as the program does: Qt's objects must die on the thread they live on, not on a worker


@pytest.fixture(autouse=True)
def _collect_cycles() -> Iterator[None]:
    """Collect between the tests, on this thread, what Python would have collected meanwhile."""
    yield
    gc.disable()
    for generation, limit in reversed(list(enumerate(gc.get_threshold()))):
        if gc.get_count()[generation] > limit:
            gc.collect(generation)
            break


@pytest.fixture(autouse=True)
def fresh_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test has its own settings file and begins and ends in Chinese."""
    monkeypatch.setenv("LAWDESK_CONFIG", str(tmp_path / "config"))
    i18n.set_language("zh")
    yield
    i18n.set_language("zh")


@pytest.fixture(autouse=True)
def _clean_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a GUI test that makes Qt warn or leaves a top-level widget behind."""
    if not _QT_FIXTURES & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    said: list[str] = []

    def heard(kind: QtMsgType, _context: object, text: str) -> None:
        bad = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        if bad and not any(part in text for part in _HARMLESS):
            said.append(text)

    before = {id(widget) for widget in QApplication.topLevelWidgets()} if QApplication.instance() else set()
    old = qInstallMessageHandler(heard)
    yield
    qInstallMessageHandler(old)
    app = QApplication.instance()
    if app is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        left = [w for w in QApplication.topLevelWidgets() if id(w) not in before and w.isVisible()]
        names = [f"{type(widget).__name__} {widget.objectName()}" for widget in left]
        for widget in left:
            widget.close()
        assert not names, f"widgets left behind: {names}"
    assert not said, f"Qt warned: {said}"
