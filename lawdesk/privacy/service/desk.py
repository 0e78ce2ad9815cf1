"""What the service works with: the office's services, each asked for when it is needed."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lawdesk.firm import Actor, FirmQueries
from lawdesk.kernel.chinese import compact
from lawdesk.storage.database import Database, Work

if TYPE_CHECKING:
    from lawdesk.conflicts import ConflictService
    from lawdesk.documents import DocumentService
    from lawdesk.storage.backup import BackupSet


@dataclass(frozen=True)
class Subject:
    """A row of another feature as an audit record names it."""

    id: int
    uid: str


@dataclass(frozen=True)
class Desk:
    """The office as the service sees it; ``backups`` is None for an office on a server."""

    database: Database
    firm: FirmQueries
    conflicts: Callable[[], ConflictService]
    documents: Callable[[], DocumentService]
    secret: Callable[[], bytes]
    backups: Callable[[], Sequence[BackupSet]] | None = None
    backup_folder: Callable[[], Path] | None = None

    @contextmanager
    def write(self, actor: Actor, action: str) -> Iterator[Work]:
        """Open a transaction of somebody who answers for the data of the whole office.

        It reaches behind walls, too: what is erased, blocked, counted or destroyed there must not be left out
        because of who does it. What they are told of it is numbers, never contents.
        """
        with self.database.write(actor, action) as work:
            work.lift_curtain()
            yield work

    def fingerprint(self, name: str) -> str:
        """Return a name under the office's key: the same for the same name, and nobody reads it back."""
        return hmac.new(self.secret(), compact(name).encode("utf-8"), hashlib.sha256).hexdigest()
