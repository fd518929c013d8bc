"""The handbook holds all that is said, in the order of weight, and prints."""

from __future__ import annotations

import datetime
import html
import re
from pathlib import Path

import pytest

from assistant.answers import Content, load_content
from assistant.cli import run
from assistant.editing.handbook import anchor, handbook
from assistant.guidance import WELSH, Library
from assistant.project import Project

MADE = datetime.date(2026, 12, 1)


@pytest.fixture(scope="module")
def compiled(project: Project) -> Content:
    return load_content(project)


@pytest.fixture(scope="module")
def page(compiled: Content, library: Library) -> str:
    return handbook(compiled, library, MADE)


@pytest.fixture(scope="module")
def shown(page: str) -> str:
    body = page.partition("</style>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", body)).split())


def test_every_answer_reply_contact_and_term_stands_in_it(
    shown: str, compiled: Content, library: Library
) -> None:
    for name in (*library.topics, *library.urgent):
        answer = compiled.answer(name)
        assert answer is not None
        texts = [answer.lead, *(point.text for point in (*answer.points, *answer.more))]
        texts += [answer.tell.text] if answer.tell else []
        assert all(" ".join(text.split()) in shown for text in texts), name
    # Whom only a partnership knows stands there once it has said who.
    given = (contact for contact in library.contacts.values() if not contact.also_in)
    assert all(contact.when in shown for contact in given)
    assert all(term.means in shown for term in library.glossary)


def test_guided_pages_roles_services_and_welsh_stand_in_it(
    page: str, shown: str, compiled: Content, library: Library
) -> None:
    guided = [name for name in compiled.answer_ids if name.startswith("guided/")]
    welsh = [name for name in (*library.urgent, *library.topics) if name in in_welsh(compiled)]
    assert len(guided) > 20 and len(welsh) >= 20
    for answer in (
        *(compiled.answer(name) for name in guided),
        *(compiled.answer(name, language=WELSH) for name in welsh),
    ):
        assert answer is not None
        texts = [answer.lead, *(point.text for point in answer.points)]
        assert all(" ".join(text.split()) in shown for text in texts), answer.topic
    assert len(re.findall(r'<article[^>]* lang="cy"', page)) == len(welsh)
    assert library.welsh and library.welsh.situations["urgent/child-user"].title in shown
    assert all(one.route.name in shown for one in compiled.search.services)
    assert "All that Notice says" not in shown and "are not printed" in shown


def in_welsh(compiled: Content) -> set[str]:
    return set(compiled.welsh["answers"])


def test_urgent_replies_come_first_and_every_link_within_it_leads_somewhere(
    page: str, library: Library
) -> None:
    order = [page.index(f'<section class="chapter" id="{one}"') for one in ("urgent", "recognise")]
    order += [
        page.index(f'id="{one}"')
        for one in ("guided", "roles", "cy", "services", "contacts", "glossary")
    ]
    assert order == sorted(order)
    places = re.findall(r' id="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)
    contents = page.partition('<nav class="contents"')[2].partition("</nav>")[0]
    listed = set(re.findall(r'href="#([^"]+)"', contents))
    assert {anchor(one) for one in (*library.topics, *library.urgent)} <= listed


def test_it_needs_no_other_file_and_is_made_for_paper(page: str) -> None:
    assert "<script" not in page and "<link" not in page and "<img" not in page
    assert "@page" in page and "break-before: page" in page
    assert "as it stood on 1 December 2026" in page


def test_the_command_writes_it(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "handbook.html"
    assert run(["handbook", "--out", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
