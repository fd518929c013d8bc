"""What the proxy shows when no server answers: the official channels, as files.

``notice unavailable`` writes them into ``deploy/nginx``; a test fails while they differ from the
content.
"""

from __future__ import annotations

import html
import json
from pathlib import Path

from assistant.answers import routes
from assistant.answers.text import contact_lines
from assistant.channels.web.channel import ALWAYS_SHOWN
from assistant.channels.web.render import contact_json
from assistant.guidance import Library
from assistant.turn.outcome import CALL_999

TRY_AGAIN_TEXT = "The assistant cannot be reached. Please try again in a minute."

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<h1>{title}</h1>
<p>{again}</p>
<ul>
{contacts}
</ul>
</body>
</html>
"""


def unavailable(library: Library) -> dict[str, str]:
    """The files by name: JSON in the form of the channel's errors, and a page.

    Args:
        library: the content, for the contacts.
    """
    contacts = routes(ALWAYS_SHOWN, library)
    error = {
        "code": "unavailable",
        "message": f"{TRY_AGAIN_TEXT} {CALL_999}",
        "contacts": [contact_json(one) for one in contacts],
    }
    lines = [html.escape(line.strip(" -")) for line in contact_lines(contacts)]
    page = _PAGE.format(
        title=html.escape(CALL_999),
        again=TRY_AGAIN_TEXT,
        contacts="\n".join(f"<li>{line}</li>" for line in lines),
    )
    text = json.dumps({"error": error}, indent=1, ensure_ascii=False) + "\n"
    return {"unavailable.json": text, "unavailable.html": page}


def write_unavailable(library: Library, folder: Path) -> None:
    """Write the files into a folder.

    Args:
        library: the content.
        folder: that of the proxy's configuration.
    """
    for name, text in unavailable(library).items():
        (folder / name).write_text(text, encoding="utf-8")
