"""A reply as one Teams activity: text with native citations, and a card below it.

It is sent in one piece, so that it arrives whole or not at all. Teams draws the text and the
card below each other and then gives no id for them.
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
"""

from __future__ import annotations

import re
from typing import Any, Iterable, Optional

from assistant.answers import Answer
from assistant.answers.answer import AnswerPoint, CitedPlace
from assistant.answers.text import duty_labels, numbers_text
from assistant.answers.words import Words
from assistant.channels.teams.cards import answer_card, choices_card, review_line
from assistant.turn.replies import Reply

CARD = "application/vnd.microsoft.card.adaptive"
LONGEST_NAME, LONGEST_ABSTRACT = 80, 160
MOST_CITATIONS = 10
"""Teams shows twenty; its own emulator takes ten. The card lists all of them."""
LONGEST_SHORTENED = 20_000  # characters
LONGEST_SUMMARY = 120  # characters of the notification

TOO_LONG_FOR_TEAMS = "The answer is too long for Teams. Ask about one part of it."
KINDS_WITH_THUMBS = frozenset({"answer", "urgent", "suggest", "out-of-scope"})
"""Kinds of reply that carry thumbs."""

_CITED = re.compile(r"\[(\d+)\]")


def message(reply: Reply, before: str = "", pages: Optional[str] = None) -> dict[str, Any]:
    """The message that shows a reply.

    Args:
        reply: of any kind.
        before: what to say first; after the reply where that is urgent.
        pages: address of the pages of answers, with its slash; None where people reach none.
    """
    answer = reply.answer
    choices = [(button.title, button.payload) for button in reply.buttons]
    attachments = []
    if answer and is_whole_answer(reply):
        text = _answer_text(answer)
        attachments.append(answer_card(answer, choices, reply.text, pages))
    else:
        text = reply.text
        if choices:
            attachments.append(choices_card(choices, reply.text))
    parts = [text, before] if reply.kind == "urgent" else [before, text]
    shown = _paragraphs("\n".join(filter(None, parts)))
    # A notification shows the first words: of an urgent reply the action, not the heading.
    activity = _text_message(shown, answer.lead if answer and reply.kind == "urgent" else "")
    if answer and (cited := _cited(answer.places, shown)):
        activity["entities"] = [_citations(cited)]
    if attachments:
        activity["attachments"] = [
            {"contentType": CARD, "content": content} for content in attachments
        ]
    if reply.kind in KINDS_WITH_THUMBS:
        activity["channelData"] = {"feedbackLoop": {"type": "default"}}
    return activity


def shortened(reply: Reply) -> dict[str, Any]:
    """A message that Teams takes when it does not take the whole one: the text's beginning."""
    return _text_message(_paragraphs(f"{reply.text[:LONGEST_SHORTENED]}\n{TOO_LONG_FOR_TEAMS}"))


def is_whole_answer(reply: Reply) -> bool:
    """Whether the reply is its answer, not something said about that ("tell me more")."""
    return reply.shows_answer


def _text_message(text: str, summary: str = "") -> dict[str, Any]:
    return {
        "type": "message",
        "text": text,
        "textFormat": "markdown",
        "summary": _clip(summary or text.partition("\n")[0], LONGEST_SUMMARY),
    }


def _answer_text(answer: Answer) -> str:
    """The part of an answer that is read; what is pressed stands in the card."""
    if answer.kind == "urgent":
        return "\n".join(filter(None, (f"**{answer.title}**", answer.lead, answer.other_reader)))
    points = [f"- {_marked(point, answer.words)}" for point in answer.points]
    review = [review_line(place, answer.words) for place in answer.review]
    return "\n".join([answer.lead, *points, *review])


def _marked(point: AnswerPoint, words: Words) -> str:
    """A point whose duty can be seen as well as read."""
    before, after = duty_labels(point, words)
    parts = (f"**{before}**" if before else "", point.text, f"_{after}_" if after else "")
    return " ".join(filter(None, (*parts, numbers_text(point.numbers))))


def _paragraphs(text: str) -> str:
    """Lines as paragraphs: Teams on phones draws no lists in texts and joins single lines."""
    lines = (line.strip() for line in text.splitlines())
    return "\n\n".join(f"• {line[2:]}" if line.startswith("- ") else line for line in lines if line)


def _cited(places: Iterable[CitedPlace], text: str) -> list[CitedPlace]:
    """The places whose number stands in the text, as many as Teams takes."""
    numbers = {int(number) for number in _CITED.findall(text)}
    return [place for place in places if place.number in numbers][:MOST_CITATIONS]


def _citations(places: Iterable[CitedPlace]) -> dict[str, Any]:
    # No AI label: the answers are written by people. A second root Message would be refused.
    return {
        "type": "https://schema.org/Message",
        "@type": "Message",
        "@context": "https://schema.org",
        "citation": [_claim(place) for place in places],
    }


def _claim(place: CitedPlace) -> dict[str, Any]:
    newer = f" {place.superseded_by}." if place.superseded_by else ""
    abstract = f"{place.edition}; {place.territory}.{newer} {place.evidence}"
    appearance = {
        "@type": "DigitalDocument",
        "name": _clip(place.label, LONGEST_NAME),
        "abstract": _clip(abstract, LONGEST_ABSTRACT),
    }
    if place.url:
        appearance["url"] = place.url
    return {"@type": "Claim", "position": place.number, "appearance": appearance}


def _clip(text: str, longest: int) -> str:
    """The text, cut at a word where it is longer than this."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"
