"""What goes into a bound file, made ready: every part becomes a sound PDF, or a page that says why it could not.

Nothing in a part can break the file: a damaged, locked or unknown file is listed on a page of its own and travels
as an attachment inside the PDF. Files are opened by a reader (:mod:`lawdesk.outside`), never in this process.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lawdesk.kernel.errors import Refused, UserError, describe
from lawdesk.kernel.i18n import N_, _
from lawdesk.outside import Limits, Reader
from lawdesk.paper.blocks import Facts, Text, TextDocument, draw_document
from lawdesk.paper.images import image_pdf
from lawdesk.paper.libreoffice import SUFFIXES, convert_to_pdf, find_soffice

if TYPE_CHECKING:
    import pikepdf

ATTACH_LIMIT = 64 * 1024 * 1024
"""Largest file that is put inside the PDF; larger ones are listed only."""

Sort = Literal["pdf", "image", "word", "other"]
_DANGEROUS = (
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/GoToR",
    "/Rendition",
    "/RichMediaExecute",
)
_IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\0", b"MM\0*", b"BM", b"GIF8")

_NO_PAGES = N_("The PDF is damaged and cannot be read.")
_LOCKED = N_("The PDF is locked with a password.")
_NO_OFFICE = N_("Word files are bound in when LibreOffice is installed on this PC.")
_NOT_CONVERTED = N_("LibreOffice could not turn this file into pages.")
_NOT_PRINTABLE = N_("A file of this kind cannot be shown on paper.")
_REPAIRED = N_("damaged, read as far as possible")
_ATTACHED = N_("The original is attached inside this PDF.")
_TOO_BIG = N_("The original is too large to be put inside this PDF; it is kept in the office's files.")
_GONE = N_("The file was not found.")


@dataclass(frozen=True)
class Part:
    """One entry of a bound file.

    ``source`` is a file (PDF, image, Word, anything) or a :class:`TextDocument`. ``name`` is the file's own name
    where ``source`` is called otherwise. ``day`` and ``note`` stand in the file index. A part that is not
    ``numbered`` carries no page number, one that is not ``indexed`` does not stand in the index (both for the
    closing note 备考表, which the archive rules leave unnumbered).
    """

    title: str
    source: Path | TextDocument
    day: str = ""
    note: str = ""
    name: str = ""
    numbered: bool = True
    indexed: bool = True

    @property
    def file_name(self) -> str:
        """The name of the file as people know it."""
        return self.name or (self.source.name if isinstance(self.source, Path) else "")


@dataclass
class Prepared:
    """A part as a sound PDF of ``pages`` pages; ``attachment`` is the original to be put inside the bound file."""

    part: Part
    path: Path
    pages: int
    remark: str = ""
    attachment: Path | None = None
    notice: bool = False


def paper_limits(*writes: Path) -> Limits:
    """Return what a reader may use that makes files into pages: scans are large, and PDFs are written."""
    places = tuple(str(place.absolute()) for place in writes)
    return Limits(seconds=180, cpu_seconds=150, memory_mb=2048, answer_mb=1, written_mb=8192, writes=places)


@dataclass
class Preparer:
    """Makes parts ready in ``folder``; ``soffice`` is the program of LibreOffice, None to do without.

    ``reader`` opens them; it may write into the folder.
    """

    folder: Path
    reader: Reader
    soffice: str | None = field(default_factory=find_soffice)
    attach_limit: int = ATTACH_LIMIT
    _count: int = 0

    def prepare(self, part: Part, cancel: Callable[[], bool] | None = None) -> Prepared:
        """Return ``part`` as a PDF in the folder. Never fails on what the file holds. Raises Cancelled."""
        self._count += 1
        target = self.folder / f"part-{self._count:05d}.pdf"
        if isinstance(part.source, TextDocument):
            return Prepared(part, target, draw_document(part.source, target, numbered=False))
        if not part.source.is_file():
            return self._notice(part, target, _(_GONE))
        return self._opened(part, part.source, part.file_name, target, cancel)

    def _opened(
        self, part: Part, source: Path, name: str, target: Path, cancel: Callable[[], bool] | None
    ) -> Prepared:
        """Have the file opened and its pages written; whatever comes of it is a page in the end."""
        try:
            told = self.reader.ask(
                "lawdesk.paper.parts:open_file", source, name, target, name=part.file_name, cancel=cancel
            )
        except Refused as error:
            return self._notice(part, target, " ".join(problem.words() for problem in error.problems))
        except UserError as error:
            return self._notice(part, target, describe(error).why)
        outcome, pages = str(told[0]), int(told[1])
        if outcome == "word":
            return self._word(part, source, target, cancel)
        if outcome in _REASONS:
            return self._notice(part, target, _(_REASONS[outcome]))
        if outcome == "repaired":
            return Prepared(part, target, pages, _(_REPAIRED), self._attachable(source))
        return Prepared(part, target, pages)

    def _word(self, part: Part, source: Path, target: Path, cancel: Callable[[], bool] | None) -> Prepared:
        if self.soffice is None:
            return self._notice(part, target, _(_NO_OFFICE))
        named = self.folder / f"word-{self._count:05d}{Path(part.file_name).suffix.lower() or '.docx'}"
        made = named.with_suffix(".pdf")
        named.write_bytes(source.read_bytes())
        if not convert_to_pdf(named, made, soffice=self.soffice):
            return self._notice(part, target, _(_NOT_CONVERTED))
        return self._opened(part, made, made.name, target, cancel)

    def _attachable(self, source: Path) -> Path | None:
        return source if source.is_file() and source.stat().st_size <= self.attach_limit else None

    def _notice(self, part: Part, target: Path, reason: str) -> Prepared:
        """Write the page that stands for a file that cannot be shown."""
        assert isinstance(part.source, Path)
        attachment = self._attachable(part.source)
        blocks: list[Facts | Text] = [Text(reason, bold=True)]
        if part.source.is_file():
            blocks.append(Text(_(_ATTACHED) if attachment else _(_TOO_BIG)))
            facts = [
                (_("File"), part.file_name),
                (_("Size"), _("{count} bytes").format(count=f"{part.source.stat().st_size:,}")),
                ("SHA-256", file_hash(part.source)),
            ]
            blocks.append(Facts(facts))
        pages = draw_document(TextDocument(part.title, blocks, subtitle=[_("Attachment")]), target, numbered=False)
        remark = _("attached file") if attachment else _("not included")
        return Prepared(part, target, pages, remark, attachment, notice=True)


_REASONS = {"locked": _LOCKED, "no pages": _NO_PAGES, "other": _NOT_PRINTABLE}


def open_file(source: Path, name: str, target: Path) -> tuple[str, int]:
    """Make pages of a file, in the reader; return what came of it and the number of pages.

    Outcomes: ``made``, ``repaired`` (a damaged PDF), ``locked``, ``no pages``, ``other`` (nothing for paper) and
    ``word`` (to be converted first). Raises Refused for an image that cannot be shown.
    """
    sort = sort_of(source, name)
    if sort == "image":
        return "made", image_pdf(source, target)
    if sort != "pdf":
        return sort, 0
    import pikepdf

    try:
        pages, damaged = clean_pdf(source, target)
    except pikepdf.PasswordError:
        return "locked", 0
    except MemoryError:
        raise
    except Exception:  # a damaged PDF makes any step fail in its own way
        return "no pages", 0
    return "repaired" if damaged else "made", pages


def sort_of(path: Path, name: str = "") -> Sort:
    """Return how the file is treated, judged by its content first and its suffix second."""
    with path.open("rb") as file:
        start = file.read(1024)
    suffix = Path(name or path.name).suffix.lower()
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(_IMAGE_STARTS) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return "image"
    if start.startswith(b"{\\rtf") or (start.startswith(b"PK") and _is_word_zip(path)):
        return "word"
    if start.startswith(b"\xd0\xcf\x11\xe0") and suffix in SUFFIXES:
        return "word"
    by_suffix: dict[str, Sort] = {
        ".pdf": "pdf",
        ".jpg": "image",
        ".jpeg": "image",
        ".png": "image",
        ".tif": "image",
    }
    return by_suffix.get(suffix, "other")


def _is_word_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as kind:
                    return kind.read(100).startswith(b"application/vnd.oasis.opendocument.text")
            return "word/document.xml" in names
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return False


def file_hash(path: Path) -> str:
    """Return the SHA-256 of the file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def clean_pdf(source: Path, target: Path) -> tuple[int, bool]:
    """Copy the pages of ``source`` to ``target``; return their number and whether the file was damaged.

    Filled forms become plain page content (they would lose their values otherwise), scripts and actions that
    reach outside are left behind. Raises what pikepdf raises, ValueError when there is no page.
    """
    import pikepdf

    with pikepdf.open(source) as old, pikepdf.new() as new:
        if "/AcroForm" in old.Root:
            old.generate_appearance_streams()
            old.flatten_annotations("screen")
        if len(old.pages) == 0:
            raise ValueError("no pages")
        for page in old.pages:
            _disarm(page)
        new.pages.extend(old.pages)
        new.save(target)
        count = len(new.pages)
        damaged = bool(old.get_warnings())
    return count, damaged


def _disarm(page: pikepdf.Page) -> None:
    """Take from the page what runs or reaches outside, and give it a sound size."""
    if "/AA" in page.obj:
        del page.obj["/AA"]
    for note in _annotations(page):
        if "/AA" in note:
            del note["/AA"]
        action = note.get("/A")
        if action is not None and str(action.get("/S", "")) in _DANGEROUS:
            del note["/A"]
    if not _sound_box(page):
        page.obj["/MediaBox"] = [0, 0, 595, 842]
        if "/CropBox" in page.obj:
            del page.obj["/CropBox"]


def _annotations(page: pikepdf.Page) -> Sequence[pikepdf.Object]:
    import pikepdf

    notes = page.obj.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return []
    return [note for note in notes if isinstance(note, pikepdf.Dictionary)]


def _sound_box(page: pikepdf.Page) -> bool:
    try:
        left, bottom, right, top = (float(number) for number in page.mediabox)
    except (AttributeError, TypeError, ValueError, KeyError):
        return False
    return 3 <= right - left <= 20_000 and 3 <= top - bottom <= 20_000
