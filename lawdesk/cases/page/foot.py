"""The foot of the new case: where the check stands, what is missing, and the one button with its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from lawdesk.kernel.i18n import _, language
from lawdesk.ui import Button, KeyCaps, Label, hbox, vbox


@dataclass(frozen=True)
class FootState:
    """What the foot tells of. ``check`` is the panel's sentence, ``decided`` whether there is a clearance."""

    outcome: str = "unchecked"
    check: str = ""
    decided: bool = False
    lacking: Sequence[str] = ()
    refused: str = ""
    opening: bool = False
    waiting: bool = False


def button_words(outcome: str) -> str:
    """Return what the button will do, by the outcome of the check."""
    return {
        "blocked": _("Cannot be taken in"),
        "needs_decision": _("Submit the decision and open the case"),
    }.get(outcome, _("Open the case"))


def foot_words(state: FootState) -> tuple[str, str, str]:
    """Return the sentence beside the button, its tone, and the quiet line below."""
    if state.refused:
        return state.refused, "red", ""
    if state.opening:
        return _("Opening the case …"), "text", ""
    if state.waiting:
        return _("Waiting for the conflict check, then the case opens by itself"), "text", state.check
    return _check_words(state)


def _check_words(state: FootState) -> tuple[str, str, str]:
    if state.outcome == "blocked":
        return state.check, "red", _("A forbidden conflict cannot be waived (Lawyers Law, article 39)")
    if state.lacking:
        gap = "" if language() == "zh" else " "
        return (
            state.check or _("Three things are needed, all else may follow later"),
            "text",
            gap.join(state.lacking),
        )
    if state.outcome == "needs_decision" and not state.decided:
        return state.check, "amber", _("Decide on each hit at the right first")
    return state.check, "text", _("The number and the first proceeding are made with it")


class OpenFoot(QFrame):
    """The foot itself."""

    def __init__(self, run: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._outcome = ""
        self.what = Label("", wrap=True)
        self.why = Label("", step="small", tone="text2", elide=True)
        self.button = Button(lambda: button_words(self._outcome), run, kind="filled", icon="arrow-right")
        self.keys = KeyCaps("Ctrl+Enter")
        line = hbox(
            vbox(self.what, self.why, space=0.5),
            self.button,
            self.keys,
            space=3,
            margins=(6, 3, 5, 3),
            parent=self,
        )
        line.setStretch(0, 1)

    def show_state(self, state: FootState) -> None:
        """Show ``state``."""
        self._outcome = state.outcome
        self.button.retranslate()
        self.button.setEnabled(state.outcome != "blocked" and not state.opening)
        what, tone, why = foot_words(state)
        self.what.set_words(what)
        self.what.set_tone(tone)
        self.why.set_words(why)
