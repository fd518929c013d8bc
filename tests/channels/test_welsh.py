"""An answer in Welsh through the channels: marked as Welsh, with Welsh words around it."""

from __future__ import annotations

import html
import json
import re

from assistant.answers import current_content
from assistant.channels.teams.messages import message
from assistant.guidance import WELSH
from assistant.turn.official import urgent_reply
from assistant.understanding.language import ENGLISH
from tests.channels.conftest import Client

CALM = "Sut mae cofnodi'r hyn ddywedodd y plentyn?"
URGENT = "dwi isio lladd fy hun"


async def test_the_web_channel_tells_the_language(shared: Client) -> None:
    await shared.open()
    reply = (await shared.ask(CALM)).reply
    assert (reply["kind"], reply["language"]) == ("answer", WELSH)
    assert reply["words"]["who_to_contact"] == "Gyda phwy i gysylltu"
    assert reply["review"][0]["heading"].startswith(("Yn yr adolygiad", "Agosaf"))
    urgent = (await shared.ask(URGENT)).reply
    assert (urgent["kind"], urgent["language"]) == ("urgent", WELSH)
    assert "999" in urgent["lead"] and urgent["title"] == "Ceisiwch help nawr"
    english = (await shared.ask("what is a strategy discussion?")).reply
    assert english["language"] == ENGLISH


async def test_a_button_of_a_welsh_answer_answers_in_welsh(shared: Client) -> None:
    page = await shared.form(text=CALM)
    answer = page.text.partition('id="answer"')[2]
    assert '<div class="reply" lang="cy">' in answer
    assert "Ffynonellau" in answer
    payloads = [html.unescape(one) for one in re.findall(r'name="payload" value="([^"]+)"', answer)]
    welsh = next(one for one in payloads if '"cy"' in one)
    hidden = dict(re.findall(r'type="hidden" name="(session|page)" value="([^"]*)"', page.text))
    following = await shared.form(payload=welsh, **hidden)
    assert '<div class="reply" lang="cy">' in following.text.partition('id="answer"')[2]


async def test_the_widget_gets_its_own_words(shared: Client) -> None:
    said = await shared.get("/widget.cy.json")
    assert said.headers["access-control-allow-origin"] == "*"
    assert json.loads(said.text)["send"] == "Anfon"


def test_a_teams_card_is_in_welsh() -> None:
    shown = message(urgent_reply("urgent/general", language=WELSH))
    card = shown["attachments"][0]["content"]
    assert card["lang"] == WELSH
    assert shown["text"].startswith("**Ceisiwch help nawr**")
    titles = [action["title"] for action in card["actions"]]
    assert "Ffynonellau" in titles and "Sources" not in titles


def test_the_fixed_reply_no_longer_says_that_only_english_is_read() -> None:
    text = current_content().said_in(WELSH).text
    assert "999" in text and "English only" not in text
    assert "English only" in current_content().said_in("pl").text
