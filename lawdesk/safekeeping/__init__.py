"""Keeping the office safe (保管): copies that come back, records that show tampering, damage found in time.

An *export* (导出) is a folder anybody can read without LawDesk; it leaves the office unencrypted, so it is
somebody's decision and on record. A *backup* (备份) stays encrypted. A *check* (检查) only looks; nothing is
repaired in place.
"""

from lawdesk.safekeeping.backups import BackupService, BackupState, backup_folder, newest_backup
from lawdesk.safekeeping.chain import FAULTS, ChainService
from lawdesk.safekeeping.export import ExportService
from lawdesk.safekeeping.health import Checkup, Finding, HealthService, keep_evidence
from lawdesk.safekeeping.opening import Exported
from lawdesk.safekeeping.sessions import Act, SessionLog

__all__ = [
    "FAULTS",
    "Act",
    "BackupService",
    "BackupState",
    "ChainService",
    "Checkup",
    "ExportService",
    "Exported",
    "Finding",
    "HealthService",
    "SessionLog",
    "backup_folder",
    "keep_evidence",
    "newest_backup",
]
