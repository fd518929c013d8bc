"""Content to Rasa: topics and urgent situations become intents, responses and rules.

Named in ``config.yml``, so that ``rasa train``, ``rasa data validate`` and ``rasa shell``
see the content as if it had been written in Rasa's own files. Hand-written training data
(``nlu/``, ``rules.yml``, ``stories.yml``, ``domain.yml``) is read as Rasa reads it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterable, Iterator, Optional, Union

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.answers import Answer, answer_for_topic, answer_for_urgent, answer_text, routes
from assistant.answers.answer import guide_starts
from assistant.answers.guided import (
    answer_for_page,
    answer_for_role,
    answer_for_roles,
    role_lines,
    takes_role,
)
from assistant.answers.text import contact_lines
from assistant.guidance import (
    NO_TOPIC,
    ROLE_GUIDE,
    SERVICE_GUIDE,
    Library,
    guided_id,
    intent_name,
    load_library,
    payload,
    response_name,
    topic_id_of,
)
from assistant.nlu.urgency_patterns import compile_patterns
from assistant.service_search import compile_search

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

# The role a person says to have, and its first steps as whole lines of text; the lines stand
# in answers where a role puts something first, and are empty where none is known.
ROLE = "role"
ROLE_FIRST = "role_first"

# The page of a guided conversation that is open, if any; and whether nothing typed may be kept.
GUIDED_PAGE = "guided_page"
KEEP_NOTHING = "keep_nothing"

ROLE_SET = "utter_role"
"""What is said when a role is set: a variation for each role. Holds their first steps."""

SEARCH = response_name(guided_id(SERVICE_GUIDE))
"""The response whose metadata holds the compiled search for a service."""


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
    responses = {response_name(one): [_response(a, library)] for one, a in answers.items()}
    intents = [*map(intent_name, answers), *_guided_intents(library)]
    return {
        "version": "3.1",
        # No rule depends on an entity: they only fill the slots of buttons and lines.
        "intents": [{intent: {"use_entities": []}} for intent in intents],
        "slots": _guided_slots(library),
        "responses": responses | _guided_responses(library),
    }


def compiled_answers(library: Library) -> dict[str, Answer]:
    """Every topic's and urgent situation's answer by id, urgent ones first."""
    urgent = {one: answer_for_urgent(item, library) for one, item in library.urgent.items()}
    return urgent | {one: answer_for_topic(item, library) for one, item in library.topics.items()}


def _with_contacts(responses: dict[str, Any], library: Library) -> dict[str, Any]:
    """Hand-written responses; what their metadata asks for is filled in from the content."""
    return {
        name: [_variation(name, variation, library) for variation in variations]
        for name, variations in responses.items()
    }


def _variation(name: str, variation: dict[str, Any], library: Library) -> dict[str, Any]:
    metadata = variation.get("metadata") or {}
    if metadata.get("guides"):
        starts = [
            {"title": start.title, "payload": payload(start.id)}
            for start in guide_starts(library).values()
        ]
        return {**variation, "buttons": [*variation.get("buttons", []), *starts]}
    if "contacts" not in metadata:
        return variation
    shown = routes(metadata["contacts"], library)
    text = "\n".join([variation["text"], *contact_lines(shown)])
    metadata = {**metadata, "contacts": [route.id for route in shown]}
    if name == OFFICIAL_ROUTES:
        metadata["patterns"] = compile_patterns(library.urgent, library.word_sets)
    return {**variation, "text": text, "metadata": metadata}


def _response(answer: Answer, library: Library) -> dict[str, Any]:
    buttons = [{"title": topic.title, "payload": payload(topic.id)} for topic in answer.next]
    if answer.kind == "urgent":
        buttons = [{"title": f"{{{ALSO_ABOUT_TITLE}}}", "payload": f"{{{ALSO_ABOUT}}}"}]
    text = answer_text(answer)
    if takes_role(answer, library):
        lead, _, rest = text.partition("\n")
        text = f"{lead}\n{{{ROLE_FIRST}}}{rest}"
    response: dict[str, Any] = {
        "text": text,
        "metadata": {
            "kind": answer.kind,
            "topic": answer.topic,
            "title": answer.title,
            # One string: Rasa reads a domain of many small values slowly.
            "answer": answer.json(),
        },
    }
    if takes_role(answer, library):
        response["metadata"][ROLE_FIRST] = True
    if buttons:
        response["buttons"] = buttons
    return response


# --- guided conversations ------------------------------------------------------------


def _page_ids(library: Library) -> list[str]:
    return [guided_id(guide.id, name) for guide in library.guides.values() for name in guide.pages]


def _role_ids(library: Library) -> list[str]:
    return [guided_id(ROLE_GUIDE, name) for name in library.roles.roles]


def _guided_intents(library: Library) -> list[str]:
    starts = [guided_id(SERVICE_GUIDE), guided_id(ROLE_GUIDE)]
    return [intent_name(one) for one in (*_page_ids(library), *starts, *_role_ids(library))]


def _guided_slots(library: Library) -> dict[str, Any]:
    """Slots that pages and buttons fill by their intents, without any action."""
    roles = library.roles.roles
    search = [intent_name(guided_id(SERVICE_GUIDE)), "service_option", "change_search"]
    leaving = ["guided_stop", "goodbye"]
    pages = [_when(intent_name(one), one) for one in _page_ids(library)]
    private = [
        intent_name(guided_id(guide.id, name))
        for guide in library.guides.values()
        if guide.keep_nothing
        for name in guide.pages
    ]
    others = [intent for intent in _guided_intents(library) if intent not in private]
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
                *(_when(intent_name(guided_id(ROLE_GUIDE, one)), one) for one in roles),
                _when("forget_role", ""),
            ],
        ),
        ROLE_FIRST: _slot(
            "text",
            "",
            [
                {"type": "from_entity", "entity": ROLE_FIRST},
                *(
                    _when(intent_name(guided_id(ROLE_GUIDE, one)), role_lines(role, library))
                    for one, role in roles.items()
                ),
                _when("forget_role", ""),
            ],
        ),
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


def _guided_responses(library: Library) -> dict[str, list[dict[str, Any]]]:
    pages = {
        guided_id(guide.id, name): (guide, name)
        for guide in library.guides.values()
        for name in guide.pages
    }
    responses = {}
    for one, (guide, name) in pages.items():
        response = _response(answer_for_page(guide, name, library), library)
        after, before = guide.after(name), guide.before(name)
        response["metadata"] |= {
            "page": one,
            "guide": guide.title,
            "after": after and guided_id(guide.id, after),
            "before": before and guided_id(guide.id, before),
        }
        responses[response_name(one)] = [response]
    roles = _response(answer_for_roles(library), library)
    responses[response_name(guided_id(ROLE_GUIDE))] = [roles]
    responses[ROLE_SET] = [*_role_variations(library), roles]
    forgotten = {"text": library.roles.forgotten, "metadata": {"kind": "smalltalk"}}
    responses["utter_role_forgotten"] = [forgotten]
    return responses | _search_responses(library)


def _role_variations(library: Library) -> Iterator[dict[str, Any]]:
    for one in library.roles.roles:
        response = _response(answer_for_role(one, library), library)
        response["condition"] = [{"type": "slot", "name": ROLE, "value": one}]
        response["metadata"][ROLE] = one
        yield response


def _search_responses(library: Library) -> dict[str, list[dict[str, Any]]]:
    search = library.search
    common = {"kind": "guided", "topic": search.topic, "title": search.title}
    responses: dict[str, list[dict[str, Any]]] = {
        SEARCH: [
            {
                "text": search.title,
                "metadata": {
                    **common,
                    "page": guided_id(SERVICE_GUIDE),
                    "guide": search.title,
                    "after": guided_id(SERVICE_GUIDE),
                    "search": compile_search(library).json(),
                },
            }
        ]
    }
    for question, asked in search.questions.items():
        buttons = [
            {
                "title": option.title,
                # Twice the brackets, or Rasa would look for a slot of that name.
                "payload": f"/service_option{{{json.dumps({question: name})}}}",
            }
            for name, option in asked.options.items()
            if option.button
        ]
        stop = {"title": "Stop", "payload": "/guided_stop"}
        responses[f"utter_ask_{question}"] = [
            {"text": asked.ask, "buttons": [*buttons, stop], "metadata": common}
        ]
    return responses


def _guided_rules(library: Library) -> Iterator[tuple[str, str]]:
    """Intent and action of the rules that need no more than one action."""
    for one in (*_page_ids(library), guided_id(ROLE_GUIDE)):
        yield intent_name(one), response_name(one)
    for one in _role_ids(library):
        yield intent_name(one), ROLE_SET
    yield intent_name(guided_id(SERVICE_GUIDE)), "action_start_search"


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
    answered = [(intent_name(o), response_name(o)) for o in (*library.urgent, *library.topics)]
    return [
        {
            "rule": f"Answer {topic_id_of(intent)}",
            "steps": [{"intent": intent}, {"action": action}],
        }
        for intent, action in (*answered, *_guided_rules(library))
    ]
