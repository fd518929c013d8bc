"""An answer as an Adaptive Card (schema 1.5): what stands below the text of a Teams message.

One narrow column that a phone shows whole; every text wraps; at most six actions. The text
of the message holds the answer's words, the card what people press: telephone numbers,
sources and next questions.
https://adaptivecards.io/explorer/AdaptiveCard.html
"""

from __future__ import annotations

from typing import Any, Optional, Sequence

from assistant.answers.answer import Answer, CitedPlace, ReviewPlace, Route
from assistant.answers.changes import changed_text
from assistant.answers.links import mail_link, teams_label, teams_link, telephone_link
from assistant.answers.text import (
    contacts_but_999,
    evidence_text,
    review_heading,
    short_address,
    step_text,
)
from assistant.answers.words import ENGLISH_WORDS, Words

Element = dict[str, Any]
Choice = tuple[str, str]
"""What a button says, and the payload that picks it."""

CARD_VERSION = "1.5"
MOST_ACTIONS = 6
STEPS, REVIEW, SOURCES = "steps", "review", "sources"
"""The parts of a card that a button unfolds."""
OWN_PAGE = "Link to this answer"

_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


def answer_card(
    answer: Answer, choices: Sequence[Choice], fallback: str, pages: Optional[str] = None
) -> Element:
    """The card of an answer: whom to call, what to do, the sources, the next questions.

    Args:
        answer: urgent or not. An urgent one has its telephone links first and whom to tell below
            them. Of another the points stand in the message's text.
        choices: as offered with the reply.
        fallback: the whole answer as text, for a client that shows no cards.
        pages: address of the pages of answers, as people reach it, with its slash; None where
            there are none.
    """
    body = _urgent_body(answer) if answer.kind == "urgent" else _body(answer, pages)
    words = answer.words
    unfold = [_toggle(words.steps, STEPS)] if answer.kind == "urgent" else []
    sources = _toggle(words.sources, SOURCES, *([REVIEW] if answer.kind == "urgent" else []))
    offered = [_submit(choice) for choice in choices[: MOST_ACTIONS - len(unfold) - 1]]
    card = _card(body, [*unfold, *offered, sources], fallback)
    return {**card, "lang": answer.language} if answer.own_words else card


def _urgent_body(answer: Answer) -> list[Element]:
    """No longer than what a laptop shows below the first lines of the message.

    Teams goes to the end of a long message, and the first lines must stay in sight: what can
    wait for a tap is folded.
    """
    words = answer.words
    steps = [line.text for line in answer.lines] + [step_text(one) for one in answer.points]
    return [
        {
            "type": "Container",
            "style": "attention",
            "items": [_contact(one, words) for one in answer.first_contacts],
        },
        *([_text(step_text(answer.tell))] if answer.tell else []),
        _folded(
            STEPS,
            [
                *(_contact(one, words) for one in answer.other_contacts),
                *(_text(f"• {step}") for step in steps),
            ],
        ),
        _folded(REVIEW, [_text(review_line(place, words)) for place in answer.review]),
        _sources(answer),
    ]


def _body(answer: Answer, pages: Optional[str]) -> list[Element]:
    shown = contacts_but_999(answer)
    words = answer.words
    listed = [_contact(route, words) for route in shown]
    contacts = [_heading(words.who_to_contact), *listed] if shown else []
    limits = _text(answer.limits, isSubtle=True)
    return [*contacts, _sources(answer), limits, *_about(answer, pages)]


def _about(answer: Answer, pages: Optional[str]) -> list[Element]:
    """One quiet line: that the answer changed lately, and where its own page is."""
    changed, link = changed_text(answer), None
    if pages and answer.kind == "answer":
        changed = _link(changed, f"{pages}changes") if changed else None
        link = _link(OWN_PAGE, f"{pages}answers/{answer.topic}")
    shown = " · ".join(filter(None, (changed, link)))
    return [_text(shown, isSubtle=True)] if shown else []


def _sources(answer: Answer) -> Element:
    words = answer.words
    listed = [_source(place, words) for place in answer.places]
    return _folded(SOURCES, [_heading(words.sources), *listed])


def choices_card(choices: Sequence[Choice], fallback: str) -> Element:
    """A card of nothing but buttons.

    Args:
        choices: as offered with the reply.
        fallback: the reply's text, for a client that shows no cards.
    """
    return _card([], [_submit(choice) for choice in choices[:MOST_ACTIONS]], fallback)


def review_line(place: ReviewPlace, words: Words = ENGLISH_WORDS) -> str:
    """What the review says, with a link to the place, in Teams' Markdown."""
    return f"**{review_heading(place, words)}:** {place.says} ({_link(place.place, place.url)})"


def _card(body: list[Element], actions: list[Element], fallback: str) -> Element:
    return {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": CARD_VERSION,
        "fallbackText": fallback,
        "body": body,
        "actions": actions,
    }


def _submit(choice: Choice) -> Element:
    title, payload = choice
    # As a message of its own, so that the chat shows what was chosen.
    shown = {"type": "messageBack", "displayText": title, "text": payload}
    value = {"payload": payload, "title": title}
    return {
        "type": "Action.Submit",
        "title": title,
        "data": {**value, "msteams": {**shown, "value": value}},
    }


def _text(text: str, **options: Any) -> Element:
    return {"type": "TextBlock", "text": text, "wrap": True, **options}


def _heading(text: str) -> Element:
    return _text(text, weight="Bolder", style="heading")


def _contact(route: Route, words: Words) -> Element:
    """One route: a telephone link, text, mail and page as far as it has them."""
    ways = [
        _link(route.phone, telephone_link(route.phone)) if route.phone else None,
        _link(teams_label(route.name), teams_link(route.teams)) if route.teams else None,
        route.sms,
        _link(route.email, mail_link(route.email)) if route.email else None,
        _link(words.form, route.form) if route.form else None,
        _link(short_address(route.url), route.url) if route.url else None,
    ]
    text = f" {words.or_} ".join(way for way in ways if way) or route.when
    hours = f" ({route.hours})" if route.hours else ""
    return _text(f"**{route.name}:** {text}{hours}")


def _folded(name: str, items: list[Element]) -> Element:
    """A part of the card that is not shown until its button is pressed."""
    return {"type": "Container", "id": name, "isVisible": False, "items": items}


def _toggle(title: str, *names: str) -> Element:
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": list(names)}


def _source(place: CitedPlace, words: Words) -> Element:
    newer = f" {place.superseded_by}." if place.superseded_by else ""
    about = f"({place.edition}; {place.territory}){newer} {evidence_text(place, words)}"
    return _text(f"[{place.number}] {_link(place.label, place.url)} {about}")


def _link(text: Optional[str], url: Optional[str]) -> Optional[str]:
    """A link in the card's Markdown; the plain text where there is nowhere to go."""
    return f"[{text}]({url})" if url else text
