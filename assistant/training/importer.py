"""Content to Rasa: topics and urgent situations become intents, examples and names of responses.

Named in ``config.yml``, so that ``rasa train``, ``rasa data validate`` and ``rasa shell`` see the
content as if it had been written in Rasa's own files. What is said is not here: the domain holds
names, and :class:`assistant.turn.nlg.CompiledAnswers` the words. Hand-written training data
(``nlu/``, ``rules.yml``, ``domain.yml``) is read as Rasa reads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterable, Iterator, Optional, Union

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.guidance import (
    NO_TOPIC,
    ROLE_GUIDE,
    SEARCHED,
    SERVICE_GUIDE,
    Examples,
    Library,
    guided_id,
    intent_name,
    load_examples,
    load_library,
    response_name,
)
from assistant.guidance.names import (
    GUIDED_PAGE,
    KEEP_NOTHING,
    NATION,
    OUT_OF_SCOPE,
    ROLE,
    ROLE_FORGOTTEN_SAID,
    ROLE_SET,
    SIGNPOST,
    VOICE,
    signpost_of,
)
from assistant.project import Project
from assistant.training.example import Example, VoiceExample

HAND_WRITTEN = ("nlu", "rules.yml", "stories.yml")
"""What in ``data/`` is in Rasa's own format; the rest is content."""


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
        self._examples: Optional[Examples] = None

    @property
    def library(self) -> Library:
        """The content, loaded at first use.

        Raises:
            ContentError: see :func:`assistant.guidance.load_library`.
        """
        if self._library is None:
            self._library = load_library(self._data)
        return self._library

    @property
    def examples(self) -> Examples:
        """The training examples, loaded at first use.

        Raises:
            ContentError: see :func:`assistant.guidance.load_examples`.
        """
        if self._examples is None:
            self._examples = load_examples(self._data)
        return self._examples

    def get_config(self) -> dict[str, Any]:
        """The pipeline and policies of ``config.yml``."""
        config: dict[str, Any] = self._files.get_config()
        return config

    def get_config_file_for_auto_config(self) -> Optional[str]:
        """The path of ``config.yml``."""
        path: Optional[str] = self._files.get_config_file_for_auto_config()
        return path

    def get_domain(self) -> Domain:
        """``domain.yml`` with an intent and the name of a response for everything scripted."""
        domain: Domain = self._files.get_domain()
        if domain.is_empty():
            return domain
        written = domain.as_dict()
        written["responses"] = {name: _named(name) for name in written["responses"]}
        return Domain.from_dict(written).merge(Domain.from_dict(content_domain(self.library)))

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """Hand-written rules and stories, and the rules of what needs more than an answer."""
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
        for message in data.training_examples:
            _part_signpost(message)
        if not self._with_content:
            return data
        examples: list[Example] = [
            Example.build(text=text, intent=intent)
            for text, intent in topic_examples(self.examples)
        ]
        # Without an intent: only the component that tells voices learns from these.
        examples += [
            VoiceExample({TEXT: text, VOICE: voice})
            for voice, texts in self.examples.voices.items()
            for text in texts
        ]
        return data.merge(TrainingData(training_examples=examples))


def training_texts(project: Project) -> list[str]:
    """The text of every example that a training of the project reads.

    Raises:
        ContentError: the content has problems.
    """
    data = GuidanceImporter(str(project.config), str(project.domain), [str(project.data)])
    examples = data.get_nlu_data().training_examples
    return [message.get(TEXT) for message in examples if message.get(TEXT)]


def _part_signpost(message: Message) -> None:
    """For the topics all that is out of scope is one intent; its signpost is kept apart."""
    signpost = signpost_of(message.get(INTENT))
    if signpost:
        message.set(SIGNPOST, signpost)
        message.set(INTENT, OUT_OF_SCOPE)


def content_domain(library: Library) -> dict[str, Any]:
    """The intents, slots and names of responses of all content, as a Rasa domain in plain data."""
    answered = [*library.urgent, *library.topics]
    pages = _page_ids(library)
    starts = [guided_id(SERVICE_GUIDE), guided_id(ROLE_GUIDE)]
    intents = [*answered, *pages, *starts, *_role_ids(library)]
    responses = [response_name(one) for one in (*answered, *pages, guided_id(ROLE_GUIDE))]
    asked = [f"utter_ask_{question}" for question in SEARCHED]
    named = [*responses, *asked, ROLE_SET, ROLE_FORGOTTEN_SAID]
    return {
        "version": "3.1",
        # Entities only fill slots used in templates; no rule uses them.
        "intents": [{intent_name(intent): {"use_entities": []}} for intent in intents],
        "slots": _guided_slots(library),
        "responses": {name: _named(name) for name in named},
    }


def topic_examples(examples: Examples) -> Iterable[tuple[str, str]]:
    """Text and intent of every example of a topic or urgent situation."""
    for topic_id, questions in examples.questions.items():
        for question in questions:
            yield question, intent_name(topic_id)
    for situation, texts in examples.urgent.items():
        for text in texts:
            yield text, intent_name(situation)
    for text, topic_id in examples.not_urgent:
        yield text, OUT_OF_SCOPE if topic_id == NO_TOPIC else intent_name(topic_id)


def _named(name: str) -> list[dict[str, Any]]:
    """A response that is a name only. Rasa wants a text; the NLG class gives the words."""
    return [{"text": name}]


# --- guided conversations ------------------------------------------------------------


def _page_ids(library: Library) -> list[str]:
    return [guided_id(guide.id, name) for guide in library.guides.values() for name in guide.pages]


def _role_ids(library: Library) -> list[str]:
    return [guided_id(ROLE_GUIDE, name) for name in library.roles.roles]


def _guided_slots(library: Library) -> dict[str, Any]:
    """Slots that pages and buttons fill by their intents, without any action."""
    search = [intent_name(guided_id(SERVICE_GUIDE)), "service_option", "change_search"]
    leaving = ["guided_stop", "goodbye"]
    pages = [_when(intent_name(one), one) for one in _page_ids(library)]
    private = [
        intent_name(guided_id(guide.id, name))
        for guide in library.guides.values()
        if guide.keep_nothing
        for name in guide.pages
    ]
    guided = [*_page_ids(library), guided_id(SERVICE_GUIDE), guided_id(ROLE_GUIDE)]
    others = [one for one in map(intent_name, [*guided, *_role_ids(library)]) if one not in private]
    return {
        GUIDED_PAGE: _slot(
            "text",
            "",
            [*pages, _when(search, guided_id(SERVICE_GUIDE)), _when(leaving, "")],
        ),
        KEEP_NOTHING: _slot(
            "bool", False, [_when(private, True), _when([*others, *leaving], False)]
        ),
        ROLE: _slot(
            "text",
            "",
            [
                {"type": "from_entity", "entity": ROLE},
                *(
                    _when(intent_name(guided_id(ROLE_GUIDE, one)), one)
                    for one in library.roles.roles
                ),
                _when("forget_role", ""),
            ],
        ),
        NATION: _slot("text", "", [{"type": "from_entity", "entity": NATION}]),
    }


def _when(intents: Union[str, list[str]], value: Any) -> dict[str, Any]:
    return {"type": "from_intent", "intent": intents, "value": value}


def _slot(kind: str, initial: Any, mappings: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": kind,
        "initial_value": initial,
        "influence_conversation": False,
        "mappings": mappings,
    }


def _rules(library: Library) -> list[dict[str, Any]]:
    """Rules of the guided conversations. An intent that is answered by a response of its own name
    needs none: :class:`assistant.understanding.answer_policy.AnswerPolicy` gives it."""
    return [
        {
            "rule": f"Go to {intent}",
            "steps": [{"intent": intent}, {"action": action}],
        }
        for intent, action in _guided_rules(library)
    ]


def _guided_rules(library: Library) -> Iterator[tuple[str, str]]:
    for one in _role_ids(library):
        yield intent_name(one), ROLE_SET
    yield intent_name(guided_id(SERVICE_GUIDE)), "action_start_search"
