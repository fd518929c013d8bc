"""The bundle that ships is the one that its sources make, and it is small."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from assistant.project import Project
from tests.browser.tools import BUNDLE, WIDGET, install_packages, node

LARGEST = 15_500
"""Bytes after gzip, styles included."""

HTML_SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment"
    r"|srcdoc|\beval\b|new Function|\.style\b|\"style\""
)


def test_the_bundle_is_current(tmp_path: Path) -> None:
    install_packages()
    node("node_modules/typescript/bin/tsc")
    node("build.mjs", str(tmp_path / "widget.js"))
    rebuilt = (tmp_path / "widget.js").read_bytes()
    assert rebuilt == BUNDLE.read_bytes(), "run `npm run build` in widget/ and commit the result"


def test_the_bundle_is_small() -> None:
    size = len(gzip.compress(BUNDLE.read_bytes(), 9))
    print(f"widget.js: {size} bytes after gzip, at most {LARGEST}")
    assert size <= LARGEST


def test_the_sizes_in_the_document_are_those_of_the_file(project: Project) -> None:
    document = (project.root / "docs" / "embedding.md").read_text(encoding="utf-8")
    script = BUNDLE.read_bytes()
    size, packed = (len(part) / 1000 for part in (script, gzip.compress(script, 9)))
    assert f"| Notice, styles included | {size:.1f} | {packed:.1f} |" in document


def test_no_text_becomes_html_and_no_style_stands_inline() -> None:
    found = [
        f"{path.name}: {match.group()}"
        for path in (WIDGET / "src").glob("*.ts")
        for match in HTML_SINKS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_widget_has_no_dependency_at_run_time() -> None:
    package = json.loads((WIDGET / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package
