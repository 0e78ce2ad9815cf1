"""The command line: the same services as the window, without Qt. Its names and codes are a promise to scripts."""

from lawdesk.cli.app import main

__all__ = ["main"]
