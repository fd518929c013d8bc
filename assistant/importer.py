"""Content to Rasa: topics and urgent situations become intents, responses and rules.

Named in ``config.yml``, so that ``rasa train``, ``rasa data validate`` and ``rasa shell``
see the content as if it had been written in Rasa's own files. Hand-written training data
(``nlu/``, ``rules.yml``, ``stories.yml``, ``domain.yml``) is read as Rasa reads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Optional, Union

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.answers import Answer, answer_for_topic, answer_for_urgent, answer_text, routes
from assistant.answers.text import contact_lines
from assistant.guidance import (
    NO_TOPIC,
    Library,
    intent_name,
    load_library,
    payload,
    response_name,
)
from assistant.nlu.urgency_patterns import compile_patterns

HAND_WRITTEN = ("nlu", "rules.yml", "stories.yml")
"""What in ``data/`` is in Rasa's own format; the rest is content."""

OUT_OF_SCOPE = "out_of_scope"

OFFICIAL_ROUTES = "utter_official_routes"
"""The response that is shown when all else fails. Its metadata holds the urgent patterns too,
so that urgency is recognised with nothing but the domain at hand."""

# The urgent reply offers the topic that the message was also about. The detector puts it
# into these entities; slots of the same name fill the button of the response.
ALSO_ABOUT = "also_about"
ALSO_ABOUT_TITLE = "also_about_title"


class GuidanceImporter(TrainingDataImporter):
    """Reads the project's ``data`` folder.

    Where the training data path is some other place (``rasa test nlu --nlu FILE``), only
    that place's examples are read: the content's own questions stay out of a test.
    """

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Optional[Union[list[str], str]] = None,
    ) -> None:
        """Take Rasa's paths; the content lies in the ``data`` folder beside ``config.yml``."""
        root = Path(config_file).resolve().parent if config_file else Path.cwd()
        self._data = root / "data"
        if isinstance(training_data_paths, str):
            training_data_paths = [training_data_paths]
        given = [Path(path).resolve() for path in training_data_paths or []]
        self._with_content = any(path in (self._data, root) for path in given)
        files: list[str] = []
        for path in given:
            if path in (self._data, root):
                files += [str(self._data / name) for name in HAND_WRITTEN]
            else:
                files.append(str(path))
        self._files = RasaFileImporter(config_file, domain_path, files)
        self._library: Optional[Library] = None

    @property
    def library(self) -> Library:
        """The content, loaded at first use.

        Raises:
            ContentError: see :func:`assistant.guidance.load_library`.
        """
        if self._library is None:
            self._library = load_library(self._data)
        return self._library

    def get_config(self) -> dict[str, Any]:
        """The pipeline and policies of ``config.yml``."""
        config: dict[str, Any] = self._files.get_config()
        return config

    def get_config_file_for_auto_config(self) -> Optional[str]:
        """The path of ``config.yml``."""
        path: Optional[str] = self._files.get_config_file_for_auto_config()
        return path

    def get_domain(self) -> Domain:
        """``domain.yml`` with an intent and a response for every topic and situation."""
        domain: Domain = self._files.get_domain()
        if domain.is_empty():
            return domain
        written = domain.as_dict()
        written["responses"] = _with_contacts(written["responses"], self.library)
        return Domain.from_dict(written).merge(Domain.from_dict(content_domain(self.library)))

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """Hand-written rules and stories, and a rule for every topic and situation."""
        graph: StoryGraph = self._files.get_stories(exclusion_percentage)
        if not self._with_content:
            return graph
        reader = YAMLStoryReader()
        steps = reader.read_from_parsed_yaml({"version": "3.1", "rules": _rules(self.library)})
        return graph.merge(StoryGraph(steps))

    def get_conversation_tests(self) -> StoryGraph:
        """Rasa's end-to-end test stories among the given files."""
        graph: StoryGraph = self._files.get_conversation_tests()
        return graph

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """Hand-written examples, and the questions of every topic and situation."""
        data: TrainingData = self._files.get_nlu_data(language)
        if not self._with_content:
            return data
        examples = [
            Message.build(text=text, intent=intent) for text, intent in _examples(self.library)
        ]
        return data.merge(TrainingData(training_examples=examples))


def content_domain(library: Library) -> dict[str, Any]:
    """The intents and responses of all content, as a Rasa domain in plain data."""
    answers = compiled_answers(library)
    return {
        "version": "3.1",
        "intents": [
            # No rule depends on an entity: they only fill the urgent reply's button.
            {intent_name(one): {"use_entities": []}}
            for one in answers
        ],
        "responses": {response_name(one): [_response(a)] for one, a in answers.items()},
    }


def compiled_answers(library: Library) -> dict[str, Answer]:
    """Every topic's and urgent situation's answer by id, urgent ones first."""
    urgent = {one: answer_for_urgent(item, library) for one, item in library.urgent.items()}
    return urgent | {one: answer_for_topic(item, library) for one, item in library.topics.items()}


def _with_contacts(responses: dict[str, Any], library: Library) -> dict[str, Any]:
    """Hand-written responses; where the metadata names contacts, these are filled in."""
    return {
        name: [_variation(name, variation, library) for variation in variations]
        for name, variations in responses.items()
    }


def _variation(name: str, variation: dict[str, Any], library: Library) -> dict[str, Any]:
    metadata = variation.get("metadata") or {}
    if "contacts" not in metadata:
        return variation
    shown = routes(metadata["contacts"], library)
    text = "\n".join([variation["text"], *contact_lines(shown)])
    metadata = {**metadata, "contacts": [route.id for route in shown]}
    if name == OFFICIAL_ROUTES:
        metadata["patterns"] = compile_patterns(library.urgent, library.word_sets)
    return {**variation, "text": text, "metadata": metadata}


def _response(answer: Answer) -> dict[str, Any]:
    buttons = [{"title": topic.title, "payload": payload(topic.id)} for topic in answer.next]
    if answer.kind == "urgent":
        buttons = [{"title": f"{{{ALSO_ABOUT_TITLE}}}", "payload": f"{{{ALSO_ABOUT}}}"}]
    response: dict[str, Any] = {
        "text": answer_text(answer),
        "metadata": {
            "kind": answer.kind,
            "topic": answer.topic,
            "title": answer.title,
            # One string: Rasa reads a domain of many small values slowly.
            "answer": answer.json(),
        },
    }
    if buttons:
        response["buttons"] = buttons
    return response


def _examples(library: Library) -> Iterable[tuple[str, str]]:
    for topic in library.topics.values():
        for question in topic.questions:
            yield question, intent_name(topic.id)
    for situation in library.urgent.values():
        for example in situation.examples:
            yield example, intent_name(situation.id)
    for text, topic_id in library.not_urgent:
        if topic_id in library.topics:
            yield text, intent_name(topic_id)
        elif topic_id == NO_TOPIC:
            yield text, OUT_OF_SCOPE


def _rules(library: Library) -> list[dict[str, Any]]:
    return [
        {
            "rule": f"Answer {one}",
            "steps": [{"intent": intent_name(one)}, {"action": response_name(one)}],
        }
        for one in (*library.urgent, *library.topics)
    ]
