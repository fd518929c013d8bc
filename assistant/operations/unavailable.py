"""What the proxy itself shows: the general urgent reply's first lines, as files.

There are two of each kind: no server answers, and a request that the proxy refuses.

``notice unavailable`` writes them into ``deploy/nginx``; a test fails while they differ from the
content.
"""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment

from assistant.answers import routes
from assistant.answers.links import telephone_link
from assistant.answers.text import short_address
from assistant.channels.web.render import unanswered_json
from assistant.guidance import GENERAL, Library

TRY_AGAIN_TEXT = "Notice cannot be reached. Please try again in a minute."
REFUSED_TEXT = "There is no such page, or it cannot be asked for in this way."

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
</head>
<body>
<h1>{{ title }}</h1>
<p><strong>{{ first }}</strong></p>
<ul>
{% for one in contacts %}
<li>{{ one.name }}:
{% if tel(one.phone) %}<a href="{{ tel(one.phone) }}">{{ one.phone }}</a>
{% elif one.phone %}{{ one.phone }}
{% endif %}
{% if one.sms %}{{ one.sms }}
{% endif %}
{% if one.email %}{{ one.email }}
{% endif %}
{% if one.form %}<a href="{{ one.form }}">Referral form</a>
{% endif %}
{% if one.url %}<a href="{{ one.url }}">{{ short(one.url) }}</a>
{% endif %}
{% if one.hours %}({{ one.hours }})
{% endif %}
</li>
{% endfor %}
</ul>
<p>{{ last }}</p>
</body>
</html>
"""


def unavailable(library: Library) -> dict[str, str]:
    """The files by name: JSON in the form of the channel's errors, and a page.

    Args:
        library: the content, for the general urgent reply.
    """
    return {
        **_files(
            library,
            name="unavailable",
            text=TRY_AGAIN_TEXT,
            title="Notice cannot be reached",
            last="Please try again in a minute. "
            "Did you send a question? Go back: it may still be in its box.",
        ),
        **_files(library, name="refused", text=REFUSED_TEXT, title="Not found", last=REFUSED_TEXT),
    }


def _files(library: Library, name: str, text: str, title: str, last: str) -> dict[str, str]:
    general = library.urgent[GENERAL]
    contacts = routes(general.contacts, library)
    error = unanswered_json(name, text, general.first, contacts)
    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_PAGE)
    page = made.render(
        first=general.first,
        contacts=contacts,
        tel=telephone_link,
        short=short_address,
        title=title,
        last=last,
    )
    written = json.dumps(error, indent=1, ensure_ascii=False) + "\n"
    return {f"{name}.json": written, f"{name}.html": page + "\n"}


def write_unavailable(library: Library, folder: Path) -> None:
    """Write the files into a folder.

    Args:
        library: the content.
        folder: that of the proxy's configuration.
    """
    for name, text in unavailable(library).items():
        (folder / name).write_text(text, encoding="utf-8")
