"""Each cue, with a word that shows nothing by itself."""

from __future__ import annotations

from typing import Callable

import pytest

from assistant.privacy import around_names
from assistant.privacy.text_words import Words

CUES: dict[str, tuple[list[str], list[str]]] = {
    "is_called": (
        ["a girl called X", "her name is X", "they call him X", "their names are X"],
        ["she is X", "X called"],
    ),
    "has_cue": (["my client X", "a boy called X"], ["the school X"]),
    "calls_a_person": (
        ["a man called X", "they call him X", "wants to be called X", "two lads, one called X"],
        ["a form called X", "has to be called X"],
    ),
    "is_quoted_nickname": (
        [
            'YP: "X" is out',
            'Zofia ("X") is out',
            "seen with 'X' again",
            "Zofia and 'X' left",
            'a man known as "Lil X"',
        ],
        ['he said "X"', 'the book "X" is', 'dad "X'],
    ),
    "goes_by": (
        ['he goes by "X"', "my mate is known as X", "he changed his name to X"],
        ["he stood by X", "the plan known as X", "he said to X"],
    ),
    "has_written": (["a note by X", "the statement written by X"], ["they stood by X"]),
    "speaks": (["X here", "im X", "hi its X, help", "Thanks, X"], ["X came", "it was X"]),
    "owns": (["X's dad", "about X's phone"], ["X's late", "X dad"]),
    "is_aged": (
        ["X is 9", "X, 6,", "X (6)", "X yr 5", "X (mum)", "X (birth name Zofia)"],
        ["X is 9%", "X left"],
    ),
    "is_from_near": (["X from next door", "X from my school"], ["X from 2024"]),
    "is_subject": (["X said", "because X said"], ["the X said"]),
    "has_done": (["X has disclosed", "X is being bullied"], ["X has a plan"]),
    "is_with_kin": (["X and her brother"], ["X and the brother", "the X and her brother"]),
    "feels": (["X is scared", "X is very upset"], ["X is new"]),
    "is_placed_as_a_person": (["X said", "my mate X", "X is 5", "i told X that"], ["the X plan"]),
}

WITH_CAPITAL = {"goes_by", "has_written", "is_quoted_nickname"}


@pytest.mark.parametrize("name", CUES)
def test_a_cue_is_seen_where_it_stands_and_only_there(name: str) -> None:
    cue: Callable[[Words, int], bool] = getattr(around_names, name)
    there, not_there = CUES[name]
    for text, expected in [*((t, True) for t in there), *((t, False) for t in not_there)]:
        words = Words(text.replace("X", "Ruby" if name in WITH_CAPITAL else "ruby"))
        index = next(i for i, word in enumerate(words) if word.lower == "ruby")
        assert cue(words, index) is expected, text
