"""An answer as an Adaptive Card (schema 1.5): what stands below the text of a Teams message.

One narrow column that a phone shows whole; every text wraps; at most six actions. The text
of the message holds the answer's words, the card what people press: telephone numbers,
sources and next questions.
https://adaptivecards.io/explorer/AdaptiveCard.html
"""

from __future__ import annotations

from typing import Any, Optional, Sequence

from assistant.answers.answer import Answer, CitedPlace, Route
from assistant.answers.links import mail_link, teams_link, telephone_link
from assistant.answers.text import EMERGENCY, point_text, review_lines, short_address

Element = dict[str, Any]
Choice = tuple[str, str]
"""What a button says, and the payload that picks it."""

VERSION = "1.5"
MOST_ACTIONS = 6
SOURCES = "sources"
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


def answer_card(answer: Answer, choices: Sequence[Choice], fallback: str) -> Element:
    """The card of an answer: whom to call, what to do, the sources, the next questions.

    Args:
        answer: urgent or not. An urgent one has its telephone links first and its steps
            below them; of another the points stand in the message's text.
        choices: as offered with the reply.
        fallback: the whole answer as text, for a client that shows no cards.
    """
    if answer.kind == "urgent":
        routes = [_contact(route) for route in answer.contacts]
        body: list[Element] = [{"type": "Container", "style": "attention", "items": routes}]
        body += [_text(point_text(answer.tell))] if answer.tell else []
        body += [_text(f"• {point_text(point)}") for point in answer.points]
        body += [_text(line) for line in review_lines(answer)]
    else:
        # 999 stands in the last line of every answer; once is enough.
        shown = [route for route in answer.contacts if route.phone != EMERGENCY]
        body = [_heading("Who to contact"), *map(_contact, shown)] if shown else []
    body.append(_sources(answer.places))
    if answer.kind != "urgent":
        body.append(_text(answer.limits, isSubtle=True))
    show_sources = {
        "type": "Action.ToggleVisibility",
        "title": "Sources",
        "targetElements": [SOURCES],
    }
    actions = [*map(_submit, choices[: MOST_ACTIONS - 1]), show_sources]
    return _card(body, actions, fallback)


def choices_card(choices: Sequence[Choice], fallback: str) -> Element:
    """A card of nothing but buttons.

    Args:
        choices: as offered with the reply.
        fallback: the reply's text, for a client that shows no cards.
    """
    return _card([], [_submit(choice) for choice in choices[:MOST_ACTIONS]], fallback)


def _card(body: list[Element], actions: list[Element], fallback: str) -> Element:
    return {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": VERSION,
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


def _contact(route: Route) -> Element:
    """One route: a telephone link, text, mail and page as far as it has them."""
    ways = [
        _link(route.phone, telephone_link(route.phone)) if route.phone else None,
        _link("Message them in Teams", teams_link(route.teams)) if route.teams else None,
        route.sms,
        _link(route.email, mail_link(route.email)) if route.email else None,
        _link("Referral form", route.form) if route.form else None,
        _link(short_address(route.url), route.url) if route.url else None,
    ]
    text = " or ".join(way for way in ways if way) or route.when
    hours = f" ({route.hours})" if route.hours else ""
    return _text(f"**{route.name}:** {text}{hours}")


def _sources(places: Sequence[CitedPlace]) -> Element:
    return {
        "type": "Container",
        "id": SOURCES,
        "isVisible": False,
        "items": [_heading("Sources"), *map(_source, places)],
    }


def _source(place: CitedPlace) -> Element:
    label = _link(place.label, place.url) if place.url else place.label
    newer = f" {place.superseded_by}." if place.superseded_by else ""
    about = f"({place.edition}; {place.territory}){newer} {place.evidence}"
    return _text(f"[{place.number}] {label} {about}")


def _link(text: Optional[str], url: Optional[str]) -> Optional[str]:
    """A link in the card's Markdown; the plain text where there is nowhere to go."""
    return f"[{text}]({url})" if url else text
