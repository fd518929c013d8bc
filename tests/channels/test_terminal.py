"""The terminal: what matters of an urgent reply fits the smallest screen, and nothing is lost."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from assistant.answers import Answer, current_content
from assistant.answers.text import route_text
from assistant.channels.terminal import show
from assistant.guidance import GENERAL, Library
from assistant.turn.official import urgent_reply
from assistant.turn.replies import Reply

PROMPT = 1  # line below what is printed


def console(width: int = 80, height: int = 24) -> Console:
    return Console(file=io.StringIO(), width=width, height=height, force_terminal=False)


def printed(on: Console) -> str:
    assert isinstance(on.file, io.StringIO)
    return on.file.getvalue()


def words(text: str) -> str:
    """The words alone, without frame and line ends."""
    return " ".join(text.replace("│", " ").split())


def urgent(situation: str) -> tuple[Reply, Answer]:
    reply = urgent_reply(situation)
    assert reply.answer
    return reply, reply.answer


def test_the_first_lines_and_the_first_contact_fit_80_by_24(library: Library) -> None:
    for situation in library.urgent:
        reply, answer = urgent(situation)
        on = console()
        show(reply, on)
        text = printed(on)
        assert len(text.splitlines()) + PROMPT <= 24, situation
        assert "GET HELP NOW" in text.splitlines()[1]
        order = [answer.lead, answer.other_reader or "", answer.contacts[0].name]
        places = [words(text).index(part) for part in order if part]
        assert places == sorted(places)


def test_what_does_not_fit_is_shown_when_asked_for(library: Library) -> None:
    for situation in library.urgent:
        reply, answer = urgent(situation)
        on = console()
        rest = show(reply, on)
        assert rest is not None
        on.print(rest)
        text = words(printed(on))
        assert answer.tell and answer.tell.text in text
        said = [one.name for one in answer.contacts] + [one.text for one in answer.lines]
        said += [one.text for one in answer.points] + [one.says for one in answer.review]
        assert not [part for part in said if part not in text], situation
        # An address that is longer than a line is broken within.
        whole = text.replace(" ", "")
        assert all(route_text(one).replace(" ", "") in whole for one in answer.contacts)
        assert "Sources:" in text


def test_on_a_tall_screen_all_is_shown_at_once() -> None:
    reply, answer = urgent(GENERAL)
    on = console(96, 100)
    assert show(reply, on) is None
    assert answer.lines[-1].text in words(printed(on))


@pytest.mark.parametrize("height", [5, 10])
def test_the_smallest_screen_still_gets_the_first_contact(height: int) -> None:
    reply, answer = urgent("urgent/child-user")
    on = console(40, height)
    show(reply, on)
    text = words(printed(on))
    assert answer.lead in text and "999 (24 hours)" in text


def test_duties_and_the_review_are_told_apart() -> None:
    answer = current_content().answer("respond/strategy-discussion")
    assert answer
    on = console(96, 100)
    show(Reply("answer", "text", answer=answer, shows_answer=True), on)
    text = words(printed(on))
    assert "(should) [1]" in text and "review (November 2024): " in text
    assert text.index("review (November 2024): ") < text.index("Sources:")
