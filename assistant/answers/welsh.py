"""Answers in Welsh: an English answer with its words exchanged; sources and numbers stay."""

from __future__ import annotations

from typing import Iterator, Sequence

from assistant.answers.answer import (
    Answer,
    AnswerPoint,
    CitedPlace,
    NextTopic,
    ReaderLine,
    ReviewPlace,
    Route,
)
from assistant.answers.citations import EVIDENCE
from assistant.answers.contacts import contact_of
from assistant.answers.words import Words
from assistant.guidance import WELSH, Library, Welsh
from assistant.guidance.welsh import InterfaceInWelsh, SituationInWelsh, TopicInWelsh, english_of


def answers_in_welsh(library: Library, english: dict[str, Answer]) -> Iterator[tuple[str, Answer]]:
    """The answers that can be given in Welsh, by id.

    A topic whose English has changed since is left out: it is answered in English until it is
    translated again. An urgent reply is left out only where its parts are no longer the same.
    """
    welsh = library.welsh
    if welsh is None:
        return
    translator = _Translator(library, welsh)
    for situation_id, reply in welsh.situations.items():
        if reply.fits(library.urgent[situation_id]):
            yield situation_id, translator.situation(english[situation_id], reply)
    for topic_id, topic in welsh.topics.items():
        if is_given(topic, topic_id, library):
            yield topic_id, translator.topic(english[topic_id], topic)


def is_given(topic: TopicInWelsh, topic_id: str, library: Library) -> bool:
    """True if the translation is that of the answer as it is now."""
    written = library.topics[topic_id]
    return topic.fits(written) and topic.english == english_of(written)


def titles_in_welsh(library: Library) -> dict[str, str]:
    """The titles of the topics that are answered in Welsh."""
    topics = library.welsh.topics if library.welsh else {}
    return {one: topic.title for one, topic in topics.items() if is_given(topic, one, library)}


class _Translator:
    def __init__(self, library: Library, welsh: Welsh) -> None:
        self._own = library.local.contacts if library.local else {}
        self._contacts = welsh.contacts.contacts
        self._interface = welsh.interface
        self._titles = titles_in_welsh(library)
        self._words = _words(welsh.interface)
        self._evidence = {
            EVIDENCE[kind]: getattr(welsh.interface, kind)
            for kind in ("recalled", "quoted", "document")
        }

    def topic(self, english: Answer, said: TopicInWelsh) -> Answer:
        return english.copy(
            update={
                **self._shared(english, said.review),
                "title": said.title,
                "lead": said.lead,
                "lead_wales": None,
                "points": _points(english.points, said.points),
                "more": _points(english.more, said.more),
            }
        )

    def situation(self, english: Answer, said: SituationInWelsh) -> Answer:
        tell = english.tell
        return english.copy(
            update={
                **self._shared(english, said.review),
                "title": self._interface.urgent_heading,
                "lead": said.first,
                "other_reader": said.other_reader,
                "tell": tell.copy(update={"text": said.tell}) if tell else None,
                "lines": tuple(
                    ReaderLine(who=line.who, text=text)
                    for line, text in zip(english.lines, said.lines)
                ),
                "points": _points(english.points, said.steps),
            }
        )

    def _shared(self, english: Answer, review: Sequence[str]) -> dict[str, object]:
        return {
            "language": WELSH,
            "own_words": self._words,
            "places": tuple(self._place(place) for place in english.places),
            "review": tuple(
                self._review(place, says) for place, says in zip(english.review, review)
            ),
            "contacts": tuple(self._route(route) for route in english.contacts),
            "next": tuple(self._next(topic) for topic in english.next),
            "limits": self._interface.limits,
        }

    def _route(self, route: Route) -> Route:
        """A contact in Welsh; a partnership's own keeps the name it has given itself."""
        said = self._contacts.get(contact_of(route.id))
        if said is None:
            return route
        if route.id in self._own:
            return route.copy(update={"when": said.when})
        return route.copy(
            update={
                "name": said.name,
                "when": said.when,
                "hours": said.hours if route.hours else None,
                "sms": said.sms if route.sms else None,
            }
        )

    def _review(self, place: ReviewPlace, says: str) -> ReviewPlace:
        return place.copy(update={"says": says})

    def _place(self, place: CitedPlace) -> CitedPlace:
        return place.copy(update={"evidence": self._evidence[place.evidence]})

    def _next(self, topic: NextTopic) -> NextTopic:
        title = self._titles.get(topic.id)
        if title:
            return NextTopic(id=topic.id, title=title, language=WELSH)
        return topic.copy(update={"title": f"{topic.title} {self._interface.in_english}"})


def _points(english: Sequence[AnswerPoint], said: Sequence[str]) -> tuple[AnswerPoint, ...]:
    return tuple(point.copy(update={"text": text}) for point, text in zip(english, said))


def _words(interface: InterfaceInWelsh) -> Words:
    return Words(**{name: getattr(interface, name) for name in Words.__fields__})


__all__ = ["answers_in_welsh", "is_given", "titles_in_welsh"]
