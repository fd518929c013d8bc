"""Content becomes Rasa training data, and a test file stays a test file."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answers import Answer
from assistant.guidance import Library, intent_name, response_name, topic_id_of
from assistant.training.importer import OFFICIAL_ROUTES, GuidanceImporter
from assistant.project import Project


@pytest.fixture(scope="module")
def importer(project: Project) -> GuidanceImporter:
    return GuidanceImporter(str(project.config), str(project.domain), [str(project.data)])


def test_every_topic_has_an_intent_examples_a_response_and_a_rule(
    importer: GuidanceImporter, library: Library
) -> None:
    domain = importer.get_domain()
    examples = importer.get_nlu_data().intents
    ruled = {step.block_name for step in importer.get_stories().story_steps}
    for one in (*library.topics, *library.urgent):
        assert intent_name(one) in domain.intents
        assert intent_name(one) in examples
        assert response_name(one) in domain.responses
        assert f"Answer {one}" in ruled


def test_the_structured_answer_travels_in_the_metadata(importer: GuidanceImporter) -> None:
    (response,) = importer.get_domain().responses["utter_talk.recording"]
    assert response["metadata"]["kind"] == "answer"
    answer = Answer.parse_raw(response["metadata"]["answer"])
    assert answer.topic == "talk/recording"
    assert response["text"].startswith(answer.lead)


def test_the_official_routes_hold_numbers_and_urgent_patterns(
    importer: GuidanceImporter, library: Library
) -> None:
    # As the archive keeps it: what is only in the object's own attributes would be lost.
    (response,) = importer.get_domain().as_dict()["responses"][OFFICIAL_ROUTES]
    assert "999" in response["text"]
    assert "gov.uk/report-child-abuse" in response["text"]
    assert set(response["metadata"]["patterns"]) == set(library.urgent)


def test_a_test_file_is_read_alone(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "test.yml"
    file.write_text(
        'version: "3.1"\nnlu:\n- intent: talk.recording\n  examples: |\n    - one question\n'
    )
    importer = GuidanceImporter(str(project.config), str(project.domain), [str(file)])
    (example,) = importer.get_nlu_data().intent_examples
    assert example.get("text") == "one question"


def test_an_id_becomes_an_intent_and_back() -> None:
    assert intent_name("talk/when-a-child-tells") == "talk.when-a-child-tells"
    assert topic_id_of("talk.when-a-child-tells") == "talk/when-a-child-tells"
