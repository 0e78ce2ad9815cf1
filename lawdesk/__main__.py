"""``python -m lawdesk``: without a command the window, with one the command line."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

WINDOW_OPTIONS = {"--office"}


def main() -> int:
    """Run LawDesk; return its exit code."""
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 2 and arguments[0] in WINDOW_OPTIONS):
        return load_window()(place=arguments[1] if arguments else "")
    from lawdesk.cli import main as command

    return command(arguments, show_window=_show_window, take_shots=_take_shots)


def load_window() -> Callable[..., int]:
    """Import the desktop program and return its ``main``.

    Python's cycle collector rests meanwhile: a thousand classes are made and none goes away, yet it would look
    through all of them again and again, for a tenth of the whole start. The program wakes it.
    """
    gc.disable()
    from lawdesk.app import main as window

    return window


def _show_window(place: str) -> int:
    return load_window()(place=place)


def _take_shots(place: str, target: str) -> list[str]:
    from lawdesk.app.shots import take_shots

    return take_shots(place, target)


if __name__ == "__main__":
    sys.exit(main())
