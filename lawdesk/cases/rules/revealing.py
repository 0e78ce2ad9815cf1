"""Why somebody looks at a number, telephone or address that is shown masked: asked, and kept with who and whose.

Reasons are codes, not words of one's own, so that no record holds what it protects.
"""

from __future__ import annotations

from enum import StrEnum

from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_


class Masked(StrEnum):
    """What is shown with its middle hidden."""

    IDENTIFIER = "identifier"
    PHONE = "phone"
    ADDRESS = "address"


class Purpose(StrEnum):
    """What it is looked at for."""

    CONTACT = "contact"
    VERIFY = "verify"
    PAPER = "paper"
    ENTRY = "entry"
    REQUEST = "request"


PURPOSE_TITLES = {
    Purpose.CONTACT: N_("To reach the person"),
    Purpose.VERIFY: N_("To check who it is"),
    Purpose.PAPER: N_("For a paper that must name it"),
    Purpose.ENTRY: N_("To enter or correct data"),
    Purpose.REQUEST: N_("Because the person asked"),
}


def party_blocked() -> UserError:
    """Return the error for a party that is only stored (个人信息保护法 art. 47, second part)."""
    return UserError(
        "party.blocked",
        N_("The data of this party are blocked."),
        N_("They are kept only because a law demands it, and are used for conflict checks alone."),
        N_("Settings, Personal data says until when."),
    )
