"""How the new enquiry and the firm hang together: a painted vertical chain, evidence on each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.cases import CaseDetail
from lawdesk.conflicts.page import words
from lawdesk.conflicts.rules import STAND_TITLES, Hit, Stand, Standing, step_words, tie_steps, words_of
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import _
from lawdesk.ui import Follows, Segment, icons, paint_segments, theme

_OURS = (Stand.CLIENT, Stand.RETAINER)


@dataclass(frozen=True)
class Node:
    """A box of the chain: who or which case, and what it is at the right. ``ground`` is a token."""

    icon: str
    text: str
    note: str
    tone: str = "text"
    ground: str = "surface"


@dataclass(frozen=True)
class Link:
    """The step between two boxes: what ties them, and the evidence."""

    text: str
    evidence: tuple[str, ...] = ()


Chain = tuple[Node | Link, ...]


def chain_of(hit: Hit, case: CaseDetail | None) -> Chain:
    """Return the chain of a hit; ``case`` is the case of its gravest standing, if it may be seen."""
    role = _("this enquiry, {role}").format(role=words.role_words(hit.asked.role))
    top = Node(words.icon_of(hit.asked.name, hit.asked.kind), hit.asked.name[:80], role, "accent", "accent_soft")
    standing = words.gravest_standing(hit)
    ours = standing is not None and standing.stand in _OURS
    note = _client_note(standing) if standing is not None and ours else hit.ref
    party = Node(
        words.icon_of(hit.name, "unknown"),
        hit.name,
        note,
        "accent" if ours else "text",
        "accent_soft" if ours else "surface",
    )
    steps = tie_steps(hit)
    reasons = hit.reasons[1:] if steps else hit.reasons
    match = Link(words_of(reasons[:2]), tuple(reason.words() for reason in reasons[2:4]))
    chain: list[Node | Link] = [top, match, *_ways(hit), party]
    if standing is None:
        return tuple(chain)
    if standing.stand in (Stand.STAFF, Stand.RELATIVE):
        return (
            *chain,
            Link(_(STAND_TITLES[standing.stand])),
            Node("scale", _("this firm"), "", "amber", "amber_soft"),
        )
    place = _place(standing, case)
    return (*chain, _standing_link(standing), place, *_our_clients(standing, case))


def _ways(hit: Hit) -> list[Node | Link]:
    """Return the parties between the one the name means and the one reached, with what ties them."""
    steps = tie_steps(hit)
    if not steps:
        return []
    start = hit.path[-len(steps) - 1]
    way: list[Node | Link] = [Node(words.icon_of(start.name, "unknown"), start.name, "")]
    for place, step in enumerate(steps):
        since = step.params.get("since")
        way.append(Link(step_words(step), (_("since {day}").format(day=since),) if since else ()))
        if place < len(steps) - 1:
            way.append(Node(words.icon_of(step.name, "unknown"), step.name, ""))
    return way


def _client_note(standing: Standing) -> str:
    if standing.stand is Stand.RETAINER:
        return _(STAND_TITLES[standing.stand])
    return _("our client at present") if standing.open else _("our former client")


def _standing_link(standing: Standing) -> Link:
    stand = _(STAND_TITLES[standing.stand])
    evidence = [standing.position] if standing.position else []
    evidence += [_("taken in on {day}").format(day=long_date(standing.since))] if standing.since else []
    return Link(stand, tuple(evidence))


def _place(standing: Standing, case: CaseDetail | None) -> Node:
    if standing.restricted:
        return Node("lock", standing.words(), "", "amber", "amber_soft")
    if standing.stand in (Stand.ENQUIRER, Stand.ENQUIRY_ADVERSE):
        return Node("phone", standing.title or _("enquiry"), _("enquiry"), "amber", "amber_soft")
    state = _("open") if standing.open else _("closed")
    if not standing.open and standing.closed_on is not None:
        state = _("closed on {day}").format(day=long_date(standing.closed_on))
    elif case is not None and case.stage:
        state = f"{state} · {case.stage}"
    title = " ".join(part for part in (standing.case, standing.title) if part)
    return Node("folder-open", title, state, "amber", "amber_soft")


def _our_clients(standing: Standing, case: CaseDetail | None) -> tuple[Node | Link, ...]:
    """Return the last step: whom we act for there, unless it is the party itself."""
    if standing.stand in _OURS or case is None or not case.clients:
        return ()
    names = "、".join(client.name for client in case.clients[:3])
    names += _(" and others") if len(case.clients) > 3 else ""
    lead = (_("lead: {lead}").format(lead=standing.lead),) if standing.lead else ()
    note = _("our client at present") if standing.open else _("our former client")
    kind = case.clients[0].kind
    return (
        Link(_("we act for"), lead),
        Node(words.icon_of(case.clients[0].name, kind), names, note, "accent", "accent_soft"),
    )


class ChainView(Follows, QWidget):
    """The painted chain; it needs no width and is read out as one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chain: Chain = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_hit(self, hit: Hit, case: CaseDetail | None) -> None:
        """Draw the chain of ``hit``."""
        self._hit, self._case = hit, case
        self.retranslate()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        if hasattr(self, "_hit"):
            self._chain = chain_of(self._hit, self._case)
            self.setAccessibleName(sentence(self._chain))
        self.restyle()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        height = sum(self._height(part) for part in self._chain)
        return QSize(theme.em(20), height + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(theme.em(12), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = 1.0
        for part in self._chain:
            rect = QRectF(0.5, y + 0.5, self.width() - 1, self._height(part) - 1)
            if isinstance(part, Node):
                _paint_node(painter, rect, part)
            else:
                _paint_link(painter, rect, part)
            y += self._height(part)

    def _height(self, part: Node | Link) -> int:
        look = theme.current()
        return look.body_line + look.u(4.5) if isinstance(part, Node) else look.body_line + look.u(2)


def sentence(chain: Sequence[Node | Link]) -> str:
    """Return a chain as one sentence, for screen readers."""
    said = []
    for part in chain:
        more = [part.note] if isinstance(part, Node) else list(part.evidence)
        said.append("，".join(text for text in (part.text, *more) if text))
    return " → ".join(said)


def _paint_node(painter: QPainter, rect: QRectF, node: Node) -> None:
    look = theme.current()
    plain = node.ground == "surface"
    painter.setPen(QPen(look.color("line"), 1) if plain else Qt.PenStyle.NoPen)
    painter.setBrush(look.color(node.ground))
    painter.drawRoundedRect(rect, look.radius("box"), look.radius("box"))
    token = f"{node.tone}_text" if node.tone in ("accent", "amber") else "text2"
    size = look.icon_size(4.5)
    icons.paint(painter, node.icon, token, QRectF(rect.x() + look.u(3.5), rect.y(), size, rect.height()))
    x = rect.x() + look.u(3.5) + size + look.u(3)
    used = 0.0
    if node.note:
        line = QRectF(x, rect.y(), rect.right() - look.u(3.5) - x, rect.height())
        room = line.adjusted(line.width() * 0.45, 0, 0, 0)
        used = paint_segments(
            painter, room, node.note.split(" · "), tone=node.tone if not plain else "text2", right=True
        )
        used += look.u(3)
    painter.setFont(look.font("strong"))
    painter.setPen(look.color("text"))
    width = rect.right() - look.u(3.5) - used - x
    text = look.metrics("strong").elidedText(node.text, Qt.TextElideMode.ElideRight, max(0, int(width)))
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(x, rect.y(), width + look.u(1), rect.height()), align, text)


def _paint_link(painter: QPainter, rect: QRectF, link: Link) -> None:
    look = theme.current()
    x = rect.x() + look.u(3.5) + look.icon_size(4.5) / 2
    painter.setPen(QPen(look.color("line2"), 1.5))
    painter.drawLine(QPointF(x, rect.y()), QPointF(x, rect.bottom()))
    tip = look.u(1)
    for side in (-1, 1):
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + side * tip, rect.bottom() - 1.5 * tip))
    left = rect.x() + look.u(3.5) + look.icon_size(4.5) + look.u(3)
    room = QRectF(left, rect.y(), rect.right() - left, rect.height())
    paint_segments(painter, room, [Segment(link.text, tone="text", bold=True), *link.evidence])
