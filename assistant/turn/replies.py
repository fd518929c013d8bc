"""A reply, and how it is read out of what Rasa said in a turn.

A turn that has just been answered and one that lies in the tracker store are read by the same
function, so that history, retries and the live answer can never differ. What is kept of a
scripted answer is its id: its words are those of the content at the time of reading.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Iterator, Mapping, Optional, Sequence

from assistant.answers import Answer, Content, answer_text, current_content
from assistant.answers.kept import (
    ANSWER,
    FOUND,
    POINTS_FIRST,
    SHOWS_WHOLE_ANSWER,
    found_answer,
    is_of_older_version,
)
from assistant.guidance import payload, topic_of_payload
from assistant.guidance.names import (
    CONTINUE,
    GUIDED_PAGE,
    LANGUAGE,
    NATION,
    OFFERED_TOPICS,
    REVIEW,
    ROLE,
)
from assistant.turn.outcome import Kind, Outcome, kind_of, outcome_of
from assistant.understanding.language import ENGLISH

MOST_TOPICS_OFFERED = 4
"""Topics below a reply: more would bury the likeliest, and leave Teams no room for the rest."""

OFFERS_FIRST = ("answer", "guided", "other-language")
"""Kinds of replies that offer first what else may have been meant."""

ANSWER_IS_GONE = "That answer has been changed or removed since. Please ask again."


@dataclass(frozen=True)
class Button:
    """A choice offered with a reply: what it says and the payload that picks it."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One whole answer to one message.

    ``topic`` is the topic or urgent id; ``answer`` the structured answer where the reply has
    one, and ``shows_answer`` whether the reply is that answer, not something said about it
    ("tell me more"). ``outcome`` says how the message ended.
    """

    kind: Kind
    text: str
    topic: Optional[str] = None
    confidence: float = 0.0
    answer: Optional[Answer] = None
    shows_answer: bool = False
    buttons: tuple[Button, ...] = ()
    contacts: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    outcome: Outcome = field(default=Outcome.SMALLTALK, compare=False)

    @property
    def language(self) -> str:
        """The language of the answer that the reply shows; else English."""
        return self.answer.language if self.answer and self.shows_answer else ENGLISH

    @property
    def failed(self) -> bool:
        """True for the official routes given because there was no answer."""
        return self.outcome.sentence is not None and self.outcome is not Outcome.NOTHING_TYPED

    def as_json(self, question: str) -> dict[str, Any]:
        """The reply as plain data, as ``notice ask --json`` prints it."""
        answer = self.answer
        review = [
            {
                "section": place.section,
                "source": REVIEW,
                "label": place.place,
                "url": place.url,
                "says": place.says,
                "nearest": place.nearest,
            }
            for place in (answer.review if answer else ())
        ]
        sources = [
            {"section": place.label, "source": place.source, "label": place.label, "url": place.url}
            for place in (answer.places if answer else ())
        ]
        return {
            "question": question,
            "kind": self.kind,
            "language": self.language,
            "topic": self.topic,
            "confidence": round(self.confidence, 4),
            "text": self.text,
            "citations": [*review, *sources],
            "contacts": list(self.contacts),
            "suggestions": list(self.suggestions),
            "outcome": self.outcome.value,
        }


NOTHING_TYPED = Reply(
    kind="smalltalk",
    text=Outcome.NOTHING_TYPED.sentence or "",
    outcome=Outcome.NOTHING_TYPED,
)
"""The reply to a message without words."""


@dataclass(frozen=True)
class Turn:
    """What a person said, with the channel's id of the message, and the reply it got.

    ``text`` is what the tracker store kept: redacted, if the store redacts. ``read`` gives the
    reply; :func:`turns_of` makes it so that it reads once, for a copy with another text as well.
    """

    text: str
    message_id: Optional[str]
    read: Callable[[], Reply] = field(repr=False)

    @property
    def reply(self) -> Reply:
        """Read when it is first asked for: of a long conversation few are."""
        return self.read()


Message = Mapping[str, Any]
"""What Rasa said: ``text``, ``buttons`` and ``metadata``."""


def read_reply(
    messages: Sequence[Message], parsed: Mapping[str, Any], slots: Mapping[str, Any]
) -> Reply:
    """The reply that these messages of one turn are.

    Args:
        messages: at least one.
        parsed: Rasa's parse data of the person's message.
        slots: the values of the slots after the turn.
    """
    content = current_content()
    metadata = messages[-1].get("metadata") or {}
    kind = kind_of(metadata.get("kind"))
    confidence = float((parsed.get("intent") or {}).get("confidence") or 0.0)
    shown = [_text_and_answer(message, content) for message in messages]
    answer = shown[-1][1]
    offered = tuple(
        Button(button["title"], button["payload"])
        for message in messages
        for button in message.get("buttons") or ()
    )
    suggestions = tuple(metadata.get("suggestions", ()))
    if kind == "urgent":
        suggestions = tuple(topic_of_payload(button.payload) for button in offered)
    elif kind == "out-of-scope" or kind in OFFERS_FIRST:
        spoken = parsed.get(LANGUAGE)
        suggestions = _alternatives(parsed, metadata.get("topic"), content)
        meant = tuple(Button(**content.choice(one, spoken).dict()) for one in suggestions)
        offered = _together(meant, offered, first=kind in OFFERS_FIRST)
    if kind not in ("urgent", "guided"):
        offered += _carry_on_button(slots.get(GUIDED_PAGE), content)
    contacts = [route.id for route in answer.contacts] if answer else None
    return Reply(
        kind=kind,
        text="\n".join(text for text, _ in shown if text),
        topic=metadata.get("topic"),
        confidence=confidence,
        answer=answer,
        shows_answer=answer is not None and bool(metadata.get(SHOWS_WHOLE_ANSWER)),
        buttons=tuple(dict.fromkeys(offered)),
        contacts=tuple(contacts or metadata.get("contacts", ())),
        suggestions=suggestions,
        outcome=outcome_of(kind),
    )


def turns_of(events: Iterable[Mapping[str, Any]]) -> Iterator[Turn]:
    """The turns that a tracker's events tell of, oldest first.

    Args:
        events: Rasa's events as dictionaries. A message that got no reply is left out.
    """
    said: Optional[Mapping[str, Any]] = None
    messages: list[Message] = []
    slots: dict[str, Any] = {}
    for event in (*events, {"event": "user"}):
        if event["event"] == "user":
            if said is not None and messages:
                parsed = said.get("parse_data") or {}
                read = functools.partial(read_reply, messages, parsed, dict(slots))
                yield Turn(said.get("text") or "", said.get("message_id"), functools.cache(read))
            said, messages = event, []
        elif event["event"] == "bot":
            messages.append(_message_of(event))
        elif event["event"] == "slot":
            slots[event["name"]] = event["value"]


def _text_and_answer(message: Message, content: Content) -> tuple[str, Optional[Answer]]:
    """The words of a message, and the answer that it shows or is about."""
    metadata = message.get("metadata") or {}
    text = message.get("text") or ""
    if FOUND in metadata:  # the services that a search found: its words depend on the search
        answer = found_answer(metadata)
        if answer is None:
            return text, None
    elif ANSWER not in metadata or is_of_older_version(metadata):
        return text, None
    else:
        answer = content.answer(
            metadata[ANSWER], metadata.get(ROLE), metadata.get(NATION), metadata.get(LANGUAGE)
        )
        answer = answer and answer.with_first(metadata.get(POINTS_FIRST, ()))
    if not metadata.get(SHOWS_WHOLE_ANSWER):
        return text, answer
    return (answer_text(answer) if answer else ANSWER_IS_GONE), answer


def _carry_on_button(page_id: Optional[str], content: Content) -> tuple[Button, ...]:
    """The way back into the guided conversation that was left open, if there is more of it."""
    page = content.page(page_id) if page_id else None
    if page is None or page.after is None:
        return ()
    return (Button(f"Carry on: {page.guide}", payload(CONTINUE)),)


def _alternatives(
    parsed: Mapping[str, Any], answered: Optional[str], content: Content
) -> tuple[str, ...]:
    """Topics that the reply may have missed, likeliest first, of those that there still are."""
    offered = parsed.get(OFFERED_TOPICS) or ()
    return tuple(one for one in offered if content.title(one) and one != answered)


def _together(meant: Sequence[Button], own: Sequence[Button], first: bool) -> tuple[Button, ...]:
    """What may have been meant and the reply's own topics, then whatever else the reply offers.

    Args:
        meant: topics that the message may be about.
        own: what the reply offers itself.
        first: whether what may have been meant stands first, and takes the room of own topics.
    """
    titles, there = current_content().titles, {one.payload for one in meant}
    topics = [one for one in own if topic_of_payload(one.payload) in titles]
    others = [one for one in topics if one.payload not in there]
    shown = [*meant, *others][:MOST_TOPICS_OFFERED] if first else [*others, *meant]
    return (*shown, *(one for one in own if one not in topics))


def _message_of(event: Mapping[str, Any]) -> dict[str, Any]:
    """A bot event as the message that it was; Rasa keeps the metadata one level down."""
    return {
        "text": event.get("text"),
        "buttons": (event.get("data") or {}).get("buttons"),
        "metadata": (event.get("metadata") or {}).get("metadata"),
    }
