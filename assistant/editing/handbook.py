"""``notice handbook``: all that is said as one HTML file, to read whole, print or keep offline.

For a safeguarding board that approves it, and for the day the network is down. PDF is the
browser's "Print to PDF".
"""

from __future__ import annotations

import datetime
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from assistant.answers import Answer, Content
from assistant.answers.answer import RULES_OF_WALES
from assistant.answers.find import THEMES, by_theme
from assistant.answers.text import day_text
from assistant.channels.web.render import answer_json, contact_json
from assistant.channels.web.templating import STYLE
from assistant.guidance import GENERAL, Library

FILE = "handbook.html"
"""What the file is called by default."""


def handbook(content: Content, library: Library, made: datetime.date) -> str:
    """The handbook as HTML that needs no other file.

    Args:
        content: the compiled content, of which the answers are what every channel shows.
        library: the same content as it is written, for the glossary and the names of situations.
        made: the day that is printed on it.
    """
    environment = Environment(
        loader=ChoiceLoader(
            [PackageLoader("assistant.editing", "."), FileSystemLoader(STYLE.parent)]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The general reply first: it is right for every reader.
    urgent = sorted(library.urgent.values(), key=lambda one: (one.id != GENERAL, one.title))
    return environment.get_template("handbook.html.jinja").render(
        style=STYLE.read_text(encoding="utf-8"),
        made=day_text(made.isoformat()),
        digest=content.digest[:12],
        urgent=[
            {**_shown(answer), "title": one.title, "heading": answer.title}
            for one in urgent
            if (answer := content.answer(one.id))
        ],
        themes=[
            (theme, THEMES.get(theme, theme), [_shown(one) for one in answers])
            for theme, answers in by_theme(content).items()
        ],
        contacts=[
            {
                **contact_json(route),
                "territory": "England and Wales" if route.territory == "both" else route.territory,
                "checked": day_text(route.checked),
            }
            for route in sorted(content.contacts(content.contact_ids), key=lambda one: one.name)
        ],
        glossary=sorted(library.glossary, key=lambda term: term.term.casefold()),
    )


def _shown(answer: Answer) -> dict[str, Any]:
    return {
        **answer_json(answer),
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
