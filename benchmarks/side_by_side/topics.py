"""A project with more topics than there are: what grows with the content.

Each further topic is a copy of one that is there, asked in other words: every longer word of its
examples becomes another one that looks like no English, the same in all examples of the copy. So
the vocabulary grows with the topics, as it does with real ones; understanding is not measured.
"""

from __future__ import annotations

import itertools
import re
import shutil
from pathlib import Path

import yaml

SHORTEST_CHANGED = 4
"""Letters from which on a word is of the topic and not of the language."""

_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"


def add_topics(data: Path, wanted: int) -> None:
    """Copy topics in a copied ``data`` folder until there are so many."""
    files = sorted((data / "guidance").glob("*/*.yml"))
    originals = itertools.cycle(files)
    for number in range(wanted - len(files)):
        original = next(originals)
        copy = 1 + number // len(files)
        name = f"{original.stem}-{copy}.yml"
        topic = yaml.safe_load(original.read_text(encoding="utf-8"))
        topic["title"] = f"{copy}: {topic['title']}"[:80]
        _write(original.with_name(name), topic)
        asked = data / "questions" / original.relative_to(data / "guidance")
        if asked.is_file():
            examples = yaml.safe_load(asked.read_text(encoding="utf-8"))
            examples["questions"] = [in_other_words(text, copy) for text in examples["questions"]]
            _write(asked.with_name(name), examples)
    shutil.rmtree(data / "readings", ignore_errors=True)  # of answers that are read, not of copies


def in_other_words(text: str, copy: int) -> str:
    """The text with every longer word changed, another way in each copy."""
    return re.sub(rf"[a-z]{{{SHORTEST_CHANGED},}}", lambda w: _other(w[0], copy), text.lower())


def _other(word: str, copy: int) -> str:
    """The word with its letters moved on: vowels stay vowels, so that it can be read."""
    return "".join(
        letters[(letters.index(letter) + copy) % len(letters)]
        for letter in word
        for letters in (_VOWELS, _CONSONANTS)
        if letter in letters
    )


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
