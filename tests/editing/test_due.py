"""What is to be checked again, as a list and a calendar; and what a new edition touches."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.editing.due import Due, a_year_after, citing, due_by, icalendar, review_calendar
from assistant.guidance import Library, load_library
from assistant.operations.doctor import overdue
from assistant.project import Project
from tests.editing.conftest import Files, Write, _point

ANSWER = "guidance/talk/recording.yml"
DAY = datetime.date


def old(files: Files) -> None:
    files["sources.yml"]["sources"]["leeds"]["checked"] = "2025-01-15"
    files["contacts.yml"]["contacts"]["police"]["checked"] = "2025-01-10"
    files[ANSWER]["reviewed"] = "2025-01-20"


def test_everything_with_a_day_is_in_the_calendar(library: Library) -> None:
    calendar = review_calendar(library)
    counted = {
        kind: sum(one.kind == kind for one in calendar) for kind in {c.kind for c in calendar}
    }
    assert counted["source"] == len(library.sources)
    assert counted["answer"] == len(library.topics)
    assert counted["urgent reply"] == len(library.urgent)
    assert counted["service"] == len(library.services)
    assert counted["guided conversation"] == len(library.guides) + 2
    assert counted["contact"] >= len(library.contacts)


def test_it_is_due_a_year_later_the_earliest_first(write: Write) -> None:
    calendar = review_calendar(load_library(write(old)))
    assert [(one.due, one.kind, one.id) for one in calendar[:3]] == [
        (DAY(2026, 1, 10), "contact", "police"),
        (DAY(2026, 1, 15), "source", "leeds"),
        (DAY(2026, 1, 20), "answer", "talk/recording"),
    ]
    assert len(due_by(calendar, DAY(2026, 1, 15))) == 2
    assert a_year_after(DAY(2028, 2, 29)) == DAY(2029, 2, 28)


def test_the_doctor_warns_and_does_not_refuse(write: Write) -> None:
    project = Project(write(old).parent)
    late = overdue(project, DAY(2026, 1, 16))
    assert late.problem is None
    assert late.warning and "1 overdue" in late.warning and "source leeds" in late.warning
    assert overdue(project, DAY(2026, 1, 15)).warning is None, "on the day itself it is not late"
    (project.data / "sources.yml").write_text("sources: [", encoding="utf-8")
    broken = overdue(project, DAY(2026, 1, 16))
    assert broken.warning and "notice check" in broken.warning


def test_the_calendar_is_one_event_for_each_day_and_kind() -> None:
    made = datetime.datetime(2026, 12, 1, 8, tzinfo=datetime.UTC)
    name = "Sources; with a comma, a \\ and so many words that the line is folded: é" * 2
    listed = [
        Due(DAY(2027, 1, 1), "source", "one", name, DAY(2026, 1, 1)),
        Due(DAY(2027, 1, 1), "source", "two", "Two", DAY(2026, 1, 1)),
        Due(DAY(2027, 1, 1), "urgent reply", "urgent/general", "Doubt", DAY(2026, 1, 1)),
        Due(DAY(2027, 1, 2), "source", "three", "Three", DAY(2026, 1, 2)),
    ]
    text = icalendar(listed, made)
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "").split("\r\n")
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == 3
    assert "DTSTAMP:20261201T080000Z" in whole and "DTSTART;VALUE=DATE:20270101" in whole
    assert "SUMMARY:Notice: check 2 sources" in whole
    told = next(line for line in whole if line.startswith("DESCRIPTION:one: Sources"))
    assert "Sources\\; with a comma\\, a \\\\ and" in told and "\\ntwo: Two" in told
    uids = [line for line in whole if line.startswith("UID:")]
    assert len(set(uids)) == 3
    again = icalendar(listed, made + datetime.timedelta(days=1))
    assert uids == re.findall(r"UID:\S+", again), "a calendar knows its events again"


def test_a_change_of_edition_lists_every_point_that_cites_the_source(write: Write) -> None:
    def broken(files: Files) -> None:
        files[ANSWER]["points"][0] = _point("Tell the council.", "law", "write")
        files[ANSWER]["more"] = [_point("Tell it soon.", "law-should")]
        files["glossary.yml"]["terms"][0]["facts"] = ["law"]
        for name in ("urgency/replies/general.yml", "urgency/replies/danger.yml"):
            files[name]["tell"] = _point("I am a computer program.", "program")

    found = citing("the-act", load_library(write(broken)))
    told = [(one.answer, one.text, one.places, one.facts) for one in found]
    assert ("talk/recording", "Tell the council.", ("section 47",), ("law",)) in told
    assert ("talk/recording", "Tell it soon.", (), ("law-should",)) in told
    assert any(one.answer == "glossary: LADO" for one in found)
    assert all("program" not in one.facts for one in found)


def test_of_the_review_what_answers_say_of_it_counts_too(library: Library) -> None:
    found = citing("national-review", library)
    assert {one.answer for one in found} >= {*library.topics, *library.urgent}
    with pytest.raises(KeyError):
        citing("no-such-source", library)


def test_the_command(
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = write(old).parent
    (root / "config.yml").touch()
    monkeypatch.setenv("NOTICE_HOME", str(root))
    assert run(["due", "--within", "0"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2026-01-10 OVERDUE contact police: Police, last on 2025-01-10"
    assert lines[-1].startswith(f"{len(lines) - 1} due within 0 days, of ")
    out = tmp_path / "new" / "review.ics"
    assert run(["due", "--ics", str(out)]) == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\r\r\n" not in out.read_bytes()
    capsys.readouterr()
    assert run(["due", "--source", "guidance"]) == 0
    assert "cite National guidance." in capsys.readouterr().out.splitlines()[-1]
    assert run(["due", "--source", "nothing"]) == 2
