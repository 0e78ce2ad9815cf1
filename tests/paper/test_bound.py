"""The bound file: index, stamps and bookmarks tell the truth, and no part can break it."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image

from lawdesk.kernel.errors import Cancelled, EnvironmentFailure
from lawdesk.paper.blocks import Facts, Text, TextDocument
from lawdesk.paper.bound import BoundFile, bind
from lawdesk.paper.cover import Cover
from lawdesk.paper.libreoffice import convert_to_pdf
from lawdesk.paper.parts import Part, sort_of
from lawdesk.paper.word import write_docx

COVER = Cover(
    firm="苏州某律师事务所",
    title="律师业务档案",
    number="（2025）苏律民字第001号",
    facts=[("案由", "买卖合同纠纷"), ("委托人", "张𬀩")],
    party_head=["姓名", "地位"],
    parties=[["张𬀩", "上诉人"], ["李㛃", "被上诉人"]],
    foot=["保管期限：长期"],
)
CLOSING = Part("备考表", TextDocument("备考表", [Facts([("立卷人", "")])]), numbered=False, indexed=False)


def bound(tmp_path: Path, parts: list[Part], **options: Any) -> tuple[BoundFile, list[str]]:
    options.setdefault("soffice", None)
    made = bind(COVER, parts, tmp_path / "bound.pdf", **options)
    document = pypdfium2.PdfDocument(made.path)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    assert len(texts) == made.pages
    return made, texts


def stamp(text: str) -> str:
    """Return the page number stamped on a page; it is drawn last."""
    return text.rsplit(maxsplit=1)[-1]


def test_index_stamps_and_bookmarks_agree(tmp_path: Path, desk: Any) -> None:
    parts = [
        Part("上诉状", TextDocument("上诉状", [Text("正文")]), day="2025-11-05"),
        Part("一审判决书", desk.pdf("a.pdf", 3), day="2025-10-30", note="正本"),
        Part("照片", desk.picture("b.jpg")),
        CLOSING,
    ]
    made, texts = bound(tmp_path, parts)
    assert [(entry.title, entry.pages) for entry in made.entries] == [
        ("上诉状", "1"),
        ("一审判决书", "2-4"),
        ("照片", "5"),
    ]
    assert "张𬀩" in texts[0]
    assert "5" in texts[0]
    for words in ("卷", "一审判决书", "2-4", "正本", "2025-10-30"):
        assert words in texts[1]
    assert [stamp(text) for text in texts[2:7]] == ["1", "2", "3", "4", "5"]
    assert "page 3" in texts[5]
    assert "备考表" in texts[7]
    reader = pypdf.PdfReader(made.path)
    marks = [(mark.title, reader.get_destination_page_number(mark)) for mark in reader.outline]
    assert marks == [("封面", 0), ("卷内目录", 1), ("上诉状", 2), ("一审判决书", 3), ("照片", 6), ("备考表", 7)]
    assert reader.page_labels == ["封面", "卷内目录", "1", "2", "3", "4", "5", "备考表"]


def test_a_long_index_keeps_the_numbers_true(tmp_path: Path, desk: Any) -> None:
    page = desk.pdf("a.pdf")
    made, texts = bound(tmp_path, [Part(f"证据{number}", page) for number in range(1, 131)])
    first = next(index for index, text in enumerate(texts) if "page 1" in text)
    assert first > 3, "cover and several pages of index"
    assert made.pages == first + 130
    for number, text in enumerate(texts[first:], 1):
        assert stamp(text) == str(number)
    assert made.entries[129].pages == "130"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
@pytest.mark.parametrize("duplex", [False, True])
def test_stamp_is_where_the_reader_sees_the_corner(
    tmp_path: Path, desk: Any, turn: int, crop: bool, duplex: bool
) -> None:
    made, _texts = bound(tmp_path, [Part("x", desk.pdf("a.pdf", 2, turn=turn, crop=crop))], duplex=duplex)
    document = pypdfium2.PdfDocument(made.path)
    try:
        for index, left in ((2, False), (3, duplex)):
            image = document[index].render(scale=1).to_pil().convert("L")
            width, _height = image.size
            corner = (10, 15, 100, 45) if left else (width - 100, 15, width - 10, 45)
            other = (width - 100, 15, width - 10, 45) if left else (10, 15, 100, 45)
            assert image.crop(corner).getextrema()[0] < 100
            assert image.crop(other).getextrema()[0] > 200
            box = image.crop(corner).point(lambda value: 255 if value < 128 else 0).getbbox()
            assert box[3] - box[1] > box[2] - box[0], "an upright figure, not a lying one"
    finally:
        document.close()


def test_every_bad_file_gets_a_page_that_says_why_and_travels_along(tmp_path: Path, desk: Any) -> None:
    junk = desk / "junk.pdf"
    junk.write_bytes(b"%PDF-1.4 nothing")
    cut = desk / "cut.jpg"
    cut.write_bytes(desk.picture("whole.jpg").read_bytes()[:500])
    sheet = desk / "底稿.xlsx"
    sheet.write_bytes(b"PK\x03\x04 not even a zip")
    bad = {
        "坏的PDF": (junk, "已损坏"),
        "加密的PDF": (desk.locked("locked.pdf"), "密码"),
        "坏的图片": (cut, "图片已损坏"),
        "炸弹": (desk.bomb("bomb.png", 60_000), "尺寸过大"),
        "大图": (desk.bomb("large.png", 10_000), "尺寸过大"),
        "表格": (sheet, "无法以纸面形式呈现"),
        "空文件": (desk / "empty.pdf", "已损坏"),
    }
    (desk / "empty.pdf").write_bytes(b"")
    parts = [Part(title, path) for title, (path, _why) in bad.items()]
    made, texts = bound(tmp_path, [*parts, Part("好的", desk.pdf("good.pdf"))])
    for text, (title, (path, why)) in zip(texts[2:], bad.items(), strict=False):
        assert title in text
        assert why in text
        assert path.name in text
    assert "page 1" in texts[-1]
    assert made.notices == tuple(bad)
    assert made.attached == tuple(path.name for path, _why in bad.values())
    with pikepdf.open(made.path) as pdf:
        inside = {spec.filename: spec.get_file().read_bytes() for spec in pdf.attachments.values()}
    assert inside == {path.name: path.read_bytes() for path, _why in bad.values()}
    assert all(entry.note == "见附件" for entry in made.entries[:-1])


def test_missing_and_too_large_files_are_listed(tmp_path: Path, desk: Any) -> None:
    large = desk / "video.mp4"
    large.write_bytes(bytes(2000))
    made, texts = bound(tmp_path, [Part("不见了", desk / "gone.pdf"), Part("录像", large)], attach_limit=1000)
    assert "未找到" in texts[2]
    assert "未嵌入" in texts[3]
    assert made.attached == ()
    assert [entry.note for entry in made.entries] == ["未收入", "未收入"]


def test_a_damaged_but_readable_pdf_is_bound_and_said_so(tmp_path: Path, desk: Any) -> None:
    path = desk.pdf("a.pdf", 2)
    path.write_bytes(path.read_bytes()[:-60] + b"x" * 60)
    made, texts = bound(tmp_path, [Part("合同", path)])
    assert "page 2" in texts[3]
    assert "文件有损坏" in made.entries[0].note
    assert made.attached == ("a.pdf",)
    assert made.notices == ()


def test_filled_forms_keep_their_values_and_scripts_stay_outside(tmp_path: Path, desk: Any) -> None:
    form = desk / "form.pdf"
    with pikepdf.open(desk.pdf("plain.pdf")) as pdf:
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("amount"),
                V=pikepdf.String("8614200"),
                DA=pikepdf.String("/Helv 12 Tf 0 g"),
                Rect=[100, 600, 300, 620],
                F=4,
                AA=pikepdf.Dictionary(
                    K=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
                ),
            )
        )
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=pdf.make_indirect(font)))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], DR=resources, NeedAppearances=True)
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe")),
        )
        pdf.pages[0].obj.Annots = pikepdf.Array([field, pdf.make_indirect(link)])
        pdf.pages[0].obj.AA = pikepdf.Dictionary(
            O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("x"))
        )
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(2)"))
        pdf.save(form)
    made, texts = bound(tmp_path, [Part("表格", form)])
    assert "8614200" in texts[2]
    everything = all_objects(made.path)
    for danger in (b"/JavaScript", b"/Launch", b"app.alert", b"/AcroForm"):
        assert danger not in everything


def all_objects(path: Path) -> bytes:
    with pikepdf.open(path) as pdf:
        return b"".join(
            item.unparse(resolved=True) for item in pdf.objects if not isinstance(item, pikepdf.Stream)
        )


def test_what_runs_or_reaches_outside_is_left_behind(tmp_path: Path, desk: Any) -> None:
    path = desk.pdf("a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
        web = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://court.example"))
        links = [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
            for action in (script, launch, web)
        ]
        links[2].AA = pikepdf.Dictionary(E=script)
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link) for link in links])
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        pdf.save(path)
    made, _texts = bound(tmp_path, [Part("x", path)])
    everything = all_objects(made.path)
    assert b"/JavaScript" not in everything
    assert b"calc.exe" not in everything
    assert b"court.example" in everything, "a link a reader can see and decide on stays"


def test_pages_without_a_sound_size_become_a4(tmp_path: Path, desk: Any) -> None:
    path = desk.pdf("a.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.MediaBox = [0, 0, 0, 0]
        pdf.save(path)
    _made, texts = bound(tmp_path, [Part("x", path)])
    assert "page 1" in texts[2]


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.bmp", "a.webp", "a.gif"])
def test_pictures_of_all_kinds_fit_on_a4(tmp_path: Path, desk: Any, name: str) -> None:
    made, _texts = bound(tmp_path, [Part("照片", desk.picture(name, (300, 500)))])
    assert made.notices == ()
    box = pypdf.PdfReader(made.path).pages[2].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def render(path: Path, index: int) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        return document[index].render(scale=0.5).to_pil().convert("RGB")
    finally:
        document.close()


def test_a_phone_picture_stands_upright_and_a_wide_one_lies(tmp_path: Path, desk: Any) -> None:
    made, _texts = bound(
        tmp_path,
        [Part("turned", desk.picture("t.jpg", (600, 400), orientation=6)), Part("wide", desk.picture("w.png"))],
    )
    turned, wide = render(made.path, 2), render(made.path, 3)
    assert turned.height > turned.width
    assert wide.width > wide.height
    # Orientation 6: what was at the upper left is shown at the upper right.
    red = turned.getpixel((int(turned.width * 0.75), int(turned.height * 0.25)))
    assert red[0] > 200 > red[1] + 100


def test_a_scan_of_several_pages_and_a_transparent_picture(tmp_path: Path, desk: Any) -> None:
    frames = [Image.new("1", (200, 300), 1) for _number in range(3)]
    frames[0].save(desk / "scan.tif", save_all=True, append_images=frames[1:])
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(desk / "clear.png")
    made, _texts = bound(tmp_path, [Part("扫描", desk / "scan.tif"), Part("透明", desk / "clear.png")])
    assert [entry.pages for entry in made.entries] == ["1-3", "4"]
    assert render(made.path, 5).getpixel((150, 210)) == (255, 255, 255)


def test_word_file_through_libreoffice_or_attached(tmp_path: Path, desk: Any) -> None:
    write_docx(TextDocument("合同", [Text("第一条")]), desk / "合同.docx")
    part = Part("合同", desk / "合同.docx")
    made, texts = bound(tmp_path, [part])
    assert made.attached == ("合同.docx",)
    assert "LibreOffice" in texts[2]
    ready = desk.pdf("ready.pdf", 2, words="converted")
    office = desk.office(
        f"out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]); out.mkdir()\n"
        f"(out / 'input.pdf').write_bytes(pathlib.Path({str(ready)!r}).read_bytes())"
    )
    made, texts = bound(tmp_path, [part], soffice=office)
    assert made.attached == ()
    assert "converted 2" in texts[3]
    made, texts = bound(tmp_path, [part], soffice=desk.office("sys.exit(1)"))
    assert made.attached == ("合同.docx",)
    assert "未能" in texts[2]
    made, texts = bound(tmp_path, [part], soffice=str(desk / "nothing-there"))
    assert made.attached == ("合同.docx",)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_a_hanging_libreoffice_is_ended_with_its_children(tmp_path: Path, desk: Any) -> None:
    write_docx(TextDocument("合同", []), desk / "a.docx")
    mark = tmp_path / "child"
    office = desk.office(
        "import subprocess\n"
        "child = subprocess.Popen(['sleep', '60'])\n"
        f"pathlib.Path({str(mark)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)"
    )
    assert not convert_to_pdf(desk / "a.docx", tmp_path / "x.pdf", soffice=office, timeout=1.5)
    state = Path(f"/proc/{mark.read_text()}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_files_are_known_by_content_not_by_name(desk: Any) -> None:
    assert sort_of(desk.pdf("a.pdf").rename(desk / "a.txt")) == "pdf"
    assert sort_of(desk.picture("b.jpg").rename(desk / "b")) == "image"
    (desk / "c.docx").write_bytes(b"PK\x03\x04")
    assert sort_of(desk / "c.docx") == "other"
    (desk / "d.bin").write_bytes(b"{\\rtf1 }")
    assert sort_of(desk / "d.bin") == "word"


def test_same_input_same_bytes(tmp_path: Path, desk: Any) -> None:
    parts = [
        Part("a", desk.pdf("a.pdf", 2)),
        Part("b", desk.picture("b.jpg")),
        Part("c", desk.locked("c.pdf")),
        CLOSING,
    ]
    first = bind(COVER, parts, tmp_path / "1.pdf", soffice=None).path.read_bytes()
    assert bind(COVER, parts, tmp_path / "2.pdf", soffice=None).path.read_bytes() == first


def test_stopping_or_failing_leaves_the_old_file(
    tmp_path: Path, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "bound.pdf"
    target.parent.mkdir()
    target.write_bytes(b"old")
    parts = [Part("a", desk.pdf("a.pdf"))]
    steps: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        bind(
            COVER,
            parts,
            target,
            soffice=None,
            progress=lambda *step: steps.append(step),
            cancel=lambda: bool(steps),
        )

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentFailure):
        bind(COVER, parts, target, soffice=None)
    assert target.read_bytes() == b"old"
    assert list(target.parent.iterdir()) == [target]


def test_an_empty_file_is_a_cover_and_an_empty_index(tmp_path: Path) -> None:
    made, _texts = bound(tmp_path, [])
    assert made.pages == 2
