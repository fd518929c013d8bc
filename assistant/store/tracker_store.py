"""The tracker store: conversations in SQLite or PostgreSQL, redacted before they are written.

Named in ``endpoints.yml``. It keeps Rasa's own table, so that whatever reads a Rasa tracker
store can read this one, and differs from Rasa's :class:`SQLTrackerStore` in six things:

- nothing that identifies a person is written or sent to the event broker;
- conversations can be deleted, and old ones are (:meth:`delete_older_than`); SQLite
  overwrites what is deleted, and its file is private;
- what is new in a conversation is told by the events' own times, under a lock on the
  conversation; Rasa counts events, and two writers at once lose or double some;
- the database is asked in a thread, so that a slow one does not hold up other conversations;
- a turn is written whole or not at all, and a message that came twice is written once;
- what was on its way when a conversation was deleted is not written afterwards.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import re
import time
from collections import Counter
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence, Union

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.sql import Select

from assistant.faults import place_of
from assistant.metrics import time_step
from assistant.privacy.logs import redact_logs
from assistant.privacy.redaction import Redactor, shared_redactor
from assistant.project import find_project
from assistant.store.database import make_engine, private_file, writing
from assistant.store.event_broker import RedactingEventBroker
from assistant.store.events import EventData, kept_events, read_event
from assistant.store.forgetting import DAY_S

logger = logging.getLogger(__name__)

DEFAULT_DAYS = 30

TURNS_READ = 12
"""Turns of a conversation that a further turn needs: a longer one costs no more."""

LASTING_EVENTS = (SlotSet.type_name, ActiveLoop.type_name)
"""Types of events that hold for the whole conversation, however long ago they were."""

EventKey = tuple[float, str]
"""What tells an event from the others of its conversation: its time and its type."""


FORGOTTEN = sa.Table(
    "forgotten",
    sa.MetaData(),
    sa.Column("conversation", sa.String(64), primary_key=True),
    sa.Column("moment", sa.Float, nullable=False),
)
"""Conversations that were deleted, as hashes of their ids, and when: for a day, so that what was on
its way then is not written. No turn lasts nearly as long."""


# The statements of a turn are made once: to make one takes longer than to have it answered.
_EVENTS = SQLTrackerStore.SQLEvent.__table__
_MINE = _EVENTS.c.sender_id == sa.bindparam("conversation")
_MESSAGE = _EVENTS.c.type_name == UserUttered.type_name

_ALL = sa.select(_EVENTS.c.data).where(_MINE).order_by(_EVENTS.c.id)
_FIRST = (
    sa.select(_EVENTS.c.id)
    .where(_MINE, _MESSAGE)
    .order_by(_EVENTS.c.id.desc())
    .offset(TURNS_READ - 1)
    .limit(1)
    .scalar_subquery()
)
_LAST_TURNS = _ALL.where(
    sa.or_(_EVENTS.c.id >= sa.func.coalesce(_FIRST, 0), _EVENTS.c.type_name.in_(LASTING_EVENTS))
)
"""Of what came before the last turns, slots only are read."""

_THERE = sa.select(_EVENTS.c.timestamp, _EVENTS.c.type_name).where(
    _MINE, _EVENTS.c.timestamp >= sa.bindparam("earliest")
)
_SAME_MESSAGE = (
    sa.select(_EVENTS.c.id)
    .where(_MINE, _MESSAGE, _EVENTS.c.data.contains(sa.bindparam("named"), escape="/"))
    .limit(1)
)
_LAST = sa.select(sa.func.max(_EVENTS.c.timestamp)).where(_MINE)
_DELETE = _EVENTS.delete().where(_MINE)
_FORGOTTEN_AT = sa.select(FORGOTTEN.c.moment).where(
    FORGOTTEN.c.conversation == sa.bindparam("conversation")
)


class ForgottenError(RuntimeError):
    """The conversation was deleted while this was on its way: nothing of it may be written."""


class RepeatedMessageError(RuntimeError):
    """Another turn has answered this very message and written it."""


class RedactingTrackerStore(SQLTrackerStore):
    """Rasa's SQL tracker store without identifiers. ``days`` is how long it keeps."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        host: Optional[str] = None,
        event_broker: Optional[EventBroker] = None,
        dialect: str = "sqlite",
        db: str = "kept/conversations.db",
        port: Optional[int] = None,
        username: Optional[str] = None,
        password: Optional[str] = None,
        query: Optional[dict[str, str]] = None,
        days: Union[int, str] = DEFAULT_DAYS,
        redactor: Optional[Redactor] = None,
    ) -> None:
        """Open the database and make the tables if they are not there.

        Args:
            domain: the trained domain.
            host: of the PostgreSQL server, or a whole database address.
            event_broker: gets the redacted events once they are written.
            dialect, db, port, username, password, query: as for Rasa's own store. For SQLite
                ``db`` is a path, in the project's folder unless it is absolute.
            days: conversations older than this are deleted by :meth:`delete_old`.
            redactor: another one than the process's own.

        Raises:
            sqlalchemy.exc.OperationalError: the database cannot be reached.
            ValueError: ``days`` is no number of days.
        """
        # Here, and not where a server starts: ``rasa run`` makes the store and has no entry point
        # of ours, and Rasa logs what people type.
        redact_logs()
        self.days = int(days)
        if self.days < 1:
            raise ValueError(f"days: {days}: keep conversations at least one day")
        if dialect == "sqlite" and host is None:
            db = str(private_file(find_project().root / db))
        url = self.get_db_url(
            dialect, host, port and int(port), db, username, password, None, query
        )
        self.engine = make_engine(sa.engine.make_url(url))
        self._make_tables()
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._redactor = redactor or shared_redactor()
        broker = RedactingEventBroker(event_broker, self._redactor) if event_broker else None
        TrackerStore.__init__(self, domain, event_broker=broker)

    def _make_tables(self) -> None:
        """Make the tables that are not there, though another server may be making them now."""
        for tables in (self.Base.metadata, FORGOTTEN.metadata):
            try:
                tables.create_all(self.engine)
            except (sa.exc.ProgrammingError, sa.exc.IntegrityError, sa.exc.OperationalError):
                tables.create_all(self.engine)  # by now the other has made it

    async def save(self, tracker: DialogueStateTracker, since: Optional[float] = None) -> None:
        """Write what is new in the tracker, redacted, and send it to the event broker.

        Args:
            tracker: the conversation with what is new in it.
            since: when what is new came, as a time stamp, if that was before its first event.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: nothing of it could be written.
            RepeatedMessageError: nothing was, for the message is there already.
            ForgottenError: nothing was, for the conversation was deleted meanwhile.
        """
        if not tracker.events:  # Rasa saves a conversation before anything is said in it
            return
        with time_step("write"):
            written = await asyncio.to_thread(self._save, tracker, since)
        if self.event_broker is None:
            return
        try:
            await asyncio.to_thread(self._publish, tracker.sender_id, written)
        except Exception as error:  # the turn is kept; the person need not ask again
            logger.error("Events not sent on: %s", place_of(error))

    def _publish(self, conversation: str, written: Iterable[EventData]) -> None:
        if self.event_broker is not None:
            for data in written:
                self.event_broker.inner.publish({"sender_id": conversation, **data})

    async def delete(self, conversation: str) -> None:
        """Delete all that is kept of a conversation; what came before is not written any more."""
        await asyncio.to_thread(self._forget, conversation)

    async def delete_old(self) -> int:
        """Delete what is older than the configured days: what the server calls daily.

        Returns:
            The number of conversations deleted.
        """
        return await self.delete_older_than(self.days)

    async def delete_older_than(self, days: int) -> int:
        """Delete the conversations in which nothing was said for so many days.

        Returns:
            The number of conversations deleted.
        """
        return await asyncio.to_thread(self._delete_older_than, time.time() - days * DAY_S)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The tracker of a conversation's last turns, as it was kept, with all its slots."""
        with time_step("read"):
            return await asyncio.to_thread(self._read, sender_id, _LAST_TURNS)

    async def retrieve_full_tracker(self, conversation_id: str) -> Optional[DialogueStateTracker]:
        """The tracker of a whole conversation, as it was kept."""
        return await asyncio.to_thread(self._read, conversation_id, _ALL)

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await asyncio.to_thread(self._conversations)

    def events_between(self, start: float, end: float) -> Iterator[tuple[str, EventData]]:
        """Conversation id and kept event, for a report, in the order of the conversations.

        Args:
            start: time stamp of the first moment.
            end: time stamp after the last.
        """
        event = self.SQLEvent
        with self.session_scope() as session:
            rows = (
                session.query(event.sender_id, event.data)
                .filter(event.timestamp >= start, event.timestamp < end)
                .order_by(event.sender_id, event.id)
                .yield_per(1000)
            )
            for conversation, data in rows:
                yield conversation, json.loads(data)

    @contextlib.contextmanager
    def session_scope(self) -> Iterator[Session]:
        """A session that is closed. Rasa's own ends the process for every ``ValueError``."""
        with self.sessionmaker() as session:
            yield session

    def _save(
        self, tracker: DialogueStateTracker, since: Optional[float] = None
    ) -> list[EventData]:
        events = list(tracker.events)
        conversation = tracker.sender_id
        # Redaction takes its time, so it is done while nothing of the database is held: of what
        # seems new now. What another writer has written meanwhile is left out below.
        with self.session_scope() as session:
            new = self._not_yet_kept(session.connection(), conversation, events)
        redacted = dict(zip(map(id, new), kept_events(events, new, self.domain, self._redactor)))
        with self.session_scope() as session, writing(session, conversation):
            connection = session.connection()
            still_new = self._not_yet_kept(connection, conversation, new) if new else []
            if not still_new:
                return []
            began = min(one.timestamp for one in still_new)
            self._refuse_forgotten(connection, conversation, min(began, since or began))
            self._refuse_repeated(connection, conversation, still_new)
            written = [redacted[id(event)] for event in still_new]
            # One statement for all of them: an object each would be one statement each.
            connection.execute(
                _EVENTS.insert(), [self._row(conversation, data) for data in written]
            )
        return written

    def _not_yet_kept(
        self, connection: Connection, conversation: str, events: Sequence[Event]
    ) -> list[Event]:
        """Those events of the conversation that the database does not have yet."""
        earliest = min(one.timestamp for one in events)
        asked = {"conversation": conversation, "earliest": earliest}
        there = Counter(tuple(row) for row in connection.execute(_THERE, asked))
        new = []
        for one in events:
            if there[_event_key(one)] > 0:
                there[_event_key(one)] -= 1
            else:
                new.append(one)
        return new

    def _refuse_forgotten(self, connection: Connection, conversation: str, began: float) -> None:
        """What began before its conversation was deleted is not written after it.

        The lock on the conversation does not prevent it: a write goes on in its thread when its
        turn has taken too long, and another server may delete what this one is only reading.
        """
        asked = {"conversation": _hash_of_id(conversation)}
        if (connection.execute(_FORGOTTEN_AT, asked).scalar() or 0.0) >= began:
            raise ForgottenError("the conversation was deleted meanwhile")

    def _refuse_repeated(
        self, connection: Connection, conversation: str, new: Sequence[Event]
    ) -> None:
        """A message sent again while its first turn still writes must not be kept twice.

        The lock on the conversation does not prevent it: it ends with Redis, and with a turn
        that took too long and whose writing goes on.
        """
        for one in new:
            if isinstance(one, UserUttered) and one.message_id:
                named = json.dumps({"message_id": one.message_id})[1:-1]
                asked = {"conversation": conversation, "named": re.sub("[/%_]", r"/\g<0>", named)}
                if connection.execute(_SAME_MESSAGE, asked).first():
                    raise RepeatedMessageError("the message is there already")

    def _row(self, conversation: str, data: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "sender_id": conversation,
            "type_name": data["event"],
            "timestamp": data.get("timestamp"),
            "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
            "action_name": data.get("name"),
            "data": json.dumps(data),
        }

    def _read(self, conversation: str, statement: Select) -> Optional[DialogueStateTracker]:
        """The tracker of a conversation, of what :data:`_ALL` or :data:`_LAST_TURNS` gives."""
        with self.session_scope() as session:
            rows = session.connection().execute(statement, {"conversation": conversation}).all()
        if not rows:
            return None
        events = [read_event(json.loads(data)) for (data,) in rows]
        return DialogueStateTracker.from_events(conversation, events, self.domain.slots)

    def _conversations(self) -> list[str]:
        with self.session_scope() as session:
            return [found for (found,) in session.query(self.SQLEvent.sender_id).distinct()]

    def _forget(self, conversation: str) -> None:
        mark = {"conversation": _hash_of_id(conversation), "moment": time.time()}
        with self.session_scope() as session, writing(session, conversation):
            session.execute(
                FORGOTTEN.delete().where(FORGOTTEN.c.conversation == mark["conversation"])
            )
            session.execute(FORGOTTEN.insert().values(**mark))
            session.execute(_DELETE, {"conversation": conversation})

    def _delete_older_than(self, moment: float) -> int:
        event = self.SQLEvent
        last = sa.func.max(event.timestamp)
        with self.session_scope() as session:
            rows = session.query(event.sender_id).group_by(event.sender_id).having(last < moment)
            old = [conversation for (conversation,) in rows]
        deleted = 0
        for conversation in old:
            mine = {"conversation": conversation}
            with self.session_scope() as session, writing(session, conversation):
                # Again, now that nobody can write: somebody may have come back to it.
                if (session.execute(_LAST, mine).scalar() or 0) < moment:
                    session.execute(_DELETE, mine)
                    deleted += 1
        with self.session_scope() as session:
            session.execute(FORGOTTEN.delete().where(FORGOTTEN.c.moment < time.time() - DAY_S))
            session.commit()
        return deleted


def _hash_of_id(conversation: str) -> str:
    return hashlib.sha256(conversation.encode("utf-8", "replace")).hexdigest()


def _event_key(event: Event) -> EventKey:
    return event.timestamp, event.type_name
