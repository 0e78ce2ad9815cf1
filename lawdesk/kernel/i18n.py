"""Words in the user's language: source strings are English, Chinese comes from ``.po`` files.

Every package has its own file ``resources/translations/zh_CN/<package>.po``; they are read together when
Chinese is first used (a few milliseconds; no build step, so a checkout is always complete).

Use ``_("Save")`` where the words are needed now and ``N_("Save")`` where they are only named (enums,
tables, errors) and translated later. Placeholders are named: ``_("{count} hits").format(count=3)``.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from lawdesk.kernel.resources import resource_path

LANGUAGES = ("zh", "en")
CONTEXT_MARK = "\x04"

_language = "zh"
_listeners: list[Callable[[str], None]] = []


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark ``text`` for translation and return it unchanged."""
    return text


def _(text: str) -> str:
    """Return ``text`` in the current language; English (the source) where no translation exists."""
    if _language == "en" or not text:
        return text
    return _catalog("zh_CN").get(text, text)


def pgettext(context: str, text: str) -> str:
    """Return ``text`` as translated for ``context`` (for words such as "open" that need two translations)."""
    if _language == "en":
        return text
    return _catalog("zh_CN").get(f"{context}{CONTEXT_MARK}{text}", text)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of the phrase that suits ``count``; Chinese has one form, kept under ``one``."""
    if _language == "en":
        return one if count == 1 else many
    return _catalog("zh_CN").get(one, one if count == 1 else many)


def language() -> str:
    """Return the language in use: ``"zh"`` or ``"en"``."""
    return _language


def listed(parts: Iterable[str]) -> str:
    """Return several things as one line, empty ones left out: 甲、乙 / A, B."""
    return ("、" if _language == "zh" else ", ").join(part for part in parts if part)


def set_language(code: str) -> None:
    """Switch the language at run time and tell everybody who asked with :func:`on_language_change`.

    Raises ValueError for a language LawDesk does not have.
    """
    global _language
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code!r}")
    if code == _language:
        return
    _language = code
    for listener in list(_listeners):
        listener(code)


def on_language_change(listener: Callable[[str], None]) -> Callable[[], None]:
    """Call ``listener(code)`` after each switch; the returned function ends that."""
    _listeners.append(listener)

    def stop() -> None:
        if listener in _listeners:
            _listeners.remove(listener)

    return stop


def system_language() -> str:
    """Return the language the system asks for; Chinese unless it clearly asks for another one."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and value not in ("C", "POSIX", "C.UTF-8"):
            return "zh" if value.lower().startswith("zh") else "en"
    return "zh"


@cache
def _catalog(locale: str) -> dict[str, str]:
    folder = resource_path("translations", locale)
    messages: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        messages.update(entry for entry in read_po(path) if entry[1])
    return messages


def read_po(path: Path) -> Iterator[tuple[str, str]]:
    """Yield ``(msgid, msgstr)`` of a ``.po`` file; a context is joined with :data:`CONTEXT_MARK`.

    Fuzzy entries are left out; of plural entries the first form is taken (Chinese has only one).
    """
    fields: dict[str, str] = {}
    current = ""
    fuzzy = False

    def entry() -> Iterator[tuple[str, str]]:
        text = fields.get("msgstr", fields.get("msgstr[0]", ""))
        key = fields.get("msgid", "")
        if key and not fuzzy:
            context = fields.get("msgctxt")
            yield (f"{context}{CONTEXT_MARK}{key}" if context is not None else key), text

    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            if fields and (not line or "msgstr" in fields or "msgstr[0]" in fields):
                yield from entry()
                fields, current, fuzzy = {}, "", False
            if line.startswith("#,") and "fuzzy" in line:
                fuzzy = True
        elif line.startswith('"'):
            fields[current] += _unquoted(line)
        else:
            current, _space, rest = line.partition(" ")
            fields[current] = _unquoted(rest.strip())
    if fields:
        yield from entry()


def _unquoted(text: str) -> str:
    """Return what stands in quotes; the parser is asked only where there is something to parse."""
    if "\\" in text or text[:1] != '"' or text[-1:] != '"' or len(text) < 2:
        return str(ast.literal_eval(text))
    return text[1:-1]
