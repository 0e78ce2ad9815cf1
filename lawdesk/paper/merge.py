"""Many PDFs put together as one: page stamps, bookmarks, page labels, attachments."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lawdesk.paper.cover import Cover
from lawdesk.paper.fonts import BOLD, register
from lawdesk.paper.sheet import MM

if TYPE_CHECKING:
    import pikepdf

_OPEN_AT_ONCE = 100  # files a process may surely hold open besides its own
_STAMP = (70.0, 14.0)
_STAMP_SIZE = 11.0
_EDGE = 8 * MM


@dataclass(frozen=True)
class Piece:
    """A sound PDF of ``pages`` pages, its bookmark, whether its pages carry numbers, and the original inside."""

    path: Path
    pages: int
    title: str
    numbered: bool = True
    attachment: Path | None = None
    attachment_name: str = ""


def assemble(
    pieces: Sequence[Piece], target: Path, *, title: str, cover: Cover, duplex: bool = False
) -> list[str]:
    """Write ``pieces`` one after the other to ``target``; return the names of the attached files.

    Equal input gives equal bytes. Files made on the way lie beside the first piece.
    """
    import pikepdf

    numbered = sum(piece.pages for piece in pieces if piece.numbered)
    stamps_path = pieces[0].path.with_name("stamps.pdf")
    with ExitStack() as stack:
        files = _joined([piece.path for piece in pieces])
        out = stack.enter_context(pikepdf.new())
        for path in files:
            out.pages.extend(stack.enter_context(pikepdf.open(path)).pages)
        if numbered:
            _draw_stamps(numbered, stamps_path, duplex=duplex)
            _stamp(out, stack.enter_context(pikepdf.open(stamps_path)), pieces, duplex)
        _describe(out, pieces, title, cover)
        names = _attach(out, pieces)
        out.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return names


def _joined(files: list[Path]) -> list[Path]:
    """Return the same pages in at most :data:`_OPEN_AT_ONCE` files; the joined ones lie beside the first."""
    import pikepdf

    folder = files[0].parent
    round_ = 0
    while len(files) > _OPEN_AT_ONCE:
        round_ += 1
        fewer: list[Path] = []
        for start in range(0, len(files), _OPEN_AT_ONCE):
            path = folder / f"joined-{round_}-{start}.pdf"
            with ExitStack() as stack:
                out = stack.enter_context(pikepdf.new())
                for item in files[start : start + _OPEN_AT_ONCE]:
                    out.pages.extend(stack.enter_context(pikepdf.open(item)).pages)
                out.save(path)
            fewer.append(path)
        files = fewer
    return files


def _draw_stamps(count: int, path: Path, *, duplex: bool) -> None:
    """Write one small page per number, to be laid over the pages; white edges keep it readable on dark scans."""
    from reportlab.pdfgen.canvas import Canvas

    register(BOLD)
    width, height = _STAMP
    canvas = Canvas(str(path), pagesize=_STAMP, invariant=1, initialFontName=BOLD)  # type: ignore[arg-type]  # stubs say float
    for number in range(1, count + 1):
        shift = canvas.stringWidth(str(number), BOLD, _STAMP_SIZE)
        left = duplex and number % 2 == 0
        x, y = (0 if left else width - shift), height - _STAMP_SIZE
        # The white edge is paint, not text: without the mark, "12" would be read and searched as "1212".
        canvas.addLiteral("/Span <</ActualText ()>> BDC")
        canvas.saveState()
        canvas.setLineWidth(2)
        edge = canvas.beginText(x, y)
        edge.setFont(BOLD, _STAMP_SIZE)
        edge.setTextRenderMode(2)
        edge.setFillGray(1)
        edge.setStrokeGray(1)
        edge.textOut(str(number))
        canvas.drawText(edge)
        canvas.restoreState()
        canvas.addLiteral("EMC")
        canvas.setFont(BOLD, _STAMP_SIZE)
        canvas.drawString(x, y, str(number))
        canvas.showPage()
    canvas.save()


def _stamp(out: pikepdf.Pdf, stamps: pikepdf.Pdf, pieces: Sequence[Piece], duplex: bool) -> None:
    import pikepdf

    place, number = 0, 0
    for piece in pieces:
        for index in range(place, place + piece.pages):
            if not piece.numbered:
                break
            number += 1
            page = out.pages[index]
            shape = out.copy_foreign(stamps.pages[number - 1].as_form_xobject())
            name = page.add_resource(shape, pikepdf.Name.XObject, pikepdf.Name(f"/LawDeskStamp{number}"))
            matrix = stamp_matrix(page, left=duplex and number % 2 == 0)
            words = " ".join(f"{value:.3f}" for value in matrix)
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(f"\nQ\nq {words} cm {name} Do Q".encode())
        place += piece.pages


def stamp_matrix(page: pikepdf.Page, *, left: bool) -> tuple[float, float, float, float, float, float]:
    """Return the matrix that puts the stamp into the corner a reader sees as the upper right (or left) one.

    Heeds the visible box and the rotation of the page (ISO 32000-1, 7.7.3.3).
    """
    x0, y0, x1, y1 = visible_box(page)
    turn = _rotation(page)
    wide, high = (y1 - y0, x1 - x0) if turn in (90, 270) else (x1 - x0, y1 - y0)
    u = _EDGE if left else wide - _EDGE - _STAMP[0]
    v = high - _EDGE - _STAMP[1]
    if turn == 90:
        return 0, 1, -1, 0, x1 - v, y0 + u
    if turn == 180:
        return -1, 0, 0, -1, x1 - u, y1 - v
    if turn == 270:
        return 0, -1, 1, 0, x0 + v, y1 - u
    return 1, 0, 0, 1, x0 + u, y0 + v


def visible_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return the box a reader sees: the crop box inside the media box, in points from left, bottom."""
    media = [float(value) for value in page.mediabox]
    try:
        crop = [float(value) for value in page.cropbox]
    except (TypeError, ValueError):
        crop = media
    x0, y0 = (
        max(min(media[0], media[2]), min(crop[0], crop[2])),
        max(min(media[1], media[3]), min(crop[1], crop[3])),
    )
    x1, y1 = (
        min(max(media[0], media[2]), max(crop[0], crop[2])),
        min(max(media[1], media[3]), max(crop[1], crop[3])),
    )
    if x1 - x0 < 1 or y1 - y0 < 1:
        return media[0], media[1], media[2], media[3]
    return x0, y0, x1, y1


def _rotation(page: pikepdf.Page) -> int:
    try:
        return int(page.obj.get("/Rotate", 0)) % 360
    except (TypeError, ValueError):
        return 0


def _describe(out: pikepdf.Pdf, pieces: Sequence[Piece], title: str, cover: Cover) -> None:
    """Set bookmarks, page labels, language and the title a reader shows."""
    import pikepdf
    from pikepdf import Dictionary, Name, OutlineItem, String

    labels: list[object] = []
    place, number = 0, 1
    with out.open_outline() as outline:
        for piece in pieces:
            outline.root.append(OutlineItem(piece.title, place, "Fit"))
            if piece.numbered:
                label = Dictionary(S=Name.D, St=number)
                number += piece.pages
            else:
                label = Dictionary(P=String(piece.title if piece.pages == 1 else f"{piece.title} "))
                if piece.pages > 1:
                    label.S = Name.D
            labels += [place, label]
            place += piece.pages
    out.Root.PageLabels = Dictionary(Nums=pikepdf.Array(labels))
    out.Root.PageMode = Name.UseOutlines
    out.Root.Lang = String(cover.language)
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    out.docinfo["/Title"] = title
    out.docinfo["/Author"] = cover.firm
    out.docinfo["/Creator"] = "LawDesk"


def _attach(out: pikepdf.Pdf, pieces: Sequence[Piece]) -> list[str]:
    from pikepdf import AttachedFileSpec

    names: list[str] = []
    for number, piece in enumerate(pieces, 1):
        if piece.attachment is None:
            continue
        name = piece.attachment_name or piece.attachment.name
        key = f"{number:03d} {name}"
        out.attachments[key] = AttachedFileSpec(
            out,
            piece.attachment.read_bytes(),
            filename=name,
            description=piece.title,
            mime_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            creation_date="",
            mod_date="",
        )
        names.append(name)
    return names
