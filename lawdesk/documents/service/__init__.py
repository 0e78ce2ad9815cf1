"""What a lawyer does with documents, and the case as one file."""

from lawdesk.documents.service.package import PackageService, Packed
from lawdesk.documents.service.shelf import DocumentService

__all__ = ["DocumentService", "PackageService", "Packed"]
