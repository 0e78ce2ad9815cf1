from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lawdesk.ui import TaskRunner, theme
from lawdesk.ui.words import follow_language
from tests.cases.page_bench import Bench
from tests.offices import Firm


@pytest.fixture
def bench(file_office: Firm, qtbot: QtBot, qapp: QApplication) -> Iterator[Bench]:
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    tasks = TaskRunner()
    tasks.listen(file_office.office.announcer)
    yield Bench(file_office, qtbot, tasks)
    tasks.close()
