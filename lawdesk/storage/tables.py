"""Loads every feature's tables, so that foreign keys between them resolve and migrations see them all."""

from __future__ import annotations

from importlib import import_module

MODELS = tuple(f"lawdesk.storage.{name}" for name in ("audit", "state", "search", "vault_table"))
FEATURES = ("firm", "cases", "conflicts", "deadlines", "timesheet", "documents", "privacy")


def load_all_tables() -> None:
    """Import the module of every table by name: storage knows that features exist, not what they hold."""
    from importlib.util import find_spec

    for name in (*MODELS, *(f"lawdesk.{feature}.model" for feature in FEATURES)):
        if find_spec(name) is not None:
            import_module(name)
