"""Content becomes Rasa training data, and a test file stays a test file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import INTENT, TEXT

from assistant.answers import answer_text, current_content
from assistant.guidance import (
    GENERAL,
    ROLE_GUIDE,
    SERVICE_GUIDE,
    Library,
    guided_id,
    intent_name,
    load_examples,
    response_name,
    topic_id_of,
)
from assistant.guidance.names import (
    GUIDED_PAGE,
    KEEP_NOTHING,
    OFFICIAL_ROUTES,
    OUT_OF_SCOPE,
    SIGNPOST,
    VOICE,
    is_out_of_scope,
)
from assistant.project import Project
from assistant.training.example import VoiceExample
from assistant.training.importer import GuidanceImporter, content_domain, training_texts
from assistant.understanding.signpost_finder import NO_SIGNPOST
from assistant.understanding.vector_cache import not_shipped


@pytest.fixture(scope="module")
def importer(project: Project) -> GuidanceImporter:
    return GuidanceImporter(str(project.config), str(project.domain), [str(project.data)])


def is_learned(urgent: str, library: Library) -> bool:
    """Not the general reply, for where situation or voice is in doubt, and none that goes on from
    another: which of those is given is told by what was said before."""
    return urgent != GENERAL and library.urgent[urgent].after is None


def test_every_topic_has_an_intent_examples_and_the_name_of_a_response(
    importer: GuidanceImporter, library: Library
) -> None:
    domain = importer.get_domain()
    examples = importer.get_nlu_data().intents
    for one in (*library.topics, *library.urgent):
        assert intent_name(one) in domain.intents
        assert (intent_name(one) in examples) == (one in library.topics or is_learned(one, library))
        # What AnswerPolicy and UrgentFirst look up, in place of a rule for each.
        assert response_name(one) in domain.action_names_or_texts


def test_what_is_answered_by_a_response_of_its_own_name_has_no_rule(
    importer: GuidanceImporter, library: Library, project: Project
) -> None:
    compiled = {
        step.block_name.removeprefix("Go to ")
        for step in importer.get_stories().story_steps
        if step.block_name.startswith("Go to ")
    }
    roles = [guided_id(ROLE_GUIDE, name) for name in library.roles.roles]
    assert compiled == {intent_name(one) for one in (*roles, guided_id(SERVICE_GUIDE))}
    ruled = {
        event.intent_name
        for step in importer.get_stories().story_steps
        for event in step.events
        if hasattr(event, "intent_name")
    }
    assert not ruled & {intent_name(one) for one in (*library.topics, *library.urgent)}
    policies = [one["name"].rpartition(".")[2] for one in importer.get_config()["policies"]]
    assert policies == ["UrgentFirst", "AnswerPolicy", "RulePolicy"]


def test_the_domain_holds_names_and_nothing_that_is_said(
    importer: GuidanceImporter, library: Library
) -> None:
    # As the archive keeps it.
    domain = importer.get_domain().as_dict()
    assert OFFICIAL_ROUTES in domain["responses"]
    for name, variations in domain["responses"].items():
        assert variations == [{"text": name}]
    kept = json.dumps(domain, ensure_ascii=False)
    content = current_content()
    for one in (*library.topics, *library.urgent):
        answer = content.answer(one)
        assert answer is not None
        assert answer.lead not in kept and answer_text(answer) not in kept
    for contact in library.contacts.values():
        assert not contact.phone or contact.phone not in kept
    for pattern in (p for patterns in content.patterns.values() for p in patterns):
        assert json.dumps(pattern, ensure_ascii=False)[1:-1] not in kept


def test_the_official_routes_and_patterns_are_in_the_content(library: Library) -> None:
    content = current_content()
    routes = content.said(OFFICIAL_ROUTES)
    assert routes is not None
    assert "999" in routes.text and "gov.uk/report-child-abuse" in routes.text
    assert set(content.patterns) == {one for one in library.urgent if is_learned(one, library)}


def test_examples_of_voices_are_no_intents_and_no_sentences_of_stories(
    importer: GuidanceImporter, project: Project
) -> None:
    given = load_examples(project.data).voices
    data = importer.get_nlu_data()
    voices = [one for one in data.training_examples if one.get(VOICE)]
    expected = {(text, voice) for voice, texts in given.items() for text in texts}
    assert {(one.get(TEXT), one.get(VOICE)) for one in voices} == expected
    for one in voices:
        assert isinstance(one, VoiceExample)
        assert one.get(INTENT) is None and not one.is_e2e_message()
    # Not even as Rasa itself sorts them out, after its own merging.
    assert not [one for one in data.intent_examples if one.get(VOICE)]
    assert not any(one.is_e2e_message() for one in data.training_examples)


@pytest.fixture(scope="module")
def domain(importer: GuidanceImporter) -> Domain:
    return importer.get_domain()


def test_every_example_of_the_content_is_one_of_its_intent(
    importer: GuidanceImporter, library: Library
) -> None:
    data = importer.get_nlu_data()
    taught: dict[str, set[str]] = {}
    for example in data.intent_examples:
        taught.setdefault(example.get("intent"), set()).add(example.get("text"))
    examples = importer.examples
    for topic, questions in examples.questions.items():
        assert set(questions) <= taught[intent_name(topic)]
    for situation, texts in examples.urgent.items():
        assert set(texts) <= taught[intent_name(situation)]
    for text, topic in examples.not_urgent:
        intent = OUT_OF_SCOPE if topic == "out-of-scope" else intent_name(topic)
        assert text in taught[intent]


def test_the_reflection_session_keeps_nothing_and_the_others_do(library: Library) -> None:
    slots = content_domain(library)["slots"]
    kept, dropped = (
        next(m["intent"] for m in slots[KEEP_NOTHING]["mappings"] if m["value"] is value)
        for value in (False, True)
    )
    assert set(dropped) == {
        f"guided.reflection.{page}" for page in library.guides["reflection"].pages
    }
    assert {"guided.signs.start", "guided_stop", "goodbye"} <= set(kept)
    assert slots[GUIDED_PAGE]["initial_value"] == ""


def test_sessions_never_end_into_a_wrong_answer(domain: Domain) -> None:
    """After a pause a conversation, its buttons and its history are what they were."""
    assert domain.session_config.session_expiration_time == 0
    assert domain.session_config.carry_over_slots


def test_every_rule_names_an_intent_and_an_action_that_there_are(
    importer: GuidanceImporter, domain: Domain
) -> None:
    steps = importer.get_stories().story_steps
    assert steps
    for step in steps:
        for event in step.events:
            if event.type_name == "action":
                assert event.action_name in domain.action_names_or_texts, step.block_name
            if event.type_name == "user" and event.intent_name:
                assert event.intent_name in domain.intents, step.block_name


def test_a_test_file_is_read_alone(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "test.yml"
    questions = [{"intent": "talk.recording", "examples": "- one question\n"}]
    file.write_text(yaml.safe_dump({"version": "3.1", "nlu": questions}))
    importer = GuidanceImporter(str(project.config), str(project.domain), [str(file)])
    data = importer.get_nlu_data()
    (example,) = data.intent_examples
    assert example.get("text") == "one question"
    assert data.training_examples == [example], "no example of a voice either"
    assert not importer.get_stories().story_steps


def test_an_id_becomes_an_intent_and_back() -> None:
    assert intent_name("talk/when-a-child-tells") == "talk.when-a-child-tells"
    assert topic_id_of("talk.when-a-child-tells") == "talk/when-a-child-tells"


def test_what_is_out_of_scope_is_one_intent_with_its_signpost_apart(
    importer: GuidanceImporter,
) -> None:
    outside = [m for m in importer.get_nlu_data().intent_examples if m.get(INTENT) == OUT_OF_SCOPE]
    signposts = {m.get(SIGNPOST) for m in outside} - {None}
    domain = importer.get_domain()
    replies = {name for name in domain.responses if name.startswith(f"utter_{OUT_OF_SCOPE}.")}
    assert replies == {f"utter_{OUT_OF_SCOPE}.{one}" for one in signposts - {NO_SIGNPOST}}
    assert {f"{OUT_OF_SCOPE}.{one}" for one in signposts - {NO_SIGNPOST}} <= set(domain.intents)
    assert not any(is_out_of_scope(i) and "." in i for i in importer.get_nlu_data().intents)


def test_nearly_all_examples_have_a_vector_that_is_shipped(project: Project) -> None:
    """Those without are encoded in each first training, some ten milliseconds each."""
    texts = training_texts(project)
    assert len(texts) > 60_000
    new = not_shipped(texts)
    assert len(new) <= len(texts) / 100, f"{len(new)} of {len(texts)}: run notice ship-vectors"
