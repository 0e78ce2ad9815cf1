"""What changed, said once after the transaction is on disk; pages listen and redraw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Changed:
    """One committed change.

    ``subject`` is the kind of thing (``case``, ``party``, ``deadline``, ``time_entry`` ...), ``action`` what was
    done in past tense (``opened``, ``renamed`` ...), ``ids`` the rows, ``case_ids`` the cases they belong to.
    """

    subject: str
    action: str
    ids: tuple[int, ...] = ()
    case_ids: tuple[int, ...] = ()


Listener = Callable[[Changed], None]


class Announcer:
    """Passes on what changed. Called on the thread that wrote; the window moves it to its own thread."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` for every change; the returned function ends that."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def announce(self, change: Changed) -> None:
        """Tell everybody about ``change``."""
        for listener in list(self._listeners):
            listener(change)
