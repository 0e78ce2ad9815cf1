"""Documents (文书) of a case: files in the encrypted vault, with versions, in the file order (卷内顺序).

A case leaves as a Word report, as a bound PDF (案卷: cover, file index, page stamps, originals inside) or as a ZIP
of the originals.
"""

from lawdesk.documents.queries import DocumentQueries, DocumentRow, VersionRow
from lawdesk.documents.rules import DocumentDraft, file_name, guess_category
from lawdesk.documents.service import (
    Added,
    DocumentService,
    NotTaken,
    PackageService,
    Packed,
    Shelf,
    Step,
    TakenIn,
)

__all__ = [
    "Added",
    "DocumentDraft",
    "DocumentQueries",
    "DocumentRow",
    "DocumentService",
    "NotTaken",
    "PackageService",
    "Packed",
    "Shelf",
    "Step",
    "TakenIn",
    "VersionRow",
    "file_name",
    "guess_category",
]
