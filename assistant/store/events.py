"""Rasa's events without what identifies a person: the form in which they are kept and sent on.

What the assistant reads again later stays as it is: the channel's message ids, the payloads of
buttons, and what the bot said, which is scripted.
"""

from __future__ import annotations

import functools
import json
from typing import Any, Iterable, Iterator, Mapping

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event

from assistant.answers import current_content
from assistant.answers.kept import ANSWER, SHOWS_WHOLE_ANSWER
from assistant.guidance import ContentError, intent_name
from assistant.guidance.names import FEEDBACK, KEEP_NOTHING, OFFERED_TOPICS
from assistant.privacy.masks import WITHHELD
from assistant.privacy.redaction import Redactor
from assistant.rasa_inside import event_from

# Slots that hold ids only, no word of the person's: feedback on an answer names its message.
_SLOTS_OF_IDS = frozenset({FEEDBACK})
# What an entity is called and found by, beside its value.
_NAMES_OF_ENTITIES = ("entity", "extractor", "role", "group")
# Rasa's own ids in the metadata of every event.
_RASAS_IDS = frozenset({"model_id", "assistant_id"})
_TEXTS = ("text", "value", "entities", "action_text", "kwargs", "data")
# Of a message's parse data, what conversation rules and history need.
_PARSED = ("intent", "intent_ranking", "entities", "message_id", OFFERED_TOPICS)
_SHORTEST_ECHO = 4  # characters; of less, words of the answer would be masked too

EventData = dict[str, Any]


def kept_events(
    events: Iterable[Event], new: Iterable[Event], domain: Domain, redactor: Redactor
) -> Iterator[EventData]:
    """The new events as they are kept.

    Args:
        events: all events of the tracker, in order; they tell when nothing is to be kept.
        new: those of them that are wanted.
        domain: knows the intents that a button's payload may name, and the scripted texts.
        redactor: masks.
    """
    wanted = {id(event) for event in new}
    redaction = _Redaction(domain, redactor)
    nothing = False
    for event in events:
        data = event.as_dict()
        if id(event) in wanted:
            yield redaction.nothing_of(data) if nothing else redaction.of(data)
        if data["event"] == "slot" and data.get("name") == KEEP_NOTHING:
            nothing = bool(data.get("value"))


def read_event(data: EventData) -> Event:
    """An event of what was kept of it.

    Raises:
        ValueError: Rasa has no such event.
    """
    return event_from(_class_of(data["event"]), data)


@functools.cache
def _class_of(type_name: str) -> type[Event]:
    """Rasa's class of an event, which it looks for among all of them, each time anew."""
    found: type[Event] = Event.resolve_by_type(type_name)
    return found


def redacted_event(data: EventData, redactor: Redactor) -> EventData:
    """One event by itself, redacted without what the domain or earlier events would tell."""
    return _Redaction(Domain.empty(), redactor).of(data)


class _Redaction:
    def __init__(self, domain: Domain, redactor: Redactor) -> None:
        self._intents = set(domain.intents)
        self._entities = set(domain.entities)
        self._scripted = _hand_written()
        self._ids = {slot.name for slot in domain.slots} | set(_ids_of_content())
        self._redactor = redactor
        self._echoes: dict[str, str] = {}

    def of(self, data: EventData) -> EventData:
        """The event with all that people typed redacted."""
        if data["event"] == "bot":
            return self._bot(data)
        if data["event"] == "user":
            return self._user(data, self._text(data.get("text")))
        return self._redacted(data)

    def nothing_of(self, data: EventData) -> EventData:
        """The event without anything that people typed."""
        if data["event"] == "user":
            kept = self._user(data, "")
            return {**kept, "parse_data": {**kept["parse_data"], "entities": []}, "metadata": {}}
        if data["event"] == "slot" and isinstance(data.get("value"), (str, list, dict)):
            return data if self._holds_ids(data) else {**data, "value": None}
        return self.of(data)

    def _holds_ids(self, data: EventData) -> bool:
        value = data.get("value")
        values = value if isinstance(value, list) else [value]
        return not value or data.get("name") in _SLOTS_OF_IDS or all(map(self._is_id, values))

    def _is_id(self, value: Any) -> bool:
        """True for what is ours: a topic, a page, a role, an option of the search, a slot."""
        if not isinstance(value, str):
            return False
        return value in self._ids or intent_name(value) in self._intents

    def _user(self, data: EventData, text: Any) -> EventData:
        parsed = data.get("parse_data") or {}
        kept = {key: parsed[key] for key in _PARSED if key in parsed}
        kept["text"] = text
        if "entities" in kept:
            kept["entities"] = [self._entity(entity) for entity in kept["entities"]]
        metadata = self._metadata(data.get("metadata") or {})
        return {**data, "text": text, "parse_data": kept, "metadata": metadata}

    def _is_payload(self, text: str) -> bool:
        """True for what a button sends: an intent of ours, with values of ours."""
        intent, brace, values = text[1:].partition("{")
        if not text.startswith("/") or intent not in self._intents:
            return False
        try:
            read = json.loads(brace + values) if brace else {}
        except ValueError:
            return False
        return all(key in self._entities and self._is_id(one) for key, one in read.items())

    def _entity(self, entity: Mapping[str, Any]) -> EventData:
        ours = {key: entity[key] for key in _NAMES_OF_ENTITIES if key in entity}
        if self._is_id(entity.get("value")):
            ours["value"] = entity["value"]
        return {**self._redactor.redact_data(dict(entity)), **ours}

    def _text(self, text: Any) -> Any:
        if not isinstance(text, str):
            return text
        if self._is_payload(text):
            return text
        redacted = self._redactor.redact(text)
        if redacted != text:
            for start, end in self._redactor.find(text):
                if end - start >= _SHORTEST_ECHO:
                    self._echoes[text[start:end]] = WITHHELD
        return redacted

    def _bot(self, data: EventData) -> EventData:
        """Scripted text stays; where an action has put in the person's own words, they go."""
        text = data.get("text")
        said = (data.get("metadata") or {}).get("metadata") or {}
        if said.get(SHOWS_WHOLE_ANSWER) and ANSWER in said:
            # A scripted answer: its id is enough, its words are read from the content.
            return {**data, "text": ""}
        if not text or text in self._scripted:
            return data
        for echo, mask in self._echoes.items():
            text = text.replace(echo, mask)
        return {**data, "text": text}

    def _redacted(self, data: EventData) -> EventData:
        if data["event"] == "slot" and self._holds_ids(data):
            return data
        if data["event"] == "slot" and isinstance(data.get("value"), str):
            redacted = self._redactor.redact(data["value"])
            if redacted != data["value"] and len(data["value"]) >= _SHORTEST_ECHO:
                self._echoes[data["value"]] = redacted
            return {**data, "value": redacted}
        texts = {key: self._redactor.redact_data(data[key]) for key in _TEXTS if key in data}
        if data.get("metadata"):
            texts["metadata"] = self._metadata(data["metadata"])
        return {**data, **texts}

    def _metadata(self, metadata: Mapping[str, Any]) -> EventData:
        """Without the ids: they stand in every event, and redaction takes time."""
        others = {key: value for key, value in metadata.items() if key not in _RASAS_IDS}
        return {**metadata, **self._redactor.redact_data(others)}


def _ids_of_content() -> Iterator[str]:
    """Roles, nations and options of the search: what slots hold and is read again."""
    try:
        content = current_content()
    except ContentError:
        return
    yield from content.role_patterns
    yield from content.nation_patterns
    for options in content.search.questions.values():
        yield from options


def _hand_written() -> frozenset[str]:
    """Texts that are the same for everybody; no word of a person's is in them."""
    try:
        return current_content().scripted_texts
    except ContentError:
        return frozenset()  # every text is searched for the person's words then
