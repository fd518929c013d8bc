"""Answers of the guided conversations: pages, roles, and a role's steps within an answer."""

from __future__ import annotations

import itertools
from typing import Iterable, Iterator, Optional, Sequence

from assistant.answers.answer import Answer, AnswerPoint, CitedPlace, NextTopic
from assistant.answers.buttons import next_topics
from assistant.answers.citations import Numbering, review_places
from assistant.answers.contacts import routes
from assistant.answers.nations import holds_in
from assistant.guidance import (
    ROLE_GUIDE,
    START,
    Guide,
    Library,
    Nation,
    Point,
    ReviewLink,
    guided_id,
)
from assistant.guidance.names import STOP

STOP_BUTTON = NextTopic(id=STOP, title="Stop")
FINISH_BUTTON = NextTopic(id=STOP, title="Finish")
FORGET_ROLE = NextTopic(id="forget_role", title="Forget my role")


def answer_for_page(guide: Guide, name: str, library: Library) -> Answer:
    """A page of a guided conversation, with its choices or Next, Back and Stop."""
    page = guide.pages[name]
    return guided_answer(
        library,
        topic=guide.topic,
        title=page.title,
        lead=page.lead,
        points=page.points,
        review=guide.review,
        contacts=page.contacts,
        buttons=(*_moves(guide, name), *next_topics(page.next, library)),
    )


def _moves(guide: Guide, name: str) -> Iterator[NextTopic]:
    page, after, before = guide.pages[name], guide.after(name), guide.before(name)
    for choice in page.choices:
        yield NextTopic(id=guided_id(guide.id, choice), title=guide.pages[choice].title)
    if after and not page.choices:
        title = "Start" if name == START else "Next"
        yield NextTopic(id=guided_id(guide.id, after), title=title)
    if before:
        yield NextTopic(id=guided_id(guide.id, before), title="Back")
    yield STOP_BUTTON if after else FINISH_BUTTON


def answer_for_role(name: str, library: Library) -> Answer:
    """What is said when a role is set: its first steps, and the topic that tells the rest."""
    role = library.roles.roles[name]
    return guided_answer(
        library,
        topic=role.topic,
        title=role.title,
        lead=f"Noted: {role.title}. From now on my answers put your first step at the top.",
        points=role.first,
        review=library.topics[role.topic].review,
        buttons=(*next_topics([role.topic], library), FORGET_ROLE),
    )


def answer_for_roles(library: Library) -> Answer:
    """The question for the role, with a button for each."""
    roles = library.roles
    return guided_answer(
        library,
        topic=roles.topic,
        title=roles.title,
        lead=roles.lead,
        points=roles.points,
        review=roles.review,
        buttons=[
            NextTopic(id=guided_id(ROLE_GUIDE, name), title=role.title.capitalize())
            for name, role in roles.roles.items()
        ],
    )


def guided_answer(
    library: Library,
    *,
    topic: str,
    title: str,
    lead: str,
    points: Sequence[Point],
    review: Iterable[ReviewLink],
    buttons: Iterable[NextTopic],
    contacts: Sequence[str] = (),
) -> Answer:
    """An answer of kind ``guided``; ``topic`` is the topic it belongs to."""
    numbering = Numbering(library)
    numbered = tuple(numbering.point(point) for point in points)
    return Answer(
        kind="guided",
        topic=topic,
        title=title,
        lead=lead,
        points=numbered,
        places=numbering.places(),
        review=review_places(review, library),
        contacts=routes(contacts, library),
        next=tuple(buttons),
    )


def takes_role(answer: Answer, library: Library) -> bool:
    """True if the answer shows the first steps of the person's role."""
    own = {role.topic for role in library.roles.roles.values()}
    theme = answer.topic.partition("/")[0]
    return answer.kind == "answer" and theme in library.roles.themes and answer.topic not in own


def with_role(answer: Answer, role: Optional[Answer], nation: Optional[Nation] = None) -> Answer:
    """The answer with a role's first steps as its first points; they bring their places along.

    Args:
        answer: as it is shown in the nation.
        role: the answer of the role, as compiled.
        nation: steps of the other one are left out.
    """
    if role is None:
        return answer
    points = [point for point in role.points if holds_in(point.territory, nation)]
    places = list(answer.places)
    for point in points:
        places += _new_places(places, _cited(point, role))
    numbers = {place.label: place.number for place in places}
    steps = [
        point.copy(
            update={
                "text": f"First, for {role.title}: {point.text}",
                "numbers": tuple(numbers[place.label] for place in _cited(point, role)),
                "of_role": True,
            }
        )
        for point in points
    ]
    return answer.copy(update={"points": (*steps, *answer.points), "places": tuple(places)})


def _cited(point: AnswerPoint, answer: Answer) -> list[CitedPlace]:
    """The places of the answer that one of its points cites."""
    return [place for place in answer.places if place.number in point.numbers]


def _new_places(there: Sequence[CitedPlace], places: Iterable[CitedPlace]) -> Iterator[CitedPlace]:
    """Those places that are not there yet, numbered on."""
    labels = {place.label for place in there}
    # After the highest: with a nation some numbers are left out.
    numbers = itertools.count(1 + max((place.number for place in there), default=0))
    for place in places:
        if place.label not in labels:
            yield place.copy(update={"number": next(numbers)})


__all__ = [
    "answer_for_page",
    "answer_for_role",
    "answer_for_roles",
    "guided_answer",
    "takes_role",
    "with_role",
]
