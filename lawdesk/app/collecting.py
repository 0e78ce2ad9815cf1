"""Python's cycle collector, on the GUI thread only."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_MS = 1000
BEGIN_AFTER_MS = 3000


class Collector(QObject):
    """Collects cycles when enough has gathered, always on the GUI thread.

    Left to itself Python collects on whichever thread happens to allocate, also on the database worker. A page
    that is gone hangs in such cycles, and Qt's objects must die on the thread they live on: timers cannot be
    stopped from another one, and a widget destroyed there may end the program.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(collect_here)

    def begin(self) -> None:
        """The start is over: what was made by then is left alone, what comes is looked through from now on."""
        gc.freeze()
        self._timer.start()

    def close(self) -> None:
        """Give the collector back to Python; the workers must have ended."""
        self._timer.stop()
        gc.enable()


def collect_here() -> None:
    """Collect on this thread what Python would have collected by now."""
    counts, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > limits[generation]:
            gc.collect(generation)
            return
