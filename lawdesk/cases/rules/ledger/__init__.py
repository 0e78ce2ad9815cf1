"""The firm's intake ledger in Excel, read with all its sins: what each row says, and what is wrong with it.

``read_ledger(path)`` opens an .xlsx or .csv and returns a :class:`Ledger`. Every row below the headers has one of
four statuses: ``ok`` (can be taken in), ``check`` (a person must look), ``faulty`` (must be put right first)
or ``skip`` (not a case). Nothing is guessed: what cannot be known is None.
"""

from lawdesk.cases.rules.ledger.reader import MAX_LEDGER_ROWS, read_grids, read_ledger, summary
from lawdesk.cases.rules.ledger.values import (
    Grid,
    Ledger,
    LedgerParty,
    LedgerRead,
    LedgerRow,
    LedgerSheet,
    NoValue,
)
from lawdesk.outside.files import open_workbook

__all__ = [
    "MAX_LEDGER_ROWS",
    "Grid",
    "Ledger",
    "LedgerParty",
    "LedgerRead",
    "LedgerRow",
    "LedgerSheet",
    "NoValue",
    "open_workbook",
    "read_grids",
    "read_ledger",
    "summary",
]
