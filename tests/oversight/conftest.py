"""Today on a real office, with what deadlines bring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.deadlines.conftest import docket_of
from tests.offices import Firm


@pytest.fixture
def docket(office: Firm) -> Any:
    """On both engines."""
    return docket_of(office)


@pytest.fixture
def window(qapp: Any, qtbot: Any, file_office: Firm, tmp_path: Path) -> Iterator[Any]:
    """The shell with Today and the deadlines page."""
    from tests.deadlines.deskwindow import open_window

    yield from open_window(docket_of(file_office), qtbot, qapp, tmp_path)
