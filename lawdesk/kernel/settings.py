"""What one person prefers on one PC: language, theme, text size, window. Never anything about a client.

Settings are declared once, in :data:`SETTINGS`; the settings page is drawn from that table. They live in a small
JSON file in the person's configuration folder. A value that breaks its declaration falls back to the default; a
file that cannot be read is put aside (``settings.json.broken``) and the defaults are used: LawDesk always starts.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from lawdesk.kernel.i18n import N_

Kind = Literal["text", "number", "switch", "choice", "state"]
Listener = Callable[[str, Any], None]


@dataclass(frozen=True)
class Setting:
    """One declared setting.

    ``kind``: ``text``, ``number`` (whole, ``minimum`` to ``maximum``), ``switch`` (bool), ``choice`` (a key of
    ``choices``, pairs of key and marked label) or ``state`` (what the window remembers by itself; never shown).
    """

    key: str
    default: Any
    kind: Kind
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def accept(self, value: Any) -> Any:
        """Return ``value`` if it fits the declaration.

        Raises ValueError when it does not.
        """
        if self.kind == "switch":
            fits = isinstance(value, bool)
        elif self.kind == "number":
            fits = isinstance(value, int) and not isinstance(value, bool)
            fits = fits and (self.minimum is None or value >= self.minimum)
            fits = fits and (self.maximum is None or value <= self.maximum)
        elif self.kind == "choice":
            fits = value in [key for key, _label in self.choices]
        else:
            fits = isinstance(value, str)
        if not fits:
            raise ValueError(f"{self.key}: {value!r} does not fit")
        return value


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "language",
        "system",
        "choice",
        N_("Language"),
        (("system", N_("As the system")), ("zh", "中文"), ("en", "English")),
    ),
    Setting(
        "theme",
        "system",
        "choice",
        N_("Appearance"),
        (("system", N_("As the system")), ("light", N_("Light")), ("dark", N_("Dark"))),
    ),
    Setting("text_size", 100, "number", N_("Text size (%)"), minimum=100, maximum=200),
    Setting(
        "density",
        "comfortable",
        "choice",
        N_("List density"),
        (("comfortable", N_("Two lines")), ("compact", N_("One line"))),
    ),
    Setting("reduced_motion", False, "switch", N_("No motion")),
    Setting(
        "auto_lock_minutes", 15, "number", N_("Lock after minutes without use (0: never)"), minimum=0, maximum=480
    ),
    Setting("last_office", "", "state"),
    Setting("last_login", "", "state"),
    Setting("last_page", "", "state"),
    Setting("window", "", "state"),
)


def config_folder() -> Path:
    """Return the folder for settings: ``LAWDESK_CONFIG``, or the platform's place. It may not exist yet."""
    if given := os.environ.get("LAWDESK_CONFIG"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "LawDesk"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "LawDesk"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "lawdesk"


class Settings:
    """The settings of one person on one PC. Used from one thread."""

    def __init__(self, path: Path | None = None, declared: tuple[Setting, ...] = SETTINGS) -> None:
        self.path = path if path is not None else config_folder() / "settings.json"
        self._declared = {setting.key: setting for setting in declared}
        self._listeners: list[Listener] = []
        self._values: dict[str, Any] = {}
        self._unknown: dict[str, Any] = {}
        self._load()

    def declared(self) -> tuple[Setting, ...]:
        """Return the declarations, in their order."""
        return tuple(self._declared.values())

    def declaration(self, key: str) -> Setting:
        """Return the declaration of ``key``. Raises KeyError for an undeclared one."""
        return replace(self._declared[key])

    def get(self, key: str) -> Any:
        """Return the value of ``key``, or its default. Raises KeyError for an undeclared one."""
        return self._values.get(key, self._declared[key].default)

    def text(self, key: str) -> str:
        """Return a text, choice or state setting."""
        return str(self.get(key))

    def number(self, key: str) -> int:
        """Return a number setting."""
        return int(self.get(key))

    def switch(self, key: str) -> bool:
        """Return a switch setting."""
        return bool(self.get(key))

    def set(self, key: str, value: Any) -> None:
        """Keep ``value`` on disk and tell the listeners.

        Raises KeyError for an undeclared key, ValueError for a value that does not fit and OSError when the file
        cannot be written; then the old value stays.
        """
        accepted = self._declared[key].accept(value)
        if accepted == self.get(key):
            return
        before = dict(self._values)
        self._values[key] = accepted
        try:
            self._save()
        except OSError:
            self._values = before
            raise
        for listener in list(self._listeners):
            listener(key, accepted)

    def reset(self, key: str) -> None:
        """Go back to the default of ``key``."""
        self.set(key, self._declared[key].default)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener(key, value)`` after each change; the returned function ends that."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def _load(self) -> None:
        try:
            raw = json.loads(self.path.read_text(encoding="utf-8"))
            if not isinstance(raw, dict):
                raise ValueError("not an object")
        except FileNotFoundError:
            return
        except (ValueError, OSError):
            self._put_aside()
            return
        for key, value in raw.items():
            setting = self._declared.get(key)
            if setting is None:
                self._unknown[key] = value  # a newer LawDesk wrote it; it is kept for that one
                continue
            try:
                self._values[key] = setting.accept(value)
            except ValueError:
                continue

    def _put_aside(self) -> None:
        try:
            self.path.replace(self.path.with_name(self.path.name + ".broken"))
        except OSError:
            return  # unreadable and unmovable: the defaults are used, writing will say what is wrong

    def _save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.path.with_name(self.path.name + ".new")
        text = json.dumps({**self._unknown, **self._values}, ensure_ascii=False, indent=2, sort_keys=True)
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path)
