"""No connection is ever opened: work is done in a network without anything in it, and every attempt is counted."""

from __future__ import annotations

import pytest

from tests.journeys.offline import CONTROL, WORK, counted, namespace


@pytest.fixture(scope="module")
def prefix(request: pytest.FixtureRequest) -> tuple[str, ...]:
    found = namespace()
    if not found:
        reporter = request.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(
                "no network namespace allowed here: connections are watched by Python's audit hook only"
            )
    return found


def test_cases_papers_export_backup_and_window_open_no_connection(
    prefix: tuple[str, ...],
) -> None:
    told = counted(WORK, prefix)
    assert told.done, told.errors
    assert (told.attempts, told.counters) == ([], {}), told.how


def test_an_attempt_would_be_seen(prefix: tuple[str, ...]) -> None:
    told = counted(CONTROL, prefix)
    assert told.done and "socket.connect" in told.attempts
    assert bool(told.counters) == bool(prefix), "the kernel counts what Python's hook cannot see"
