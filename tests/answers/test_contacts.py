"""A partnership's own contacts, and those that only it knows."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from assistant.answers import Content, answer_for_urgent, answer_text
from assistant.answers.compiling import compile_content
from assistant.answers.contacts import routes
from assistant.answers.text import short_address
from assistant.channels import terminal
from assistant.channels.teams.cards import answer_card
from assistant.channels.web.render import contact_json
from assistant.guidance import Library, load_library
from assistant.guidance.contacts import LocalContact, LocalContacts
from assistant.turn.replies import Reply


def test_a_partnerships_own_number_comes_before_the_finder(content: Path) -> None:
    (content / "local.yml").write_text(
        "area: Our area\ncontacts:\n  childrens-social-care:\n    name: Our front door\n"
        "    phone: '01632 960001'\n    checked: 2026-11-21\n"
    )
    local = load_library(content)
    reply = answer_for_urgent(local.urgent["urgent/unsafe-tonight"], local)
    shown = {route.id: route for route in reply.contacts}
    assert shown["childrens-social-care"].phone == "01632 960001"
    assert "  Our front door: 01632 960001" in answer_text(reply).splitlines()


def test_whom_only_the_partnership_knows_is_shown_once_it_is_filled_in(library: Library) -> None:
    lead = "safeguarding-lead"
    where = library.contacts[lead].also_in
    assert {"respond/refer", "talk/recording", "talk/when-a-child-tells"} < set(where)
    own = LocalContacts(
        area="Our area",
        contacts={
            lead: LocalContact.parse_obj(
                {"name": "Your lead", "teams": "lead@example.org", "checked": "2026-11-30"}
            )
        },
    )
    for local in (None, own):
        shown_by = library.copy(update={"local": local})
        content = Content(compile_content(shown_by, {}))
        assert bool(content.contacts([lead])) == bool(local)
        for name in content.answer_ids:
            answer = content.answer(name)
            assert answer
            shown = [one.name for one in answer.contacts if one.id == lead]
            assert shown == (["Your lead"] if local and name in where else []), name
            if shown:
                assert "  Your lead: Microsoft Teams lead@example.org" in answer_text(answer)


FORM = "https://www.example.org/refer-a-child"


def with_own(library: Library, **details: str) -> Library:
    """The content of a partnership that gives the same details for each of its contacts."""
    local = {name for name, contact in library.contacts.items() if contact.local}
    own = LocalContact.parse_obj({"name": "Our own", "checked": "2026-11-30", **details})
    contacts = dict.fromkeys(local, own)
    return library.copy(update={"local": LocalContacts(area="Our area", contacts=contacts)})


@pytest.mark.parametrize("field", ["form", "url", "email", "teams"])
def test_without_a_number_of_its_own_the_national_way_in_stays_below(
    library: Library, field: str
) -> None:
    given = {"email": "us@example.org", "teams": "us@example.org"}.get(field, FORM)
    local = with_own(library, **{field: given})
    content = Content(compile_content(local, {}))
    national = routes(sorted(library.contacts), library.copy(update={"local": None}))
    assert any(route.url for route in national if library.contacts[route.id].local)
    for one in national:
        shown = content.contacts([one.id])
        if not library.contacts[one.id].local:
            assert shown == (one,)
            continue
        assert shown[0].name == "Our own" and getattr(shown[0], field) == given
        there = [(route.name, route.phone, route.url) for route in shown[1:]]
        assert there == ([(one.name, one.phone, one.url)] if one.phone or one.url else [])
        again = content.contacts([route.id for route in shown])
        assert again == shown, "the ids of what was shown give the same"


def test_with_a_number_of_its_own_it_takes_the_place_of_the_national_way_in(
    library: Library,
) -> None:
    local = with_own(library, phone="01632 960001", form=FORM)
    for name, contact in library.contacts.items():
        if contact.local:
            assert [route.name for route in routes([name], local)] == ["Our own"]


def test_every_channel_shows_the_form_first_and_the_finder_below(library: Library) -> None:
    content = Content(compile_content(with_own(library, form=FORM), {}))
    finder = str(library.contacts["childrens-social-care"].url)
    for name in ("respond/refer", "urgent/unsafe-tonight"):
        answer = content.answer(name)
        assert answer
        screen = io.StringIO()
        reply = Reply(answer.kind, "", topic=name, answer=answer, shows_answer=True)
        rest = terminal.show(reply, Console(file=screen, width=200, height=500))
        assert rest is None
        for shown in (
            answer_text(answer),
            screen.getvalue(),
            json.dumps(answer_card(answer, (), "")),
            json.dumps([contact_json(route) for route in answer.contacts]),
        ):
            form, below = shown.find(short_address(FORM)), shown.find(short_address(finder))
            assert 0 <= form < below, (name, shown)
