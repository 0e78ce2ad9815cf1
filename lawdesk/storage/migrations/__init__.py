"""The steps that bring an older office to today's tables. Run by :mod:`lawdesk.storage.migrate`."""

REVISIONS = ("0001",)
"""Every revision ever released, oldest first. An office at any other one was made by a newer LawDesk."""
HEAD = REVISIONS[-1]
