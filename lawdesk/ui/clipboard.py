"""Copying identifying numbers: no history of clipboards is to keep them, and they go by themselves."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

CLEAR_AFTER_MS = 45_000
_WINDOWS = 'application/x-qt-windows-mime;value="{name}"'
SECRET_MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    _WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"): b"\x01\x00\x00\x00",
    _WINDOWS.format(name="CanIncludeInClipboardHistory"): b"\x00\x00\x00\x00",
    _WINDOWS.format(name="CanUploadToCloudClipboard"): b"\x00\x00\x00\x00",
    "org.nspasteboard.ConcealedType": b"",
}
"""What tells keepers of clipboard histories to leave it alone: KDE, Windows, macOS. They are asked, not forced."""


class _Keeper(QObject):
    """Remembers the secret that lies on the clipboard, and takes it away."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(clear_secret)


_kept: list[_Keeper] = []


def copy_secret(text: str, *, clear_after_ms: int = CLEAR_AFTER_MS) -> None:
    """Put an identifying number on the clipboard, marked as secret; it is cleared after a while and on locking."""
    data = QMimeData()
    data.setText(text)
    for mark, value in SECRET_MARKS.items():
        data.setData(mark, value)
    if not _kept:
        _kept.append(_Keeper())
    QGuiApplication.clipboard().setMimeData(data)
    _kept[0].text = text
    _kept[0].timer.start(clear_after_ms)


def clear_secret() -> None:
    """Take the secret off the clipboard, if it is still there; what somebody copied since stays."""
    if not _kept or not _kept[0].text:
        return
    keeper, clipboard = _kept[0], QGuiApplication.clipboard()
    if clipboard.text() == keeper.text:
        clipboard.clear()
    keeper.text = ""
    keeper.timer.stop()
