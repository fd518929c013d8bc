"""A file that is no YAML: the line, and the fix in words that an editor knows."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from assistant.guidance.yaml_lines import YamlProblem, read_yaml
from assistant.project import Project

QUOTE_IT = "put the whole text in quotes"
PARSERS_OWN = re.compile(
    r"mapping values|block (?:mapping|collection)|flow |scalar|token|indicator|simple key|alias"
    r"|anchor|expected|constructor|stream|not valid YAML",
    re.IGNORECASE,
)
"""Words of the parser, which tell an editor nothing."""

FAULTS = {
    # --- tabs
    "points:\n\t- text: One\n": (2, "a tab stands before the text; put spaces in its place"),
    "points:\n  - text: One\n\tfacts: [a]\n": (3, "a tab stands before the text"),
    # --- indents
    "points:\n  - text: One\n   facts: [a]\n    duty: may\n": (
        3,
        "this line begins after 3 spaces; begin it after 4 spaces, below 'text:' in line 2",
    ),
    "points:\n  - text: One\n  facts: [a]\n": (
        3,
        "begin it after 4 spaces, below 'text:' in line 2",
    ),
    "points:\n  - text: One\n      facts: [a]\n": (
        3,
        "'facts:' is taken for a part of 'text:' in line 2; begin it after 4 spaces",
    ),
    "points:\n  - text: One\n    facts: [a]\n - text: Two\n": (
        4,
        "this line begins after one space; begin it after 2 spaces, below the '-' in line 2",
    ),
    "points:\n  - text: One\n    facts: [a]\n    - text: Two\n": (4, "begin it after 2 spaces"),
    "title: A\n lead: B\n": (2, "begin it after no spaces, below 'title:' in line 1"),
    "lead: >-\n  One\n Two\npoints: []\n": (3, "begin it where that text begins"),
    "lead: >-\n  One\nTwo words\npoints: []\n": (3, "this line is no field, for it has no 'name:'"),
    # --- quotes
    'title: "A\nlead: B\n': (1, "that opens here is not closed"),
    "points:\n  - text: 'It is\n  - text: B\n": (2, "that opens here is not closed"),
    "points:\n  - text: 'It is\n  - text: 'B'\n": (2, "is closed only in line 3"),
    "text: 'It's here'\n": (1, "the text ends at the ' before 's here''; "),
    'text: "One" two\n': (1, f"the text ends at the \" before 'two'; {QUOTE_IT}"),
    'text: "C:\\here"\n': (1, "use single quotes"),
    # --- colons
    "points:\n  - text: In Wales: tell\n": (2, f"a colon in the text ends it; {QUOTE_IT}"),
    "title:Recording\nlead: B\n": (1, "write a space after 'title:'"),
    "points:\n  -text: One\n    facts: [a]\n": (2, "write a space after the '-'"),
    "title: Recording\nlead Write it\npoints: []\n": (2, "this line is no field"),
    "questions:\n  - one\n  -two words\n  - three\n": (3, "write a space after the '-'"),
    "points:\n  - !x: One\n    facts: [a]\n": (3, "the line above this one is no whole field"),
    # --- the rest
    "facts: [a, b\nduty: may\n": (1, "the '[' is not closed; add the ']'"),
    "facts: [a]]\nduty: may\n": (1, "nothing may stand behind ']'"),
    "text: @home\n": (1, f"a text cannot begin with '@'; {QUOTE_IT}"),
    "text: *bold* it\n": (1, "a text cannot begin with '*'"),
    "text: !now it\n": (1, "a text cannot begin with '!'"),
    "lead: > One\n  Two\n": (1, "begin the text on the next line"),
    "a: 1\n---\nb: 2\n": (2, "'---' begins a second document"),
    "a: 1\ntext: a\x07b\n": (2, "a character here cannot be shown"),
    "a: 1\nreviewed: 2026-13-40\n": (2, "'2026-13-40' is no day; write it as 2026-11-30"),
    "a: 1\n[b]: 2\n": (2, f"a field's name is a word, not a list; {QUOTE_IT}"),
    "a: 1\nb: 2\na: 3\n": (3, "'a' is written twice; keep one of them"),
}
"""A file, and the line and fix that are said."""


def problem_of(path: Path, text: str) -> YamlProblem | None:
    path.write_text(text, encoding="utf-8")
    try:
        read_yaml(path)
    except YamlProblem as problem:
        return problem
    return None


@pytest.mark.parametrize("text", FAULTS)
def test_the_line_and_the_fix_are_said(tmp_path: Path, text: str) -> None:
    problem = problem_of(tmp_path / "a.yml", text)
    line, fix = FAULTS[text]
    assert problem and fix in problem.message
    assert problem.line == line
    assert not PARSERS_OWN.search(problem.message)


def test_what_breaks_a_real_answer_is_said_without_the_parsers_words(
    tmp_path: Path, project: Project
) -> None:
    chance = random.Random(20261202)
    answers = sorted((project.data / "guidance").rglob("*.yml"))
    signs = [
        "\t",
        " ",
        "  ",
        ":",
        ": ",
        "'",
        '"',
        "-",
        "- ",
        "[",
        "]",
        "{",
        "\n",
        "#",
        "@",
        "*",
        "%",
    ]
    found = 0
    for _ in range(400):
        text = chance.choice(answers).read_text(encoding="utf-8")
        at = chance.randrange(len(text))
        taken = chance.choice([0, 1, 2])
        broken = text[:at] + chance.choice(["", *signs]) + text[at + taken :]
        problem = problem_of(tmp_path / "a.yml", broken)
        if problem:
            found += 1
            assert 1 <= problem.line <= broken.count("\n") + 1
            assert not PARSERS_OWN.search(problem.message.partition("; ")[2]), problem.message
    assert found > 40
