"""Files that ship with LawDesk: rules, fonts, icons, translations, templates, samples."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def resource_root() -> Path:
    """Return the folder of shipped files: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "resources"
    return beside if beside.is_dir() else package / "resources"


def resource_path(*parts: str) -> Path:
    """Return the path of a shipped file.

    Raises ValueError when ``parts`` would climb out of the resource folder.
    """
    root = resource_root()
    path = root.joinpath(*parts).resolve()
    if not path.is_relative_to(root.resolve()):
        raise ValueError(f"not a resource: {parts!r}")
    return path


def load_rules(name: str) -> dict[str, Any]:
    """Return the content of ``resources/rules/<name>.toml``."""
    with resource_path("rules", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
