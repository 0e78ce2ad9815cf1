"""``python -m lawdesk``: without a command the window, with one the command line."""

from __future__ import annotations

import sys

WINDOW_OPTIONS = {"--office"}


def main() -> int:
    """Run LawDesk; return its exit code."""
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 2 and arguments[0] in WINDOW_OPTIONS):
        from lawdesk.app import main as window

        return window(place=arguments[1] if arguments else "")
    from lawdesk.cli import main as command

    return command(arguments, show_window=_show_window, take_shots=_take_shots)


def _show_window(place: str) -> int:
    from lawdesk.app import main as window

    return window(place=place)


def _take_shots(place: str, target: str) -> list[str]:
    from lawdesk.app.shots import take_shots

    return take_shots(place, target)


if __name__ == "__main__":
    sys.exit(main())
