"""Texts that a spreadsheet would take for a formula (CWE-1236), on their way out and back in."""

from __future__ import annotations

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a formula begins with, for Excel, WPS or LibreOffice."""


def guard_formula(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula: an apostrophe is put before it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """Return what :func:`guard_formula` was given: what we wrote reads back as it was."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text
