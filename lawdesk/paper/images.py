"""Scans and photographs fitted on A4 pages of a PDF."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_
from lawdesk.paper.sheet import A4, MM

if TYPE_CHECKING:
    from PIL.Image import Image
    from reportlab.pdfgen.canvas import Canvas

MAX_PIXELS = 80_000_000
"""Largest image that is opened: an A3 page at 600 dpi has 70 million pixels. More is refused as a likely bomb."""

MAX_FRAMES = 500
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
_MARGIN = 12 * MM
_DPI = 300
_ORIENTATION = 0x0112  # EXIF


def image_pdf(source: Path, target: Path) -> int:
    """Write the image ``source`` to the PDF ``target``, each frame (of a TIFF) on a page; return the pages.

    Wide images lie on landscape pages. Raises Refused when the image is too large or cannot be read.
    """
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(target), invariant=1)
    try:
        pages = _draw_frames(source, canvas)
    except Refused:
        raise
    except Exception as error:  # a damaged file makes the decoders raise anything
        raise Refused([Problem("image.unreadable", N_("The image is damaged and cannot be shown."))]) from error
    canvas.save()
    return pages


def _draw_frames(source: Path, canvas: Canvas) -> int:
    from PIL import Image, ImageSequence

    with warnings.catch_warnings():
        # Ours is the lower limit; Pillow's own warning would only repeat it.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(source, formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise _too_large("?") from error
        with picture:
            frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            if frames > MAX_FRAMES:
                raise _too_large(f"{frames} x")
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number == frames:
                    break
                if frame.width * frame.height > MAX_PIXELS:
                    raise _too_large(f"{frame.width} x {frame.height}")
                _draw(frame, canvas)
    return frames


def _too_large(size: str) -> Refused:
    message = N_("The image is too large to be opened safely ({size} pixels).")
    return Refused([Problem("image.too_large", message, params={"size": size})])


def _draw(frame: Image, canvas: Canvas) -> None:
    from PIL import ImageOps
    from reportlab.lib.utils import ImageReader

    if frame.getexif().get(_ORIENTATION, 1) != 1:
        frame = ImageOps.exif_transpose(frame)
    picture = _on_white(frame)
    page = (A4[1], A4[0]) if picture.width > picture.height else A4
    room = (page[0] - 2 * _MARGIN, page[1] - 2 * _MARGIN)
    scale = min(room[0] / picture.width, room[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    if scale < 72 / _DPI:
        picture = picture.resize((max(1, round(width * _DPI / 72)), max(1, round(height * _DPI / 72))))
    canvas.setPageSize(page)
    canvas.drawImage(ImageReader(_packed(picture)), (page[0] - width) / 2, (page[1] - height) / 2, width, height)
    canvas.showPage()


def _on_white(frame: Image) -> Image:
    """Return ``frame`` as black-and-white, grey or RGB; what was transparent becomes white paper."""
    from PIL import Image

    if frame.mode in ("L", "RGB"):
        return frame
    if frame.mode == "1":
        return frame.convert("L")  # smooth when made smaller
    if frame.has_transparency_data:
        layer = frame.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    if frame.mode.startswith("I;16"):
        return frame.point(lambda value: value / 256).convert("L")
    return frame.convert("RGB")


def _packed(picture: Image) -> Image:
    """Return ``picture`` as JPEG when it has many colours, so that photographs do not swell the file."""
    import io

    from PIL import Image

    if picture.mode == "L" or picture.getcolors(4096) is not None:
        return picture
    memory = io.BytesIO()
    picture.save(memory, "JPEG", quality=88)
    memory.seek(0)
    return Image.open(memory)
