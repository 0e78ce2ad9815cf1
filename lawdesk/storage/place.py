"""Where an office lies: a folder on this PC, or a PostgreSQL server; and which places are refused."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_

SERVER_SCHEMES = ("postgresql://", "postgresql+psycopg://", "postgres://")
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "afpfs", "webdav", "davfs", "fuse.sshfs", "fuse.davfs", "9p"}
    | {"fuse.rclone", "glusterfs", "ceph", "afs", "ncpfs", "fuse.gvfsd-fuse", "prl_fs", "vboxsf"}
)
_SYNC_SERVICES = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"OneDrive( - .*|-.*)?", "OneDrive"),
        (r"Dropbox( \(.*\))?", "Dropbox"),
        (r"Nutstore( Files)?|我的坚果云|坚果云", "坚果云"),
        (r"iCloud ?Drive|Mobile Documents|com~apple~CloudDocs", "iCloud"),
        (r"BaiduSyncdisk|BaiduNetdisk|BaiduYunDownload|百度网盘(同步空间)?", "百度网盘"),
        (r"Google ?Drive|GoogleDrive-.*|My Drive|我的云端硬盘", "Google Drive"),
        (r"WPS ?Cloud ?Files|WPSDrive|WPS云盘|WPS网盘", "WPS 云盘"),
        (r"Weiyun|腾讯微云|微云同步助手", "腾讯微云"),
        (r"Nextcloud|ownCloud|Seafile|Syncthing", "Nextcloud"),
    )
)


@dataclass(frozen=True)
class OfficeFolder:
    """The files of one office on this PC."""

    path: Path

    @property
    def database(self) -> Path:
        """The encrypted SQLite file."""
        return self.path / "office.db"

    @property
    def key_file(self) -> Path:
        """The wrapped key; a copy goes with every backup."""
        return self.path / "office.key"

    @property
    def vault(self) -> Path:
        """The folder of encrypted documents."""
        return self.path / "vault"

    @property
    def backups(self) -> Path:
        """Where backups go unless the office says otherwise."""
        return self.path / "backups"

    @property
    def backup_note(self) -> Path:
        """Where backups go and how the last ones went, in clear: asked also when the office cannot be opened."""
        return self.path / "backups.json"

    def exists(self) -> bool:
        """Whether an office lies here."""
        return self.database.exists() or self.key_file.exists()


def is_server(place: str) -> bool:
    """Whether ``place`` names a PostgreSQL server instead of a folder."""
    return place.startswith(SERVER_SCHEMES)


def server_url(place: str) -> str:
    """Return the URL in the form SQLAlchemy wants for psycopg 3."""
    for scheme in SERVER_SCHEMES:
        if place.startswith(scheme):
            return "postgresql+psycopg://" + place[len(scheme) :]
    raise ValueError(place)


def refuse_network_share(path: Path, mounts: str | None = None) -> None:
    """Raise EnvironmentFailure when ``path`` lies on a network share.

    SQLite's locks and its write-ahead log do not work over SMB or NFS; files there get damaged. ``mounts`` is the
    text of ``/proc/mounts``, handed in by tests.
    """
    kind = file_system_of(path, mounts)
    if kind in NETWORK_FILE_SYSTEMS:
        raise EnvironmentFailure(
            "place.network_share",
            N_("An office file cannot lie on a network share ({kind})."),
            N_("Shares lose the locks that keep the file whole; two PCs would damage it."),
            N_("Choose a folder on this PC. For several seats use a PostgreSQL office."),
            kind=kind,
        )


def file_system_of(path: Path, mounts: str | None = None) -> str:
    """Return the kind of file system ``path`` lies on, ``""`` where that cannot be told."""
    absolute = path.absolute()
    if mounts is None and sys.platform == "win32":
        return _windows_kind(absolute)
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = Path(fields[1].encode().decode("unicode_escape", errors="replace"))
        if absolute.is_relative_to(point) and len(point.parts) > best:
            best, kind = len(point.parts), fields[2]
    return kind


def _windows_kind(path: Path) -> str:
    """Return ``smbfs`` for UNC paths and mapped network drives on Windows."""
    if path.drive.startswith("\\\\"):
        return "smbfs"
    import ctypes

    remote = 4  # DRIVE_REMOTE
    windll = getattr(ctypes, "windll", None)
    if windll is not None and windll.kernel32.GetDriveTypeW(path.drive + "\\") == remote:
        return "smbfs"
    return ""


def sync_service(path: Path) -> str:
    """Return the name of the service that keeps ``path`` in step with other PCs, "" for an ordinary folder.

    Such services copy a file while it is being written and bring back older ones: an office there gets damaged.
    Told by the folders' names, as the services make them.
    """
    for part in path.absolute().parts:
        for pattern, name in _SYNC_SERVICES:
            if pattern.fullmatch(part):
                return name
    return ""


def default_office_folder() -> Path:
    """Return where a new office goes unless the user chooses another folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "LawDesk" / "office"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "LawDesk" / "office"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "lawdesk" / "office"
