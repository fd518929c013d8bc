"""A partnership's own contacts, and those that only it knows."""

from __future__ import annotations

from pathlib import Path

from assistant.answers import Content, answer_for_urgent, answer_text
from assistant.answers.compiling import compile_content
from assistant.guidance import Library, load_library
from assistant.guidance.contacts import LocalContact, LocalContacts


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
