"""What is to be checked again, as a list and a calendar; and what a new edition touches."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Optional

import pytest

from assistant.cli import run
from assistant.editing.due import Due, a_year_after, citing, due_by, icalendar, review_calendar
from assistant.editing.owners import RULES, UNASSIGNED, read_owners
from assistant.editing.readings import answers_are_read
from assistant.guidance import Library, load_library
from assistant.operations.doctor import overdue
from assistant.project import Project
from tests.editing.conftest import Files, Found, Write, a_point

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


def test_the_calendar_is_one_event_for_each_day_owner_and_kind() -> None:
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
    assert "SUMMARY:Notice: check 2 sources (unassigned)" in whole
    told = next(line for line in whole if line.startswith("DESCRIPTION:one: Sources"))
    assert "Sources\\; with a comma\\, a \\\\ and" in told and "\\ntwo: Two" in told
    uids = [line for line in whole if line.startswith("UID:")]
    assert len(set(uids)) == 3
    again = icalendar(listed, made + datetime.timedelta(days=1))
    assert uids == re.findall(r"UID:\S+", again), "a calendar knows its events again"


def owned(files: Files) -> None:
    old(files)
    files["owners.yml"] = {
        "ids": {"police": "duty officer"},
        "themes": {"talk": "designated doctor"},
        "kinds": {"source": "head of safeguarding", "contact": "office"},
    }


def test_an_id_goes_before_a_theme_and_a_theme_before_a_kind(write: Write) -> None:
    data = write(owned)
    by_id = {one.id: one.owner for one in review_calendar(load_library(data), read_owners(data))}
    assert by_id["police"] == "duty officer" and by_id["childline"] == "office"
    assert by_id["talk/recording"] == "designated doctor" and by_id["leeds"].startswith("head")
    assert by_id["respond/refer"] == by_id["urgent/danger"] == UNASSIGNED
    without = review_calendar(load_library(data))
    assert {one.owner for one in without} == {UNASSIGNED}


def test_owners_of_what_there_is_not_are_found(found: Found) -> None:
    def broken(files: Files) -> None:
        files["owners.yml"] = {"ids": {"talk/nothing": "office"}, "themes": {"x": "office"}}

    (rule,) = RULES
    assert found(rule, owned) == []
    assert [one.rpartition(": ")[2] for one in found(rule, broken)] == [
        "no such theme; take it out",
        "nothing has this id; take it out",
    ]

    def misspelt(files: Files) -> None:
        files["owners.yml"] = {"kinds": {"sources": "office"}}

    assert len(found(rule, misspelt)) == 1


def test_a_day_has_one_event_for_each_owner() -> None:
    day, last = DAY(2027, 1, 1), DAY(2026, 1, 1)
    listed = [
        Due(day, "source", "one", "One", last, "doctor"),
        Due(day, "source", "two", "Two", last, "office"),
    ]
    text = icalendar(listed, datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC))
    assert "check 1 source (doctor)" in text and "check 1 source (office)" in text
    assert len(set(re.findall(r"UID:\S+", text))) == 2


@pytest.mark.parametrize(
    ("edition", "published", "newer"),
    [
        ("2026", "2026-12-01", True),
        ("2026", "2026-11-30", False),
        ("December 2026", None, True),
        ("updated 1 December 2026", None, True),
        ("November 2026", None, False),
        ("2027", None, True),
        ("undated, after KCSIE 2027", None, False),
    ],
)
def test_a_point_that_rests_on_a_newer_edition_than_was_read_is_named(
    found: Found, edition: str, published: Optional[str], newer: bool
) -> None:
    def broken(files: Files) -> None:
        files[ANSWER]["points"][0] = a_point("Tell the council.", "law")
        files["sources.yml"]["sources"]["the-act"]["edition"] = edition
        if published:
            day = DAY.fromisoformat(published)
            files["sources.yml"]["sources"]["the-act"]["published"] = day

    told = found(answers_are_read, broken)
    assert len(told) == newer
    if newer:
        assert "talk/recording.yml" in told[0] and "points.0: rests on The Act" in told[0]


def test_a_change_of_edition_lists_every_point_that_cites_the_source(write: Write) -> None:
    def broken(files: Files) -> None:
        files[ANSWER]["points"][0] = a_point("Tell the council.", "law", "write")
        files[ANSWER]["more"] = [a_point("Tell it soon.", "law-should")]
        files["glossary.yml"]["terms"][0]["facts"] = ["law"]
        for name in ("urgency/replies/general.yml", "urgency/replies/danger.yml"):
            files[name]["tell"] = a_point("I am a computer program.", "program")

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
    root = write(owned).parent
    (root / "config.yml").touch()
    monkeypatch.setenv("NOTICE_HOME", str(root))
    assert run(["due", "--within", "0"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert (
        lines[0] == "2026-01-10 OVERDUE contact police: Police, last on 2025-01-10 (duty officer)"
    )
    assert lines[-1].startswith(f"{len(lines) - 1} due within 0 days, of ")
    assert run(["due", "--within", "0", "--owner", "designated doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and "answer talk/recording" in lines[0]
    assert run(["due", "--owner", "nobody"]) == 2
    out = tmp_path / "new" / "review.ics"
    assert run(["due", "--ics", str(out)]) == 0
    assert out.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\r\r\n" not in out.read_bytes()
    capsys.readouterr()
    assert run(["due", "--source", "guidance"]) == 0
    assert "cite National guidance." in capsys.readouterr().out.splitlines()[-1]
    assert run(["due", "--source", "nothing"]) == 2
