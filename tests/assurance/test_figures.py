"""No figure and no path in the assurance pack is out of date.

After a change of content or of a measured figure run ``python -m tests.assurance.figures``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from assistant.cli import app
from assistant.project import Project
from tests.assurance.figures import (
    COUNTS,
    MARK,
    MARKED,
    Counted,
    Figure,
    Value,
    documents,
    read_figures,
    tables,
    write,
)

AGAIN = "run: python -m tests.assurance.figures"

# What is a number and no figure of this product: telephone numbers, law, standards, dates, the
# conditions of a test, names of models and versions, ages, scales and the numbers of headings.
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NOT_FIGURES = [
    r"\b(?:0800 1111|116 123|999|111|101|press 55)\b",
    rf"\b(?:\d{{1,2}} )?(?:{MONTHS}) \d{{4}}",
    r"\b(?:Act|Regulations) \d{4}|\(No\. \d\)",
    r"\b(?:Article|[Ss]chedule|[Pp]aragraph|[Ss]ection|[Ss]teps?) \d+(?:\(\w+\))*(?: and \d)?",
    r"\bDCB ?\d{4}\b|\b72 hours\b|\bA4\b",
    r"\bWCAG 2\.0, 2\.1 and 2\.2\b|\bWCAG 2\.2 AA\b",
    r"\b320 (?:by 256|pixels)\b|\b[24]00%|\b24 pixels",
    r"\ball-MiniLM-L6-v2\b|\bint8\b|\bSHA-256\b|\bApache-2\.0\b|\bRasa 3\.6\b|\b[Tt]ier [12]\b",
    r"\b[HR]\d+\b",
    r"^#+ \d\..*$|^ *\d+\. ",
    r"^- (?:Initial|Residual) risk: .*$",
    r"^\| (?:Very high|High|Medium|Low|Very low) \|.*$",
]

OWN_OR_CODE = re.compile(r"```.*?```|`[^`]*`|\[(?:your organisation|supplier): [^\]]*\]", re.DOTALL)

# Numbers in words escape the comparison above, so only these stand in the documents: words for
# steps of a scale, readers, times of a calendar, and what a sentence itself counts.
IN_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif"
    r"|six|seven|eigh|nine)ty|hundreds?|thousands?|dozens?|tenths?|thirds?|quarters?|half|twice)"
    r"(?:-\w+)?\b",
    re.IGNORECASE,
)
NOT_FIGURES_IN_WORDS = [
    r"\| (?:two|three|four|five) \|",
    r"\brated (?:four|five)\b",
    r"\btwo readers\b|\bthird reader\b|\bthird collection\b",
    r"\b[Tt]wo learned readings\b|\btwo directions\b|\bthree sizes\b",
    r"\bthree months\b|\beach quarter\b|\b[Hh]alf an hour\b",
]

RISK = re.compile(
    r"^- (Initial|Residual) risk: severity ([\w ]+), likelihood ([\w ]+): (\d)\.", re.M
)
PATHS = re.compile(
    r"`((?:tests|docs|data|assistant|actions|deploy|benchmarks|adaptation|scripts)/[\w./*-]+)`"
)
LINKS = re.compile(r"\]\(([\w./-]+\.(?:md|yml))(?:#[\w-]+)?\)")
OWN = "data/local.yml"


@pytest.fixture(scope="module")
def figures(project: Project) -> dict[str, Figure]:
    return read_figures(project.root)


@pytest.fixture(scope="module")
def counted(project: Project) -> dict[str, Value]:
    return Counted(project.root).all()


@pytest.fixture(scope="module")
def pages(project: Project, figures: dict[str, Figure]) -> dict[str, str]:
    """The documents in which figures are measured."""
    named = {figure.measured_in for figure in figures.values() if figure.measured_in}
    return {one: (project.root / one).read_text(encoding="utf-8") for one in named}


@pytest.fixture(scope="module")
def texts(project: Project) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in documents(project.root)}


# --- the documents and figures.yml ------------------------------------------------------


def test_every_marked_number_is_the_figure(
    texts: dict[str, str], figures: dict[str, Figure]
) -> None:
    wrong = []
    for document, text in texts.items():
        marked = list(MARKED.finditer(text))
        assert len(marked) == len(MARK.findall(text)), f"{document}: a mark without its number"
        for found in marked:
            figure = figures.get(found["name"])
            assert figure, f"{document}: figures.yml has no {found['name']}"
            if found["shown"] != figure.shown:
                wrong.append(f"{document}: {found[0]} is {figure.shown}")
    assert not wrong, (AGAIN, wrong)


def test_every_figure_is_used(texts: dict[str, str], figures: dict[str, Figure]) -> None:
    used = {name for text in texts.values() for name in MARK.findall(text)}
    assert set(figures) - used == set()


def test_no_number_stands_unmarked(texts: dict[str, str]) -> None:
    for document, text in texts.items():
        left = OWN_OR_CODE.sub(" ", MARKED.sub(" ", text))
        left = re.sub(r"\]\([^)]*\)|<https?://[^>]*>|https?://\S+", " ", left)
        for known in NOT_FIGURES:
            left = re.sub(known, " ", left, flags=re.M)
        bare = [left[max(0, m.start() - 40) : m.end() + 20] for m in re.finditer(r"\d", left)]
        assert not bare, (document, bare)


def test_no_figure_is_written_in_words(texts: dict[str, str]) -> None:
    for document, text in texts.items():
        left = re.sub(
            r"```.*?```|`[^`]*`|\[(?:your organisation|supplier): [^\]]*\]", " ", text, flags=re.S
        )
        for known in NOT_FIGURES_IN_WORDS:
            left = re.sub(known, " ", left)
        bare = [left[max(0, m.start() - 40) : m.end() + 20] for m in IN_WORDS.finditer(left)]
        assert not bare, (document, bare)


# --- figures.yml and what is there ------------------------------------------------------


def test_what_can_be_counted_is_counted_now(
    figures: dict[str, Figure], counted: dict[str, Value]
) -> None:
    stated = {name: figures[name].value for name in counted}
    wrong = {
        name: (stated[name], counted[name]) for name in counted if stated[name] != counted[name]
    }
    assert not wrong, (AGAIN, wrong)


def test_every_figure_has_its_value(figures: dict[str, Figure]) -> None:
    """What is still being measured is no figure yet, and no document states it."""
    assert [name for name, figure in figures.items() if figure.value is None] == []


def test_what_cannot_be_counted_stands_where_it_is_measured(
    figures: dict[str, Figure], pages: dict[str, str]
) -> None:
    for name, figure in figures.items():
        assert name in COUNTS or figure.measured_in, f"{name}: nobody says where it is measured"
        if figure.measured_in:
            assert figure.stands_in(pages[figure.measured_in]), (name, figure.shown)


def test_two_figures_that_are_swapped_are_found(
    figures: dict[str, Figure], pages: dict[str, str]
) -> None:
    """No figure of the same document, and no neighbour in the row, passes in a figure's place."""
    for name, figure in figures.items():
        if not figure.measured_in:
            continue
        page = pages[figure.measured_in]
        others = {one.shown for one in figures.values() if one.measured_in == figure.measured_in}
        for table in tables(page):
            if (figure.row, figure.column) in table:
                others |= {cell for (row, _), cell in table.items() if row == figure.row}
                others.discard(table[figure.row, figure.column])
        for other in others - {figure.shown}:
            assert not replace(figure, value=other).stands_in(page), (name, other)


def test_where_a_figure_is_measured_exists(figures: dict[str, Figure], project: Project) -> None:
    for name, figure in figures.items():
        for path in re.findall(r"[\w./-]+/[\w.*-]+", figure.measured):
            assert list(project.root.glob(path)), (name, path)


# --- what else the documents name -------------------------------------------------------


def test_every_path_exists(texts: dict[str, str], project: Project) -> None:
    for document, text in texts.items():
        for path in PATHS.findall(text):
            assert path == OWN or list(project.root.glob(path.rstrip("/"))), (document, path)
        for link in LINKS.findall(text):
            assert (project.root / "docs/assurance" / link).exists(), (document, link)


def test_every_command_exists(texts: dict[str, str], project: Project) -> None:
    notice = get_command(app)
    assert isinstance(notice, TyperGroup)
    makefile = (project.root / "Makefile").read_text(encoding="utf-8")
    for document, text in texts.items():
        for command in re.findall(r"`notice ([a-z-]+)", text):
            assert command in notice.commands, (document, command)
        for target in re.findall(r"`make ([a-z-]+)`", text):
            assert re.search(rf"^{target}:", makefile, re.M), (document, target)


def hazards(texts: dict[str, str]) -> dict[str, str]:
    parts = re.split(r"^### (H\d\d) ", texts["hazard-log.md"], flags=re.M)[1:]
    assert len(set(parts[::2])) == len(parts[::2]), "an id is given twice"
    return dict(zip(parts[::2], parts[1::2]))


def test_every_hazard_is_complete_and_rated_by_the_matrix(texts: dict[str, str]) -> None:
    head, *rows = re.findall(
        r"^\| (.+) \|$", texts["hazard-log.md"].partition("### Matrix")[2], re.M
    )
    severities = [cell.strip() for cell in head.split("|")][1:]
    matrix: dict[tuple[str, str], str] = {}
    for row in rows[1:6]:
        likelihood, *ratings = (cell.strip() for cell in row.split("|"))
        matrix |= {(one, likelihood): rating for one, rating in zip(severities, ratings)}
    assert len(matrix) == 25
    found = hazards(texts)
    assert found
    for name, text in found.items():
        for field in ("Cause", "Effect", "Controls", "For the deploying organisation"):
            assert f"- {field}:" in text, (name, field)
        rated = RISK.findall(text)
        assert [which for which, *_ in rated] == ["Initial", "Residual"], name
        for which, severity, likelihood, rating in rated:
            assert matrix[severity, likelihood] == rating, (name, which)


def test_every_control_names_its_test_or_says_that_there_is_none(texts: dict[str, str]) -> None:
    for name, text in hazards(texts).items():
        controls = text.partition("- Controls:")[2].partition("- For the deploying organisation:")[
            0
        ]
        listed = re.findall(r"^  - (.+)$", controls, re.M)
        assert listed, name
        for control in listed:
            assert re.search(r"`tests/[\w/.-]+`|No test\.", control), (name, control)


def test_the_safety_case_speaks_of_every_hazard_and_no_other(texts: dict[str, str]) -> None:
    assert set(re.findall(r"\bH\d\d\b", texts["safety-case.md"])) == set(hazards(texts))


def test_nobody_has_signed(texts: dict[str, str]) -> None:
    """The pack is a draft: who signs is the deploying organisation's to say."""
    for document, text in texts.items():
        table = text.partition("## Sign-off")[2].partition("\n## ")[0]
        for row in re.findall(r"^\| (.+) \|$", table, re.M)[2:]:
            for cell in row.split("|")[1:]:
                assert re.fullmatch(r"\[your organisation: [^\]]+\]", cell.strip()), (document, row)


def test_writing_anew_changes_nothing(project: Project, tmp_path: Path) -> None:
    """The command writes what the tests ask for."""
    for name in (
        "data",
        "tests/nlu",
        "assistant",
        "actions",
        "config.yml",
        "pyproject.toml",
        "endpoints.yml",
        "credentials.yml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(project.root / name)
    (tmp_path / "docs" / "assurance").mkdir(parents=True)
    (tmp_path / "docs" / "open-questions.md").symlink_to(project.root / "docs/open-questions.md")
    for path in (project.root / "docs/assurance").iterdir():
        (tmp_path / "docs" / "assurance" / path.name).write_text(path.read_text(encoding="utf-8"))
    write(tmp_path)
    assert write(tmp_path) == []
    figures = tmp_path / "docs/assurance/figures.yml"
    figures.write_text(
        re.sub(r"(?m)^(topics:\n(?:  .*\n)*?  value: ).*$", r"\g<1>3", figures.read_text())
    )
    assert "topics: 3 -> " in "".join(write(tmp_path))
    assert write(tmp_path) == []
