"""The part of the settings about personal data. Only ``lawdesk.app`` imports this."""

from lawdesk.privacy.page.area import PrivacyArea
from lawdesk.privacy.page.part import PrivacyDesk, ask_path

__all__ = ["PrivacyArea", "PrivacyDesk", "ask_path"]
