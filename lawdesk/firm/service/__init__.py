"""What is done to the firm: founding it, people, rights, settings, ethical walls."""

from lawdesk.firm.service.people import FirmService
from lawdesk.firm.service.walls import WallService

__all__ = ["FirmService", "WallService"]
