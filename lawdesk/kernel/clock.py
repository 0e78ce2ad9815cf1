"""What time it is, as something that can be handed in: tests and the demo set their own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "CST")
"""China standard time, one zone for the whole country and without summer time since 1992."""


class Clock(Protocol):
    """Tells the moment and the legal day."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return today's legal day in China."""
        ...


class SystemClock:
    """The clock of the PC."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self.now().astimezone(CHINA).date()


class ShiftedClock(SystemClock):
    """The clock of the PC moved so that it now shows another moment: the demo's office lives on its own day."""

    def __init__(self, shown: datetime) -> None:
        self._shift = shown - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift


class FixedClock:
    """A clock that stands until it is moved."""

    def __init__(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        self._moment = moment

    def now(self) -> datetime:
        return self._moment.astimezone(UTC)

    def today(self) -> date:
        return self._moment.astimezone(CHINA).date()

    def advance(self, step: timedelta) -> None:
        """Move the clock by ``step``."""
        self._moment += step

    def set(self, moment: datetime) -> None:
        """Put the clock at ``moment``."""
        self._moment = moment
