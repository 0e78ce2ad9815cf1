"""Taking somebody out of every row, every index and every free page of the office's file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, not_, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from lawdesk.conflicts import forget_names
from lawdesk.privacy.queries.rows import Mention
from lawdesk.privacy.queries.tables import rows_of_case, tables
from lawdesk.privacy.rules.finding import DESTROYED, ERASED, Needles, without
from lawdesk.storage.database import Database
from lawdesk.storage.search import entry_values

FOR_GOOD = frozenset({"audit_record", "conflict_check", "conflict_consent", "clearance", "privacy_erasure"})
"""Written once: a mention there is not blacked out; the row goes as a whole when its time is over, or stays."""
_MANY = 400


def wipe_parties(session: Session, family: Sequence[int]) -> dict[str, int]:
    """Empty the rows of parties; return how many rows went or were emptied, by table.

    The party's own row stays without anything in it: rows of files that are still kept point to it, and a number
    that was given again would lend its history to somebody else.
    """
    party, name = tables()["party"], tables()["party_name"]
    names = list(session.execute(select(name.c.id).where(name.c.party_id.in_(family))).scalars())
    done = {"enquiry": _empty_enquiries(session, family), "wall": _unwalled(session, family)}
    for table, columns in (
        ("party_name", ("party_id",)),
        ("party_identifier", ("party_id",)),
        ("party_relation", ("party_id", "other_id")),
        ("enquiry_party", ("party_id",)),
        ("former_matter_party", ("party_id",)),
        ("party_merge", ("kept_id", "gone_id")),
        ("privacy_block", ("party_id",)),
    ):
        done[table] = _gone(session, table, columns, family)
    values = {"name": ERASED, "phone": "", "address": "", "born_on": None, "note": "", "ref": "", "blocked": True}
    emptied = update(party).where(party.c.id.in_(family)).values(**values, version=party.c.version + 1)
    done["party"] = _count(session.execute(emptied))
    done["search_entry"] = _unlisted(session, "party", family)
    done["party_key"] = forget_names(session, names, family)
    return {table: count for table, count in done.items() if count}


def hide_parties(session: Session, family: Sequence[int], *, hidden: bool) -> None:
    """Let parties only be stored, or be used again; whoever unhides makes their search entries again."""
    party = tables()["party"]
    values = update(party).where(party.c.id.in_(family)).values(blocked=hidden, version=party.c.version + 1)
    session.execute(values)
    if hidden:
        _unlisted(session, "party", family)


def black_out(session: Session, found: Iterable[Mention], wanted: Needles) -> int:
    """Replace the person's name in texts that are not kept for good, and in the search; return how many texts."""
    count, cases = 0, set()
    for one in found:
        table = tables()[one.table]
        if one.table in FOR_GOOD or one.column not in table.c:
            continue
        (key,) = table.primary_key.columns
        column = table.c[one.column]
        text = session.execute(select(column).where(key == one.row_id)).scalar_one_or_none()
        if text is None:
            continue  # went with its row
        values: dict[str, Any] = {one.column: without(text, wanted)}
        if "version" in table.c:
            values["version"] = table.c.version + 1
        session.execute(update(table).where(key == one.row_id).values(**values))
        count += 1
        if one.case_id is not None:
            cases.add(one.case_id)
    _search_again(session, cases, wanted)
    return count


def drop_checks(session: Session, checks: Sequence[int]) -> int:
    """Delete kept conflict checks with their signed consents: rows, not records, for their proof is over."""
    check = tables()["conflict_check"]
    for name in ("conflict_consent", "conflict_about"):
        hanging = tables()[name]
        session.execute(delete(hanging).where(hanging.c.check_id.in_(checks)))
    return _count(session.execute(delete(check).where(check.c.id.in_(checks))))


def drop_questions(session: Session, cases: Sequence[int], parties: Sequence[int]) -> None:
    """Delete what people asked when they met a wall around these cases, and nothing else with it.

    Names of ``parties`` that stay elsewhere go from a question all the same: it was about the case that goes.
    """
    subject, question = tables()["wall_subject"], tables()["wall_question"]
    about = or_(subject.c.case_id.in_(cases), subject.c.party_id.in_(parties))
    met = set(session.execute(select(subject.c.question_id).where(subject.c.case_id.in_(cases))).scalars())
    others = select(subject.c.question_id).where(subject.c.question_id.in_(met), not_(func.coalesce(about, False)))
    alone = met - set(session.execute(others).scalars())
    session.execute(delete(subject).where(subject.c.question_id.in_(alone)))
    session.execute(delete(question).where(question.c.id.in_(alone)))


def destroy_case(session: Session, case_id: int, stays: frozenset[str]) -> tuple[dict[str, int], list[str]]:
    """Delete what hangs on a case and empty its row; return rows by table, and addresses nobody names now."""
    version = tables()["document_version"]
    hanging = rows_of_case(session, case_id, stays)
    ids = hanging.get("document_version", [])
    addresses = set(session.execute(select(version.c.address).where(version.c.id.in_(ids))).scalars())
    done: dict[str, int] = {}
    for name in reversed(list(hanging)):
        table = tables()[name]
        for start in range(0, len(hanging[name]), _MANY):
            some = hanging[name][start : start + _MANY]
            done[name] = done.get(name, 0) + _count(session.execute(delete(table).where(table.c.id.in_(some))))
    case, entry = tables()["cases"], tables()["time_entry"]
    empty = dict.fromkeys(("cause", "stage", "facts", "note", "fee_note", "power"), "")
    values = {**empty, "title": DESTROYED, "amount_fen": None, "version": case.c.version + 1}
    done["cases"] = _count(session.execute(update(case).where(case.c.id == case_id).values(**values)))
    silent = update(entry).where(entry.c.case_id == case_id).values(narrative="", version=entry.c.version + 1)
    done["time_entry"] = _count(session.execute(silent))
    found = tables()["search_entry"]
    session.execute(delete(found).where(or_(found.c.case_id == case_id, _about(found, "case", [case_id]))))
    still = select(version.c.address).where(version.c.address.in_(addresses))
    return done, sorted(addresses - set(session.execute(still).scalars()))


def compact_file(database: Database, touched: Collection[str] = ()) -> bool:
    """Rewrite the office's file so that no free page and no page of the log holds what was deleted.

    ``secure_delete`` overwrites as it deletes; what moved between pages before is left in their gaps, so the file
    is written anew and the log emptied into it. On a server the tables ``touched`` are rewritten; its own log and
    backups are its administrator's. Returns whether it could be done now: another LawDesk may be reading.
    """
    connection: Any = database.engine.raw_connection()
    try:
        if database.kind == "sqlite":
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
            return not busy
        connection.rollback()
        connection.driver_connection.autocommit = True
        try:
            for name in sorted({one for one in touched if one in tables()}):
                connection.cursor().execute(f'VACUUM FULL "{name}"')
        finally:
            connection.driver_connection.autocommit = False
        return True
    except (DBAPIError, _driver_error(database)):
        return False
    finally:
        connection.close()


def _driver_error(database: Database) -> type[Exception]:
    error: type[Exception] = database.engine.dialect.loaded_dbapi.Error
    return error


def own_enquiries(session: Session, family: Sequence[int]) -> list[int]:
    """Return the enquiries the parties made themselves; one that others made with them is theirs, too."""
    asked, party = tables()["enquiry"], tables()["enquiry_party"]
    own = select(party.c.enquiry_id).where(party.c.party_id.in_(family), party.c.side == "client")
    shared = select(party.c.enquiry_id).where(party.c.party_id.not_in(family), party.c.side == "client")
    statement = select(asked.c.id).where(asked.c.id.in_(own), asked.c.id.not_in(shared), asked.c.case_id.is_(None))
    return list(session.execute(statement).scalars())


def _unwalled(session: Session, family: Sequence[int]) -> int:
    """Take the walls around parties down for good: there is nothing left behind them."""
    wall, person, subject = tables()["wall"], tables()["wall_person"], tables()["wall_subject"]
    around = select(wall.c.id).where(wall.c.party_id.in_(family))
    session.execute(delete(person).where(person.c.wall_id.in_(around)))
    session.execute(delete(subject).where(subject.c.party_id.in_(family)))
    return _count(session.execute(delete(wall).where(wall.c.party_id.in_(family))))


def _empty_enquiries(session: Session, family: Sequence[int]) -> int:
    asked = tables()["enquiry"]
    emptied = (
        update(asked)
        .where(asked.c.id.in_(own_enquiries(session, family)))
        .values(subject=ERASED, note="", phone="", status="closed", version=asked.c.version + 1)
    )
    return _count(session.execute(emptied))


def _gone(session: Session, name: str, columns: Sequence[str], ids: Sequence[int]) -> int:
    table = tables()[name]
    return _count(session.execute(delete(table).where(or_(*(table.c[column].in_(ids) for column in columns)))))


def _unlisted(session: Session, subject: str, ids: Sequence[int]) -> int:
    found = tables()["search_entry"]
    return _count(session.execute(delete(found).where(_about(found, subject, ids))))


def _about(found: Any, subject: str, ids: Sequence[int]) -> Any:
    return (found.c.subject == subject) & found.c.subject_id.in_(ids)


def _search_again(session: Session, cases: Collection[int], wanted: Needles) -> None:
    """Black the name out of what the search shows of these cases."""
    found = tables()["search_entry"]
    rows = session.execute(select(found).where(found.c.case_id.in_(sorted(cases)))).all()
    for row in rows:
        title, supporting = without(row.title, wanted), without(row.supporting, wanted)
        if (title, supporting) != (row.title, row.supporting):
            values = entry_values(row.subject, row.subject_id, title, supporting, row.case_id)
            session.execute(update(found).where(found.c.id == row.id).values(**values))


def _count(result: Any) -> int:
    return int(result.rowcount)
