"""The poster of the assurance pack as a page that prints on one sheet of A4.

``python -m tests.assurance.poster FILE`` writes it from ``docs/assurance/poster.md``; open it in a
browser and print it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from markdown_it import MarkdownIt

from assistant.project import find_project
from tests.assurance.figures import PACK

POSTER = PACK / "poster.md"

_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Worried about a child?</title>
<style>
@page {{ size: A4; margin: 16mm; }}
body {{ font: 14pt/1.4 sans-serif; max-width: 178mm; margin: 0 auto; }}
h1 {{ font-size: 30pt; margin: 0 0 4mm; }}
h2 {{ font-size: 17pt; margin: 6mm 0 1mm; }}
h1 + h2 {{ font-size: 24pt; border: 1mm solid #b00020; padding: 3mm; margin-top: 0; }}
p, ul {{ margin: 0 0 2mm; }}
</style>
</head>
<body>
{poster}</body>
</html>
"""


def page(poster: str) -> str:
    """The HTML page of a poster that is written in Markdown."""
    return _PAGE.format(poster=MarkdownIt().render(poster))


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.parent.mkdir(parents=True, exist_ok=True)
    text = (find_project().root / POSTER).read_text(encoding="utf-8")
    file.write_text(page(text), encoding="utf-8")
    print(f"Open {file} in a browser and print it.")
