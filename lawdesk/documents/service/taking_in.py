"""Taking in files and folders at once: what can be stored is stored, what cannot is named with its reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, LawDeskError, UserError
from lawdesk.kernel.files import file_failure
from lawdesk.kernel.i18n import N_

Outcome = Literal["added", "version", "same"]
Told = Callable[["Step"], None]
_DROPPINGS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True)
class Added:
    """What became of one file: a new document, a new version of one, or nothing because it is there already."""

    document_id: int
    number: int
    outcome: Outcome


@dataclass(frozen=True)
class Step:
    """Where taking in stands: the file, its place among all, bytes done and bytes in all."""

    name: str
    file: int
    files: int
    done: int
    total: int


@dataclass(frozen=True)
class NotTaken:
    """A file or folder that could not be taken in, and why."""

    name: str
    error: LawDeskError


@dataclass(frozen=True)
class TakenIn:
    """What taking in did. ``stopped``: somebody stopped it; what was stored before stays."""

    added: tuple[Added, ...]
    refused: tuple[NotTaken, ...] = ()
    stopped: bool = False

    def ids(self, outcome: Outcome | None = None) -> tuple[int, ...]:
        """Return the documents, all or those with one outcome."""
        return tuple(row.document_id for row in self.added if outcome is None or row.outcome == outcome)


def files_of(paths: Sequence[Path]) -> tuple[list[Path], list[NotTaken]]:
    """Return the files that dropped files and folders stand for, and the folders that cannot be read.

    Hidden files, Word's lock files and what systems leave in folders stay out. Links in folders are not
    followed: a folder somebody sent could name a file of this PC, which would then go to others with the case.
    """
    files: list[Path] = []
    refused: list[NotTaken] = []

    def unreadable(error: OSError) -> None:
        place = Path(str(error.filename))
        refused.append(NotTaken(place.name, file_failure(error, place)))

    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for folder, below, names in os.walk(path, onerror=unreadable):
            below[:] = sorted(name for name in below if not _dropping(name))
            for place in (Path(folder) / name for name in sorted(names) if not _dropping(name)):
                if place.is_symlink():
                    refused.append(NotTaken(place.name, _link(place)))
                else:
                    files.append(place)
    return files, refused


def take_in(
    files: Sequence[Path],
    store: Callable[[Path, Callable[[int, int | None], None]], Added],
    *,
    tell: Told | None = None,
    cancel: Callable[[], bool] | None = None,
) -> TakenIn:
    """Store ``files`` in order with ``store(path, progress)``; one that fails does not stop the rest."""
    sizes = [_size(path) for path in files]
    added: list[Added] = []
    refused: list[NotTaken] = []
    before = 0
    for number, (path, size) in enumerate(zip(files, sizes, strict=True), start=1):

        def progress(done: int, _all: int | None, *, name: str = path.name, at: int = number) -> None:
            if tell is not None:
                tell(Step(name, at, len(files), before + done, sum(sizes)))  # noqa: B023 - called in this round

        if cancel is not None and cancel():
            return TakenIn(tuple(added), tuple(refused), stopped=True)
        try:
            progress(0, size)
            added.append(store(path, progress))
        except Cancelled:
            return TakenIn(tuple(added), tuple(refused), stopped=True)
        except LawDeskError as error:
            refused.append(NotTaken(path.name, error))
            if isinstance(error, EnvironmentFailure) and error.code in ("disk.full", "file.disk_full"):
                break  # every further file would fail the same way
        before += size
    return TakenIn(tuple(added), tuple(refused))


def _link(place: Path) -> UserError:
    return UserError(
        "document.link",
        N_("{name} was not added."),
        N_("It is a link to a file in another place, not a file of this folder."),
        N_("Add the file itself if you know it and want it in the case."),
        name=place.name,
    )


def _dropping(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _DROPPINGS


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
