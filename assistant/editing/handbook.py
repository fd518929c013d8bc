"""``notice handbook``: what Notice says as one HTML file, to read whole, print or keep offline.

For a safeguarding board that approves it, and for the day the network is down. PDF is the
browser's "Print to PDF".
"""

from __future__ import annotations

import datetime
from typing import Any, Iterator

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    Template,
)

from assistant.answers import Answer, Content
from assistant.answers.buttons import RULES_OF_WALES
from assistant.answers.find import THEMES, by_theme
from assistant.answers.text import day_text
from assistant.channels.web.render import answer_json, contact_json
from assistant.channels.web.templating import STYLE
from assistant.guidance import GENERAL, ROLE_GUIDE, WELSH, Library
from assistant.guidance.names import GUIDED

FILE = "handbook.html"
"""What the file is called by default."""


def handbook(content: Content, library: Library, made: datetime.date) -> str:
    """The handbook as HTML that needs no other file.

    Args:
        content: the compiled content, of which the answers are what every channel shows.
        library: the same content as it is written, for the glossary and the names of situations.
        made: the day that is printed on it.
    """
    return _template().render(
        style=STYLE.read_text(encoding="utf-8"),
        made=day_text(made.isoformat()),
        digest=content.digest[:12],
        urgent=_urgent(content, library),
        themes=[
            (theme, THEMES.get(theme, theme), [_shown(one) for one in answers])
            for theme, answers in by_theme(content).items()
        ],
        parts=[part for part in _parts(content, library) if part["articles"]],
        services=[contact_json(service.route) for service in content.search.services],
        contacts=_contacts(content),
        glossary=sorted(library.glossary, key=lambda term: term.term.casefold()),
    )


def _template() -> Template:
    return Environment(
        loader=ChoiceLoader(
            [PackageLoader("assistant.editing", "."), FileSystemLoader(STYLE.parent)]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("handbook.html.jinja")


def _urgent(content: Content, library: Library) -> list[dict[str, Any]]:
    """The urgent replies, the general one first: it is right for every reader."""
    situations = sorted(library.urgent.values(), key=lambda one: (one.id != GENERAL, one.title))
    return [
        {**_shown(answer), "title": one.title, "heading": answer.title}
        for one in situations
        if (answer := content.answer(one.id))
    ]


def _contacts(content: Content) -> list[dict[str, Any]]:
    return [
        {
            **contact_json(route),
            "territory": "England and Wales" if route.territory == "both" else route.territory,
            "checked": day_text(route.checked),
        }
        for route in sorted(content.contacts(content.contact_ids), key=lambda one: one.name)
    ]


def _parts(content: Content, library: Library) -> Iterator[dict[str, Any]]:
    """Guided conversations, first steps by role, and the answers in Welsh."""
    roles = f"{GUIDED}/{ROLE_GUIDE}/"
    guided = [name for name in content.answer_ids if name.startswith(f"{GUIDED}/")]
    pages = [name for name in guided if not name.startswith(roles)]
    steps = [name for name in guided if name.startswith(roles)]
    yield {
        "id": GUIDED,
        "name": "Guided conversations",
        "articles": [_article(answer, name) for name in pages if (answer := content.answer(name))],
    }
    yield {
        "id": "roles",
        "name": "First steps by role",
        "articles": [_article(answer, name) for name in steps if (answer := content.answer(name))],
    }
    yield {
        "id": WELSH,
        "name": "In Welsh",
        "articles": [
            {**_article(answer, f"{WELSH}/{name}"), **_named(name, library)}
            for name in (*content.written_for, *content.titles)
            if (answer := content.answer(name, language=WELSH))
            and answer.language == WELSH
            and answer.topic == name
        ],
    }


def _named(name: str, library: Library) -> dict[str, str]:
    """What an urgent reply in Welsh is called: all have the same title."""
    situation = library.welsh.situations.get(name) if library.welsh else None
    return {"title": situation.title, "heading": situation.title} if situation else {}


def _article(answer: Answer, name: str) -> dict[str, Any]:
    return {**_shown(answer), "anchor": anchor(name), "next": [], "urgent": answer.kind == "urgent"}


def _shown(answer: Answer) -> dict[str, Any]:
    return {
        **answer_json(answer),
        "language": answer.language,
        "heading": answer.title,
        "anchor": anchor(answer.topic),
        "reviewed": day_text(answer.reviewed) if answer.reviewed else None,
        # A guided conversation cannot be had on paper.
        "next": [
            {"title": one.title, "anchor": anchor(one.id)}
            for one in answer.next
            if not one.id.startswith("guided/") and one != RULES_OF_WALES
        ],
    }


def anchor(answer_id: str) -> str:
    """The name of an answer's place in the handbook."""
    return answer_id.replace("/", "-")
