"""Words that were typed without spaces between them, parted: "mydadtouchedme" as four words.

People in a hurry, with a broken key, or watched, leave spaces out; so do hashtags. A run of letters
that is no word and no name is parted into the words that are likeliest, by how frequent they are.
It stays whole where it would not fall into frequent words. Needs no Rasa.
"""

from __future__ import annotations

import functools
import math
import re
from typing import Mapping, Optional, Sequence

from assistant.privacy.vocabulary import frequent_words, is_english, is_listed_name, words
from assistant.understanding.encoder import VOCABULARY
from assistant.understanding.long_texts import LONGEST_READ

MOST_LETTERS = LONGEST_READ
"""Letters of a text that are looked at in runs: it bounds the cost."""

SHORTEST_RUN = 7  # letters
LONGEST_WORD = 16  # letters
SHORTEST_OF_TWO = 8
"""Letters of a run of two words only: "getin" and "allways" are slips, not two words."""

SHORTEST_WITH_SLIPS = 12
"""Letters from which on a part of a run may be no word: a name, or a slip of the finger."""
MOST_UNKNOWN = 0.4
"""The share of letters that may be in such parts."""

SHORTEST_AVERAGE = 2.5
"""Letters of a word on average: "noooo" and "aaaah" are no words of one letter."""

HIGHEST_COST_A_LETTER = 2.6
"""What a letter may cost on average: English sentences cost 1.4 to 2.2, with many slips 2.6."""

SHORT_WORDS = frozenset(
    "a am an as at be by do go he hi i if im in is it me my no of on or so to up us we".split()
)
"""The words of one and two letters that are believed: any other is found in any letters."""
_ENDINGS = ("s", "d", "ed", "ing")
# Places in the order of frequency for words that are in no such order.
_PLACES_OF_ONE_LETTER = {"a": 60, "i": 60}
_PLACE_OF_FREQUENT, _PLACE_OF_RARE = 20_000, 60_000
_COST_OF_A_WORD, _COST_OF_UNKNOWN, _COST_OF_UNKNOWN_LETTER = 0.5, 10.0, 2.6

_DRAWN_OUT = re.compile(r"(.)\1\1")
_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(
    r"[@/\\]|^\W*www\.|\.(?:com|org|net|uk|eu|io|gov|edu|info|wales|scot|html?|pdf|docx?)\b",
    re.IGNORECASE,
)
_RUN = re.compile(rf"[A-Za-z](?:['’]?[A-Za-z]){{{SHORTEST_RUN - 1},}}")
# "my_dad_touches_me"; with another sign only four words and more, for "mother-in-law" is a word.
_LOW_LINES = re.compile(r"(?<=[^\W\d_])_+(?=[^\W\d_])")
_JOINED = re.compile(r"(?<![\w@])[^\W\d_]+([.*+~|=-])[^\W\d_]+(?:\1[^\W\d_]+){2,}(?![\w@])")


def parted(text: str) -> str:
    """The text with spaces in runs of words; addresses, words and names stay as they are."""
    left = MOST_LETTERS

    def chunk(found: re.Match[str]) -> str:
        nonlocal left
        word = found.group()
        if len(word) < SHORTEST_RUN or left <= 0 or _ADDRESS.search(word):
            return word
        left -= len(word)
        return _RUN.sub(_parted_run, word)

    return _CHUNK.sub(chunk, text)


def without_joints(text: str) -> str:
    """The text with spaces for the signs that stand between words instead of them."""

    def chunk(found: re.Match[str]) -> str:
        word = found.group()
        if _ADDRESS.search(word):
            return word
        return _JOINED.sub(lambda joined: joined.group().replace(joined[1], " "), word)

    return _CHUNK.sub(chunk, _LOW_LINES.sub(" ", text))


def _parted_run(found: re.Match[str]) -> str:
    """The run in words, or as it is."""
    run = found.group()
    letters = re.sub("['’]", "", run.lower())
    if _is_word(run.lower().replace("’", "'")) or is_english(letters) or is_listed_name(letters):
        return run
    parts = _likeliest(letters[:MOST_LETTERS], _costs())
    return f"{' '.join(parts)}{letters[MOST_LETTERS:]}" if parts else run


def _is_word(run: str) -> bool:
    """True for a word with an ending behind an apostrophe."""
    return "'" in run[-3:] and is_english(run)


def _likeliest(letters: str, costs: Mapping[str, float]) -> Optional[list[str]]:
    """The words that a run falls into at the least cost; None where that is no likely text.

    Takes as long as the run has letters, times :data:`LONGEST_WORD`.
    """
    slips = len(letters) >= SHORTEST_WITH_SLIPS
    least = [0.0]
    begins = [0]
    for end in range(1, len(letters) + 1):
        best, begin = math.inf, end - 1
        for start in range(max(0, end - LONGEST_WORD), end):
            word = letters[start:end]
            cost = costs.get(word)
            if cost is None:
                if word.endswith(_ENDINGS) and _has_ending(word, costs):
                    cost = _COST_OF_A_WORD + math.log(_PLACE_OF_RARE)
                elif slips:
                    cost = _COST_OF_UNKNOWN + _COST_OF_UNKNOWN_LETTER * (end - start)
                else:
                    continue
            if least[start] + cost < best:
                best, begin = least[start] + cost, start
        least.append(best)
        begins.append(begin)
    if least[-1] > HIGHEST_COST_A_LETTER * len(letters):
        return None
    parts: list[str] = []
    end = len(letters)
    while end:
        parts.append(letters[begins[end] : end])
        end = begins[end]
    return parts[::-1] if _are_words(parts[::-1], costs) else None


def _are_words(parts: Sequence[str], costs: Mapping[str, float]) -> bool:
    """Whether the parts of a run are words enough that it is read as these."""
    size = sum(map(len, parts))
    unknown = [part for part in parts if part not in costs and not _has_ending(part, costs)]
    if len(parts) == 1 or size < SHORTEST_AVERAGE * len(parts):
        return False
    if sum(map(len, unknown)) > MOST_UNKNOWN * size:
        return False
    if size < SHORTEST_WITH_SLIPS and len(parts[-1]) == 1:
        return False
    rare = _COST_OF_A_WORD + math.log(_PLACE_OF_RARE)
    # A slip of the finger in one word makes two of it often enough, of which one is rare.
    return len(parts) > 2 or (
        size >= SHORTEST_OF_TWO and all(costs.get(part, rare) < rare for part in parts)
    )


def _has_ending(word: str, costs: Mapping[str, float]) -> bool:
    """True for a word of the list with one of the usual endings."""
    return len(word) > 4 and any(
        word.endswith(ending) and word[: -len(ending)] in costs for ending in _ENDINGS
    )


@functools.lru_cache(maxsize=1)
def _costs() -> Mapping[str, float]:
    """What each English word costs: the encoder's vocabulary names the frequent ones in order."""
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if len(line) > 1 and line.isascii() and line.isalpha()]
    places = {word: place for place, word in enumerate(named, start=1)} | _PLACES_OF_ONE_LETTER
    frequent = frequent_words()
    return {
        word: _COST_OF_A_WORD
        + math.log(places.get(word, _PLACE_OF_FREQUENT if word in frequent else _PLACE_OF_RARE))
        for word in words() | SHORT_WORDS
        if (len(word) > 2 or word in SHORT_WORDS) and not _DRAWN_OUT.search(word)
    }
