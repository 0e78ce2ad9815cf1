"""What LawDesk is made of, shown in About: libraries with their licence and version, fonts, icons.

The list says what ``ARCHITECTURE.md`` says under "What ships"; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata

from lawdesk.kernel.resources import resource_path

LIBRARIES: tuple[tuple[str, str], ...] = (
    ("alembic", "MIT"),
    ("argon2-cffi", "MIT"),
    ("cryptography", "Apache-2.0 or BSD-3-Clause"),
    ("keyring", "MIT"),
    ("openpyxl", "MIT"),
    ("pikepdf", "MPL-2.0"),
    ("pillow", "MIT-CMU"),
    ("psycopg", "LGPL-3.0-only, used as a library"),
    ("psycopg-binary", "LGPL-3.0-only, used as a library"),
    ("pyside6-essentials", "LGPL-3.0-only, used as a library"),
    ("shiboken6", "LGPL-3.0-only, used as a library"),
    ("python-docx", "MIT"),
    ("reportlab", "BSD-3-Clause"),
    ("rich", "MIT"),
    ("sqlalchemy", "MIT"),
    ("sqlcipher3", "Zlib (SQLCipher BSD-3-Clause, OpenSSL Apache-2.0)"),
    ("sqlmodel", "MIT"),
    ("typer", "MIT"),
    ("tzdata", "Apache-2.0"),
    ("annotated-doc", "MIT"),
    ("annotated-types", "MIT"),
    ("argon2-cffi-bindings", "MIT"),
    ("backports-tarfile", "MIT"),
    ("cffi", "MIT-0"),
    ("charset-normalizer", "MIT"),
    ("colorama", "BSD-3-Clause"),
    ("et-xmlfile", "MIT"),
    ("importlib-metadata", "Apache-2.0"),
    ("jaraco-classes", "MIT"),
    ("jaraco-context", "MIT"),
    ("jaraco-functools", "MIT"),
    ("jeepney", "MIT"),
    ("lazy-importer", "Apache-2.0"),
    ("lxml", "BSD-3-Clause"),
    ("mako", "MIT"),
    ("markdown-it-py", "MIT"),
    ("markupsafe", "BSD-3-Clause"),
    ("mdurl", "MIT"),
    ("more-itertools", "MIT"),
    ("packaging", "Apache-2.0 or BSD-2-Clause"),
    ("pycparser", "BSD-3-Clause"),
    ("pydantic", "MIT"),
    ("pydantic-core", "MIT"),
    ("pygments", "BSD-2-Clause"),
    ("pywin32-ctypes", "BSD-3-Clause"),
    ("secretstorage", "BSD-3-Clause"),
    ("shellingham", "ISC"),
    ("typing-extensions", "PSF-2.0"),
    ("typing-inspection", "MIT"),
    ("zipp", "MIT"),
)
"""Every library that ships: its name and licence."""
PARTS = (
    ("Noto Sans SC", "SIL Open Font License 1.1", ("fonts", "OFL.txt")),
    ("BabelStone Han, 33,149 rare characters", "Arphic Public License", ("fonts", "ARPHICPL.txt")),
    ("Hanazono Mincho B, 34,353 rare characters", "Hanazono font licence", ("fonts", "HANAZONO.txt")),
    ("Lucide", "ISC, in part MIT (Feather)", ("icons", "LICENSE")),
)
"""Fonts and icons: name, licence, and where the text lies in the resources."""


@dataclass(frozen=True)
class PartShown:
    """A library, font or icon set: name, version ("" when it has none), licence, and where its text lies."""

    name: str
    version: str
    licence: str
    resource: tuple[str, ...] = ()


def parts() -> list[PartShown]:
    """Return everything LawDesk is made of, as far as it is installed here. Reads files: on the worker."""
    made = [PartShown(name, "", licence, place) for name, licence, place in PARTS]
    for name, licence in LIBRARIES:
        try:
            made.append(PartShown(name, metadata.version(name), licence))
        except metadata.PackageNotFoundError:
            continue  # for another system or another Python
    return made


def licence_text(part: PartShown) -> str:
    """Return the full text of a part's licence, "" where its package brings none. Reads files: on the worker."""
    if part.resource:
        return resource_path(*part.resource).read_text(encoding="utf-8")
    texts = []
    for file in metadata.files(part.name) or ():
        word = file.name.upper()
        if word.startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE")) and not word.endswith((".PY", ".PYC")):
            try:
                texts.append(file.read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError):
                continue
    return "\n\n".join(dict.fromkeys(texts))
