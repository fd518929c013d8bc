"""The answers of topics and of urgent situations, made from the content."""

from __future__ import annotations

from assistant.answers.answer import Answer, ReaderLine
from assistant.answers.buttons import guide_start, next_topics, rules_of_wales
from assistant.answers.citations import Numbering, review_places
from assistant.answers.contacts import contacts_of_the_partnership, routes
from assistant.guidance import Library, Topic, UrgentSituation

URGENT_HEADING = "Get help now"
"""Stands above every urgent reply: a heading that names the wrong reader is itself a harm."""


def answer_for_topic(topic: Topic, library: Library) -> Answer:
    """Compile a topic's answer: places numbered, contacts and next topics resolved."""
    numbering = Numbering(library)
    points = tuple(numbering.point(point) for point in topic.points)
    more = tuple(numbering.point(point) for point in topic.more)
    return Answer(
        kind="answer",
        topic=topic.id,
        title=topic.title,
        lead=topic.lead,
        lead_wales=topic.lead_wales,
        points=points,
        more=more,
        places=numbering.places(),
        review=review_places(topic.review, library),
        contacts=routes(
            (*topic.contacts, *contacts_of_the_partnership(topic.id, library)), library
        ),
        next=(
            *guide_start(topic.guided, library),
            *next_topics(topic.next, library),
            *rules_of_wales(points, more),
        ),
        reviewed=topic.reviewed.isoformat(),
    )


def answer_for_urgent(situation: UrgentSituation, library: Library) -> Answer:
    """Compile the reply to an urgent situation: the action first, then the steps."""
    numbering = Numbering(library)
    tell = numbering.point(situation.tell)
    points = tuple(numbering.point(step) for step in situation.steps)
    return Answer(
        kind="urgent",
        topic=situation.id,
        title=URGENT_HEADING,
        lead=situation.first,
        other_reader=situation.other_reader,
        tell=tell,
        lines=tuple(ReaderLine(who=line.who, text=line.text) for line in situation.lines),
        points=points,
        places=numbering.places(),
        review=review_places(situation.review, library),
        contacts=routes(
            (*situation.contacts, *contacts_of_the_partnership(situation.id, library)), library
        ),
        next=next_topics(situation.next, library),
        reviewed=situation.reviewed.isoformat(),
    )


__all__ = ["URGENT_HEADING", "answer_for_topic", "answer_for_urgent"]
