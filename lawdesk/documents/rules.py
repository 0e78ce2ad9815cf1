"""Documents of a case: which paper is which, in which order they are bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

MAX_NAME = 255
LARGEST = 2 * 1024**3
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
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


def clean_name(name: str) -> str:
    """Return the file's own name without folders and without characters no system can store."""
    plain = _FORBIDDEN.sub("_", PurePath(name.replace("\\", "/")).name).strip(" .")
    return plain or "document"


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
