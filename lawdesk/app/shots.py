"""Pictures of every page of an office, taken off screen: for the demo, the README, and eyes that compare.

``python -m lawdesk.app.shots OFFICE TARGET [zh,light,1366x768,100 …]`` with ``LAWDESK_PASSPHRASE`` set; prints the
files made, one on a line.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lawdesk.kernel.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from lawdesk.app.program import Program
    from lawdesk.app.window import Window

PATIENCE_S = 60.0
CALLER, OTHER, GUARANTOR = "晨湖示例科技有限公司", "澄湖市维砚电气", "刘𬀩"


@dataclass(frozen=True)
class Look:
    """How a series of pictures looks: language, theme, size of the window in pixels, text size in per cent."""

    language: str = "zh"
    theme: str = "light"
    width: int = 1366
    height: int = 768
    text_size: int = 100

    @property
    def name(self) -> str:
        """Return what the files of this series are called after their page."""
        size = f"-{self.text_size}" if self.text_size != 100 else ""
        return f"{self.language}-{self.theme}-{self.width}{size}"

    @classmethod
    def from_words(cls, words: str) -> Look:
        """Return the look written ``zh,light,1366x768,100``. Raises ValueError."""
        language, theme, size, text_size = words.split(",")
        width, height = size.split("x")
        return cls(language, theme, int(width), int(height), int(text_size))


LOOKS = (
    Look(),
    Look(theme="dark"),
    Look("en"),
    Look("en", "dark"),
    Look(width=1600, height=1000),
    Look(theme="dark", width=1600, height=1000),
    Look("en", width=1600, height=1000),
    Look("en", "dark", 1600, 1000),
    Look(text_size=150),
    Look("en", text_size=150),
)
"""Both languages, both themes, two sizes; and the small size with large text."""


def take_shots(place: str, target: str, looks: Sequence[Look] = LOOKS[:1]) -> list[str]:
    """Take the pictures in a program of their own and return their paths.

    Off screen, so that no display is needed. Raises RuntimeError with what that program said when it fails.
    """
    command = [sys.executable, "-m", "lawdesk.app.shots", place, target]
    written = [f"{k.language},{k.theme},{k.width}x{k.height},{k.text_size}" for k in looks]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [*command, *written], env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no pictures")
    return done.stdout.split("\n")[:-1]


class Photographer:
    """Leads one window from page to page."""

    def __init__(self, program: Program, window: Window, target: Path) -> None:
        self.program, self.window, self.target = program, window, target
        self.made: list[Path] = []

    def settle(self, seconds: float = 0.35) -> None:
        """Let everything asked for arrive and be painted."""
        from PySide6.QtWidgets import QApplication

        quiet, end = time.monotonic() + seconds, time.monotonic() + PATIENCE_S
        while time.monotonic() < quiet or (self.program.tasks.busy and time.monotonic() < end):
            QApplication.processEvents()
            time.sleep(0.002)

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Keep what is in view as ``name.png``."""
        self.settle()
        path = self.target / f"{name}.png"
        (widget or self.window.shell).grab().save(str(path))
        self.made.append(path)

    def all_pages(self, look: Look) -> None:
        """Visit every page and what floats above them."""
        shell, office, actor = self.window.shell, self.window.seat.office, self.window.seat.actor
        case_id = office.cases.queries.find_case(actor, CALLER)
        for name, show in self._visits(case_id):
            show()
            self.take(f"{name}-{look.name}")
            if name == "new-case":
                self._leave_no_draft()
        shell.finder.open_palette()
        self.settle()
        shell.finder.edit.setText("cheng" if look.language == "zh" else "deadl")
        self.take(f"palette-{look.name}")
        shell.finder.close_palette()
        self.window.lock()
        self.take(f"locked-{look.name}")

    def _visits(self, case_id: int | None) -> Iterator[tuple[str, Callable[[], object]]]:
        from lawdesk.cases import PartyKind
        from lawdesk.cases.page import AskedName

        go = self.window.shell.go
        names = [
            AskedName(OTHER, PartyKind.ORGANIZATION, "client"),
            AskedName(CALLER, PartyKind.ORGANIZATION, "adverse"),
        ]
        yield "today", lambda: go("today")
        if case_id is not None:
            yield "case", lambda: go("cases", case_id=case_id)
            yield "case-deadlines", lambda: go("cases", case_id=case_id, tab="deadlines")
            yield "case-documents", lambda: go("cases", case_id=case_id, tab="documents")
        yield "new-case", self._fill_new_case
        yield "conflicts", lambda: go("conflicts", names=names)
        yield "deadlines", self._show_deadline
        yield "deadlines-month", lambda: go("deadlines", day=self.window.seat.office.clock.today())
        yield "time", lambda: go("time")
        for area in ("people", "backup"):
            yield f"settings-{area}", lambda area=area: go("settings", area=area)  # type: ignore[misc]

    def _leave_no_draft(self) -> None:
        """What was typed for the picture must not wait for whoever opens the office next."""
        from lawdesk.cases.page import NewCasePage

        page = self.window.shell.page("new-case")
        assert isinstance(page, NewCasePage)
        page.clear()
        self.window.shell.note.close_toast()
        self.settle()

    def _show_deadline(self) -> None:
        from lawdesk.deadlines import DocketFilter

        office, actor = self.window.seat.office, self.window.seat.actor
        case_id = office.cases.queries.find_case(actor, CALLER)
        rows = office.deadlines.queries.docket(actor, DocketFilter(case_id=case_id), limit=20)
        appeal = next((row for row in rows if row.rule == "civil-appeal-judgment"), rows[0] if rows else None)
        if appeal is not None:
            self.window.shell.go("deadlines", deadline_id=appeal.id)

    def _fill_new_case(self) -> None:
        state = {
            "clients": [{"name": "维砚示例电气有限公司", "kind": "organization"}],
            "others": [{"name": CALLER, "standing": ""}, {"name": GUARANTOR, "standing": ""}],
            "case": {},
            "team": {},
        }
        self.window.shell.go("new-case")
        self.settle()
        self.window.shell.go("new-case", state=state)
        self.settle(1.0)


@contextmanager
def _opened(place: str, look: Look) -> Iterator[Photographer]:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from lawdesk.app.program import Program

    app = QApplication.instance() or QApplication(["lawdesk"])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="lawdesk-shots-") as folder:
        settings = Settings(Path(folder) / "settings.json")
        wishes = {"language": look.language, "theme": look.theme, "text_size": look.text_size}
        for key, value in {**wishes, "reduced_motion": True, "auto_lock_minutes": 15}.items():
            settings.set(key, value)
        program = Program(app, settings, place)
        program.start.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        program.begin(os.environ.get("LAWDESK_PASSPHRASE", ""))
        end = time.monotonic() + PATIENCE_S
        while program.window is None and time.monotonic() < end:
            app.processEvents()
            time.sleep(0.002)
        if program.window is None:
            raise SystemExit(f"{place} did not open: is LAWDESK_PASSPHRASE right?")
        program.window.shell.resize(look.width, look.height)
        photographer = Photographer(program, program.window, Path())
        photographer.settle(1.0)
        try:
            yield photographer
        finally:
            program.window.shell.close()
            program.close()
            program.appearance.close()


def main(arguments: Sequence[str]) -> int:
    """Take the pictures here; return an exit code."""
    place, target, *looks = arguments
    folder = Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    for look in [Look.from_words(words) for words in looks] or LOOKS:
        with _opened(place, look) as photographer:
            photographer.target = folder
            photographer.all_pages(look)
            sys.stdout.write("".join(f"{path}\n" for path in photographer.made))
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
