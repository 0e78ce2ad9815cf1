"""Which article number was the law's on a given day: statutes get renumbered, the data keeps old ones in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from lawdesk.deadlines.rules.data import Rule

_ARTICLE = r"(?P<article>第\d+条(?:第?\d+款)?)"
_UNTIL = re.compile(rf"(?P<until>\d{{4}}(?:-\d\d-\d\d)?)前[:：]?{_ARTICLE}")
_RANGE = re.compile(rf"(?P<first>\d{{4}})-(?P<last>\d{{4}})[:：]{_ARTICLE}")
_FROM = re.compile(rf"(?P<since>\d{{4}}-\d\d-\d\d)起[:：]{_ARTICLE}")
_OLD_LAW = re.compile(rf"旧法{_ARTICLE}")


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article number; ``certain`` is false where the data does not say which number held on that day."""

    article: str
    certain: bool = True


def article_on(rule: Rule, day: date) -> CitedArticle:
    """Return the article of ``rule`` as numbered on ``day``."""
    if not rule.former_articles_zh:
        return CitedArticle(rule.article, day >= rule.article_since)
    renumbered_last: date | None = None
    for first, last, article in _spans(rule.former_articles_zh, rule.article_since):
        if first <= day <= last:
            return CitedArticle(article)
        if last < rule.article_since and (renumbered_last is None or last > renumbered_last):
            renumbered_last = last
    # The last renumbering the data knows ended on that day: since then the number is today's.
    certain = day >= rule.article_since or (renumbered_last is not None and day > renumbered_last)
    return CitedArticle(rule.article, certain)


@cache
def _spans(text: str, article_since: date) -> tuple[tuple[date, date, str], ...]:
    found: list[tuple[date, date, str]] = []
    for part in re.split("[;；]", text):
        if match := _UNTIL.search(part):
            found.append((date.min, _day_before(match["until"]), match["article"]))
        elif match := _RANGE.search(part):
            found.append((date(int(match["first"]), 1, 1), date(int(match["last"]), 12, 31), match["article"]))
        elif match := _FROM.search(part):
            found.append((date.fromisoformat(match["since"]), date.max, match["article"]))
        elif match := _OLD_LAW.search(part):
            found.append((date.min, date.fromordinal(article_since.toordinal() - 1), match["article"]))
    return tuple(found)


def _day_before(text: str) -> date:
    day = date.fromisoformat(text) if "-" in text else date(int(text), 1, 1)
    return date.fromordinal(day.toordinal() - 1)
