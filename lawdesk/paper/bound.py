"""The bound file: cover, file index, all parts, stamped, with bookmarks and the originals inside, as one PDF.

Page numbers follow the rules for lawyers' case files (司法部、国家档案局《律师业务档案立卷归档办法》, 1991): the
documents are numbered through, upper right corner on a front page and, when printed on both sides, upper left on a
back page; cover, file index and closing note (备考表) carry no number.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from lawdesk.kernel.errors import Cancelled
from lawdesk.kernel.files import atomic_path
from lawdesk.kernel.i18n import _
from lawdesk.outside import Reader
from lawdesk.paper.cover import Cover, IndexEntry, draw_cover, draw_index
from lawdesk.paper.libreoffice import find_soffice
from lawdesk.paper.merge import Piece
from lawdesk.paper.parts import ATTACH_LIMIT, Part, Prepared, Preparer, paper_limits

_PRELOAD = ("pikepdf", "lawdesk.paper.parts", "lawdesk.paper.merge")
Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""


@dataclass(frozen=True)
class BoundFile:
    """What :func:`bind` made. ``pages`` counts all pages, cover and index among them."""

    path: Path
    pages: int
    entries: tuple[IndexEntry, ...]
    attached: tuple[str, ...]
    """Names of the originals inside the PDF."""
    notices: tuple[str, ...]
    """Titles of the parts that are only listed, because they could not be shown."""


def bind(
    cover: Cover,
    parts: Sequence[Part],
    target: Path,
    *,
    duplex: bool = False,
    soffice: str | None = "",
    attach_limit: int = ATTACH_LIMIT,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> BoundFile:
    """Bind ``parts`` behind ``cover`` and a file index into the PDF ``target``.

    ``duplex`` puts the numbers of even pages at the left. ``soffice`` names the LibreOffice program ("" looks for
    it, None goes without). Files larger than ``attach_limit`` bytes are not put inside. ``progress`` hears of each
    part; ``cancel`` is asked between parts. No part can break the file: see :mod:`lawdesk.paper.parts`.
    Raises Cancelled, and EnvironmentFailure when the file cannot be written; the old file stands then.
    """
    with (
        ExitStack() as stack,
        tempfile.TemporaryDirectory(prefix="lawdesk-bind-") as name,
        atomic_path(target) as temporary,
    ):
        folder = Path(name)
        reader = stack.enter_context(Reader(paper_limits(folder, temporary), _PRELOAD))
        preparer = Preparer(folder, reader, find_soffice() if soffice == "" else soffice, attach_limit)
        prepared: list[Prepared] = []
        for number, part in enumerate(parts):
            _check(cancel)
            prepared.append(preparer.prepare(part, cancel))
            if progress:
                progress(number + 1, len(parts) + 1)
        entries = _entries(prepared)
        front = _front(cover, prepared, entries, folder)
        _check(cancel)
        pieces = [*front, *(_piece(item) for item in prepared)]
        attached = reader.ask(
            "lawdesk.paper.merge:assemble",
            pieces,
            temporary.absolute(),
            title=f"{cover.number} {cover.title}",
            cover=cover,
            duplex=duplex,
            name=target.name,
            cancel=cancel,
        )
        if progress:
            progress(len(parts) + 1, len(parts) + 1)
    return BoundFile(
        path=target,
        pages=sum(piece.pages for piece in pieces),
        entries=tuple(entries),
        attached=tuple(attached),
        notices=tuple(item.part.title for item in prepared if item.notice),
    )


def _check(cancel: Callable[[], bool] | None) -> None:
    if cancel and cancel():
        raise Cancelled


def _entries(prepared: Sequence[Prepared]) -> list[IndexEntry]:
    entries: list[IndexEntry] = []
    page = 1
    for item in prepared:
        part = item.part
        first, last = (page, page + item.pages - 1) if part.numbered else (0, 0)
        if part.indexed:
            note = "；".join(word for word in (part.note, item.remark) if word)
            entries.append(IndexEntry(len(entries) + 1, part.title, part.day, first, last, note))
        page += item.pages if part.numbered else 0
    return entries


def _front(cover: Cover, prepared: Sequence[Prepared], entries: list[IndexEntry], folder: Path) -> list[Piece]:
    pages = sum(item.pages for item in prepared if item.part.numbered)
    cover_path, index_path = folder / "cover.pdf", folder / "index.pdf"
    covers = draw_cover(cover, cover_path, pages=pages, parts=len(entries))
    indexes = draw_index(entries, cover.number, index_path)
    return [
        Piece(cover_path, covers, _("Cover"), numbered=False),
        Piece(index_path, indexes, _("File index"), numbered=False),
    ]


def _piece(item: Prepared) -> Piece:
    part = item.part
    return Piece(item.path, item.pages, part.title, part.numbered, item.attachment, part.file_name)
