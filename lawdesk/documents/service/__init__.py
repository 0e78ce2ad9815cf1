"""What a lawyer does with documents, and the case as one file."""

from lawdesk.documents.service.package import PackageService, Packed
from lawdesk.documents.service.shelf import DocumentService, Shelf
from lawdesk.documents.service.taking_in import Added, NotTaken, Step, TakenIn

__all__ = ["Added", "DocumentService", "NotTaken", "PackageService", "Packed", "Shelf", "Step", "TakenIn"]
