"""A mail to a supervisor about one answer: the same from its page and from the widget.

Made from the answer as everybody gets it: nothing of a conversation, not even a role, is in it.
"""

from __future__ import annotations

from typing import Mapping, Optional

from assistant.answers import Answer, Content
from assistant.answers.links import mail_draft
from assistant.answers.text import point_text, source_lines
from assistant.guidance import guided_id

LONGEST_LINK = 1_800
"""Characters of the link: some browsers and mail programs cut what is much longer."""

_REFLECTION = "reflection"
"""The guided conversation with the Panel's six questions, one a page."""

_QUESTIONS: Mapping[str, str] = {
    "recognise": "question-3",  # steps to identify this form of abuse
    "talk": "question-4",  # children's needs and voices
    "respond": "question-2",  # acting differently when responding
    "support": "question-6",  # views of children, parents and carers
    "review": "question-1",  # key lessons
    "learning": "question-1",
    "recognise/black-and-minoritised-children": "question-5",
}
"""The page of the Panel's question that belongs to a theme, or to one topic."""


def supervision_mail(answer: Answer, address: str, content: Content) -> str:
    """The link that opens a mail to a supervisor: the answer, its page and one question.

    As many of its points as a link holds, with their duties and sources; the page has all.

    Args:
        answer: what it is about, as :meth:`Content.answer` gives it.
        address: of the answer's page.
        content: where the Panel's questions stand.
    """
    counts = range(len(answer.points), -1, -1)
    links = (_mail(answer, count, address, content) for count in counts)
    return next(
        (link for link in links if len(link) <= LONGEST_LINK), _mail(answer, 0, address, content)
    )


def _mail(answer: Answer, points: int, address: str, content: Content) -> str:
    shown = answer.points[:points]
    lines = [answer.title, "", answer.lead]
    if shown:
        cited = {number for point in shown for number in point.numbers}
        lines += ["", *(f"- {point_text(point)}" for point in shown)]
        lines += ["", *source_lines(answer, cited)] if cited else []
    lines += ["", f"The whole answer, with its sources: {address}"]
    question = reflection_question(answer.topic, content)
    if question:
        lines += ["", "A question of the Panel to think about together:", question]
    lines += ["", "Leave out names and anything that could identify a child."]
    return mail_draft(f"For supervision: {answer.title}", lines)


def reflection_question(topic: str, content: Content) -> Optional[str]:
    """The Panel's question that belongs to a topic, in the words of the reflection session."""
    page = _QUESTIONS.get(topic) or _QUESTIONS.get(topic.partition("/")[0])
    found = content.answer(guided_id(_REFLECTION, page)) if page else None
    return found.lead if found else None
