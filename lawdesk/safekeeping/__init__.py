"""Keeping the office safe (保管): copies that come back, records that show tampering, damage found in time.

An *export* (导出) is a folder anybody can read without LawDesk; it leaves the office unencrypted, so it is
somebody's decision and on record. A *backup* (备份) stays encrypted. A *check* (检查) only looks; nothing is
repaired in place.
"""

from lawdesk.safekeeping.export import ExportService
from lawdesk.safekeeping.opening import Exported

__all__ = ["ExportService", "Exported"]
