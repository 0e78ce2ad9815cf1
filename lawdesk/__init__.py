"""LawDesk: case management for small law firms, on their own PC, offline and encrypted."""

__version__ = "0.1.0"
