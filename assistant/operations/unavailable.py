"""What the proxy shows when no server answers: the general urgent reply's first lines, as files.

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
from assistant.channels.web.render import contact_json
from assistant.guidance import GENERAL, Library

TRY_AGAIN_TEXT = "Notice cannot be reached. Please try again in a minute."

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Notice cannot be reached</title>
</head>
<body>
<h1>Notice cannot be reached</h1>
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
<p>Please try again in a minute. Did you send a question? Go back: it may still be in its box.</p>
</body>
</html>
"""


def unavailable(library: Library) -> dict[str, str]:
    """The files by name: JSON in the form of the channel's errors, and a page.

    Args:
        library: the content, for the general urgent reply.
    """
    general = library.urgent[GENERAL]
    contacts = routes(general.contacts, library)
    error = {
        "code": "unavailable",
        "message": TRY_AGAIN_TEXT,
        "first": general.first,
        "contacts": [contact_json(one) for one in contacts],
    }
    text = json.dumps({"error": error}, indent=1, ensure_ascii=False) + "\n"
    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_PAGE)
    page = made.render(
        first=general.first, contacts=contacts, tel=telephone_link, short=short_address
    )
    return {"unavailable.json": text, "unavailable.html": page + "\n"}


def write_unavailable(library: Library, folder: Path) -> None:
    """Write the files into a folder.

    Args:
        library: the content.
        folder: that of the proxy's configuration.
    """
    for name, text in unavailable(library).items():
        (folder / name).write_text(text, encoding="utf-8")
