"""Answers of the guided conversations: pages, roles, and a role's steps within an answer."""

from __future__ import annotations

from typing import Iterable, Iterator, Optional, Sequence

from assistant.answers.answer import (
    Answer,
    AnswerPoint,
    NextTopic,
    Numbering,
    next_topics,
    routes,
)
from assistant.guidance import (
    ROLE_GUIDE,
    START,
    Citation,
    Guide,
    Library,
    Point,
    Role,
    guided_id,
)

STOP, FINISH = (NextTopic(id="guided_stop", title=title) for title in ("Stop", "Finish"))
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
    yield STOP if after else FINISH


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
    review: Iterable[Citation],
    buttons: Iterable[NextTopic],
    contacts: Sequence[str] = (),
) -> Answer:
    """An answer of kind ``guided``; ``topic`` is the topic it belongs to."""
    numbering = Numbering(library)
    numbered = tuple(numbering.point(point) for point in points)
    review_numbers = numbering.of(review)
    return Answer(
        kind="guided",
        topic=topic,
        title=title,
        lead=lead,
        points=numbered,
        places=numbering.places(),
        review=review_numbers,
        contacts=routes(contacts, library),
        next=tuple(buttons),
    )


def takes_role(answer: Answer, library: Library) -> bool:
    """True if the answer shows the first steps of the person's role."""
    own = {role.topic for role in library.roles.roles.values()}
    theme = answer.topic.partition("/")[0]
    return answer.kind == "answer" and theme in library.roles.themes and answer.topic not in own


def role_lines(role: Role, library: Library) -> str:
    """A role's first steps as lines of text, each with the places that confirm it in brackets.

    Whole lines with their ends: where no role is set, nothing stands in their place.
    """
    lines = []
    for point in role.first:
        places = {c: library.place(c) for c in point.cite}
        labels = [
            f"{source.short}: {section.place}" if section else source.short
            for source, section in places.values()
        ]
        lines.append(f"- {_for_role(role.title)}{point.text} [{'; '.join(labels)}]\n")
    return "".join(lines)


def with_role(answer: Answer, role: Optional[Answer]) -> Answer:
    """The answer with a role's first steps as its first points; they bring their places along."""
    if role is None:
        return answer
    numbers = {place.section: place.number for place in answer.places}
    places = list(answer.places)
    steps = []
    for point in role.points:
        for place in role.places:
            if place.number in point.numbers and place.section not in numbers:
                numbers[place.section] = len(places) + 1
                places.append(place.copy(update={"number": len(places) + 1}))
        cited = [place.section for place in role.places if place.number in point.numbers]
        steps.append(
            AnswerPoint(
                text=_for_role(role.title) + point.text,
                numbers=tuple(numbers[section] for section in cited),
                must=point.must,
            )
        )
    return answer.copy(update={"points": (*steps, *answer.points), "places": tuple(places)})


def _for_role(title: str) -> str:
    return f"First, for {title}: "


__all__ = [
    "answer_for_page",
    "answer_for_role",
    "answer_for_roles",
    "guided_answer",
    "role_lines",
    "takes_role",
    "with_role",
]
