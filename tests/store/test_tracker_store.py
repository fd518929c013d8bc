"""What reaches the database and the event broker, and what is deleted of it."""

from __future__ import annotations

import asyncio
import datetime
import json
import stat
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from sqlalchemy.orm import Session

from assistant.guidance import Library
from assistant.metrics import metrics_text
from assistant.operations.use_report import read_use, write_report
from assistant.privacy.redaction import Redactor, shared_redactor
from assistant.project import HOME_VARIABLE, Project
from assistant.store import tracker_store
from assistant.store.database import writing
from assistant.store.events import kept_events
from assistant.store.tracker_store import TURNS_READ, RedactingTrackerStore, RepeatedMessageError
from assistant.turn import queue
from assistant.turn.outcome import Outcome
from tests.conftest import ListBroker, WithStore
from tests.store.trackers import LateWrite, said, tracker_with

PLANTED = {
    "zebedia quarrington": "my client zebedia quarrington told me her dad touches her",
    "999 000 0018": "her nhs number is 999 000 0018 and she is 9",
    "QQ123456C": "ni number QQ123456C",
    "ZZ9 9ZZ": "they live at 14 Acacia Avenue, ZZ9 9ZZ",
    "Acacia": "14 Acacia Avenue again",
    "07700 900123": "call me on 07700 900123",
    "quarrington@example.org": "write to z.quarrington@example.org",
    "14/03/2016": "dob 14/03/2016",
    "LCS1234567": "case LCS1234567 was closed, what is a strategy discussion?",
    "A123456789012": "upn A123456789012",
    "zeb_99": "her snapchat is zeb_99",
    "records.example.org/4711": "see https://records.example.org/4711",
}
"""Identifier to a message that holds it."""


async def test_nothing_planted_is_in_the_database_or_sent_on(
    with_store: WithStore,
    store: RedactingTrackerStore,
    database: Path,
    broker: ListBroker,
    library: Library,
    tmp_path: Path,
) -> None:
    assistant = with_store(store)
    for number, message in enumerate(PLANTED.values()):
        reply = await assistant.reply(message, "planted", message_id=f"message-{number}")
        assert not reply.failed
    await assistant.finish()  # what was urgent is kept once it is answered
    kept = b"".join(path.read_bytes() for path in database.parent.iterdir())
    sent = json.dumps(broker.published)
    today = datetime.date.today()
    use = read_use(store.events_between(0, time.time() + 60))
    assert use.messages == len(PLANTED)
    report = "".join(
        path.read_text() for path in write_report(use, library, tmp_path / "report", today, today)
    )
    figures = metrics_text().decode()
    assert len(broker.published) > 3 * len(PLANTED)
    assert b"strategy discussion" in kept and "strategy discussion" in sent
    for identifier in PLANTED:
        assert identifier.lower().encode() not in kept.lower(), identifier
        for elsewhere in (sent, report, figures):
            assert identifier.lower() not in elsewhere.lower(), identifier


async def test_history_works_and_shows_what_was_kept(
    with_store: WithStore, store: RedactingTrackerStore
) -> None:
    assistant = with_store(store)
    asked = "My client Zebedia, 7, told me something. What do I write down?"
    first = await assistant.reply(asked, "history", message_id="one")
    again = await assistant.reply(asked, "history", message_id="one")
    assert again == first
    button = first.buttons[0]
    second = await assistant.reply(button.payload, "history", message_id="two")
    assert second.kind == "answer"
    turns = await assistant.history("history")
    assert [turn.reply for turn in turns] == [first, second]
    assert turns[0].text == "My client [name], 7, told me something. What do I write down?"
    assert turns[1].text == button.payload
    assert [turn.message_id for turn in turns] == ["one", "two"]


async def test_clearing_takes_the_bytes_out_of_the_file(
    with_store: WithStore, store: RedactingTrackerStore, database: Path
) -> None:
    assistant = with_store(store)
    await assistant.reply("what is a peculiarly-worded strategy discussion?", "cleared")
    assert b"peculiarly" in database.read_bytes()
    await assistant.forget("cleared")
    assert b"peculiarly" not in database.read_bytes()
    assert b"cleared" not in database.read_bytes()
    assert await assistant.history("cleared") == []


async def test_old_conversations_are_deleted_and_others_stay(store: RedactingTrackerStore) -> None:
    long_ago = time.time() - 40 * 24 * 60 * 60
    await store.save(tracker_with("old", said("hello", timestamp=long_ago)))
    # The first event of the helper's tracker is of now, so age it in the database as well.
    with store.session_scope() as session:
        session.query(store.SQLEvent).update({"timestamp": long_ago})
        session.commit()
    await store.save(tracker_with("new", said("hello")))
    assert await store.delete_older_than(60) == 0
    assert await store.delete_old() == 1
    assert list(await store.keys()) == ["new"]


def test_only_the_owner_can_read(store: RedactingTrackerStore, database: Path) -> None:
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_a_folder_that_was_there_stays_as_it_is(tmp_path: Path) -> None:
    """It may be somebody else's too."""
    tmp_path.chmod(0o755)
    RedactingTrackerStore(db=str(tmp_path / "conversations.db"))
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "conversations.db").stat().st_mode) == 0o600


async def test_a_turn_reads_the_last_turns_and_all_slots(store: RedactingTrackerStore) -> None:
    turns = [said(f"question {number}") for number in range(TURNS_READ + 3)]
    await store.save(tracker_with("long", SlotSet("role", "teacher"), *turns))
    last, whole = await store.retrieve("long"), await store.retrieve_full_tracker("long")
    assert last is not None and whole is not None
    read, everything = (
        [event.text for event in tracker.events if isinstance(event, UserUttered)]
        for tracker in (last, whole)
    )
    assert everything == [turn.text for turn in turns]
    assert read == everything[-TURNS_READ:]
    assert SlotSet("role", "teacher") in last.events


async def test_a_scripted_answer_is_kept_by_its_id(store: RedactingTrackerStore) -> None:
    scripted = {"answer": "respond/refer", "whole": True}
    events = [
        BotUttered("Refer today.", metadata={"metadata": scripted}),
        BotUttered("About that.", metadata={"metadata": {**scripted, "whole": False}}),
    ]
    await store.save(tracker_with("scripted", said("hello"), *events))
    kept = await store.retrieve("scripted")
    assert kept is not None
    bot = [event for event in kept.events if isinstance(event, BotUttered)]
    assert [event.text for event in bot] == ["", "About that."]
    assert bot[0].metadata["metadata"]["answer"] == "respond/refer"


async def test_while_nothing_is_to_be_kept_no_text_is(store: RedactingTrackerStore) -> None:
    events = [
        said("hello there"),
        SlotSet("keep_nothing", True),
        said("my own thoughts", metadata={"note": "my own note"}),
        SlotSet("thought", "my own slot"),
        said("stop"),
        SlotSet("keep_nothing", False),
        said("goodbye then"),
    ]
    await store.save(tracker_with("private", *events))
    with store.session_scope() as session:
        kept = " ".join(data for (data,) in session.query(store.SQLEvent.data))
    assert "hello there" in kept and "goodbye then" in kept
    assert "my own" not in kept and "stop" not in kept


async def test_slots_entities_metadata_and_echoes_are_redacted(
    store: RedactingTrackerStore,
) -> None:
    entities = [{"entity": "place", "value": "14 Acacia Avenue", "start": 0, "end": 3}]
    metadata = {"note": "for Zebedia", "nested": [{"phone": "07700 900123"}]}
    events = [
        said("find help near 14 Acacia Avenue", entities=entities, metadata=metadata),
        SlotSet("place", "14 Acacia Avenue"),
        BotUttered("Help near 14 Acacia Avenue: Childline."),
        SlotSet("feedback", {"message": "20260101-0000-4000", "useful": True}),
    ]
    await store.save(tracker_with("slots", *events))
    with store.session_scope() as session:
        kept = " ".join(data for (data,) in session.query(store.SQLEvent.data))
    assert "Acacia" not in kept and "Zebedia" not in kept and "900123" not in kept
    assert "Childline" in kept and "20260101-0000-4000" in kept


class NotingRedactor(Redactor):
    """Remembers what it was asked to redact."""

    def __init__(self) -> None:
        super().__init__(frozenset())
        self.redacted: list[str] = []

    def redact(self, text: str) -> str:
        self.redacted.append(text)
        return super().redact(text)


async def test_rasas_ids_cost_no_redaction_and_stay(database: Path) -> None:
    """They stand in every event: most of the time of writing a turn was theirs."""
    ids = {"model_id": "07700 900123", "assistant_id": "Zebedia"}
    redactor = NotingRedactor()
    store = RedactingTrackerStore(db=str(database), redactor=redactor)
    listening = ActionExecuted("action_listen", metadata={**ids, "note": "for Zebedia"})
    await store.save(tracker_with("ids", said("hello", metadata=ids), listening))
    assert redactor.redacted == ["hello", "for Zebedia"]
    with store.session_scope() as session:
        kept = [json.loads(data).get("metadata") for (data,) in session.query(store.SQLEvent.data)]
    assert ids in kept and {**ids, "note": "for [name]"} in kept


async def test_a_turn_that_cannot_be_kept_is_asked_again_and_kept_once(
    with_store: WithStore, store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: Any) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("for Zebedia"))

    assistant = with_store(store)
    asked = "what is a strategy discussion?"
    for part in ("_row", "_read"):
        with monkeypatch.context() as patch:
            patch.setattr(store, part, down)
            told = await assistant.reply(asked, "again", message_id="one")
        assert told.outcome is Outcome.STORE_UNAVAILABLE and "999" in told.text
        assert list(await store.keys()) == []
    answered = await assistant.reply(asked, "again", message_id="one")
    assert answered.topic == "respond/strategy-discussion"
    assert [turn.message_id for turn in await assistant.history("again")] == ["one"]


@pytest.mark.parametrize("moment", ["before it is written", "after it is written"])
async def test_a_server_that_dies_in_a_turn_keeps_it_whole_or_not_at_all(
    with_store: WithStore,
    store: RedactingTrackerStore,
    database: Path,
    moment: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Died(BaseException):
        pass

    commit = Session.commit

    def die(session: Session) -> None:
        if moment == "after it is written":
            commit(session)
        raise Died

    asked = "what is a strategy discussion?"
    with monkeypatch.context() as patch:
        patch.setattr(Session, "commit", die)
        with pytest.raises(Died):
            await with_store(store).reply(asked, "died", message_id="one")
    assistant = with_store(RedactingTrackerStore(domain=store.domain, db=str(database)))
    assert len(await assistant.history("died")) == (moment == "after it is written")
    answered = await assistant.reply(asked, "died", message_id="one")
    assert answered.topic == "respond/strategy-discussion"
    assert [turn.reply for turn in await assistant.history("died")] == [answered]


async def test_a_turn_out_of_time_that_is_written_later_is_kept_once_and_shown(
    with_store: WithStore, store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread that writes is not stopped; the person sends the message again meanwhile."""
    assistant = with_store(store)
    asked, first = "what is a strategy discussion?", LateWrite(monkeypatch)
    with monkeypatch.context() as limit:
        limit.setattr(queue, "TURN_TIMEOUT_S", 0.2)
        late = await assistant.reply(asked, "late", message_id="one")
    assert late.outcome is Outcome.TIMED_OUT
    answered = await assistant.reply(asked, "late", message_id="one")
    await first.go_on()
    assert not answered.failed
    assert [turn.reply for turn in await assistant.history("late")] == [answered]


async def test_a_message_that_another_server_has_answered_first_gets_that_reply(
    with_store: WithStore,
    store: RedactingTrackerStore,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two servers answer the same message at once, and the lock is gone."""
    assistant = with_store(store)
    other = RedactingTrackerStore(domain=store.domain, db=str(database))

    def after_the_other(*args: Any) -> Any:
        monkeypatch.setattr(tracker_store, "writing", writing)
        theirs = said("hello", message_id="one"), BotUttered("from the other server")
        asyncio.run(other.save(tracker_with("both", *theirs)))
        return writing(*args)

    monkeypatch.setattr(tracker_store, "writing", after_the_other)
    reply = await assistant.reply("hello", "both", message_id="one")
    assert not reply.failed and reply.text == "from the other server"
    assert [turn.reply for turn in await assistant.history("both")] == [reply]


async def test_no_error_of_the_store_ends_the_process(
    with_store: WithStore, store: RedactingTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rasa takes every ValueError for a missing schema, and ends the process."""

    def wrong(*args: Any) -> None:
        raise ValueError("a string literal cannot contain NUL characters")

    monkeypatch.setattr(tracker_store, "writing", wrong)
    assert (await with_store(store).reply("hello", "wrong")).failed


async def test_a_message_that_two_servers_answer_is_kept_once(
    store: RedactingTrackerStore, database: Path
) -> None:
    """Sent again while the first turn still writes, and the lock is gone."""
    other = RedactingTrackerStore(db=str(database))
    await store.save(tracker_with("twice", said("100% sure", message_id="50%_of it")))
    with pytest.raises(RepeatedMessageError):
        await other.save(tracker_with("twice", said("100% sure", message_id="50%_of it")))
    await other.save(tracker_with("twice", said("another", message_id="50__of it")))
    kept = await store.retrieve("twice")
    assert kept is not None
    texts = [event.text for event in kept.events if isinstance(event, UserUttered)]
    assert texts == ["100% sure", "another"]


async def test_two_stores_that_overlap_neither_lose_nor_double(
    store: RedactingTrackerStore, database: Path
) -> None:
    """Rasa's own store counts events: the second of these writers would write nothing."""
    other = RedactingTrackerStore(db=str(database))
    await store.save(tracker_with("both", said("first")))
    one, two = await store.retrieve("both"), await other.retrieve("both")
    assert one is not None and two is not None
    one.update(said("from one"))
    two.update(said("from two"))
    for tracker, its_store in ((one, store), (two, other), (one, store), (two, other)):
        await its_store.save(tracker)
    kept = await store.retrieve("both")
    assert kept is not None
    texts = [event.text for event in kept.events if isinstance(event, UserUttered)]
    assert texts == ["first", "from one", "from two"]


def test_a_path_that_is_not_absolute_lies_in_the_project(
    copy: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(copy.root))
    RedactingTrackerStore(db="kept/conversations.db")
    assert (copy.root / "kept" / "conversations.db").is_file()


@pytest.mark.parametrize("days", [0, -1, "0"])
def test_to_keep_nothing_for_a_day_is_refused(database: Path, days: Any) -> None:
    with pytest.raises(ValueError, match="keep conversations at least one day"):
        RedactingTrackerStore(db=str(database), days=days)


def turn(number: int) -> list[Any]:
    at = float(number)
    return [
        said(f"question {number}", timestamp=at, message_id=str(number)),
        SlotSet("page", f"page {number}", timestamp=at + 0.1),
        BotUttered(f"answer {number}", timestamp=at + 0.2),
    ]


async def test_writing_after_reading_the_last_turns_adds_only_what_is_new(
    store: RedactingTrackerStore,
) -> None:
    events = [event for number in range(1, 41) for event in turn(number)]
    await store.save(tracker_with("long", *events))
    read = await store.retrieve("long")
    assert read is not None
    for event in turn(41):
        read.update(event)
    await store.save(read)
    full = await store.retrieve_full_tracker("long")
    assert full is not None
    texts = [event.text for event in full.events if isinstance(event, UserUttered)]
    assert texts == [f"question {number}" for number in range(1, 42)]


async def test_a_message_sent_again_after_many_others_gets_the_reply_it_got(
    with_store: WithStore, store: RedactingTrackerStore
) -> None:
    """It lies further back than a turn reads."""
    assistant = with_store(store)
    first = await assistant.reply("hello", "far", message_id="one")
    for number in range(TURNS_READ + 1):
        await assistant.reply("hello", "far", message_id=f"other {number}")
    again = await assistant.reply("hello", "far", message_id="one")
    assert again == first
    turns = await assistant.history("far")
    assert [turn.message_id for turn in turns].count("one") == 1


def test_a_payload_is_kept_only_if_the_domain_knows_it() -> None:
    domain = Domain.from_dict({"intents": ["greet"]})
    events = [said("/greet"), said("/harpreet")]
    texts = [data["text"] for data in kept_events(events, events, domain, shared_redactor())]
    assert texts[0] == "/greet"
    assert texts[1] == "/[name]"
