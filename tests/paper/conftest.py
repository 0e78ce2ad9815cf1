"""Files as they come in: sound ones, turned ones, damaged ones, traps."""

from __future__ import annotations

import stat
import struct
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas


class Desk:
    """Makes files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __truediv__(self, name: str) -> Path:
        return self.folder / name

    def pdf(self, name: str, pages: int = 1, *, turn: int = 0, words: str = "page", crop: bool = False) -> Path:
        path = self.folder / name
        canvas = Canvas(str(path), invariant=1)
        for number in range(1, pages + 1):
            canvas.drawString(250, 400, f"{words} {number}")
            canvas.showPage()
        canvas.save()
        if turn or crop:
            with pikepdf.open(path, allow_overwriting_input=True) as pdf:
                for page in pdf.pages:
                    page.obj.Rotate = turn
                    if crop:
                        page.cropbox = [50, 100, 450, 700]
                pdf.save(path)
        return path

    def locked(self, name: str) -> Path:
        with pikepdf.open(self.pdf("plain-" + name)) as pdf:
            pdf.save(self.folder / name, encryption=pikepdf.Encryption(user="u", owner="o"))
        return self.folder / name

    def picture(self, name: str, size: tuple[int, int] = (600, 400), orientation: int = 1) -> Path:
        image = Image.new("RGB", size, "white")
        ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1] // 2), fill="red")
        exif = image.getexif()
        if orientation != 1:
            exif[0x0112] = orientation
        image.save(self.folder / name, exif=exif)
        return self.folder / name

    def bomb(self, name: str, side: int) -> Path:
        """A PNG of a few hundred bytes that says it is ``side`` pixels wide and high."""

        def chunk(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
        (self.folder / name).write_bytes(b"\x89PNG\r\n\x1a\n" + body)
        return self.folder / name

    def office(self, script: str) -> str:
        """A stand-in for LibreOffice: a Python script that gets its arguments in ``sys.argv``."""
        path = self.folder / "soffice"
        path.write_text(f"#!{sys.executable}\nimport sys, time, pathlib\n{script}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "desk").mkdir()
    return Desk(tmp_path / "desk")
