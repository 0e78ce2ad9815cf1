"""The desktop program: unlocks or founds the office, builds the window and hands it the finished pages."""

from lawdesk.app.program import main

__all__ = ["main"]
