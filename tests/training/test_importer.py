"""Content becomes Rasa training data, and a test file stays a test file."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain

from assistant.guidance import Library, intent_name, is_urgent, response_name, topic_id_of
from assistant.guidance.names import GUIDED_PAGE, KEEP_NOTHING, OUT_OF_SCOPE, VOICE
from assistant.project import Project
from assistant.training.importer import GuidanceImporter, content_domain
from assistant.understanding.answer_policy import AnswerPolicy, UrgentFirst

SMALL = 60_000
"""Bytes that the domain stays below, in plain data: Rasa parses it three times at every start."""


@pytest.fixture(scope="module")
def importer(project: Project) -> GuidanceImporter:
    return GuidanceImporter(str(project.config), str(project.domain), [str(project.data)])


@pytest.fixture(scope="module")
def domain(importer: GuidanceImporter) -> Domain:
    return importer.get_domain()


def test_every_topic_and_situation_has_an_intent_and_the_name_of_a_response(
    domain: Domain, library: Library
) -> None:
    for one in (*library.topics, *library.urgent):
        assert intent_name(one) in domain.intents
        assert response_name(one) in domain.responses
        # No rule is needed: a policy answers by the name.
        policy = UrgentFirst if is_urgent(intent_name(one)) else AnswerPolicy
        assert policy._answers(None, intent_name(one), None)  # type: ignore[arg-type]


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


def test_examples_of_voices_teach_no_intent(importer: GuidanceImporter) -> None:
    data = importer.get_nlu_data()
    voiced = [one for one in data.training_examples if one.get(VOICE)]
    assert {one.get(VOICE) for one in voiced} == set(importer.examples.voices)
    assert not any(one.get("intent") for one in voiced)
    assert len(data.intent_examples) + len(voiced) == len(data.training_examples)


def test_the_domain_holds_names_and_no_answers(domain: Domain, library: Library) -> None:
    text = domain.as_yaml()
    assert len(text.encode()) < 2 * SMALL
    for response, variations in domain.responses.items():
        assert variations == [{"text": response}], response
    for one in ("talk/recording", "respond/refer"):
        assert library.topics[one].lead not in text


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


def test_a_test_file_is_read_alone(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "test.yml"
    file.write_text(
        'version: "3.1"\nnlu:\n- intent: talk.recording\n  examples: |\n    - one question\n'
    )
    importer = GuidanceImporter(str(project.config), str(project.domain), [str(file)])
    (example,) = importer.get_nlu_data().intent_examples
    assert example.get("text") == "one question"
    assert not [step for step in importer.get_stories().story_steps if "Go to" in step.block_name]


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


def test_what_a_topic_is_called_is_one_thing(domain: Domain) -> None:
    for intent in domain.intents:
        assert intent_name(topic_id_of(intent)) == intent
