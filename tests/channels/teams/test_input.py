"""What the Teams channel does besides curing Rasa's defects."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given
from hypothesis import settings as given_with
from hypothesis import strategies as st

from assistant.answers import current_content
from assistant.channels.teams import TeamsInput
from assistant.channels.teams.activity import Activity, ActivityError
from assistant.channels.teams.connector import LARGEST_PAYLOAD_BYTES
from assistant.channels.teams.settings import TeamsSettings, TeamsSettingsError
from assistant.guidance.names import FEEDBACK
from assistant.turn.assistant import Assistant
from assistant.turn.choices import GREETING_PAYLOAD
from assistant.turn.replies import Button, Reply
from tests.channels.teams.conftest import StubAssistant, nobody
from tests.channels.teams.stand_in import (
    APP_ID,
    SECRET,
    TENANT,
    Bot,
    Microsoft,
    Sent,
    activity,
    channel,
    serving,
    token,
)
from tests.waiting import until

GROUP = {"id": "19:group", "conversationType": "groupChat"}
TEAM = {"id": "19:team@thread.tacv2", "conversationType": "channel"}
PICTURE = {"contentType": "image/png", "contentUrl": "https://example.org/x.png"}
URGENT = "Her dad is going to collect her in ten minutes and she is terrified"

COMPLETE = {
    "app_id": APP_ID,
    "tenant_id": TENANT,
    "app_password": SECRET,
    "service_urls": ["https://smba.trafficmanager.net"],
}


async def finished(bot: Bot) -> None:
    """Wait until nothing is under way."""
    await bot.app.ctx.input_channels[0].finish()


# --- settings ---


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"app_id": ""}, "missing: app_id"),
        ({"tenant_id": "", "service_urls": []}, "missing: tenant_id, service_urls"),
        ({"app_password": ""}, "exactly one of .* there is none"),
        ({"managed_identity": True}, "there is app_password and managed_identity"),
        ({"service_urls": ["http://smba.trafficmanager.net"]}, "must begin with https"),
        ({"service_urls": ["smba.trafficmanager.net"]}, "must begin with https"),
        ({"pages": "http://notice.example.org"}, "pages: must begin with https"),
        ({"app_secret": "x"}, "app_secret: extra fields"),
        ({"development": True}, "development takes messages from anyone"),
    ],
)
def test_incomplete_settings_stop_the_start(change: dict[str, Any], said: str) -> None:
    with pytest.raises(TeamsSettingsError, match=said) as raised:
        TeamsInput.from_credentials({**COMPLETE, **change})
    assert SECRET not in str(raised.value)


def test_no_settings_at_all_stop_the_start() -> None:
    with pytest.raises(TeamsSettingsError, match="missing: app_id, tenant_id, service_urls"):
        TeamsInput.from_credentials(None)


async def test_answers_link_to_the_pages_that_the_settings_name(
    microsoft: Microsoft, stub: StubAssistant
) -> None:
    answer = current_content().answer("talk/recording")
    assert answer
    stub.replies["recording"] = Reply("answer", answer.lead, answer=answer, shows_answer=True)
    teams = channel(microsoft, pages="https://notice.example.org")
    async with serving(teams, microsoft, nobody(), stub) as bot:
        await bot.say("recording")
        (sent,) = await microsoft.wait_for(1)
    assert "(https://notice.example.org/answers/talk/recording)" in json.dumps(sent.content)


def test_secrets_are_not_shown_and_the_own_tenant_is_allowed() -> None:
    settings = TeamsSettings.read(COMPLETE)
    assert SECRET not in repr(settings)
    assert settings.tenants == (TENANT,)
    assert settings.pages is None
    pages = "https://notice.example.org/guide"
    assert TeamsSettings.read({**COMPLETE, "pages": pages}).pages == f"{pages}/"


# --- development mode ---


async def test_development_mode_shouts_and_answers_this_machine_only(
    microsoft: Microsoft, stub: StubAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    teams = TeamsInput.from_credentials({"development": True})
    async with serving(teams, microsoft, nobody(), stub) as bot:
        assert "DEVELOPMENT MODE" in caplog.text and "WITHOUT AUTHENTICATION" in caplog.text
        assert await bot.post(activity(microsoft, "a question"), None) == 200
        (sent,) = await microsoft.wait_for(1)
        assert sent.authorization is None
        proxied = {"X-Forwarded-For": "192.0.2.1"}
        assert await bot.post(activity(microsoft, "a question"), None, **proxied) == 403
        elsewhere = activity(microsoft, "a question", serviceUrl="https://192.0.2.1/")
        assert await bot.post(elsewhere, None) == 403


async def test_development_mode_does_not_listen_to_the_network(
    microsoft: Microsoft, stub: StubAssistant
) -> None:
    teams = TeamsInput.from_credentials({"development": True})
    with pytest.raises(TeamsSettingsError, match="this machine only"):
        async with serving(teams, microsoft, nobody(), stub, host="0.0.0.0"):
            pass


# --- order and failures ---


async def test_order_is_kept_in_each_conversation(
    bot: Bot, stub: StubAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_first = iter([0.3, 0.0, 0.0])
    reply = stub.reply

    async def answer(*args: Any, **place: Any) -> Reply:
        stub.takes = next(slow_first, 0.0)
        return await reply(*args, **place)

    monkeypatch.setattr(stub, "reply", answer)
    for number in range(3):
        await bot.say(f"question {number}")
    sent = await bot.microsoft.wait_for(3)
    assert [one.content["text"] for one in sent] == [
        f"answer to question {number}" for number in range(3)
    ]


async def test_one_busy_conversation_holds_up_no_other(
    bot: Bot, stub: StubAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = asyncio.Event()
    reply = stub.reply

    async def answer(text: str, *args: Any, **place: Any) -> Reply:
        if text == "slow":
            await hold.wait()
        return await reply(text, *args, **place)

    monkeypatch.setattr(stub, "reply", answer)
    await bot.say("slow")
    await bot.say("quick", conversation=GROUP)
    (sent,) = await bot.microsoft.wait_for(1)
    assert sent.conversation == "19:group"
    hold.set()
    await bot.microsoft.wait_for(2)


async def test_what_teams_does_not_take_is_logged_without_its_text(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.microsoft.fault = lambda sent: web.Response(status=403, text="zebulonia")
    await bot.say("zebulonia")
    await finished(bot)
    assert "status 403" in caplog.text and "zebulonia" not in caplog.text
    assert len(bot.microsoft.tried) == 1


async def test_a_token_that_microsoft_refuses_is_logged_with_its_code(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.microsoft.token_error = "AADSTS700016: not found in the directory"
    await bot.say("a question")
    await finished(bot)
    assert "no token: AADSTS700016" in caplog.text and SECRET not in caplog.text


async def test_teams_says_it_is_too_large(bot: Bot) -> None:
    def large(sent: Sent) -> web.Response | None:
        return web.Response(status=413) if "attachments" in sent.content else None

    bot.microsoft.fault = large
    await bot.say("a question")
    (sent,) = await bot.microsoft.wait_for(1)
    assert sent.content["text"].startswith("answer to a question")


async def test_retry_after_is_kept(bot: Bot) -> None:
    answers = iter([web.Response(status=429, headers={"Retry-After": "0.4"})])
    bot.microsoft.fault = lambda sent: next(answers, None)
    await bot.say("a question")
    await bot.microsoft.wait_for(1)
    first, second = bot.microsoft.tried
    assert second.at - first.at >= 0.4


async def test_no_answer_is_larger_than_teams_takes(bot: Bot, stub: StubAssistant) -> None:
    stub.replies["huge"] = Reply(kind="answer", text="👪" * 40_000)
    await bot.say("huge")
    (sent,) = await bot.microsoft.wait_for(1)
    assert len(sent.content["text"].encode("utf-16-le")) < LARGEST_PAYLOAD_BYTES


async def test_bodies_that_are_no_activity(bot: Bot) -> None:
    for body in ("", "{", "[]", "null", '{"type": "message"}', "[" * 5000):
        assert await bot.post(body) == 400
        assert await bot.post(body, None) == 401
    assert await bot.post("x" * 300_000) == 413
    assert await bot.post(activity(bot.microsoft, type="invoke", name="task/fetch")) == 501


async def test_answers_under_way_are_finished_when_the_server_stops(
    microsoft: Microsoft, stub: StubAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.go_on.clear()
    finish = TeamsInput.finish

    async def answer_only_now(channel: TeamsInput) -> None:
        assert stub.texts == ["a question"] and not microsoft.messages
        stub.go_on.set()
        await finish(channel)

    monkeypatch.setattr(TeamsInput, "finish", answer_only_now)
    async with serving(channel(microsoft), microsoft, nobody(), stub) as bot:
        await bot.say("a question")
        await until(lambda: stub.texts)
    assert len(microsoft.messages) == 1


# --- welcome ---


async def test_a_person_is_welcomed_once(bot: Bot, stub: StubAssistant) -> None:
    microsoft = bot.microsoft
    for _ in range(2):
        await bot.post(activity(microsoft, type="installationUpdate", action="add"))
        joined = [{"id": "28:bot"}, {"id": "29:person"}]
        await bot.post(activity(microsoft, type="conversationUpdate", membersAdded=joined))
    await bot.say("a question")
    await microsoft.wait_for(2)
    assert stub.texts == [GREETING_PAYLOAD, "a question"]


async def test_a_channel_is_welcomed_once_and_joining_people_are_not(
    bot: Bot, stub: StubAssistant
) -> None:
    microsoft = bot.microsoft
    people = [{"id": "29:a"}, {"id": "29:b"}]
    for joined in (people, [{"id": "28:bot"}], people, [{"id": "28:bot"}]):
        update = activity(
            microsoft, type="conversationUpdate", membersAdded=joined, conversation=TEAM
        )
        await bot.post(update)
    removed = activity(microsoft, type="installationUpdate", action="remove", conversation=TEAM)
    await bot.post(removed)
    await bot.say("a question", conversation=TEAM)
    await microsoft.wait_for(2)
    assert stub.texts == [GREETING_PAYLOAD, "a question"]


async def test_who_was_welcomed_before_a_restart_is_not_welcomed_again(
    microsoft: Microsoft, stub: StubAssistant
) -> None:
    for _ in range(2):
        async with serving(channel(microsoft), microsoft, nobody(), stub) as bot:
            await bot.post(activity(microsoft, type="installationUpdate", action="add"))
    assert stub.texts == [GREETING_PAYLOAD]


def edited(bot: Bot, message_id: str, text: str, **parts: Any) -> dict[str, Any]:
    """A changed message, as Microsoft documents it: the same id, all its words."""
    data = {"eventType": "editMessage", "tenant": {"id": TENANT}}
    update = {"type": "messageUpdate", "id": message_id, "channelData": data}
    return activity(bot.microsoft, text, **{**update, **parts})


async def test_a_changed_message_is_answered_once_for_each_wording(
    bot: Bot, stub: StubAssistant
) -> None:
    await bot.post(activity(bot.microsoft, "how are you", id="m1"))
    for text in ("how are you", "he hurts me", "he hurts me", "how are you", "he hurts me now"):
        assert await bot.post(edited(bot, "m1", text)) == 200
    await bot.post(edited(bot, "m2", "sent while the bot was away"))
    await finished(bot)
    assert stub.texts == [
        "how are you",
        "he hurts me",
        "he hurts me now",
        "sent while the bot was away",
    ]
    ids = [message_id for _, _, message_id, _ in stub.asked]
    assert len(set(ids)) == 4, "else the assistant would give the reply of before"
    assert [one.reply_to for one in bot.microsoft.messages] == ["m1", "m1", "m1", "m2"]
    assert len({tracker for _, tracker, _, _ in stub.asked}) == 1


async def test_a_changed_message_that_is_urgent_now_gets_the_urgent_reply(real_bot: Bot) -> None:
    await real_bot.post(activity(real_bot.microsoft, "what is a referral?", id="m1"))
    await real_bot.post(edited(real_bot, "m1", URGENT))
    first, second = await real_bot.microsoft.wait_for(2)
    assert "Get help now" not in first.content["text"]
    assert second.content["text"].startswith("**Get help now**")


async def test_what_is_deleted_restored_or_changed_to_nothing_gets_no_answer(
    bot: Bot, stub: StubAssistant
) -> None:
    await bot.post(activity(bot.microsoft, "how are you", id="m1"))
    deleted = {"eventType": "softDeleteMessage", "tenant": {"id": TENANT}}
    restored = {"eventType": "undeleteMessage", "tenant": {"id": TENANT}}
    await bot.post(edited(bot, "m1", "", type="messageDelete", channelData=deleted))
    await bot.post(edited(bot, "m1", "how are you", channelData=restored))
    await bot.post(edited(bot, "m1", "<at>Notice</at> "))
    await finished(bot)
    assert stub.texts == ["how are you"] and len(bot.microsoft.messages) == 1


async def test_a_bare_mention_gets_the_greeting(bot: Bot, stub: StubAssistant) -> None:
    await bot.say("<at>Notice</at> ", conversation=GROUP)
    await bot.microsoft.wait_for(1)
    assert stub.texts == [GREETING_PAYLOAD]


@pytest.mark.parametrize("said", ["hi", "hello", "help", "Hi", "HELLO"])
async def test_the_words_that_every_teams_bot_must_know(real_bot: Bot, said: str) -> None:
    await real_bot.say(said)
    (sent,) = await real_bot.microsoft.wait_for(1)
    assert "child sexual abuse in the family" in sent.content["text"]


# --- attachments ---


async def test_a_picture_is_not_opened_and_the_answer_says_what_to_do(real_bot: Bot) -> None:
    await real_bot.say("", attachments=[PICTURE])
    (sent,) = await real_bot.microsoft.wait_for(1)
    text = sent.content["text"]
    assert text.startswith("I take no pictures, files or cards, and I have not opened")
    assert "Never send an image of a child" in text
    assert "Do not look, save, copy or send it" in text and "the police" in text
    assert sent.content["entities"][0]["citation"]


@pytest.mark.parametrize(
    "attachment",
    [
        PICTURE,
        {"contentType": "application/vnd.microsoft.teams.file.download.info", "content": {}},
        {"contentType": "application/vnd.microsoft.card.adaptive", "content": {}},
        {"contentType": "text/html", "content": "<p>look <IMG src='x'></p>"},
    ],
)
async def test_a_question_with_an_attachment_is_answered_too(
    real_bot: Bot, attachment: dict[str, Any]
) -> None:
    await real_bot.say("what is a section 47 enquiry?", attachments=[attachment])
    (sent,) = await real_bot.microsoft.wait_for(1)
    first, _, rest = sent.content["text"].partition("\n\n")
    assert "have not opened" in first and "In the review" in rest


async def test_an_urgent_message_with_a_picture_is_urgent_first(real_bot: Bot) -> None:
    await real_bot.say(URGENT, attachments=[PICTURE])
    (sent,) = await real_bot.microsoft.wait_for(1)
    text = sent.content["text"]
    heading, lead, *_ = text.split("\n\n")
    assert heading == "**Get help now**" and "999" in lead
    assert text.endswith("Never send an image of a child here.")


async def test_teams_copy_of_the_text_is_no_attachment(bot: Bot) -> None:
    copy = {"contentType": "text/html", "content": "<p>a question</p>"}
    await bot.say("a question", attachments=[copy])
    (sent,) = await bot.microsoft.wait_for(1)
    assert sent.content["text"] == "answer to a question"


# --- buttons ---


async def test_a_button_offered_to_another_asks_by_its_title(bot: Bot, stub: StubAssistant) -> None:
    await bot.say("a question", conversation=GROUP)
    value = {"payload": "/respond.refer", "title": "Refer"}
    other = {"id": "29:other"}
    await bot.say("", value=value, conversation=GROUP, **{"from": other})
    await bot.say("", value=value, conversation=GROUP)
    await bot.microsoft.wait_for(3)
    assert stub.texts == ["a question", "Refer", "/respond.refer"]


async def test_titles_ask_for_their_topics(assistant: Assistant) -> None:
    """Buttons that others press, and buttons from before a restart, still lead there."""
    titles = current_content().titles
    assert len(titles) > 100
    missed = []
    for number, (topic, title) in enumerate(titles.items()):
        reply = await assistant.reply(title, f"title-{number}")
        if reply.topic != topic:
            missed.append(topic)
        await assistant.forget(f"title-{number}")
    assert not missed


async def test_rasas_commands_are_not_obeyed(real_bot: Bot) -> None:
    await real_bot.say("what is a section 47 enquiry?")
    restart = {"payload": "/restart", "title": "/restart"}
    await real_bot.say("", value=restart)
    await real_bot.say("where does it say that?")
    sent = await real_bot.microsoft.wait_for(3)
    assert "section 47" in sent[-1].content["text"], "the conversation was restarted"


# --- feedback ---


def thumb(microsoft: Microsoft, reaction: Any, **parts: Any) -> dict[str, Any]:
    feedback = {"reaction": reaction, "feedback": '{"feedbackText": "zebulonia"}'}
    value = {"actionName": "feedback", "actionValue": feedback}
    return activity(microsoft, type="invoke", name="message/submitAction", value=value, **parts)


async def kept(bot: Bot, stub: StubAssistant) -> list[dict[str, Any]]:
    """Feedback in the order in which it came."""
    await finished(bot)
    assert all(name == FEEDBACK for _, name, _ in stub.slots)
    return [value for _, _, value in stub.slots]


async def test_thumbs_are_kept_with_their_answer_and_without_words(
    bot: Bot, stub: StubAssistant
) -> None:
    microsoft = bot.microsoft
    stub.replies["one"] = Reply(kind="answer", text="a", topic="respond/refer")
    stub.replies["two"] = Reply(kind="answer", text="b", topic="talk/recording")
    asked = [activity(microsoft, text) for text in ("one", "two")]
    for body in asked:
        await bot.post(body)
    await microsoft.wait_for(2)
    up = thumb(microsoft, "like", replyToId="sent-1")
    for body in (up, up, thumb(microsoft, "dislike"), thumb(microsoft, "shrug")):
        assert await bot.ask(body) == (200, "{}")
    feedback = await kept(bot, stub)
    assert {one for one, *_ in stub.slots} == {one for _, one, *_ in stub.asked}
    assert [(one["message"], one["topic"], one["useful"]) for one in feedback] == [
        (asked[0]["id"], "respond/refer", True),
        (asked[1]["id"], "talk/recording", False),
    ]
    assert "zebulonia" not in str(feedback)


async def test_a_thumb_on_nothing_is_taken_quietly(bot: Bot, stub: StubAssistant) -> None:
    odd: list[Any] = [{"actionValue": None}, {"actionValue": {"reaction": []}}]
    for value in (None, {}, [], "x", *odd):
        body = activity(bot.microsoft, type="invoke", name="message/submitAction", value=value)
        assert await bot.ask(body) == (200, "{}")
    assert await bot.ask(thumb(bot.microsoft, "like")) == (200, "{}")
    assert await kept(bot, stub) == []


# --- anything at all ---

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


PARTS = (
    *("type", "id", "channelId", "serviceUrl", "text", "value", "conversation", "from"),
    *("recipient", "attachments", "membersAdded", "channelData", "action", "replyToId"),
)


@given_with(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, anything)))
def test_no_body_breaks_the_reading(body: dict[str, Any]) -> None:
    good = {
        "type": "message",
        "channelId": "msteams",
        "serviceUrl": "x",
        "conversation": {"id": "x"},
        "from": {"id": "x"},
        "recipient": {"id": "x"},
    }
    for candidate in (body, {**good, **body}):
        try:
            read = Activity.read(candidate)
        except ActivityError:
            continue
        read.said.encode()
        _ = read.button, read.thumb, read.tracker_key, read.place_key, read.has_attachments
        _ = read.adds_bot, read.adds_person


async def test_a_good_token_for_another_bot_is_refused(bot: Bot) -> None:
    body = activity(bot.microsoft, "a question")
    assert await bot.post(body, token(bot.microsoft, aud="another-bot")) == 403


async def test_choices_are_at_most_six(bot: Bot, stub: StubAssistant) -> None:
    buttons = tuple(Button(f"Choice {number}", f"/choice.{number}") for number in range(9))
    stub.replies["many"] = Reply(kind="suggest", text="Which?", buttons=buttons)
    await bot.say("many")
    (sent,) = await bot.microsoft.wait_for(1)
    assert len(sent.content["attachments"][0]["content"]["actions"]) == 6
