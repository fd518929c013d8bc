"""``notice check`` finds what loading lets pass."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from assistant.editing.checks import check_content
from tests.conftest import Edit

TODAY = datetime.date(2026, 11, 21)
TOPIC = "guidance/talk/recording.yml"


def found(content: Path, today: datetime.date = TODAY, near: bool = False) -> list[str]:
    return [str(p) for p in check_content(content, today, near_duplicates=near).problems]


def set_lead(content: Path, lead: str) -> None:
    path = content / TOPIC
    path.write_text(re.sub(r"^  lead: .*$", f"  lead: {lead}", path.read_text(), flags=re.M))


def test_the_content_is_clean(content: Path) -> None:
    report = check_content(content, TODAY, near_duplicates=False)
    assert [str(problem) for problem in report.problems] == []
    assert report.to_come == ()


def test_a_number_in_a_text_is_found_with_file_and_line(content: Path) -> None:
    set_lead(content, "Ring 01632 960 123 at once.")
    (problem,) = found(content)
    assert re.search(r"recording\.yml:\d+: answer\.lead: '01632 960 123' looks like", problem)


def test_figures_and_years_are_no_telephone_numbers(content: Path) -> None:
    set_lead(content, "In 2022/23 it was 3.6% of 55,000, and 193 children. Call 999.")
    assert found(content) == []


def test_an_overlong_sentence_is_found(content: Path) -> None:
    set_lead(content, " ".join(["word"] * 26) + ".")
    assert any("a sentence of 26 words; split it" in problem for problem in found(content))


def test_curly_brackets_are_found(content: Path) -> None:
    set_lead(content, "'Tell {name} today.'")
    assert any("curly brackets" in problem for problem in found(content))


def test_what_was_not_checked_for_a_year_is_found(content: Path) -> None:
    late = TODAY + datetime.timedelta(days=366)
    problems = found(content, late)
    assert any("contacts.yml" in p and "police-emergency" in p for p in problems)
    assert any("sources.yml" in p and "national-review" in p for p in problems)
    assert not found(content, TODAY + datetime.timedelta(days=365))


def test_an_urgent_reply_must_name_999_first(content: Path, edit: Edit) -> None:
    edit(
        "urgency.yml",
        "first: Call 999 now if a child is missing",
        "first: Ring if a child is missing",
    )
    assert any("missing-child" in p and "do not name 999" in p for p in found(content))


def test_the_same_question_twice_is_found(content: Path, edit: Edit) -> None:
    edit(TOPIC, "questions:\n", "questions:\n  - WHAT is a test question?\n")
    edit(
        "guidance/talk/confidentiality.yml",
        "questions:\n",
        "questions:\n  - what is a test question\n",
    )
    assert any("the same question stands in talk/confidentiality" in p for p in found(content))


def test_nearly_the_same_question_is_found(content: Path, edit: Edit) -> None:
    for path in (content / "guidance").rglob("*.yml"):
        if path.stem not in ("recording", "confidentiality"):
            one = f"questions:\n  - {path.stem}\n"
            path.write_text(re.sub(r"questions:\n(?:  - .*\n)+", one, path.read_text()))
    edit(TOPIC, "questions:\n", "questions:\n  - Who may read my notes about the child\n")
    other = "questions:\n  - who can read my notes about the child\n"
    edit("guidance/talk/confidentiality.yml", "questions:\n", other)
    assert any("nearly the same as" in problem for problem in found(content, near=True))


def test_topics_still_to_come_are_listed_and_are_no_error(content: Path) -> None:
    (content / TOPIC).unlink()
    report = check_content(content, TODAY, near_duplicates=False)
    assert report.to_come == ("talk/recording",)
    assert report.problems == ()
