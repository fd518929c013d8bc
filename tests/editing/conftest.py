"""Small made-up content that breaks no rule: tests break it in one place."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, Callable, Optional

import pytest
import yaml

from assistant.editing.content_to_check import ContentToCheck, Rule
from assistant.guidance import load_examples, load_library

TODAY = datetime.date(2026, 11, 30)
DAY = "2026-11-30"

Files = dict[str, Any]
"""The content of each file below ``data``, by its path."""

Break = Callable[[Files], None]
"""Changes the content in one place."""


def made_up() -> Files:
    """Content that breaks no rule: two answers, two urgent replies, one guided conversation."""
    topic = "talk/recording"
    return {
        "sources.yml": {"sources": _sources()},
        "facts/all.yml": {"facts": _facts()},
        "contacts.yml": {"contacts": _contacts()},
        "services.yml": {"services": _services()},
        "catalogue.yml": {
            "topics": [
                {"id": "talk/recording", "covers": "what to write down"},
                {"id": "respond/refer", "covers": "how to refer"},
            ]
        },
        "glossary.yml": {"terms": [{"term": "LADO", "means": "The council's designated officer."}]},
        "guidance/talk/recording.yml": _answer("Recording", "respond/refer"),
        "guidance/respond/refer.yml": _answer("Referring", "talk/recording"),
        "questions/talk/recording.yml": {"questions": [f"how do I record {i}" for i in range(15)]},
        "questions/respond/refer.yml": {"questions": [f"how do I refer {i}" for i in range(15)]},
        "urgency/replies/general.yml": _reply("In doubt"),
        "urgency/replies/danger.yml": _reply("In danger"),
        "urgency/examples/danger.yml": {"examples": [f"help me now {i}" for i in range(60)]},
        "urgency/not-urgent.yml": {"not_urgent": {topic: ["what an emergency is"]}},
        "urgency/patterns.yml": {
            "words": {"HELP": ["help"]},
            "patterns": {"urgent/danger": [{"words": ["HELP", "now"]}]},
        },
        "guided/walk.yml": {
            "title": "A walk",
            "topic": topic,
            "review": [_review()],
            "pages": {"start": {"title": "First", "lead": "Look first.", "points": [a_point()]}},
            "reviewed": DAY,
        },
        "urgency/follow-ups.yml": {"words": {}, "patterns": {}},
        "urgency/harm.yml": {"harm": {"child": {"high": ["urgent/danger"]}}},
        "languages.yml": {
            "english": "Call 999.",
            "unknown": "I cannot read this.",
            "languages": {"cy": {"name": "Welsh", "text": "Ffoniwch 999.", "read_by": "A reader"}},
            "contacts": ["council"],
            "checked": DAY,
        },
        "shorthand.yml": {
            "terms": {"lado": "officer for allegations"},
            "everyday": {"2moro": "tomorrow"},
        },
        "roles.yml": _roles(topic),
        "service-search.yml": _search(topic),
        "readings/all.yml": {
            "readings": {
                one: _reading()
                for one in (
                    *("talk/recording", "respond/refer", "urgent/general", "urgent/danger"),
                    *("guided/walk", "roles", "glossary"),
                )
            }
        },
    }


def _sources() -> Files:
    def source(title: str, standing: str, territory: str = "England", **more: Any) -> Files:
        return {
            "title": title,
            "short": title,
            "publisher": more.pop("publisher", "Government"),
            "edition": "2026",
            "territory": territory,
            "standing": standing,
            "firmness": "confirmed",
            "checked": DAY,
            **more,
        }

    return {
        "national-review": source(
            "The review", "review", sections={"opening": {"label": "the opening"}}
        ),
        "the-act": source("The Act", "law", "both"),
        "guidance": source("National guidance", "guidance"),
        "gmc": source("Doctors' rules", "professional-guidance", "UK"),
        "wales": source("Procedures of Wales", "procedure", "Wales"),
        "leeds": source("Leeds procedures", "local", publisher="Leeds partnership"),
    }


def _facts() -> list[Files]:
    def fact(name: str, says: str, source: str, duty: str = "should", **more: Any) -> Files:
        place = more.pop("place", None)
        return {
            "id": name,
            "says": says,
            "duty": duty,
            "authority": {"source": source, **({"place": place} if place else {})},
            "firmness": more.pop("firmness", "confirmed"),
            **more,
        }

    def known(name: str, says: str, source: str, duty: str = "should", **more: Any) -> Files:
        return fact(name, says, source, duty, firmness="recalled", **more)

    return [
        fact("write", "Write it down the same day.", "guidance"),
        fact("within-24", "Write it down within 24 hours.", "guidance"),
        fact("noted", "Write it down today.", "guidance", note="Not within 24 hours."),
        fact("law", "Tell the council.", "the-act", "must", place="section 47"),
        fact("law-should", "Tell the council soon.", "the-act"),
        fact("doctors", "Doctors tell the council.", "gmc", "must"),
        fact("in-leeds", "Leeds asks for a form.", "leeds"),
        fact("in-wales", "Tell the council at once.", "wales", "must"),
        fact("program", "I am a computer program.", "guidance", "fact"),
        fact("review", "The review asks it.", "national-review", place="opening"),
        known("practice", "Go on within 3 days.", "guidance"),
        known("practice-law", "Tell the court.", "the-act", "must", place="the spirit of it"),
        known("practice-section", "Tell the court.", "the-act", "must", place="section 3(5)"),
        known("practice-number", "Ring 01632 960 999 for help.", "guidance"),
        known("practice-review", "The review wants it.", "national-review", place="opening"),
        known("unsaid", "Do the sensible thing.", "guidance", cited=False),
    ]


def _contacts() -> Files:
    def contact(name: str, territory: str, **more: Any) -> Files:
        return {
            "name": name,
            "when": "In need",
            "territory": territory,
            "firmness": "confirmed",
            "checked": DAY,
            **more,
        }

    return {
        "police": contact("Police", "UK", phone="999"),
        "childline": contact("Childline", "UK", phone="0800 1111"),
        "council": contact("Council", "England", local=True),
        "council-wales": contact("Council in Wales", "Wales", local=True),
        "charity": contact("A charity", "both"),
    }


def _services() -> Files:
    return {
        "helpers": {
            "name": "Helpers",
            "for": ["children"],
            "help": ["counselling"],
            "about": "They help.",
            "area": "England",
            "firmness": "confirmed",
            "checked": DAY,
        }
    }


def a_point(text: str = "Write it down the same day.", *facts: str, **more: Any) -> Files:
    return {"text": text, "facts": list(facts) or ["write"], "territory": "England", **more}


def _review() -> Files:
    return {"cite": "national-review:opening", "says": "It asks for it.", "fit": "speaks-of-it"}


def _answer(title: str, following: str) -> Files:
    return {
        "title": title,
        "lead": f"{title} is done on the same day.",
        "points": [a_point(f"{title}: point {name}.") for name in ("a", "b", "c", "d")],
        "more": [a_point("Go on.")],
        "review": [_review()],
        "contacts": ["council", "council-wales"],
        "next": [following],
        "reviewed": DAY,
    }


def _reply(title: str) -> Files:
    steps = ["Tell the council.", *["Write it down the same day."] * 3]
    return {
        "title": title,
        "written_for": ["practitioner"],
        "first": "In danger? Call 999.",
        "other_reader": "Is it you? Call Childline, 0800 1111.",
        "tell": a_point("I am a computer program.", "program"),
        "steps": [a_point(text, territory="both") for text in steps],
        "contacts": ["police", "council", "council-wales"],
        "review": [_review()],
        "next": ["respond/refer"],
        "reviewed": DAY,
    }


def _roles(topic: str) -> Files:
    return {
        "title": "My role",
        "topic": topic,
        "review": [_review()],
        "lead": "Say what you do.",
        "forgotten": "I have forgotten it.",
        "points": [a_point()],
        "themes": ["talk"],
        "before": ["newly"],
        "roles": {
            "police": {"title": "police", "topic": topic, "say": ["officer"], "first": [a_point()]}
        },
        "nations": {
            "England": {"title": "England", "say": ["england"]},
            "Wales": {"title": "Wales", "say": ["wales"]},
        },
        "reviewed": DAY,
    }


def _search(topic: str) -> Files:
    def question(ask: str, name: str, matches: list[str], say: list[str]) -> Files:
        return {"ask": ask, "options": {name: {"title": name, "matches": matches, "say": say}}}

    return {
        "title": "Find a service",
        "topic": topic,
        "review": [_review()],
        "again": "Say it again.",
        "fillers": ["a"],
        "questions": {
            "audience": question("For whom?", "child", ["children"], ["child"]),
            "area": question("Where?", "england", ["England"], ["england", "leeds", "hull"]),
            "help_wanted": question("What kind?", "talk", ["counselling"], ["talk"]),
        },
        "results": {
            "lead": "These help.",
            "none": "There is none.",
            "directory": "helpers",
            "points": [a_point()],
            "change": {"audience": "Others", "area": "Elsewhere", "help_wanted": "Other help"},
            "next": [],
        },
        "reviewed": DAY,
    }


def _reading() -> Files:
    return {
        "date": DAY,
        "second": {"claims": 4, "corrected": 0, "review_fits": True},
        "third": {"could_act": "yes", "changed": "none"},
    }


Write = Callable[[Optional[Break]], Path]
Found = Callable[[Rule, Optional[Break]], list[str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the made-up content, broken in one place, to a ``data`` folder."""

    def write_broken(broken: Optional[Break] = None) -> Path:
        files = made_up()
        if broken:
            broken(files)
        data = tmp_path / "data"
        for name, content in files.items():
            path = data / name
            path.parent.mkdir(parents=True, exist_ok=True)
            text = content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False)
            path.write_text(text.replace(f"'{DAY}'", DAY), encoding="utf-8")
        return data

    return write_broken


@pytest.fixture
def found(write: Write) -> Found:
    """What a rule finds in the made-up content, broken in one place."""

    def run(rule: Rule, broken: Optional[Break] = None) -> list[str]:
        data = write(broken)
        content = ContentToCheck(data, load_library(data), load_examples(data), TODAY)
        return [str(problem) for problem in rule(content)]

    return run
