"""Urgency by pattern: what is left when no model can be asked."""

from __future__ import annotations

from typing import Mapping

import pytest

from assistant.guidance import Library
from assistant.guidance.base_forms import in_base_forms
from assistant.guidance.patterns import CompiledPatterns, compile_patterns, pattern_forms
from assistant.guidance.urgent import UrgencyPatternsFile, UrgentPattern
from assistant.understanding import urgency_patterns
from assistant.understanding.long_texts import LONGEST_WORD
from assistant.understanding.urgency_patterns import (
    MAX_SENTENCES,
    match_patterns,
    split_sentences,
)


@pytest.fixture(scope="module")
def compiled(library: Library) -> CompiledPatterns:
    return compile_patterns(library.urgency)


@pytest.fixture(scope="module")
def forms(library: Library) -> dict[str, str]:
    return pattern_forms(library.urgency)


def test_sentences() -> None:
    assert split_sentences("He came. She cried!\nnow what") == [
        "He came.",
        "She cried!",
        "now what",
    ]


def test_a_pattern_wants_its_words_in_order_and_near() -> None:
    pattern = UrgentPattern(words=("HARM", "tonight"), unless=("IF",), within=2)
    content = UrgencyPatternsFile(
        words={"HARM": ("touch", "hurt"), "IF": ("if",)}, patterns={"urgent/x": (pattern,)}
    )
    patterns, forms = compile_patterns(content), pattern_forms(content)
    assert match_patterns("He hurt her again tonight", patterns, forms) == "urgent/x"
    assert match_patterns("He touched her tonight", patterns, forms) == "urgent/x"
    assert match_patterns("Tonight he hurt her", patterns, forms) is None
    assert match_patterns("He hurt her and then went far away tonight", patterns, forms) is None
    assert match_patterns("If he hurt her tonight", patterns, forms) is None


@pytest.mark.parametrize(
    "danger",
    [
        "Her dad is going to collect her in ten minutes and she is terrified",
        "my stepdad touches me at night",
        "cant talk hes downstairs",
        "I can't speak, he can hear me",
        "I cannot talk, they will hear everything",
        "he is in the next room, how do I tell the police without talking",
        "It is happening right now",
    ],
)
def test_plain_danger_is_caught(
    compiled: CompiledPatterns, forms: dict[str, str], danger: str
) -> None:
    assert match_patterns(danger, compiled, forms)


@pytest.mark.parametrize(
    "question",
    [
        "What does a strategy discussion decide?",
        "Nothing is happening right now",
        "It is no longer happening now",
        "The boy cannot speak and does not hear well, how do we plan the interview?",
        "What is the policy if a child discloses tonight?",
        "",
        "?!",
    ],
)
def test_questions_are_left_alone(
    compiled: CompiledPatterns, forms: dict[str, str], question: str
) -> None:
    assert match_patterns(question, compiled, forms) is None


def test_every_pattern_is_an_expression_and_of_a_situation_with_a_reply(
    library: Library, compiled: CompiledPatterns
) -> None:
    assert compiled and set(compiled) <= set(library.urgent)
    for situation, expressions in compiled.items():
        assert expressions, situation


@pytest.mark.parametrize("text", ["!" * 50_000, "a" * 50_000, "a. " * 20_000, "\n" * 50_000])
def test_a_text_without_end_costs_little(
    compiled: CompiledPatterns,
    forms: dict[str, str],
    text: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Bounded by what is read, not by a clock."""
    read: list[str] = []

    def counted(sentence: str, forms: Mapping[str, str]) -> str:
        read.append(in_base_forms(sentence, forms))
        return read[-1]

    monkeypatch.setattr(urgency_patterns, "in_base_forms", counted)
    assert match_patterns(text, compiled, forms) is None
    assert len(read) <= MAX_SENTENCES
    assert all(len(word) <= LONGEST_WORD for sentence in read for word in sentence.split())
    assert sum(map(len, read)) < 21_000
