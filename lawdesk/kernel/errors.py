"""Errors sorted by who can act, and the one place that turns them into words.

Four families: :class:`UserError` (you can fix it), :class:`EnvironmentFailure` (disk, lock, key, server),
:class:`Cancelled` (you stopped it) and :class:`Bug` (our fault; everything unexpected counts as one).
An error carries a stable code, sentences marked for translation and their parameters; :func:`describe`
puts them into the user's language: what happened, why, what to do next.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lawdesk.kernel.i18n import N_, _

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Problem:
    """One thing wrong with some input, as a value: rules return problems, pages show them at the field."""

    code: str
    message: str  # marked with N_, may hold {placeholders}
    field: str = ""
    severity: Severity = "error"
    params: dict[str, Any] = dataclasses.field(default_factory=dict, hash=False)

    def words(self) -> str:
        """Return the sentence in the user's language."""
        return _(self.message).format(**self.params)


@dataclass(frozen=True)
class Words:
    """An error in the user's language."""

    what: str
    why: str
    next: str
    code: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.next) if part)


class LawDeskError(Exception):
    """An error LawDesk knows about. ``what``, ``why`` and ``hint`` are marked with ``N_``."""

    exit_code = 70

    def __init__(self, code: str, what: str, why: str = "", hint: str = "", **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.what = what
        self.why = why
        self.hint = hint
        self.params = params

    def __str__(self) -> str:
        return f"{self.code}: {self.what.format_map(_Tolerant(self.params))}"


class UserError(LawDeskError):
    """The user can put it right: a refused input, a missing field, a right they lack."""

    exit_code = 3


class Refused(UserError):  # noqa: N818 - one word says it
    """Input that broke rules; carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem], what: str = N_("This cannot be saved yet.")) -> None:
        code = problems[0].code if problems else "refused"
        super().__init__(code, what)
        self.problems = tuple(problems)


class EnvironmentFailure(LawDeskError):  # noqa: N818 - "EnvironmentError" is Python's own
    """Something outside failed: disk, file, lock, key, server."""

    exit_code = 4


class Cancelled(LawDeskError):  # noqa: N818 - a fact, not a fault
    """The user stopped it; nothing was changed."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__("cancelled", N_("Stopped. Nothing was changed."))


class Bug(LawDeskError):  # noqa: N818 - one word says it
    """Our fault. Raised where a state must not happen; unexpected exceptions are shown the same way."""


def describe(error: BaseException) -> Words:
    """Return what to tell the user about ``error``, in their language."""
    if isinstance(error, Refused):
        why = " ".join(problem.words() for problem in error.problems)
        return Words(_(error.what), why, _(error.hint), error.code)
    if isinstance(error, LawDeskError):
        params = _Tolerant(error.params)
        what, why, hint = (_(part).format_map(params) for part in (error.what, error.why, error.hint))
        return Words(what, why, hint, error.code)
    return Words(
        _("LawDesk made a mistake."),
        _("What was saved before is safe; the last step was not carried out."),
        _("Try again. If it happens again, send us the code below."),
        f"bug.{type(error).__name__}",
    )


def exit_code(error: BaseException) -> int:
    """Return the exit code of the command line contract for ``error``."""
    return error.exit_code if isinstance(error, LawDeskError) else 70


class _Tolerant(dict[str, Any]):
    """Leave an unknown placeholder standing: a message about an error must never fail itself."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
