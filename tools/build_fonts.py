"""Build resources/fonts from the fonts as their makers publish them. For maintainers; LawDesk never runs it.

    python tools/build_fonts.py NOTO_FOLDER BABELSTONE_HAN.ttf HANA_MIN_B.ttf

``NOTO_FOLDER`` is the unpacked npm package @expo-google-fonts/noto-sans-sc; the others come from the Debian
packages fonts-babelstone-han (16 or newer) and fonts-hanazono. Needs fontTools. Noto Sans SC is copied as it is.
Of the others only the Chinese characters that no earlier font of the list has are kept, so that every character
of the Unicode blocks up to extension I that any of them knows can be printed, in a third of their size. The
subsets carry names of their own, because the fonts' licences reserve the original names or ask for a notice.
"""

from __future__ import annotations

import argparse
import lzma
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
HAN = [
    (0x2E80, 0x2FDF),  # radicals
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),  # compatibility forms
    (0x20000, 0x2FA1F),
    (0x30000, 0x323AF),
]
UNNEEDED = ["GSUB", "GPOS", "GDEF", "BASE", "JSTF", "vhea", "vmtx", "VORG", "FFTM", "DSIG", "gasp", "meta"]


def characters(path: Path) -> set[int]:
    """Return the code points ``path`` has an outline for."""
    font = TTFont(path, lazy=True)
    glyphs = font["glyf"]
    return {code for code, name in font.getBestCmap().items() if glyphs[name].numberOfContours or code == 0x3000}


def build_subset(source: Path, wanted: set[int], name: str) -> None:
    """Write ``name``.ttf.xz: the characters ``wanted`` of ``source``, renamed, with a note of the change."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += UNNEEDED
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    original = font["name"].getDebugName(1)
    version = font["name"].getDebugName(5)
    year = datetime.now(UTC).year
    shown = name.replace("-", " ").replace("RareHan", "LawDesk Rare Han")
    words = {
        1: shown,
        2: "Regular",
        3: f"{shown}:{year}",
        4: shown,
        6: name,
        10: f"Modified in {year} for LawDesk by tools/build_fonts.py: {len(wanted)} Chinese characters of "
        f"{original} ({version}) kept, hinting and layout tables removed, renamed.",
    }
    dropped = {*words, 16, 17, 18, 19, 21, 22}
    font["name"].names = [record for record in font["name"].names if record.nameID not in dropped]
    for number, text in words.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    plain = TARGET / f"{name}.ttf"
    font.save(plain)
    packed = lzma.compress(plain.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
    (TARGET / f"{name}.ttf.xz").write_bytes(packed)
    sys.stdout.write(
        f"{name}: {len(wanted)} characters, {plain.stat().st_size / 1e6:.1f} MB, packed {len(packed) / 1e6:.1f} MB"
        "\n"
    )
    plain.unlink()


def main() -> None:
    """Read the command line and build every font."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("noto", "babelstone", "hana_b"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    regular = TARGET / "NotoSansSC-Regular.ttf"
    shutil.copyfile(given.noto / "400Regular" / "NotoSansSC_400Regular.ttf", regular)
    shutil.copyfile(given.noto / "700Bold" / "NotoSansSC_700Bold.ttf", TARGET / "NotoSansSC-Bold.ttf")
    shutil.copyfile(given.noto / "LICENSE_FONT", TARGET / "OFL.txt")
    license_text = TTFont(given.babelstone, lazy=True)["name"].getDebugName(13)
    (TARGET / "ARPHICPL.txt").write_text(license_text.replace("\r\n", "\n") + "\n", encoding="utf-8")
    wanted = {code for first, last in HAN for code in range(first, last + 1)} - characters(regular)
    for source, name in ((given.babelstone, "RareHan-1"), (given.hana_b, "RareHan-2")):
        found = characters(source) & wanted
        build_subset(source, found, name)
        wanted -= found


if __name__ == "__main__":
    main()
