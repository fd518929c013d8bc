"""An answer as an Adaptive Card (schema 1.5): what stands below the text of a Teams message.

One narrow column that a phone shows whole; every text wraps; at most six actions. The text
of the message holds the answer's words, the card what people press: telephone numbers,
sources and next questions.
https://adaptivecards.io/explorer/AdaptiveCard.html
"""

from __future__ import annotations

from typing import Any, Optional, Sequence

from assistant.answers.answer import Answer, CitedPlace, ReviewPlace, Route
from assistant.answers.links import mail_link, teams_label, teams_link, telephone_link
from assistant.answers.text import EMERGENCY, review_heading, short_address, step_text

Element = dict[str, Any]
Choice = tuple[str, str]
"""What a button says, and the payload that picks it."""

VERSION = "1.5"
MOST_ACTIONS = 6
SOURCES = "sources"
STEPS = "steps"
"""The parts of a card that a button unfolds."""

_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


def answer_card(answer: Answer, choices: Sequence[Choice], fallback: str) -> Element:
    """The card of an answer: whom to call, what to do, the sources, the next questions.

    Args:
        answer: urgent or not. An urgent one has its telephone links first, whom to tell below
            them, and its steps behind a button: Teams shows the end of what is long, and the
            first lines must stay in sight. Of another the points stand in the message's text.
        choices: as offered with the reply.
        fallback: the whole answer as text, for a client that shows no cards.
    """
    toggles = [_toggle("Sources", SOURCES)]
    if answer.kind == "urgent":
        routes = [_contact(route) for route in answer.contacts]
        body: list[Element] = [{"type": "Container", "style": "attention", "items": routes}]
        body += [_text(step_text(answer.tell))] if answer.tell else []
        steps = [line.text for line in answer.lines] + [step_text(one) for one in answer.points]
        if steps:
            body.append(_folded(STEPS, [_text(f"• {step}") for step in steps]))
            toggles.insert(0, _toggle("What to do", STEPS))
        body += [_text(review_line(place), isSubtle=True) for place in answer.review]
    else:
        # 999 stands in the last line of every answer; once is enough.
        shown = [route for route in answer.contacts if route.phone != EMERGENCY]
        body = [_heading("Who to contact"), *map(_contact, shown)] if shown else []
    body.append(_folded(SOURCES, [_heading("Sources"), *map(_source, answer.places)]))
    if answer.kind != "urgent":
        body.append(_text(answer.limits, isSubtle=True))
    offered = [_submit(choice) for choice in choices[: MOST_ACTIONS - len(toggles)]]
    # Of an urgent reply what to do comes before what else could be read.
    actions = [toggles[0], *offered, *toggles[1:]] if len(toggles) > 1 else [*offered, *toggles]
    return _card(body, actions, fallback)


def choices_card(choices: Sequence[Choice], fallback: str) -> Element:
    """A card of nothing but buttons.

    Args:
        choices: as offered with the reply.
        fallback: the reply's text, for a client that shows no cards.
    """
    return _card([], [_submit(choice) for choice in choices[:MOST_ACTIONS]], fallback)


def review_line(place: ReviewPlace) -> str:
    """What the review says, with a link to the place, in Teams' Markdown."""
    return f"**{review_heading(place)}:** {place.says} ({_link(place.place, place.url)})"


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
        _link(teams_label(route.name), teams_link(route.teams)) if route.teams else None,
        route.sms,
        _link(route.email, mail_link(route.email)) if route.email else None,
        _link("Referral form", route.form) if route.form else None,
        _link(short_address(route.url), route.url) if route.url else None,
    ]
    text = " or ".join(way for way in ways if way) or route.when
    hours = f" ({route.hours})" if route.hours else ""
    return _text(f"**{route.name}:** {text}{hours}")


def _folded(name: str, items: list[Element]) -> Element:
    """A part of the card that is not shown until its button is pressed."""
    return {"type": "Container", "id": name, "isVisible": False, "items": items}


def _toggle(title: str, name: str) -> Element:
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": [name]}


def _source(place: CitedPlace) -> Element:
    newer = f" {place.superseded_by}." if place.superseded_by else ""
    about = f"({place.edition}; {place.territory}){newer} {place.evidence} Checked {place.checked}."
    return _text(f"[{place.number}] {_link(place.label, place.url)} {about}")


def _link(text: Optional[str], url: Optional[str]) -> Optional[str]:
    """A link in the card's Markdown; the plain text where there is nowhere to go."""
    return f"[{text}]({url})" if url else text
