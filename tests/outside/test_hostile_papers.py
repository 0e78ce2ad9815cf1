"""Papers made to do harm: each is bound, or listed on a page of its own; nothing else happens."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from PIL import Image

from lawdesk.outside import Limits, Reader
from lawdesk.paper.bound import bind
from lawdesk.paper.cover import Cover
from lawdesk.paper.libreoffice import convert_to_pdf, find_soffice
from lawdesk.paper.parts import Part, Prepared, Preparer, paper_limits
from tests.outside.traps import LAUGHING, changed, with_prolog

COVER = Cover(
    firm="律所",
    title="卷宗",
    number="1",
    subtitle="案",
    facts=[],
    party_head=["方"],
    parties=[],
    party_widths=(1,),
)


def prepared(tmp_path: Path, path: Path, **limits: Any) -> Prepared:
    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)
    given = paper_limits(folder)
    limited = Limits(**{**given.__dict__, **limits})
    with Reader(limited) as reader:
        return Preparer(folder, reader, None).prepare(Part("证据", path))


def words_of(made: Prepared) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(made.path).pages)


def test_a_pdf_with_a_stream_that_unpacks_without_end_binds_or_is_listed(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    packed = zlib.compress(b"0 " * 200_000_000, 9)
    stream = pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)
    page.obj.Contents = pdf.make_indirect(stream)
    pdf.save(tmp_path / "bomb.pdf")
    assert (tmp_path / "bomb.pdf").stat().st_size < 1_000_000
    made = prepared(tmp_path, tmp_path / "bomb.pdf", memory_mb=400)
    assert made.pages == 1
    assert made.path.stat().st_size < 2_000_000, "not unpacked on the way"


def test_a_form_that_unpacks_without_end_ends_at_the_limits(tmp_path: Path) -> None:
    """A form is read to be made plain, so here the stream is really unpacked."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    content = pdf.make_indirect(
        pikepdf.Stream(pdf, zlib.compress(b"0 " * 300_000_000, 9), Filter=pikepdf.Name.FlateDecode)
    )
    page.obj.Contents = content
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="a", V="b",
            Rect=[0, 0, 10, 10], DA="/Helv 12 Tf", AP=pikepdf.Dictionary(N=content),
        )
    )  # fmt: skip
    page.obj.Annots = [field]
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], DR=pikepdf.Dictionary(), DA="/Helv 12 Tf")
    pdf.save(tmp_path / "form.pdf")
    made = prepared(tmp_path, tmp_path / "form.pdf", memory_mb=400, seconds=20)
    assert made.pages == 1


def circle(tmp_path: Path) -> Path:
    """Pages that are their own parents."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    pdf.save(tmp_path / "circle.pdf")
    return tmp_path / "circle.pdf"


def broken_font(tmp_path: Path) -> Path:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/Bad"),
        FontDescriptor=pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontFile2=pdf.make_indirect(pikepdf.Stream(pdf, os.urandom(5000)))
        ),
    )  # fmt: skip
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = pdf.make_indirect(pikepdf.Stream(pdf, b"BT /F1 12 Tf (x) Tj ET"))
    pdf.save(tmp_path / "font.pdf")
    return tmp_path / "font.pdf"


def fuzzed(tmp_path: Path, seed: int) -> Path:
    """A sound PDF with bytes changed all over."""
    from random import Random

    content = bytearray(broken_font(tmp_path).read_bytes())
    chance = Random(seed)
    for _change in range(40):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path = tmp_path / f"fuzz{seed}.pdf"
    path.write_bytes(content)
    return path


def test_broken_pdfs_and_fonts_end_on_a_page_of_their_own(tmp_path: Path) -> None:
    paths = [circle(tmp_path), broken_font(tmp_path), *(fuzzed(tmp_path, seed) for seed in range(25))]
    made = bind(COVER, [Part(path.name, path) for path in paths], tmp_path / "out.pdf", soffice=None)
    assert len(made.entries) == len(paths)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert len(pdf.pages) == made.pages >= len(paths)


def test_scripts_and_files_inside_a_pdf_stay_behind(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(
            Names=["a", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(2)")]
        )
    )
    pdf.attachments["evil.exe"] = b"MZ"
    pdf.save(tmp_path / "a.pdf")
    made = prepared(tmp_path, tmp_path / "a.pdf")
    with pikepdf.open(made.path) as clean:
        assert "/OpenAction" not in clean.Root and "/Names" not in clean.Root and not clean.attachments
    assert b"alert" not in made.path.read_bytes() and b"MZ" not in made.path.read_bytes()


def png(path: Path, wide: int, high: int, data: bytes) -> Path:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


@pytest.mark.parametrize(
    ("wide", "high"), [(100_000, 100_000), (2**31 - 1, 1), (1, 2**31 - 1), (0, 0), (9000, 9000)]
)
def test_images_of_giant_size_are_listed_not_opened(tmp_path: Path, wide: int, high: int) -> None:
    made = prepared(tmp_path, png(tmp_path / "a.png", wide, high, zlib.compress(bytes(1000))))
    assert made.notice and made.pages == 1


def test_an_image_that_unpacks_to_more_than_its_size_is_only_its_size(tmp_path: Path) -> None:
    made = prepared(tmp_path, png(tmp_path / "a.png", 10, 10, zlib.compress(bytes(400_000_000))), memory_mb=500)
    assert made.pages == 1


def test_large_real_images_fit_and_many_frames_end(tmp_path: Path) -> None:
    Image.new("RGBA", (8900, 8900), (200, 10, 10, 120)).save(tmp_path / "large.png", compress_level=1)
    made = prepared(tmp_path, tmp_path / "large.png")
    assert not made.notice, "an A3 scan at 600 dpi must go in"
    frame = Image.new("1", (3000, 3000))
    frame.save(tmp_path / "many.tif", save_all=True, append_images=[frame] * 501, compression="group4")
    made = prepared(tmp_path, tmp_path / "many.tif")
    assert made.notice


def test_a_word_file_with_a_lying_kind_is_not_unpacked(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "a.odt", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("mimetype", "w") as kind,
    ):
        for _megabyte in range(500):
            kind.write(bytes(1 << 20))
    made = prepared(tmp_path, tmp_path / "a.odt", memory_mb=300)
    assert made.notice and made.pages == 1


def test_a_part_that_hangs_costs_its_time_and_the_rest_is_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    Image.new("RGB", (30, 30)).save(tmp_path / "b.png")
    with Reader(Limits(seconds=1, written_mb=100, writes=(str(folder),))) as reader:
        preparer = Preparer(folder, reader, None)
        real = reader.ask

        def ask(target: str, *arguments: Any, **options: Any) -> Any:
            hanging = arguments[0].name == "a.pdf"
            return (
                real("tests.outside.mischief:hang", **options) if hanging else real(target, *arguments, **options)
            )

        monkeypatch.setattr(reader, "ask", ask)
        (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
        first = preparer.prepare(Part("甲", tmp_path / "a.pdf"))
        second = preparer.prepare(Part("乙", tmp_path / "b.png"))
    assert first.notice and "1" in words_of(first) and first.attachment == tmp_path / "a.pdf"
    assert not second.notice


def doctored(content: bytes, *, prolog: str) -> bytes:
    return with_prolog(content, prolog).replace(b"hello", b"&l;")


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
def test_a_word_file_full_of_laughs_or_with_links_to_this_pc_ends(tmp_path: Path) -> None:
    from docx import Document

    secret = tmp_path / "secret.txt"
    secret.write_text("geheim4711", encoding="utf-8")
    document = Document()
    document.add_paragraph("hello")
    memory = io.BytesIO()
    document.save(memory)
    (tmp_path / "a.docx").write_bytes(memory.getvalue())
    entity = f'<!DOCTYPE x [<!ENTITY l SYSTEM "{secret.as_uri()}">]>'
    soffice = find_soffice()
    assert soffice
    for name, prolog in (("laughs", LAUGHING), ("asks", entity)):
        path = changed(
            tmp_path / "a.docx",
            "word/document.xml",
            partial(doctored, prolog=prolog),
            tmp_path / f"{name}.docx",
        )
        done = convert_to_pdf(path, tmp_path / f"{name}.pdf", soffice=soffice, timeout=60)
        if done:
            text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / f"{name}.pdf").pages)
            assert "geheim" not in text and len(text) < 10_000
