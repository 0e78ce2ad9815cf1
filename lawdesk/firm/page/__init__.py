"""The Settings window. Only ``lawdesk.app`` imports this; it hands in a :class:`SettingsDesk` of collaborators."""

from lawdesk.firm.page.desk import (
    AnotherKey,
    BackupShown,
    BackupsStand,
    ChainShown,
    CheckupShown,
    ExportShown,
    FilesShown,
    KeyringState,
    KeyStand,
    KeyWayShown,
    LadderShown,
    OfficeFacts,
    OwnPassphrase,
    Report,
    SettingsDesk,
)
from lawdesk.firm.page.guest import MoreArea
from lawdesk.firm.page.settings_page import SettingsPage

__all__ = [
    "AnotherKey",
    "BackupShown",
    "BackupsStand",
    "ChainShown",
    "CheckupShown",
    "ExportShown",
    "FilesShown",
    "KeyStand",
    "KeyWayShown",
    "KeyringState",
    "LadderShown",
    "MoreArea",
    "OfficeFacts",
    "OwnPassphrase",
    "Report",
    "SettingsDesk",
    "SettingsPage",
]
