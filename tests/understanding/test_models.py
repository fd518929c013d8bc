"""The parts of understanding, each alone."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.guidance import Library
from assistant.guidance.model import UrgentPattern
from assistant.training.importer import OUT_OF_SCOPE
from assistant.understanding.encoder import (
    DIMENSION,
    WEIGHTS,
    Encoder,
    EncoderError,
    Vectors,
    shared_encoder,
)
from assistant.understanding.vector_cache import encode_cached
from assistant.understanding.shorthand import expand
from assistant.understanding.topic_classifier import TopicClassifier
from assistant.understanding.topic_model import TopicModel
from assistant.understanding.urgency_model import PART, UrgencyModel, parts
from assistant.understanding.urgency_patterns import (
    UrgencyPatterns,
    compile_patterns,
    lemma_sentences,
    split_sentences,
)

EXAMPLES = {
    "tea": ["make tea", "a cup of tea please", "how do I brew tea", "tea with milk"],
    "rain": ["will it rain", "is rain coming", "rain this weekend", "how much rain fell"],
    "trains": ["when is the train", "a train to work", "the train is late", "train times"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
LABELS = [label for label, texts in EXAMPLES.items() for _ in texts]


def test_vectors_are_unit_length_and_near_in_meaning() -> None:
    toddler, infant, invoice = shared_encoder().encode(
        ["toddler has bruises", "infant is injured", "please pay the invoice"]
    )
    assert toddler.shape == (DIMENSION,)
    assert np.linalg.norm(toddler) == pytest.approx(1, abs=1e-5)
    assert toddler @ infant > 0.6 > toddler @ invoice + 0.2


def test_the_order_of_texts_is_kept() -> None:
    texts = ["a", "a much longer sentence about children and families", "short one"]
    together = shared_encoder().encode(texts)
    for i, text in enumerate(texts):
        # int8 activations differ a little with the padding of a batch
        assert together[i] @ shared_encoder().encode([text])[0] > 0.98


def test_another_vocabulary_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "vocab.txt"
    other.write_text("[PAD]\n")
    with pytest.raises(EncoderError, match="not the expected file; restore"):
        Encoder(WEIGHTS, other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LADO?", "LADO designated officer for allegations against staff?"),
        ("9yo girl", "9 year old girl"),
        ("see u 2moro", "see you tomorrow"),
        ("hv to call", "have to call"),
        ("Shadow the sword", "Shadow the sword"),
        ("nowhere 2 go", "nowhere to go"),
        ("Year 4, 2 children, 4 of them aged 4", "Year 4, 2 children, 4 of them aged 4"),
    ],
)
def test_shorthand_is_written_out(typed: str, meant: str) -> None:
    assert expand(typed) == meant


def test_sentences_and_lemmas() -> None:
    assert split_sentences("He came. She cried!\nnow what") == [
        "He came.",
        "She cried!",
        "now what",
    ]
    assert lemma_sentences("He touched her last night!") == ["he touch her last night"]


def test_a_pattern_wants_its_words_in_order_and_near() -> None:
    pattern = UrgentPattern(words=("HARM", "tonight"), unless=("IF",), within=2)
    words = {"HARM": ("touch", "hurt"), "IF": ("if",)}
    situation = type("S", (), {"id": "urgent/x", "patterns": (pattern,)})()
    patterns = UrgencyPatterns(compile_patterns({"urgent/x": situation}, words))
    assert patterns.match("He hurt her again tonight") == "urgent/x"
    assert patterns.match("Tonight he hurt her") is None
    assert patterns.match("He hurt her and then went far away tonight") is None
    assert patterns.match("If he hurt her tonight") is None


def test_patterns_alone_catch_plain_danger_and_leave_questions_alone(library: Library) -> None:
    patterns = UrgencyPatterns(compile_patterns(library.urgent, library.word_sets))
    assert patterns.match("Her dad is going to collect her in ten minutes and she is terrified")
    assert patterns.match("my stepdad touches me at night")
    assert patterns.match("What does a strategy discussion decide?") is None
    assert patterns.match("What is the policy if a child discloses tonight?") is None


def test_a_topic_model_learns_saves_and_loads(tmp_path: Path) -> None:
    model = TopicModel.fit(TEXTS, LABELS)
    probabilities = model.probabilities(["brew me some tea", "late train again"])
    assert probabilities.sum(axis=1) == pytest.approx([1, 1])
    assert [model.labels[i] for i in probabilities.argmax(axis=1)] == ["tea", "trains"]
    model.save(tmp_path)
    again = TopicModel.load(tmp_path)
    assert again.labels == model.labels
    assert again.probabilities(["rain?"]) == pytest.approx(model.probabilities(["rain?"]))


def test_an_urgency_model_learns_saves_and_loads(tmp_path: Path) -> None:
    model = UrgencyModel.fit(TEXTS, [label == "rain" for label in LABELS])
    assert model.probability("will rain come") > 0.5 > model.probability("a cup of tea")
    model.save(tmp_path)
    assert UrgencyModel.load(tmp_path).probability("tea") == pytest.approx(model.probability("tea"))


def test_out_of_scope_weighs_more_than_its_examples_but_takes_nothing_from_urgency() -> None:
    names = {"tea": OUT_OF_SCOPE, "rain": "talk.rain", "trains": "urgent.trains"}
    model = TopicModel.fit(TEXTS, [names[label] for label in LABELS])

    def confidences(weight: float) -> dict[str, float]:
        classifier = TopicClassifier({"out_of_scope_weight": weight}, Mock(), Mock())
        classifier._model = model
        [message] = classifier.process([Message({TEXT: "a cup of rain in the train"})])
        return {one["name"]: one["confidence"] for one in message.get("intent_ranking")}

    learned, weighed = confidences(1.0), confidences(6.0)
    assert sum(weighed.values()) == pytest.approx(1)
    assert weighed["urgent.trains"] == pytest.approx(learned["urgent.trains"])
    odds = learned[OUT_OF_SCOPE] / learned["talk.rain"]
    assert weighed[OUT_OF_SCOPE] / weighed["talk.rain"] == pytest.approx(6 * odds)


@pytest.mark.parametrize("weight", [0, -1, "much"])
def test_a_weight_that_is_none_is_refused(weight: object) -> None:
    with pytest.raises(ValueError, match="out_of_scope_weight.*above 0"):
        TopicClassifier.validate_config({"out_of_scope_weight": weight})


def test_a_long_message_is_read_in_parts_too() -> None:
    assert parts("short message") == []
    long = " ".join(f"w{i}" for i in range(400))
    read = parts(long)
    assert all(len(part.split()) <= PART for part in read)
    assert {word for part in read for word in part.split()} == set(long.split())
    model = UrgencyModel.fit(TEXTS, [label == "rain" for label in LABELS])
    ends_in_rain = "tea " * 200 + "it will rain " * 20
    assert model.probability(ends_in_rain) > model.probabilities([ends_in_rain])[0]


def test_kept_vectors_are_the_encoders_own_and_are_not_made_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "models" / "vectors.npz"
    texts = ["a girl told me", "what is a strategy discussion"]
    fresh = encode_cached(texts, file)
    assert np.allclose(fresh, shared_encoder().encode(texts), atol=1e-5)

    asked: list[str] = []

    class Counting:
        def encode(self, texts: list[str]) -> Vectors:
            asked.extend(texts)
            return shared_encoder().encode(texts)

    monkeypatch.setattr("assistant.understanding.vector_cache.shared_encoder", Counting)
    again = encode_cached([*texts, "one more"], file)
    assert asked == ["one more"]
    assert np.array_equal(again[:2], fresh)

    file.write_bytes(b"no archive")
    asked.clear()
    encode_cached(texts, file)
    assert asked == texts
