"""Welsh: the model of ``data/welsh/``, how it is loaded, and what makes a translation stale.

A translation holds words only. What it cites, whom it sends people to and every number in
``contacts.yml`` stay with the English answer, so the two cannot differ in them. ``english`` is a
digest of the words that were translated: where the English has changed since, the translation
is stale, ``notice check`` names it, and a topic is answered in English until it is done again.
"""

from __future__ import annotations

import hashlib
import json
from typing import Mapping, Optional, Union

from pydantic import Field

from assistant.guidance.contacts import Contact
from assistant.guidance.model import ContentModel
from assistant.guidance.topics import Topic
from assistant.guidance.urgent import UrgencyPatternsFile, UrgentSituation

WELSH = "cy"
"""The code of the language: in replies, in ``lang`` attributes and in payloads."""

WAITING = "waiting for a native reader"
"""What ``reader`` says until somebody whose language it is has read it."""

DIGEST_LENGTH = 12


class Translated(ContentModel):
    """Base of all translations. ``reader`` names the role of who read it, and the day."""

    reader: str

    @property
    def waits(self) -> bool:
        """True until a native reader has read it."""
        return self.reader == WAITING


class TopicInWelsh(Translated):
    """``data/welsh/guidance/<theme>/<topic>.yml``: an answer's words, in the order of the English.

    ``more`` may be left out: then there is no more in Welsh.
    """

    title: str = Field(max_length=80)
    lead: str
    points: tuple[str, ...]
    more: tuple[str, ...] = ()
    review: tuple[str, ...]
    english: str

    def fits(self, topic: Topic) -> bool:
        """True if there is a text for each text of the English answer."""
        return (
            len(self.points) == len(topic.points)
            and len(self.more) in (0, len(topic.more))
            and len(self.review) == len(topic.review)
        )

    def pairs(self, topic: Topic) -> list[tuple[str, str]]:
        """Each text in Welsh with the English that it translates."""
        return [
            (self.title, topic.title),
            (self.lead, topic.lead),
            *zip(self.points, (point.text for point in topic.points)),
            *zip(self.more, (point.text for point in topic.more)),
            *zip(self.review, (link.says for link in topic.review)),
        ]


class SituationInWelsh(Translated):
    """``data/welsh/urgency/<situation>.yml``: an urgent reply's words."""

    title: str = Field(max_length=80)
    first: str
    other_reader: Optional[str] = None
    tell: str
    lines: tuple[str, ...] = ()
    steps: tuple[str, ...]
    review: tuple[str, ...]
    english: str

    def fits(self, situation: UrgentSituation) -> bool:
        """True if there is a text for each text of the English reply."""
        return (
            len(self.lines) == len(situation.lines)
            and len(self.steps) == len(situation.steps)
            and len(self.review) == len(situation.review)
            and (self.other_reader is None) == (situation.other_reader is None)
        )

    def pairs(self, situation: UrgentSituation) -> list[tuple[str, str]]:
        """Each text in Welsh with the English that it translates."""
        return [
            (self.first, situation.first),
            (self.other_reader or "", situation.other_reader or ""),
            (self.tell, situation.tell.text),
            *zip(self.lines, (line.text for line in situation.lines)),
            *zip(self.steps, (step.text for step in situation.steps)),
            *zip(self.review, (link.says for link in situation.review)),
        ]


class ContactInWelsh(ContentModel):
    """An official channel's words. Its numbers and addresses stand in ``contacts.yml``."""

    name: str
    when: str
    hours: Optional[str] = None
    sms: Optional[str] = None

    def pairs(self, contact: Contact) -> list[tuple[str, str]]:
        """Each text in Welsh with the English that it translates."""
        return [
            (self.name, contact.name),
            (self.when, contact.when),
            (self.hours or "", contact.hours or ""),
            (self.sms or "", contact.sms or ""),
        ]


class ContactsInWelsh(Translated):
    """``data/welsh/contacts.yml``: official channels by their id."""

    contacts: Mapping[str, ContactInWelsh]


class InterfaceInWelsh(Translated):
    """``data/welsh/interface.yml``: the words around an answer, and the widget's own."""

    urgent_heading: str
    who_to_contact: str
    sources: str
    more: str
    in_the_review: str
    nearest_in_the_review: str
    whole_review: str
    must: str
    should: str
    may: str
    or_: str
    call: str
    form: str
    website: str
    steps: str
    limits: str
    in_english: str
    checked: str
    months: tuple[str, ...]
    recalled: str
    quoted: str
    document: str
    widget: Mapping[str, Union[str, tuple[str, ...], Mapping[str, str]]]


class QuestionsInWelsh(ContentModel):
    """``data/welsh/questions.yml``: how people ask, by topic and by urgent situation.

    ``other`` are messages that no answer in Welsh fits.
    """

    questions: Mapping[str, tuple[str, ...]]
    urgent: Mapping[str, tuple[str, ...]]
    other: tuple[str, ...]


class Welsh(ContentModel):
    """All that is said in Welsh. Keys are ids of the English content."""

    topics: Mapping[str, TopicInWelsh]
    situations: Mapping[str, SituationInWelsh]
    contacts: ContactsInWelsh
    interface: InterfaceInWelsh
    patterns: UrgencyPatternsFile


def english_of(translated: Union[Topic, UrgentSituation]) -> str:
    """The digest of an English answer's words: what ``english`` holds in its translation."""
    if isinstance(translated, Topic):
        words: list[object] = [
            translated.title,
            translated.lead,
            [point.text for point in translated.points],
            [point.text for point in translated.more],
        ]
    else:
        words = [
            translated.title,
            translated.first,
            translated.other_reader,
            translated.tell.text,
            [line.text for line in translated.lines],
            [step.text for step in translated.steps],
        ]
    words.append([link.says for link in translated.review])
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:DIGEST_LENGTH]


__all__ = [
    "WAITING",
    "WELSH",
    "ContactInWelsh",
    "ContactsInWelsh",
    "InterfaceInWelsh",
    "QuestionsInWelsh",
    "SituationInWelsh",
    "TopicInWelsh",
    "Translated",
    "Welsh",
    "english_of",
]
