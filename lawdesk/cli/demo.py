"""``lawdesk demo``: a fictional firm, the main job played on it, everything it made named."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cli.session import note, say
from lawdesk.kernel.i18n import N_, _


@dataclass
class Hooks:
    """What the program hands in, because nothing here may know Qt: open the window, picture the pages."""

    show: Callable[[str], int] | None = None
    shots: Callable[[str, str], list[str]] | None = None


WINDOW = Hooks()
DEMO_HELP = N_("Make a fictional firm, play the main job on it, show what it made, open the window.")


def demo(
    folder: Annotated[Path | None, typer.Option("--dir", help=N_("Where to put it; a new folder."))] = None,
    headless: Annotated[bool, typer.Option("--headless", help=N_("Do not open the window."))] = False,
) -> None:
    """Make a fictional firm with real rules, play the main job on it, show what it made, open the window."""
    from lawdesk.demo import DEMO_LOGIN, DEMO_PASSPHRASE, build_demo

    place = folder or Path("demo-office")
    made = build_demo(place, note)
    os.environ.update(LAWDESK_PASSPHRASE=DEMO_PASSPHRASE, LAWDESK_USER=DEMO_LOGIN)
    if WINDOW.shots is not None:
        note(_("Taking pictures of the pages …"))
        try:
            pictures = WINDOW.shots(str(made.office), str(made.folder / "screenshots"))
            made.files.extend(Path(path) for path in pictures)
        except RuntimeError as error:  # a PC without Qt's system libraries: everything else is there
            note(_("No pictures: {reason}").format(reason=error))
    for line in made.story:
        say(line)
    say("")
    say(_("Counts: {counts}").format(counts=", ".join(f"{name} {count}" for name, count in made.counts.items())))
    say(_("Files made:"))
    for path in made.files:
        say(f"  {path}  ({path.stat().st_size:,} B)")
    say(_("Office: {place}   passphrase: {passphrase}").format(place=made.office, passphrase=DEMO_PASSPHRASE))
    if headless or WINDOW.show is None or not has_display():
        return
    WINDOW.show(str(made.office))


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
