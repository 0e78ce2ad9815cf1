"""What every database of an office is given: the follower of the conflict check's keys, the server's own walls."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import SQLModel

from lawdesk.storage.database import Database, Work


def file_names(work: Work, touched: Collection[SQLModel]) -> None:
    """Keep the conflict check's keys in step in every write, whether the check itself was needed yet or not."""
    from lawdesk.conflicts import file_names

    file_names(work, touched)


def install_policies(database: Database) -> None:
    """Let the server hold the walls too; nothing of that is loaded for a file."""
    if database.kind == "postgresql":
        from lawdesk.firm.service.policies import install

        install(database)
