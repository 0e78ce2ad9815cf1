"""Documents of a case: which paper is which, in which order they are bound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

MAX_NAME = 255
LARGEST = 2 * 1024**3
NAME_BYTES = 240
"""Longest file name written to a disk: Linux holds 255 bytes (85 Chinese characters), some room for a number."""
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\ud800-\udfff]')
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Marks that turn the direction of writing can make ``exe.pdf`` out of ``fdp.exe``."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, with any ending."""
_PROGRAM_ENDINGS = (
    "exe com bat cmd scr pif msi msp msix appx hta cpl jar js jse vbs vbe wsf wsh ps1 psm1 reg lnk url scf inf "
    "sh bash run desktop appimage deb rpm app command pkg dmg action workflow py pyw"
)
_PROGRAMS = frozenset(_PROGRAM_ENDINGS.split())
_HINTS = (
    ("收案|审批", "收案审批表"),
    ("收费|发票|票据|收据", "收费"),
    ("委托|授权|所函", "委托"),
    ("起诉状|起诉书|上诉状|答辩|反诉", "起诉"),
    ("阅卷", "阅卷"),
    ("谈话|会见|询问", "谈话"),
    ("证据|合同|聊天|流水|凭证|照片|清单", "调查材料"),
    ("保全|先予执行", "保全"),
    ("代理词|辩护词", "代理词"),
    ("代理意见|法律意见", "代理意见"),
    ("传票|出庭|开庭", "出庭通知书"),
    ("笔录", "庭审笔录"),
    ("判决|裁定|调解书|裁决", "判决书"),
    ("小结|结案", "办案小结"),
)


@dataclass(frozen=True)
class DocumentDraft:
    """What is known of a file put on a case."""

    name: str
    category: str = ""
    dated_on: date | None = None
    note: str = ""
    proceeding_id: int | None = None


@dataclass(frozen=True)
class FilePlace:
    """One place of the file order (卷内顺序) of a case: its title and how many documents lie there."""

    title: str
    count: int

    @property
    def missing(self) -> bool:
        """Whether no document lies there yet."""
        return self.count == 0


def clean_name(name: str) -> str:
    """Return the file's own name without folders and without characters no system can store.

    Characters are composed (NFC): macOS hands over 「é」 in two parts, and the same name must stay the same name.
    """
    own = PurePath(name.replace("\\", "/")).name
    plain = _FORBIDDEN.sub("_", _INVISIBLE.sub("", unicodedata.normalize("NFC", own))).strip(" .")
    if _RESERVED.fullmatch(plain):
        plain = f"_{plain}"
    return plain or "document"


def file_name(name: str) -> str:
    """Return ``name`` as a file name every disk takes: cleaned, at most :data:`NAME_BYTES` bytes, ending kept."""
    plain = clean_name(name)
    if len(plain.encode("utf-8")) <= NAME_BYTES:
        return plain
    ending = PurePath(plain).suffix
    if len(ending.encode("utf-8")) > 20:
        ending = ""
    room = NAME_BYTES - len(ending.encode("utf-8"))
    stem = plain[: len(plain) - len(ending)].encode("utf-8")[:room].decode("utf-8", errors="ignore")
    return stem.rstrip(" .") + ending


def free_name(name: str, taken: Sequence[str]) -> str:
    """Return ``name``, or with a number when somebody has it already: 起诉状 (2).pdf."""
    path = PurePath(name)
    number, found = 1, name
    while found in taken:
        number += 1
        mark = f" ({number})"
        found = f"{path.stem[: MAX_NAME - len(path.suffix) - len(mark)]}{mark}{path.suffix}"
    return found


def is_program(name: str) -> bool:
    """Whether opening a file of this name would start a program or script instead of showing a paper."""
    return PurePath(name.rstrip(" .")).suffix[1:].lower() in _PROGRAMS


def file_places(order: Sequence[str], categories: Sequence[str]) -> tuple[tuple[FilePlace, ...], int]:
    """Return the places of the file order with their counts, and how many documents lie in none of them."""
    places = tuple(FilePlace(title, sum(1 for category in categories if category == title)) for title in order)
    return places, sum(1 for category in categories if category not in order)


def check_document(draft: DocumentDraft, size: int) -> list[Problem]:
    """Return what is wrong with a file to be stored: no name, too long a name, too large."""
    problems = []
    if not draft.name.strip():
        problems.append(Problem("document.name", N_("The file has no name."), "name"))
    elif len(draft.name) > MAX_NAME:
        message = N_("The file's name is longer than {count} characters.")
        problems.append(Problem("document.name_long", message, "name", params={"count": MAX_NAME}))
    if size > LARGEST:
        problems.append(Problem("document.size", N_("The file is larger than 2 GiB."), "file"))
    return problems


def guess_category(name: str, order: tuple[str, ...]) -> str:
    """Return the place in the file order (卷内顺序) a file's name points to, ``""`` when it points nowhere."""
    for pattern, word in _HINTS:
        if re.search(pattern, name):
            found = next((category for category in order if word in category), None)
            if found is not None:
                return found
    return ""


def binding_order(
    order: tuple[str, ...], category: str, dated_on: date | None, position: int
) -> tuple[int, date, int]:
    """Return the key that sorts documents as they are bound: file order, then date, then as they came."""
    place = order.index(category) if category in order else len(order)
    return place, dated_on or date.max, position
