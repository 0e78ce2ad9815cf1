"""Chinese input on Linux: the Qt that comes with us has no fcitx5 plug-in, its ibus one reaches fcitx5 too."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

import PySide6


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """Send Qt to fcitx5's ibus front end where fcitx is asked for and its own plug-in is missing."""
    asked = environment.get("QT_IM_MODULE", "") or environment.get("XMODIFIERS", "")
    if "fcitx" not in asked:
        return
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    if not any("fcitx" in plugin.name for plugin in plugins.glob("*")):
        environment["QT_IM_MODULE"] = "ibus"
