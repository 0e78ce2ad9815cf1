"""The recovery code of a new office stays in view until somebody says that it is written down."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from tests.journeys.conftest import Start
from tests.journeys.hands import Hands
from tests.journeys.test_story import FIRM, FOUNDER, PASSPHRASE


def new_office(hands: Hands) -> str:
    """Make an office; return the first half of its recovery code."""
    for name, text in (
        ("律师事务所名称", FIRM),
        ("您的姓名", FOUNDER),
        ("口令", PASSPHRASE),
        ("再输一次口令", PASSPHRASE),
    ):
        hands.fill(name, text)
    hands.press("Return")
    hands.arrive()
    hands.see("您的恢复码")
    return next(line for line in hands.seen().splitlines() if len(line.split()) == 4 and line.isascii())


def test_esc_another_page_and_a_lock_do_not_lose_it(start: Start) -> None:
    hands = start()
    code = new_office(hands)
    hands.press("Esc")
    hands.see(code)
    hands.press("Ctrl+2")
    hands.see(code)
    hands.press("Ctrl+L")
    hands.wait(lambda: hands.window.locked)
    assert code not in hands.seen()
    hands.fill("口令", PASSPHRASE)
    hands.press("Return")
    hands.wait(lambda: not hands.window.locked)
    hands.see(code)
    hands.tab_to("我已抄好")
    hands.press("Return")
    hands.press("Ctrl+1")
    hands.settle()
    assert code not in hands.seen()


def test_it_can_be_printed(start: Start, tmp_path: Path) -> None:
    hands = start()
    code = new_office(hands)
    paper = tmp_path / "code.pdf"
    hands.tab_to("存为 PDF 以便打印")
    hands.answer(paper, lambda: hands.press("Return"))
    hands.wait(paper.exists)
    text = PdfReader(paper).pages[0].extract_text()
    assert "-".join(code.split()) in text.replace(" ", "")
