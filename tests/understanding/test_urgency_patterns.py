"""Urgency by pattern: what is left when no model can be asked."""

from __future__ import annotations

import threading

import pytest

from assistant.guidance import Library
from assistant.guidance.model import UrgencyPatternsFile, UrgentPattern
from assistant.guidance.patterns import CompiledPatterns, compile_patterns
from assistant.understanding.urgency_patterns import (
    MAX_SENTENCES,
    lemma_sentences,
    match_patterns,
    split_sentences,
)


@pytest.fixture(scope="module")
def compiled(library: Library) -> CompiledPatterns:
    return compile_patterns(library.urgency)


def test_sentences_and_lemmas() -> None:
    assert split_sentences("He came. She cried!\nnow what") == [
        "He came.",
        "She cried!",
        "now what",
    ]
    assert lemma_sentences("He touched her last night!") == ["he touch her last night"]


def test_a_pattern_wants_its_words_in_order_and_near() -> None:
    pattern = UrgentPattern(words=("HARM", "tonight"), unless=("IF",), within=2)
    content = UrgencyPatternsFile(
        words={"HARM": ("touch", "hurt"), "IF": ("if",)}, patterns={"urgent/x": (pattern,)}
    )
    patterns = compile_patterns(content)
    assert match_patterns("He hurt her again tonight", patterns) == "urgent/x"
    assert match_patterns("Tonight he hurt her", patterns) is None
    assert match_patterns("He hurt her and then went far away tonight", patterns) is None
    assert match_patterns("If he hurt her tonight", patterns) is None


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
def test_plain_danger_is_caught(compiled: CompiledPatterns, danger: str) -> None:
    assert match_patterns(danger, compiled)


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
def test_questions_are_left_alone(compiled: CompiledPatterns, question: str) -> None:
    assert match_patterns(question, compiled) is None


def test_every_pattern_is_an_expression_and_of_a_situation_with_a_reply(
    library: Library, compiled: CompiledPatterns
) -> None:
    assert compiled and set(compiled) <= set(library.urgent)
    for situation, expressions in compiled.items():
        assert expressions, situation


@pytest.mark.parametrize("text", ["!" * 50_000, "a" * 50_000, "a. " * 20_000, "\n" * 50_000])
def test_a_text_without_end_costs_little(compiled: CompiledPatterns, text: str) -> None:
    """Bounded by what is read, not by a clock: spaCy takes quadratic time on runs of signs."""
    sentences = lemma_sentences(text)
    assert len(sentences) <= MAX_SENTENCES
    assert sum(map(len, sentences)) < 21_000
    assert match_patterns(text, compiled) is None


def test_several_threads_at_once_read_the_same(compiled: CompiledPatterns) -> None:
    """spaCy promises nothing to two threads at once."""
    found: list[object] = []

    def look() -> None:
        found.append(match_patterns("my stepdad touches me at night", compiled))

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1 and found[0]
