"""One check while it is asked, decided and cleared: what both windows of this feature stand on."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from lawdesk.cases import Clearance
from lawdesk.conflicts.queries import Earlier
from lawdesk.conflicts.rules import Asked, CheckResult, Hit, Outcome, Severity, outcome
from lawdesk.conflicts.service import (
    OTHERWISE,
    ConflictService,
    Decision,
    not_searched_names,
    to_decide,
    undecided,
)
from lawdesk.firm import Actor, Role, may
from lawdesk.kernel.events import Changed
from lawdesk.ui import TaskRunner

DEBOUNCE_MS = 120
KEEP_MS = 600
AGAIN_MS = 400
_TOUCHES = ("party", "case", "enquiry", "person", "firm")

Key = tuple[str, int | str]
"""What is decided: (asked name, party); an empty party is a name that could not be searched."""


@dataclass(frozen=True)
class Checked:
    """A finished check with how long it took and what was decided before about the same question."""

    result: CheckResult
    seconds: float
    earlier: tuple[Earlier, ...]


class LiveCheck(QObject):
    """Asks the check on the worker, collects the decisions and gets the clearance.

    With ``keeps`` the clearance is fetched by itself: as soon as everything is decided, and of a clear check once
    the names have rested, so that half-typed names leave no record. Otherwise :meth:`keep` fetches it.
    ``changed()`` whenever anything shown may be different.
    """

    changed = Signal()

    def __init__(
        self,
        service: ConflictService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        keeps: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._service, self._actor, self._tasks, self._keeps = service, actor, tasks, keeps
        self.asked: tuple[Asked, ...] = ()
        self.checked: Checked | None = None
        self.error: BaseException | None = None
        self.clearance: Clearance | None = None
        self.running = False
        self._decisions: dict[Key, tuple[Decision, Severity | None]] = {}
        self._keeping = False
        self._round = 0
        self._debounce = self._timer(DEBOUNCE_MS, self._check)
        self._rest = self._timer(KEEP_MS, self._keep_clear)
        self._again = self._timer(AGAIN_MS, self._check)
        tasks.changed.connect(self._office_changed)

    def _timer(self, rest: int, due: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(rest)
        timer.timeout.connect(due)
        return timer

    @property
    def result(self) -> CheckResult | None:
        """The newest answer; it belongs to other names while ``running``."""
        return self.checked.result if self.checked is not None else None

    @property
    def keeping(self) -> bool:
        """Whether the clearance is on its way."""
        return self._keeping

    @property
    def may_decide(self) -> bool:
        """Whether who works here may decide hits at all."""
        return may(self._actor(), "conflict.decide")

    @property
    def is_director(self) -> bool:
        """Whether who works here may decide what the rules forbid absolutely."""
        return self._actor().role is Role.DIRECTOR

    @property
    def ready(self) -> bool:
        """Whether nothing keeps the check from being cleared."""
        checked = self.checked
        if checked is None or self.running or self.error is not None:
            return False
        return not undecided(self._actor(), checked.result, list(self.decided().values()), checked.earlier)

    def ask(self, asked: Sequence[Asked], *, at_once: bool = False) -> None:
        """Check these names from now on; a clearance for other names is void."""
        names = tuple(one for one in asked if one.name.strip() or one.identifiers)
        if names == self.asked and self.error is None and not at_once:
            return
        self.asked = names
        self._void()
        self.error = None
        if not names:
            self._debounce.stop()
            self._round += 1
            self.running, self.checked = False, None
            self._decisions.clear()
        else:
            self.running = True
            self._debounce.start(0 if at_once else DEBOUNCE_MS)
        self.changed.emit()

    def outcome(self) -> str:
        """Return ``unchecked``, ``clear``, ``needs_decision`` or ``blocked``, decisions taken into account."""
        result = self.result
        if result is None or self.running or self.error is not None:
            return "unchecked"
        if any(problem.severity == "error" for problem in result.problems):
            return Outcome.BLOCKED.value
        if any(hit.severity is Severity.ABSOLUTE and not self.is_decided(hit) for hit in result.hits):
            return Outcome.BLOCKED.value
        if to_decide(result):
            return Outcome.NEEDS_DECISION.value
        return outcome(result).value

    def is_decided(self, hit: Hit) -> bool:
        """Whether this hit was decided."""
        return (hit.asked.name, hit.party) in self._decisions

    def decision(self, key: Key) -> Decision | None:
        """Return what was decided about a hit or a name."""
        found = self._decisions.get(key)
        return found[0] if found else None

    def open_keys(self) -> list[Key]:
        """Return what still has to be decided, in order."""
        result = self.result
        return [key for key in to_decide(result) if key not in self._decisions] if result is not None else []

    def choices(self, hit: Hit | None) -> tuple[str, ...]:
        """Return the decisions that are open to this person for a hit (None: for a name not searched)."""
        if not self.may_decide:
            return ()
        if hit is None:
            return (OTHERWISE,)
        if hit.severity is Severity.ABSOLUTE:
            return ("other_person",) if self.is_director else ()
        return ("other_person", "no_conflict", "waived")

    def decide(self, key: Key, decision: str, reason: str, check: str = "") -> bool:
        """Decide one hit or name; return whether it counts (a reason is needed)."""
        if not reason.strip() or self.result is None:
            return False
        made = Decision(key[0], key[1], decision, reason.strip(), check)
        self._decisions[key] = (made, self._severity(key))
        self._void()
        self._go_on()
        self.changed.emit()
        return True

    def take_back(self, key: Key) -> None:
        """Open a decision again."""
        if self._decisions.pop(key, None) is not None:
            self._void()
            self._go_on()
            self.changed.emit()

    def earlier(self, hit: Hit | None, name: str = "") -> Earlier | None:
        """Return the newest kept decision about the same hit (or unsearched ``name``), made on another check."""
        if self.checked is None:
            return None
        key = (hit.asked.name, hit.party) if hit is not None else (name, "")
        role = hit.asked.role.value if hit is not None else ""
        for found in self.checked.earlier:
            if (found.asked, found.party) != key or (role and found.role != role):
                continue
            if hit is None or hit.severity is not Severity.ABSOLUTE or found.severity == "absolute":
                return found
        return None

    def take_over(self, key: Key, earlier: Earlier) -> bool:
        """Decide as it was decided before."""
        return self.decide(key, earlier.decision, earlier.reason, earlier.check)

    def decided(self) -> Mapping[Key, Decision]:
        """Return every decision that belongs to the result shown."""
        return {key: decision for key, (decision, _severity) in self._decisions.items()}

    def keep(
        self,
        done: Callable[[Clearance], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Get the clearance now; ``done`` and ``failed`` hear how it went."""
        checked = self.checked
        if checked is None:
            return
        actor, decisions = self._actor(), list(self.decided().values())
        self._fetch(lambda: self._service.clear(actor, checked.result, decisions), done, failed)

    def refuse(
        self,
        reason: str,
        done: Callable[[Clearance], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Record that the firm says no; ``done`` and ``failed`` hear how it went."""
        checked = self.checked
        if checked is None:
            return
        actor = self._actor()
        self._fetch(lambda: self._service.refuse(actor, checked.result, reason), done, failed)

    def _fetch(
        self,
        work: Callable[[], Clearance],
        done: Callable[[Clearance], object] | None,
        failed: Callable[[BaseException], object] | None,
    ) -> None:
        if self._keeping or self.running:
            return
        asked = self.asked
        self._keeping, number = True, self._round

        def got(clearance: Clearance) -> None:
            self._keeping = False
            if number == self._round and asked == self.asked:
                self.clearance = clearance
                self.changed.emit()
                if done is not None:
                    done(clearance)
            else:
                self._go_on()

        def refused(error: BaseException) -> None:
            self._keeping = False
            if number == self._round:
                if failed is not None:
                    failed(error)
                else:
                    self.error = error
                self.changed.emit()

        self._tasks.run(work, got, refused, owner=self)

    def _severity(self, key: Key) -> Severity | None:
        for hit in self.result.hits if self.result is not None else ():
            if (hit.asked.name, hit.party) == key:
                return hit.severity
        return None

    def _void(self) -> None:
        self.clearance = None
        self._round += 1
        self._rest.stop()

    def _check(self) -> None:
        actor, asked = self._actor(), self.asked
        if not asked:
            return

        def work() -> Checked:
            begun = time.perf_counter()
            result = self._service.check(actor, asked)
            took = time.perf_counter() - begun
            return Checked(result, took, tuple(self._service.queries.earlier(actor, asked)))

        def failed(error: BaseException) -> None:
            if asked == self.asked:
                self.running, self.error = False, error
                self.changed.emit()

        self._tasks.run(work, self._answered, failed, owner=self, slot="check")

    def _answered(self, checked: Checked) -> None:
        if checked.result.asked != self.asked:
            return
        before, self.checked = self.result, checked
        self.running, self.error = False, None
        same = before is not None and _same(before, checked.result)
        if not same:
            held = {(hit.asked.name, hit.party): hit.severity for hit in checked.result.hits}
            held.update(dict.fromkeys(((name, "") for name in not_searched_names(checked.result)), None))
            self._decisions = {
                key: kept for key, kept in self._decisions.items() if key in held and held[key] == kept[1]
            }
            self._void()
        self._go_on()
        self.changed.emit()

    def _go_on(self) -> None:
        """Get the clearance when it can be had, if this check keeps by itself."""
        checked = self.checked
        if not self._keeps or checked is None or self.running or self.clearance is not None or self._keeping:
            return
        if not self.ready:
            return
        if to_decide(checked.result):
            self.keep()
        else:
            self._rest.start()

    def _keep_clear(self) -> None:
        if self.result is not None and not self.running and self.clearance is None:
            self.keep()

    def _office_changed(self, change: Changed) -> None:
        """Ask again when what was searched has changed, or somebody decided what is open here."""
        waiting = change.subject == "conflict_check" and bool(self.open_keys())
        if self.asked and not self.running and (change.subject in _TOUCHES or waiting):
            self._again.start()


def _same(one: CheckResult, other: CheckResult) -> bool:
    """Whether two answers say the same of the same data."""
    return (one.asked, one.hits, one.searched, one.not_searched) == (
        other.asked,
        other.hits,
        other.searched,
        other.not_searched,
    )
