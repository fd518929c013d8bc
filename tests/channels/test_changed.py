"""An answer says for sixty days that it changed, in every channel, and nothing else does."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from typing import Any, Callable

import pytest
from rich.console import Console

from assistant.answers import Answer, answer_text, changes, current_content
from assistant.answers.changes import SHOWN_DAYS, Change, Changes
from assistant.answers.text import day_text
from assistant.channels.teams.messages import message
from assistant.channels.terminal import show
from assistant.channels.web.render import reply_json
from assistant.channels.web.templating import template
from assistant.guidance import GENERAL, WELSH
from assistant.project import Project
from assistant.turn.replies import Reply

TOPIC = "talk/recording"
TODAY = datetime.date.today()


def reply_of(answer: Answer) -> Reply:
    return Reply(
        kind=answer.kind,
        text=answer_text(answer),
        topic=answer.topic,
        answer=answer,
        shows_answer=True,
    )


def in_the_widget(reply: Reply) -> str:
    shown = reply_json(reply, lambda ids: (), "https://notice.example.org/")
    return shown["changed"] or ""


def on_the_page(reply: Reply) -> str:
    shown = reply_json(reply, lambda ids: (), "https://notice.example.org/")
    turn: Any = {"id": None, "text": "", "reply": shown, "blocks": []}
    return template("chat.html").render(turn=turn, earlier=[], longest=1)


def in_teams(reply: Reply) -> str:
    return str(message(reply))


def in_the_terminal(reply: Reply) -> str:
    on = io.StringIO()
    show(reply, Console(file=on, width=80))
    return on.getvalue()


CHANNELS = [in_the_widget, on_the_page, in_teams, in_the_terminal]


@pytest.fixture
def changed_on(
    project: Project, copy: Project, monkeypatch: pytest.MonkeyPatch
) -> Callable[[datetime.date], None]:
    """Has everything changed on a day."""
    monkeypatch.setattr(changes, "find_project", lambda: copy)

    def write(day: datetime.date) -> None:
        made = [
            Change(date=day.isoformat(), about=about, title=about, kind="changed", why=())
            for about in (TOPIC, GENERAL)
        ]
        copy.changes.parent.mkdir(exist_ok=True)
        text = Changes(made=day.isoformat(), changes=tuple(made)).json()
        copy.changes.write_text(text, encoding="utf-8")

    return write


def answer(topic: str, language: str | None = None) -> Answer:
    found = current_content().answer(topic, language=language)
    assert found is not None
    return found


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_changed_answer_says_so(
    channel: Callable[[Reply], str], changed_on: Callable[[datetime.date], None]
) -> None:
    told = f"Changed {day_text(TODAY.isoformat())}"
    reply = reply_of(answer(TOPIC))
    assert "Changed" not in channel(reply), "nothing is written down"
    changed_on(TODAY)
    assert told in channel(reply)
    for other in (answer(GENERAL), answer("respond/refer"), answer(TOPIC, WELSH)):
        assert "Changed" not in channel(reply_of(other)), other.title
    assert "Changed" not in channel(replace(reply, shows_answer=False)), "said about an answer"
    changed_on(TODAY - datetime.timedelta(days=SHOWN_DAYS))
    assert "Changed" in channel(reply)
    changed_on(TODAY - datetime.timedelta(days=SHOWN_DAYS + 1))
    assert "Changed" not in channel(reply)


@pytest.mark.parametrize("text", ["", "[]", '{"made": "x", "changes": [{"date": "soon"}]}'])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_file_that_cannot_be_read_costs_nobody_an_answer(
    channel: Callable[[Reply], str],
    changed_on: Callable[[datetime.date], None],
    copy: Project,
    text: str,
) -> None:
    changed_on(TODAY)
    copy.changes.write_text(text, encoding="utf-8")
    assert "Changed" not in channel(reply_of(answer(TOPIC)))


def test_a_day_that_is_none_is_not_read(copy: Project) -> None:
    text = Changes(
        made="2026-01-01",
        changes=(Change(date="2026-01-01", about=TOPIC, title="", kind="changed", why=()),),
    ).json()
    copy.changes.parent.mkdir(exist_ok=True)
    copy.changes.write_text(text.replace('"date": "2026', '"date": "of 2026'), encoding="utf-8")
    assert changes.read_changes(copy.changes) is None
