"""Drafts about a breach: what 个人信息保护法 art. 57 wants told, to the authority and to each person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.paper.blocks import Block, Facts, Gap, Grid, Heading, PageBreak, Text, TextDocument
from lawdesk.privacy.queries import AffectedRow, BreachRow
from lawdesk.privacy.rules.breaches import DATA_KINDS, HAPPENED, SENSITIVE_KINDS


def authority_notice(row: BreachRow, people: Sequence[AffectedRow], firm: str, today: date) -> TextDocument:
    """Return the draft to the authority, with every item of art. 57 and how many people; gaps are marked."""
    facts = [
        (_("What happened"), f"{row.title} ({_named(row.kinds, HAPPENED)})"),
        (_("Found at"), f"{row.found_at:%Y-%m-%d %H:%M}"),
        (_("When it happened"), _span(row)),
        (_("Persons affected"), str(len(people))),
        (_("Kinds of data"), _named(row.data, DATA_KINDS)),
        (_("Sensitive data among them"), _named([one for one in row.data if one in SENSITIVE_KINDS], DATA_KINDS)),
        (_("Cause of the event"), _gap(row.cause)),
        (_("Harm that may come of it"), _gap(row.harm)),
        (_("What was done"), _gap(row.measures)),
        (_("What persons can do"), _gap(row.advice)),
        (_("Persons told"), _told(row)),
        (_("Reach us"), _gap(row.contact)),
    ]
    addressee = row.authority or _("(authority that protects personal information)")
    blocks: list[Block] = [
        Text(_("To: {authority}").format(authority=addressee), bold=True),
        Text(
            _("By art. 57 of the Personal Information Protection Law we report the following event."), indent=True
        ),
        Facts(facts),
        Gap(10),
        Text(f"{firm}    {today.isoformat()}", align="right"),
    ]
    return TextDocument(_("Report of a personal data event (draft)"), blocks, subtitle=(row.number,), author=firm)


def person_notices(row: BreachRow, people: Sequence[AffectedRow], firm: str, today: date) -> TextDocument:
    """Return one letter for each person, each on a page of its own."""
    blocks: list[Block] = []
    for place, person in enumerate(people):
        if place:
            blocks.append(PageBreak())
        blocks += [
            Text(_("{name}:").format(name=person.name), bold=True),
            Text(
                _("We must tell you that data about you were affected by an event ({kinds}).").format(
                    kinds=_named(row.kinds, HAPPENED)
                ),
                indent=True,
            ),
            Facts(
                [
                    (_("When it happened"), _span(row)),
                    (_("Kinds of data"), _named(row.data, DATA_KINDS)),
                    (_("Cause of the event"), _gap(row.cause)),
                    (_("Harm that may come of it"), _gap(row.harm)),
                    (_("What we did"), _gap(row.measures)),
                    (_("What you can do"), _gap(row.advice)),
                    (_("Reach us"), _gap(row.contact)),
                ]
            ),
            Text(_("You may ask us at any time what we keep about you."), indent=True),
            Gap(8),
            Text(f"{firm}    {today.isoformat()}", align="right"),
        ]
    return TextDocument(_("Notice about your personal data (draft)"), blocks, subtitle=(row.number,), author=firm)


def breach_report(row: BreachRow, people: Sequence[AffectedRow], firm: str) -> TextDocument:
    """Return the firm's own record of a breach with the people, contact masked."""
    notice = authority_notice(row, people, firm, row.found_at.date())
    body = [
        [person.name, _("client") if person.client else "", person.phone, person.address, str(person.numbers)]
        for person in people
    ]
    head = [_("Name"), _("Client"), _("Telephone"), _("Address"), _("Numbers")]
    blocks: list[Block] = [*notice.blocks[2:3], Heading(_("Persons affected"))]
    if body:
        blocks.append(Grid(head, body, (1.6, 0.8, 1.4, 2, 0.7), right=(4,)))
    told = row.authority_told_at
    blocks.append(
        Facts(
            [
                (_("Authority told"), f"{told.astimezone(CHINA):%Y-%m-%d %H:%M}" if told else "—"),
                (_("Persons told"), _told(row)),
                (_("Closed on"), str(row.closed_on or "—")),
            ]
        )
    )
    return TextDocument(
        _("Record of a personal data event"), blocks, subtitle=(row.number,), header=firm, author=firm
    )


def _named(codes: Sequence[str], titles: dict[str, str]) -> str:
    return pgettext("list", ", ").join(_(titles[one]) for one in codes) or _gap("")


def _span(row: BreachRow) -> str:
    if row.happened_from is None and row.happened_until is None:
        return _("not known")
    if row.happened_from == row.happened_until or row.happened_until is None:
        return str(row.happened_from)
    return f"{row.happened_from or '?'} – {row.happened_until}"


def _told(row: BreachRow) -> str:
    if row.persons_told_at is not None:
        return f"{row.persons_told_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    return row.not_told_why or _("not yet")


def _gap(text: str) -> str:
    """Return ``text``, or a mark that a person has to fill in."""
    return text.strip() or _("(to be filled in)")
