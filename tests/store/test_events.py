"""What is kept of an event: nobody's words, and all that is read again as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.answers import current_content
from assistant.guidance import SEARCHED
from assistant.privacy.redaction import shared_redactor
from assistant.project import Project
from assistant.store.events import kept_events, redacted_event
from assistant.store.tracker_store import RedactingTrackerStore
from assistant.training.importer import GuidanceImporter
from tests.conftest import WithStore
from tests.store.trackers import said


@pytest.fixture(scope="module")
def domain(project: Project) -> Domain:
    paths = (str(project.config), str(project.domain), [str(project.data)])
    domain: Domain = GuidanceImporter(*paths).get_domain()
    return domain


def kept(domain: Domain, *events: Any) -> list[dict[str, Any]]:
    return list(kept_events(events, events, domain, shared_redactor()))


def ids() -> list[tuple[str, Any]]:
    """A slot and each value that the assistant gives it."""
    content = current_content()
    options = content.search.questions
    return [
        *(("requested_slot", question) for question in SEARCHED),
        *((question, [one]) for question in SEARCHED for one in options[question]),
        *(("role", role) for role in content.role_patterns),
        *(("nation", nation) for nation in content.nation_patterns),
        *(("guided_page", one) for one in content.answer_ids if one.startswith("guided/")),
    ]


def test_what_slots_hold_is_read_again_as_it_was(domain: Domain) -> None:
    """A masked name of a slot or option broke the search for a service, for good."""
    masked = []
    for name, value in ids():
        (data,) = kept(domain, SlotSet(name, value))
        if data["value"] != value:
            masked.append((name, value, data["value"]))
    assert masked == []


def test_it_stays_while_nothing_is_to_be_kept(domain: Domain) -> None:
    for name, value in ids():
        *_, data = kept(domain, SlotSet("keep_nothing", True), SlotSet(name, value))
        assert data["value"] == value, name


@pytest.mark.parametrize(
    "value", ["Zebedia Quarrington", ["Zebedia Quarrington"], {"a": "Zebedia"}]
)
def test_what_is_not_ours_is_masked_whichever_slot_holds_it(domain: Domain, value: Any) -> None:
    for name in ("role", "area", "requested_slot", "guided_page", "anything"):
        (data,) = kept(domain, SlotSet(name, value))
        assert "Zebedia" not in json.dumps(data), name


@pytest.mark.parametrize(
    "payload",
    [
        "/talk.recording",
        '/service_option{"area": "london"}',
        '/service_option{"help_wanted": "talk"}',
        '/change_search{"change": "help_wanted"}',
    ],
)
def test_a_buttons_payload_stays_so_that_history_can_say_its_words(
    domain: Domain, payload: str
) -> None:
    (data,) = kept(domain, said(payload))
    assert data["text"] == payload


@pytest.mark.parametrize(
    "typed",
    [
        "/Zebedia",
        '/service_option{"area": "Zebedia Quarrington"}',
        '/service_option{"Zebedia": "london"}',
        '/service_option{"area": ["Zebedia Quarrington"]}',
        '/service_option{"area": {"Zebedia": 1}}',
        "/talk.recording Zebedia",
        "/service_option{Zebedia",
        '/service_option{"area": "london"} for Zebedia',
    ],
)
def test_what_only_looks_like_a_payload_is_masked(domain: Domain, typed: str) -> None:
    (data,) = kept(domain, said(typed))
    assert "Zebedia" not in data["text"]


def test_entities_keep_their_names_and_what_is_ours(domain: Domain) -> None:
    entities = [
        {"entity": "help_wanted", "value": "talk", "extractor": "RegexMessageHandler", "start": 0},
        {"entity": "role", "value": "education", "extractor": "RoleFinder"},
        {"entity": "area", "value": "14 Acacia Avenue, ZZ9 9ZZ"},
    ]
    (data,) = kept(domain, said("hello", entities=entities))
    first, second, third = data["parse_data"]["entities"]
    assert [first, second] == entities[:2]
    assert third["entity"] == "area" and "Acacia" not in third["value"]


def test_a_scripted_answer_is_its_id_and_other_words_stay(domain: Domain) -> None:
    whole = {"kind": "answer", "answer": "talk/recording", "whole": True}
    about = {"kind": "answer", "answer": "talk/recording"}
    first, second = kept(
        domain,
        BotUttered("Report first, then ...", metadata={"metadata": whole}),
        BotUttered("Sources of the answer", metadata={"metadata": about}),
    )
    assert (first["text"], second["text"]) == ("", "Sources of the answer")
    assert first["metadata"]["metadata"] == whole


def test_an_event_by_itself_is_redacted_as_well() -> None:
    data = UserUttered("my client Zebedia", {"name": "greet"}).as_dict()
    redacted = redacted_event(data, shared_redactor())
    assert redacted["text"] == "my client [name]"
    assert "Zebedia" not in json.dumps(redacted)


def test_what_is_kept_can_be_read_by_rasa(domain: Domain) -> None:
    events = [said("hello there"), SlotSet("requested_slot", "help_wanted"), BotUttered("Hello.")]
    read = DialogueStateTracker.from_dict("one", kept(domain, *events), domain.slots)
    assert read.get_slot("requested_slot") == "help_wanted"
    assert [event.type_name for event in read.events] == ["user", "slot", "bot"]


async def test_a_search_for_a_service_goes_through_a_kept_conversation(
    with_store: WithStore, store: RedactingTrackerStore
) -> None:
    assistant = with_store(store)
    for audience in current_content().search.questions["audience"]:
        conversation = f"search-{audience}"
        asked = [("audience", audience), ("area", "london"), ("help_wanted", "talk")]
        await assistant.reply("start the service finder", conversation)
        for question, option in asked:
            payload = f"/service_option{json.dumps({question: option})}"
            reply = await assistant.reply(payload, conversation)
            if reply.kind != "guided":  # not a button, so it is typed
                title = current_content().search.questions[question][option].title
                reply = await assistant.reply(title, conversation)
            assert not reply.failed, (audience, question)
        history = await assistant.history(conversation)
        assert [turn.reply for turn in history][-1] == reply
