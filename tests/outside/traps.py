"""Files made to do harm, as the tests of the door make them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(12)
)
LAUGHING = f"{LAUGHS}]>"


def changed(path: Path, part: str, change: Callable[[bytes], bytes], target: Path) -> Path:
    """Write the archive again with one part changed."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return target


def with_prolog(content: bytes, prolog: str) -> bytes:
    head, mark, rest = content.partition(b"?>")
    return head + mark + prolog.encode() + rest if mark else prolog.encode() + content
