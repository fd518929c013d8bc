"""The 22 defects of Rasa's own ``botframework`` channel, one test each (docs/teams.md)."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import time
from typing import Any

import jwt
import pytest
from aiohttp import web

from assistant.channels.teams import TeamsInput, TeamsOutput
from assistant.channels.teams.activity import Activity
from assistant.channels.teams.auth import (
    KEYS_MAX_AGE_S,
    UNKNOWN_KEY_INTERVAL_S,
    AuthenticationError,
    SigningKeys,
)
from assistant.channels.teams.cards import Element
from assistant.channels.teams.connector import RATE_LIMITS, Connector, Rate
from assistant.channels.teams.credentials import BotToken
from assistant.project import Project
from assistant.turn.choices import GREETING_PAYLOAD
from assistant.turn.replies import Reply
from tests.channels.teams.conftest import StubAssistant
from tests.channels.teams.stand_in import (
    APP_ID,
    KEY,
    OTHER_KEY,
    SECRET,
    TENANT,
    Bot,
    Microsoft,
    Redirected,
    Sent,
    activity,
    published_key,
    settings,
    token,
)
from tests.waiting import until


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def card_of(sent: Sent) -> Element:
    (attachment,) = sent.content["attachments"]
    content: Element = attachment["content"]
    return content


async def test_01_token_comes_from_the_bots_own_tenant(microsoft: Microsoft, bot: Bot) -> None:
    await bot.say("a question")
    await microsoft.wait_for(1)
    (request,) = microsoft.token_requests
    assert request["path"] == f"/{TENANT}/oauth2/v2.0/token"
    assert request["grant_type"] == "client_credentials"
    assert request["scope"] == "https://api.botframework.com/.default"
    assert (request["client_id"], request["client_secret"]) == (APP_ID, SECRET)


async def test_02_each_bot_has_its_own_token_with_a_margin_and_a_refresh(
    microsoft: Microsoft, bot: Bot
) -> None:
    clock = Clock()
    first = BotToken(settings(microsoft), Redirected(microsoft), clock)
    second = BotToken(settings(microsoft), Redirected(microsoft), clock)
    assert await first.get() != await second.get()
    kept = await first.get()
    clock.now += 3600 - 299  # a few minutes before its end it is no longer used
    assert await first.get() != kept

    def expired(sent: Sent) -> web.Response | None:
        return web.Response(status=401) if sent.authorization == "Bearer token-4" else None

    microsoft.fault = expired
    await bot.say("a question")
    (sent,) = await microsoft.wait_for(1)
    assert sent.authorization == "Bearer token-5"


async def test_03_nothing_blocks_the_event_loop(microsoft: Microsoft, bot: Bot) -> None:
    asked, release = threading.Event(), threading.Event()

    class Slow(Redirected):
        def request(self, *args: Any, **kwargs: Any) -> Any:
            asked.set()
            assert release.wait(30), "nothing else runs meanwhile"
            return super().request(*args, **kwargs)

    getting = asyncio.create_task(BotToken(settings(microsoft), Slow(microsoft)).get())
    await until(asked.is_set)
    release.set()
    assert await getting == "token-1"


def test_04_no_network_is_needed_to_start(microsoft: Microsoft) -> None:
    channel = TeamsInput.from_credentials(
        {
            "app_id": APP_ID,
            "tenant_id": TENANT,
            "app_password": SECRET,
            "service_urls": ["https://smba.trafficmanager.net"],
        }
    )
    assert channel.name() == "teams"
    assert (microsoft.keys_fetched, microsoft.token_requests) == (0, [])


async def refused(bot: Bot, text: str | None, caplog: pytest.LogCaptureFixture, reason: str) -> int:
    """Post with this token: nothing is answered; the log has the reason and no token."""
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        status = await bot.post(activity(bot.microsoft, "a question"), text)
    assert reason in caplog.text
    if text:
        assert not any(part in caplog.text for part in text.split(".") if part)
    assert not bot.microsoft.tried
    return status


async def test_05_issuer_is_checked(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    bad = token(bot.microsoft, iss="https://evil.example")
    assert await refused(bot, bad, caplog, "InvalidIssuerError") == 403


async def test_06_expiry_is_required(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    assert (
        await refused(bot, token(bot.microsoft, exp=None), caplog, "MissingRequiredClaimError")
        == 403
    )
    assert await bot.post(activity(bot.microsoft, "a question"), None) == 401


async def test_07_service_url_equals_the_tokens(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    reason = "the token is for another service URL"
    assert await refused(bot, token(bot.microsoft, serviceurl=None), caplog, reason) == 403
    other = token(bot.microsoft, serviceurl="https://smba.trafficmanager.net/uk/")
    assert await refused(bot, other, caplog, reason) == 403


async def test_08_key_is_endorsed_for_the_channel(
    bot: Bot, microsoft: Microsoft, caplog: pytest.LogCaptureFixture
) -> None:
    microsoft.keys = [published_key(endorsements=("webchat",))]
    assert await refused(bot, token(microsoft), caplog, "not endorsed") == 403
    body = activity(microsoft, "a question", channelId="webchat")
    assert await bot.post(body) == 403


async def test_09_unknown_key_refreshes_at_most_once_an_hour(microsoft: Microsoft) -> None:
    clock = Clock()
    keys = SigningKeys(microsoft.fetch, clock)
    assert await keys.get("key-1")
    assert await keys.get("key-2") is None
    assert microsoft.keys_fetched == 1
    microsoft.keys.append(published_key(OTHER_KEY, "key-2"))
    clock.now += UNKNOWN_KEY_INTERVAL_S
    assert await keys.get("key-2")
    for number in range(50):
        assert await keys.get(f"made-up-{number}") is None
    assert microsoft.keys_fetched == 2
    clock.now += KEYS_MAX_AGE_S
    assert await keys.get("key-1")
    assert microsoft.keys_fetched == 3


async def test_09_keys_stay_good_while_microsoft_cannot_be_reached(microsoft: Microsoft) -> None:
    clock = Clock()
    reachable = True

    async def fetch(address: str) -> Any:
        if not reachable:
            raise ConnectionError
        return await microsoft.fetch(address)

    keys = SigningKeys(fetch, clock)
    assert await keys.get("key-1")
    reachable = False
    clock.now += KEYS_MAX_AGE_S
    assert await keys.get("key-1")
    with pytest.raises(AuthenticationError, match="no signing keys: ConnectionError"):
        await SigningKeys(fetch, clock).get("key-1")


async def test_10_only_rs256_and_every_bad_token_is_a_refusal(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    microsoft = bot.microsoft
    hs256 = token(microsoft, key="k" * 32, algorithm="HS256")
    assert await refused(bot, hs256, caplog, "InvalidAlgorithmError") == 403
    assert await refused(bot, token(microsoft, algorithm="RS512"), caplog, "Invalid") == 403
    no_algorithm = jwt.encode({"iss": "x"}, "", "none", headers={"kid": "key-1"})
    assert await refused(bot, no_algorithm, caplog, "Invalid") == 403
    no_key = jwt.encode({"iss": "x"}, KEY, "RS256")
    assert await refused(bot, no_key, caplog, "names no key") == 403
    assert await refused(bot, token(microsoft, key=OTHER_KEY), caplog, "InvalidSignature") == 403
    assert await refused(bot, "zebu.lon.ia", caplog, "DecodeError") == 403
    assert await refused(bot, token(microsoft, aud="other"), caplog, "InvalidAudience") == 403
    unknown = token(microsoft, headers={"kid": "other"})
    assert await refused(bot, unknown, caplog, "not a published one") == 403


async def test_11_clocks_may_differ_by_five_minutes(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    microsoft, now = bot.microsoft, int(time.time())
    late = token(microsoft, exp=now + 301)
    assert await refused(bot, token(microsoft, exp=now - 330), caplog, "ExpiredSignature") == 403
    assert await refused(bot, token(microsoft, nbf=now + 330), caplog, "ImmatureSignature") == 403
    for good in (token(microsoft, exp=now - 270), token(microsoft, nbf=now + 270), late):
        assert await bot.post(activity(microsoft, "a question"), good) == 200
    await microsoft.wait_for(3)


async def test_12_tenant_is_on_the_allow_list(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    for channel_data in ({"tenant": {"id": "another"}}, {}):
        body = activity(bot.microsoft, "a question", channelData=channel_data)
        assert await bot.post(body) == 403
    assert "the tenant is not on the allow-list" in caplog.text
    in_conversation = {"id": "a:private", "tenantId": TENANT}
    body = activity(bot.microsoft, "a question", channelData={}, conversation=in_conversation)
    assert await bot.post(body) == 200
    assert len(await bot.microsoft.wait_for(1)) == 1


async def test_13_a_person_has_one_tracker_in_each_place(bot: Bot, stub: StubAssistant) -> None:
    group = {"id": "19:group", "conversationType": "groupChat"}
    other = {"id": "29:other", "aadObjectId": "person-2"}
    await bot.say("in private")
    await bot.say("in a group", conversation=group)
    await bot.say("another in the group", conversation=group, **{"from": other})
    await bot.say("in private again")
    await bot.microsoft.wait_for(4)
    trackers = {text: conversation for text, conversation, *_ in stub.asked}
    assert len(set(trackers.values())) == 3
    assert trackers["in private"] == trackers["in private again"]
    assert not any("person" in one or "private" in one for one in trackers.values())


async def test_14_the_webhook_answers_at_once_and_a_resend_is_not_answered_again(
    bot: Bot, stub: StubAssistant
) -> None:
    stub.go_on.clear()
    body = activity(bot.microsoft, "a question")
    for _ in range(3):
        assert await bot.post(body) == 200, "the request does not wait for the answer"
    stub.go_on.set()
    await bot.say("another question")
    await bot.microsoft.wait_for(2)
    assert stub.texts == ["a question", "another question"]
    assert next(message_id for *_, message_id, _ in stub.asked) == body["id"]


async def test_15_other_activities_are_handled(bot: Bot, stub: StubAssistant) -> None:
    microsoft = bot.microsoft
    both = [{"id": "28:bot"}, {"id": "29:person"}]
    await bot.post(activity(microsoft, type="conversationUpdate", membersAdded=both))
    await bot.post(activity(microsoft, type="installationUpdate", action="add"))
    (welcome,) = await microsoft.wait_for(1)
    assert welcome.content["text"] == f"answer to {GREETING_PAYLOAD}"
    thumb = {"actionName": "feedback", "actionValue": {"reaction": "like", "feedback": '{"a":1}'}}
    invoke = activity(microsoft, type="invoke", name="message/submitAction", value=thumb)
    assert await bot.ask(invoke) == (200, "{}")
    for quiet in ("messageReaction", "messageDelete", "typing", "event", "endOfConversation"):
        assert await bot.ask(activity(microsoft, "text", type=quiet)) == (200, "")
    await bot.say("a question")
    await microsoft.wait_for(2)
    assert stub.texts == [GREETING_PAYLOAD, "a question"]


async def test_16_a_pressed_card_button_arrives(bot: Bot, stub: StubAssistant) -> None:
    await bot.say("a question")
    (sent,) = await bot.microsoft.wait_for(1)
    (action,) = card_of(sent)["actions"]
    value = {name: part for name, part in action["data"].items() if name != "msteams"}
    pressed = activity(bot.microsoft, value=value)
    del pressed["text"]
    await bot.post(pressed)
    await bot.microsoft.wait_for(2)
    assert stub.texts[-1] == "/respond.refer"


async def test_17_buttons_have_a_type_and_a_value_and_the_domain_is_not_changed(
    bot: Bot,
) -> None:
    message = {"text": "Which?", "buttons": [{"title": "Refer", "payload": "/respond.refer"}]}
    before = repr(message)
    where = Activity.read(activity(bot.microsoft, "a question"))
    output = TeamsOutput(Connector(bot.http, None), where)
    await output.send_response("anyone", message)
    assert repr(message) == before
    (sent,) = bot.microsoft.messages
    (action,) = card_of(sent)["actions"]
    assert (action["type"], action["title"]) == ("Action.Submit", "Refer")
    assert action["data"]["payload"] == "/respond.refer"
    shown = action["data"]["msteams"]
    assert (shown["type"], shown["displayText"]) == ("messageBack", "Refer")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<at>Notice</at> what now?", "what now?"),
        ("<at id='0'>Notice</at>&nbsp;what &amp; when<br>now?", "what & when\nnow?"),
        ("<div><p>one</p><p><b>two</b> <a href='x'>three</a></p></div>", "one\ntwo three"),
        ("<blockquote itemtype='x'><b>she</b> said</blockquote><p>and then?</p>", "and then?"),
        ("a child <5 years old, 3 > 2, <very angry and coming", None),
    ],
)
async def test_18_mentions_and_html_are_removed(
    bot: Bot, stub: StubAssistant, text: str, said: str | None
) -> None:
    await bot.say(text)
    await bot.microsoft.wait_for(1)
    assert stub.texts == [text if said is None else said]


async def test_19_one_message_a_turn_tried_again_below_the_rate(
    bot: Bot, stub: StubAssistant
) -> None:
    faults = iter([412, 429, 0, 502, 504])

    def busy(sent: Sent) -> web.Response | None:
        status = next(faults, None)
        if status == 0:
            raise ConnectionError
        return web.Response(status=status) if status else None

    bot.microsoft.fault = busy
    nine = "\n\n".join(f"paragraph {number}" for number in range(9))
    stub.replies["a question"] = Reply(kind="answer", text=nine)
    await bot.say("a question")
    (sent,) = await bot.microsoft.wait_for(1)
    assert sent.content["text"] == nine
    assert len(bot.microsoft.tried) == 6

    clock = Clock()
    rate = Rate(clock)
    sent_at = []
    for _ in range(200):
        clock.now += rate.wait()
        sent_at.append(clock.now)
    for count, span in RATE_LIMITS:
        assert all(later - earlier >= span for earlier, later in zip(sent_at, sent_at[count:]))


async def test_20_typing_reply_format_citations_and_size(
    bot: Bot, real_bot: Bot, stub: StubAssistant
) -> None:
    stub.go_on.clear()
    body = activity(bot.microsoft, "a slow question")
    await bot.post(body)
    await until(lambda: bot.microsoft.taken)
    stub.go_on.set()
    (sent,) = await bot.microsoft.wait_for(1)
    assert [one.content["type"] for one in bot.microsoft.taken] == ["typing", "message"]
    assert sent.content["replyToId"] == sent.reply_to == body["id"]
    assert sent.content["textFormat"] == "markdown"

    await real_bot.say("what is a section 47 enquiry?")
    answer = (await bot.microsoft.wait_for(2))[-1].content
    (entity,) = answer["entities"]
    assert "additionalType" not in entity, "answers are not made by AI"
    assert all(f"[{claim['position']}]" in answer["text"] for claim in entity["citation"])
    assert answer["channelData"] == {"feedbackLoop": {"type": "default"}}
    assert answer["attachments"][0]["content"]["version"] == "1.5"

    stub.replies["huge"] = Reply(kind="answer", text="word " * 30_000)
    await bot.say("huge")
    cut = (await bot.microsoft.wait_for(3))[-1].content
    assert "too long for Teams" in cut["text"]


async def test_21_answers_go_only_to_allowed_service_urls(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    for elsewhere in (
        "https://evil.example/uk/",
        "http://169.254.169.254/",
        f"{bot.microsoft.url}@evil.example/",
        "https://[",
    ):
        body = activity(bot.microsoft, "a question", serviceUrl=elsewhere)
        assert await bot.post(body, token(bot.microsoft, serviceurl=elsewhere)) == 403
    assert "not on the allow-list" in caplog.text
    assert not bot.microsoft.token_requests


async def test_22_an_exception_is_answered_and_logged_without_its_text(
    bot: Bot, stub: StubAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*args: Any, **kwargs: Any) -> Reply:
        raise RuntimeError("with zebulonia in it")

    stub.reply = broken  # type: ignore[method-assign]
    await bot.say("zebulonia")
    (sent,) = await bot.microsoft.wait_for(1)
    assert "999" in sent.content["text"] and "Sorry" in sent.content["text"]
    assert "RuntimeError" in caplog.text and "zebulonia" not in caplog.text


def test_the_documentation_names_these_tests(project: Project) -> None:
    text = (project.root / "docs" / "teams.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\d\d_\w+)`", text)
    assert named == [name for name in globals() if re.match(r"test_\d\d_", name)]
    assert {name[5:7] for name in named} == {f"{number:02}" for number in range(1, 23)}
