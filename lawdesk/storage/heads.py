"""Signed heads of the audit chain: small notes kept outside the office, so that a cut or rewritten chain shows.

A chain alone cannot tell that its end was cut off, or that all of it was written anew. A head says "record N had
this hash and was number C", sealed (HMAC-SHA256) with a key derived from the office key. Heads lie in every backup
set, in a list beside the sets that outlives them, and on a printed sheet.
"""

from __future__ import annotations

import contextlib
import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, func, select

from lawdesk.storage.audit import AuditRecord, ChainReport, verify_chain
from lawdesk.storage.keys import OfficeKey

HEADS = "audit-heads.jsonl"
RESTORE = "office.restore"


@dataclass(frozen=True)
class SignedHead:
    """What the chain ended with at one moment (``at`` in UTC by the PC's clock, ISO 8601)."""

    at: str
    record_id: int
    records: int
    hash: str
    seal: str = ""

    @property
    def moment(self) -> datetime:
        """When it was taken."""
        return datetime.fromisoformat(self.at)

    @classmethod
    def from_dict(cls, body: Any) -> SignedHead:
        """Read what ``asdict`` made; raises ValueError for anything else."""
        try:
            head = cls(
                str(body["at"]), int(body["record_id"]), int(body["records"]), str(body["hash"]), str(body["seal"])
            )
            if head.moment.tzinfo is None:
                raise ValueError("no moment")
            return head
        except (KeyError, TypeError) as error:
            raise ValueError("no head") from error


@dataclass(frozen=True)
class Verdict:
    """What the walk along the chain and the comparison with kept heads found.

    ``fault`` is "", ``content`` (a record was edited), ``link`` (one was deleted, inserted or moved), ``cut`` (the
    end is missing), ``rewritten`` (all of it fits together but is not what the head says) or ``seal`` (a kept head
    itself was changed). ``left_behind`` heads belong to what a recorded restore left behind.
    """

    chain: ChainReport
    heads: int
    fault: str = ""
    where: int | None = None
    head_at: str = ""
    left_behind: int = 0

    @property
    def sound(self) -> bool:
        """Whether chain and heads fit together."""
        return not self.fault


def take_head(session: Session, key: OfficeKey) -> SignedHead:
    """Return the signed head of the chain as it stands."""
    newest = session.exec(select(AuditRecord).order_by(col(AuditRecord.id).desc()).limit(1)).first()
    count = session.exec(select(func.count(col(AuditRecord.id)))).one()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    head = SignedHead(at, (newest.id or 0) if newest else 0, count, newest.hash if newest else "")
    return SignedHead(head.at, head.record_id, head.records, head.hash, _seal(key, head))


def genuine(head: SignedHead, key: OfficeKey) -> bool:
    """Whether this office sealed the head, under its key of now or an earlier one, and nobody changed it."""
    return any(hmac.compare_digest(_seal(one, head), head.seal) for one in key.every())


def short_seal(head: SignedHead) -> str:
    """Return the part of the seal that is printed, in groups of four."""
    return " ".join(head.seal[start : start + 4] for start in range(0, 32, 4))


def keep_head(folder: Path, head: SignedHead) -> None:
    """Add the head to the list in ``folder``; a list that cannot be written is left as it is."""
    with contextlib.suppress(OSError), (folder / HEADS).open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(asdict(head)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def kept_heads(folder: Path) -> list[SignedHead]:
    """Return the heads listed in ``folder``; a line that is none counts as one with a wrong seal."""
    found: dict[str, SignedHead] = {}
    try:
        lines = (folder / HEADS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    for number, line in enumerate(lines):
        try:
            head = SignedHead.from_dict(json.loads(line))
        except ValueError:
            if number == len(lines) - 1:
                continue  # a kill while it was written
            head = SignedHead("1970-01-01T00:00:00+00:00", 0, 0, "", line[:8])
        found[head.seal] = head
    return list(found.values())


def judge(session: Session, key: OfficeKey, heads: Iterable[SignedHead]) -> Verdict:
    """Walk the chain and compare it with the heads kept outside."""
    known = sorted({head.seal: head for head in heads}.values(), key=lambda head: head.at)
    wanted = {head.record_id for head in known}
    seen: dict[int, tuple[str, int]] = {}
    restores: list[tuple[datetime, datetime]] = []

    def look(record: AuditRecord, number: int) -> None:
        if record.id in wanted:
            seen[record.id or 0] = (record.hash, number)
        if record.action == RESTORE:
            with contextlib.suppress(ValueError, KeyError, TypeError):
                detail = json.loads(record.detail)
                restores.append(
                    (datetime.fromisoformat(detail["made"]), datetime.fromisoformat(detail["restored"]))
                )

    chain = verify_chain(session, look)
    if not chain.sound:
        fault = "content" if chain.reason == "content" else "link"
        return Verdict(chain, len(known), fault, chain.broken_at)
    left = 0
    for head in known:
        if not genuine(head, key):
            return Verdict(chain, len(known), "seal", head_at=head.at)
        if head.record_id == 0 or seen.get(head.record_id) == (head.hash, head.records):
            continue
        if any(made <= head.moment <= restored for made, restored in restores):
            left += 1
            continue
        fault = "rewritten" if head.record_id in seen or chain.records >= head.records else "cut"
        return Verdict(chain, len(known), fault, head.record_id, head.at, left)
    return Verdict(chain, len(known), left_behind=left)


def _seal(key: OfficeKey, head: SignedHead) -> str:
    text = json.dumps([key.office_uid, head.at, head.record_id, head.records, head.hash])
    return hmac.digest(key.derive("audit head"), text.encode("utf-8"), "sha256").hex()
