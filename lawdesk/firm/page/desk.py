"""What the program hands to the Settings page: small collaborators, never the office itself.

Callables marked *worker* are run off the GUI thread and may raise what services raise; they are told apart by
their comment because a page must not wait.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QWidget

from lawdesk.firm.rules import Actor
from lawdesk.firm.service import FirmService, WallService
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.settings import Settings
from lawdesk.ui import TaskRunner

Report = Callable[[int, int, str], None]
"""``report(step, steps, words)``; raises Cancelled when the person stopped the work."""
KeyringState = Literal["remembered", "forgotten", "none"]
"""Whether this PC's keyring holds the office key, could hold it, or there is no keyring that encrypts."""


@dataclass(frozen=True)
class OfficeFacts:
    """Where and what the open office is. ``place`` is a folder or a server without its password."""

    place: str
    server: bool
    engine: str
    version: str
    backup_folder: str = ""


@dataclass(frozen=True)
class ChainShown:
    """What a walk along the audit chain found; ``broken_at`` is the first record that does not fit.

    ``heads`` kept outside were compared; ``fault`` says in words what is wrong.
    """

    records: int
    broken_at: int | None = None
    heads: int = 0
    fault: str = ""

    @property
    def sound(self) -> bool:
        """Whether every record fits the one before."""
        return self.broken_at is None and not self.fault


@dataclass(frozen=True)
class BackupsStand:
    """How the backups stand: ``condition`` is good, none, old, gone, full, read_only, slow or failed.

    ``tested`` is when one was last restored on trial, ``trial_failed`` whether that went wrong.
    """

    condition: str
    same_disk: bool = False
    sync: str = ""
    tested: datetime | None = None
    trial_failed: bool = False


@dataclass(frozen=True)
class CheckupShown:
    """What looking at everything found: a sentence and an advice for each thing, empty when all is sound."""

    findings: tuple[tuple[str, str], ...]
    documents: int


@dataclass(frozen=True)
class BackupShown:
    """One backup as the page shows it; ``rows`` counts the rows of all tables."""

    path: str
    made_at: datetime
    rows: int
    documents: int
    verified: bool


@dataclass(frozen=True)
class FilesShown:
    """What reading every stored file back found."""

    checked: int
    missing: int
    damaged: int


@dataclass(frozen=True)
class LadderShown:
    """On which days a kind of deadline is reminded of: days before and after it, the farthest first.

    ``usual_before`` and ``usual_after`` are what LawDesk comes with.
    """

    kind: str
    title: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    usual_before: tuple[int, ...]
    usual_after: tuple[int, ...]

    @property
    def usual(self) -> bool:
        """Whether it is as LawDesk comes."""
        return (self.before, self.after) == (self.usual_before, self.usual_after)


@dataclass(frozen=True)
class ExportShown:
    """A finished export: where it lies, all rows, all versions of documents."""

    path: str
    rows: int
    documents: int


@dataclass(frozen=True)
class OwnPassphrase:
    """People's own passphrases; all on the worker.

    ``keep(old, new)`` and ``drop(old)`` are for who acts and raise UserError for a wrong one, Refused for a short
    new one; ``has_other(login)`` and ``reset(person id)`` are for colleagues.
    """

    has: Callable[[], bool]
    keep: Callable[[str, str], None]
    drop: Callable[[str], None]
    has_other: Callable[[str], bool]
    reset: Callable[[int], None]


@dataclass(frozen=True)
class KeyWayShown:
    """A way to the office key beside passphrase and recovery code: ``keyring``, ``partner-1``, or a person's.

    ``name`` is the person's; one that is not ``renewable`` ends when the key is changed.
    """

    way: str
    name: str = ""
    renewable: bool = True


@dataclass(frozen=True)
class KeyStand:
    """What a change of the key would meet: the other ways, the bytes it needs and those that are free."""

    ways: tuple[KeyWayShown, ...]
    needed: int
    free: int


@dataclass(frozen=True)
class AnotherKey:
    """Changing the office key itself. ``begin(passphrase, ways that end)`` covers the window and does it."""

    stand: Callable[[], KeyStand]  # worker
    prove: Callable[[str], None]  # worker; raises key.wrong_passphrase, and what speaks against it
    begin: Callable[[str, tuple[str, ...]], object]


@dataclass(frozen=True)
class SettingsDesk:
    """The page's collaborators.

    ``set_rate``/``rates`` (fen per hour) come from the timesheet when there is one; ``set_backup_folder`` and
    ``check_files`` may be left out, then the page does not offer them.
    """

    actor: Callable[[], Actor]
    settings: Settings
    firm: FirmService
    tasks: TaskRunner
    clock: Clock
    facts: Callable[[], OfficeFacts]  # worker
    verify_chain: Callable[[], ChainShown]  # worker
    change_passphrase: Callable[[str, str], None]  # worker; raises UserError key.wrong_passphrase, Refused
    keyring_state: Callable[[], KeyringState]  # worker
    remember_keyring: Callable[[bool], bool]  # worker; True when the keyring now is as wished
    make_backup: Callable[[Report], BackupShown]  # long
    list_backups: Callable[[], Sequence[BackupShown]]  # worker, newest first
    verify_backup: Callable[[str, Report], BackupShown]  # long; raises EnvironmentFailure naming the fault
    own: OwnPassphrase | None = None
    walls: WallService | None = None
    find: Callable[[str, str], Sequence[tuple[int, str]]] | None = None  # worker; words, case or party
    set_backup_folder: Callable[[Path], None] | None = None  # worker
    check_files: Callable[[Report], FilesShown] | None = None  # long
    rates: Callable[[], Mapping[int, int]] | None = None  # worker
    set_rate: Callable[[int, int, date], None] | None = None  # worker
    codes: Callable[[], tuple[str, ...]] | None = None  # worker
    new_code: Callable[[str, str], str] | None = None  # worker; passphrase, way; raises key.wrong_passphrase
    drop_code: Callable[[str, str], None] | None = None  # worker; passphrase, way
    show_code: Callable[[str], None] | None = None
    another_key: AnotherKey | None = None
    backups_stand: Callable[[], BackupsStand] | None = None  # worker
    try_backup: Callable[[Report], BackupShown] | None = None  # long; raises EnvironmentFailure naming the fault
    check_all: Callable[[Report], CheckupShown] | None = None  # long
    print_head: Callable[[Path], None] | None = None  # worker
    sheet_due: Callable[[], bool] | None = None  # worker
    export_office: Callable[[Path, Report], ExportShown] | None = None  # long
    ladders: Callable[[], Sequence[LadderShown]] | None = None  # worker
    set_ladder: Callable[[str, str, str], None] | None = None  # worker; kind, days before, after; raises Refused
    ask_folder: Callable[[QWidget, str], Path | None] | None = None  # tests hand in an answer
    ask_pdf: Callable[[QWidget, str, str], Path | None] | None = None  # parent, title, name
    show_path: Callable[[Path], bool] | None = None
