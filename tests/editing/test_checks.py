"""``notice check`` as a whole: on the content itself, and on what cannot be loaded."""

from __future__ import annotations

import datetime

from assistant.answers import answer_for_topic, answer_text
from assistant.editing.checks import check_content
from assistant.guidance import load_library
from assistant.project import Project
from tests.editing.conftest import TODAY, Files, Write, a_point


def test_the_content_is_clean(project: Project) -> None:
    report = check_content(project.data, TODAY, near_duplicates=False)
    assert [str(problem) for problem in report.problems] == []


def test_the_made_up_content_is_clean_and_counted(write: Write) -> None:
    report = check_content(write(None), TODAY, near_duplicates=False)
    assert [str(problem) for problem in report.problems] == []
    assert (report.topics, report.questions, report.urgent) == (2, 30, 60)


def test_problems_come_in_the_order_of_files_and_lines(write: Write) -> None:
    report = check_content(write(None), TODAY + datetime.timedelta(days=400), near_duplicates=False)
    places = [(str(problem.path), problem.line) for problem in report.problems]
    assert len(places) > 10
    assert places == sorted(places)


def test_what_cannot_be_loaded_is_reported_with_the_questions_problems(write: Write) -> None:
    def broken(files: Files) -> None:
        files["guidance/talk/recording.yml"]["leed"] = "x"
        files["questions/respond/refer.yml"] = {"asks": []}

    problems = [str(problem) for problem in check_content(write(broken), TODAY).problems]
    assert any("leed: no such field" in problem for problem in problems)
    assert any("refer.yml:1: the file holds 'questions:'" in problem for problem in problems)


def test_a_title_that_fits_no_button_is_refused(write: Write) -> None:
    def broken(files: Files) -> None:
        files["guidance/talk/recording.yml"]["title"] = "t" * 81

    (problem,) = check_content(write(broken), TODAY).problems
    assert "title: ensure this value has at most 80 characters" in str(problem)


def test_one_areas_page_alone_makes_no_must(write: Write) -> None:
    def broken(files: Files) -> None:
        point = a_point("In Leeds, for example, so.", "in-leeds", duty="must", scope="local")
        files["guidance/talk/recording.yml"]["points"][0] = point

    (problem,) = check_content(write(broken), TODAY).problems
    assert "points.0.duty: 'must' needs a fact whose authority is law" in str(problem)


def test_facts_that_nobody_uses_are_no_problem(write: Write) -> None:
    def broken(files: Files) -> None:
        files["facts/all.yml"]["facts"].append({**files["facts/all.yml"]["facts"][0], "id": "new"})

    assert check_content(write(broken), TODAY, near_duplicates=False).problems == ()


def test_a_fact_that_its_authority_does_not_say_is_printed_as_no_source(write: Write) -> None:
    def broken(files: Files) -> None:
        points = files["guidance/talk/recording.yml"]["points"]
        points[0] = a_point("Be sensible.", "unsaid", "law")
        points[1] = a_point("Be sensible too.", "unsaid")

    library = load_library(write(broken))
    answer = answer_for_topic(library.topics["talk/recording"], library)
    assert [point.numbers for point in answer.points[:2]] == [(1,), ()]
    assert answer.places[0].document == "The Act"
    assert "Be sensible too.\n" in answer_text(answer)
