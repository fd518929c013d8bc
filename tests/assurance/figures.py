"""The figures of the assurance pack: counted, compared, and written anew.

``docs/assurance/figures.yml`` holds every figure once. The documents show it with its mark
behind it (``157<!-- figure: topics -->``). ``python -m tests.assurance.figures`` counts again
what can be counted and writes the figures and the marked places anew; a measured figure is
written into ``figures.yml`` by hand, and the same command takes it into the texts.
"""

from __future__ import annotations

import ast
import csv
import datetime
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Mapping, Optional, Union

import yaml

from assistant.guidance import GENERAL, load_examples, load_library
from assistant.guidance.welsh import Welsh
from assistant.project import find_project

PACK = Path("docs/assurance")
FIGURES = PACK / "figures.yml"

MARKED = re.compile(
    r"(?P<shown>\d[\d,.]*(?: to \d[\d.]*)?%?(?: of \d[\d,]*)?)"
    r"<!-- figure: (?P<name>[\w-]+) -->"
)
MARK = re.compile(r"<!-- figure: (?P<name>[\w-]+) -->")

Value = Union[int, float, str]

PLACE = "{}"
"""Where the figure stands in ``sentence``."""


@dataclass(frozen=True)
class Figure:
    """One figure: what it is, its value, and where it is measured.

    ``measured`` is the file or command that gives it. ``measured_in`` is the document that
    states it, where there is one. There it stands at the ``{}`` of ``sentence``, or as a table's
    cell (with or without what is in brackets behind it), in the row that begins with ``row`` and
    the column that is headed ``column``.
    """

    name: str
    what: str
    value: Value
    measured: str
    measured_in: Optional[str] = None
    sentence: str = ""
    row: str = ""
    column: str = ""

    @property
    def shown(self) -> str:
        """The figure as it stands in a text."""
        return f"{self.value:,}" if isinstance(self.value, int) else str(self.value)

    def stands_in(self, page: str) -> bool:
        """Whether a document states the figure, with this value and at this place."""
        number = re.escape(self.shown).replace("%", r"\s?%")
        if self.sentence:
            before, _, after = self.sentence.partition(PLACE)
            return bool(re.search(f"{re.escape(before)}{number}{re.escape(after)}", page))
        cells = [table[self.row, self.column] for table in tables(page) if self._is_in(table)]
        return len(cells) == 1 and bool(re.fullmatch(rf"{number}( \(.*\))?", cells[0]))

    def _is_in(self, table: Table) -> bool:
        return (self.row, self.column) in table


Table = dict[tuple[str, str], str]


def tables(page: str) -> list[Table]:
    """The tables of a document: every cell by the first cell of its row and its column's head."""
    found: list[Table] = []
    for block in re.findall(r"(?:^\|.*\|\n)+", page + "\n", re.MULTILINE):
        head, _, *rows = [
            [cell.strip().strip("*") for cell in line.strip().strip("|").split("|")]
            for line in block.splitlines()
        ]
        found.append(
            {(row[0], name): cell for row in rows for name, cell in zip(head[1:], row[1:])}
        )
    return found


def read_figures(root: Path) -> dict[str, Figure]:
    """All figures by name."""
    text = (root / FIGURES).read_text(encoding="utf-8")
    listed: Mapping[str, Mapping[str, Any]] = yaml.safe_load(text)
    return {name: Figure(name=name, **fields) for name, fields in listed.items()}


def documents(root: Path) -> list[Path]:
    """The documents of the pack."""
    return sorted((root / PACK).glob("*.md"))


# --- counting ------------------------------------------------------------------------


class Counted:
    """What can be counted in the repository as it is now."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = load_library(root / "data")
        self.examples = load_examples(root / "data")

    def all(self) -> dict[str, Value]:
        """Every counted figure by name."""
        return {name: count(self) for name, count in COUNTS.items()}

    def constant(self, path: str, name: str) -> Any:
        """A constant of a module, read without importing it."""
        tree = ast.parse((self.root / path).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == [
                name
            ]:
                made = compile(ast.Expression(node.value), path, "eval")
                return eval(made, {"datetime": datetime, "__builtins__": {}})
        raise LookupError(f"{path} has no {name}")

    def setting(self, path: str, *keys: str) -> Any:
        """A value of a YAML file."""
        found = yaml.safe_load((self.root / path).read_text(encoding="utf-8"))
        for key in keys:
            found = found[key]
        return found

    def release(self) -> str:
        """The version that the project has."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])

    def component(self, ends: str) -> Any:
        """The settings of a component of Rasa's pipeline."""
        pipeline = self.setting("config.yml", "pipeline")
        return next(one for one in pipeline if one["name"].endswith(ends))

    def messages(self, *names: str) -> int:
        """Messages of question files of ``tests/nlu``."""
        total = 0
        for name in names:
            with (self.root / "tests/nlu" / f"{name}.tsv").open(encoding="utf-8") as file:
                rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                total += sum(1 for _ in rows) - 1  # the head
        return total

    def open(self, head: str) -> int:
        """What is still open below one head of docs/open-questions.md."""
        text = (self.root / "docs/open-questions.md").read_text(encoding="utf-8")
        found = re.search(rf"^## \d\. {head} \((\d+)\)$", text, re.MULTILINE)
        assert found, head
        return int(found.group(1))

    def welsh(self) -> Welsh:
        """What there is in Welsh."""
        assert self.library.welsh
        return self.library.welsh

    def welsh_unread(self) -> int:
        """Files of words in Welsh that no native reader has read."""
        welsh = self.welsh()
        answers = [*welsh.topics.values(), *welsh.situations.values()]
        return sum(one.waits for one in (*answers, welsh.contacts, welsh.interface))

    def readings(self) -> int:
        """Answers, urgent replies and guided conversations with a recorded reading."""
        files = (self.root / "data/readings").glob("*.yml")
        return sum(len(yaml.safe_load(one.read_text())["readings"]) for one in files)


WEB = "assistant.channels.web.WebInput"

COUNTS: dict[str, Callable[[Counted], Value]] = {
    "topics": lambda c: len(c.library.topics),
    "themes": lambda c: len({one.partition("/")[0] for one in c.library.topics}),
    "urgent-situations": lambda c: len(
        [one for one in c.library.urgent.values() if one.id != GENERAL and one.after is None]
    ),
    "urgent-replies": lambda c: len(c.library.urgent),
    "urgent-patterns": lambda c: sum(map(len, c.library.urgency.patterns.values())),
    "harm-pairs": lambda c: sum(
        len(one["high"]) for one in c.setting("data/urgency/harm.yml", "harm").values()
    ),
    "facts": lambda c: len(c.library.facts),
    "facts-confirmed": lambda c: sum(
        one.firmness == "confirmed" for one in c.library.facts.values()
    ),
    "facts-recalled": lambda c: sum(one.firmness == "recalled" for one in c.library.facts.values()),
    "sources": lambda c: len(c.library.sources),
    "contacts": lambda c: len(c.library.contacts),
    "contacts-local": lambda c: sum(one.local for one in c.library.contacts.values()),
    "services": lambda c: len(c.library.services),
    "services-doubtful": lambda c: sum(
        one.firmness == "doubtful" for one in c.library.services.values()
    ),
    # The pages of data/guided/, the search for a service and "my role".
    "guided-conversations": lambda c: len(c.library.guides) + 2,
    "roles": lambda c: len(c.library.roles.roles),
    "release": lambda c: c.release(),
    "languages": lambda c: len(c.library.languages.languages),
    "languages-unread": lambda c: sum(
        "read_by" not in one for one in c.setting("data/languages.yml", "languages").values()
    ),
    "welsh-answers": lambda c: len(c.welsh().topics),
    "welsh-urgent-replies": lambda c: len(c.welsh().situations),
    "welsh-unread": lambda c: c.welsh_unread(),
    "readings": lambda c: c.readings(),
    "open-urgent": lambda c: c.open("Urgent replies"),
    "open-law": lambda c: c.open("Law in force, numbers and time limits"),
    "open-rest": lambda c: c.open("The rest"),
    "training-questions": lambda c: sum(map(len, c.examples.questions.values())),
    "urgent-examples": lambda c: sum(map(len, c.examples.urgent.values())),
    "not-urgent-examples": lambda c: len(c.examples.not_urgent),
    "voice-examples": lambda c: sum(map(len, c.examples.voices.values())),
    "voices": lambda c: len(c.examples.voices),
    "test-topics": lambda c: c.messages("topics-a", "topics-b"),
    "test-urgent": lambda c: c.messages("urgent"),
    "test-not-urgent": lambda c: c.messages("not-urgent"),
    "test-out-of-scope": lambda c: c.messages("out-of-scope"),
    "test-asked-in-public": lambda c: c.messages("asked-in-public"),
    "test-voices": lambda c: c.messages("voices"),
    "test-voices-cases": lambda c: c.messages("cases-voices"),
    "test-public-2026": lambda c: c.messages("public-2026"),
    "test-public-2026-b": lambda c: c.messages("public-2026-b"),
    "test-welsh": lambda c: c.messages("welsh"),
    "test-calm-danger": lambda c: c.messages("calm-danger"),
    "development": lambda c: c.messages("development"),
    "development-as-if-public": lambda c: c.messages("as-if-public-development"),
    "development-calm": lambda c: c.messages("calm-and-everyday"),
    "development-public-2026": lambda c: c.messages("public-2026-development"),
    "urgency-threshold": lambda c: c.component("UrgencyDetector")["threshold"],
    "urgency-threshold-long": lambda c: c.component("UrgencyDetector")["threshold_long"],
    "out-of-scope-weight": lambda c: c.component("TopicClassifier")["out_of_scope_weight"],
    "fallback-threshold": lambda c: c.component("FallbackClassifier")["threshold"],
    "vector-size": lambda c: c.constant("assistant/understanding/encoder.py", "DIMENSION"),
    "days-kept": lambda c: c.setting("endpoints.yml", "tracker_store", "days"),
    "message-length": lambda c: c.constant("assistant/turn/outcome.py", "LONGEST_MESSAGE"),
    "redaction-length": lambda c: c.constant(
        "assistant/privacy/redaction.py", "LONGEST_TEXT_CHARACTERS"
    ),
    "body-kilobytes": lambda c: (
        c.constant("assistant/channels/web/channel.py", "LARGEST_BODY_BYTES") // 1024
    ),
    "session-hours": lambda c: c.setting("credentials.yml", WEB, "session_hours"),
    "limit-session": lambda c: c.setting("credentials.yml", WEB, "rate_limits", "session"),
    "limit-address": lambda c: c.setting("credentials.yml", WEB, "rate_limits", "address"),
    "fewest-shown": lambda c: c.constant("assistant/operations/use_report.py", "SMALLEST_SHOWN"),
    "fewest-group": lambda c: c.constant("assistant/editing/gaps.py", "FEWEST"),
    "suggestions": lambda c: c.constant(
        "assistant/understanding/offered_topics.py", "MOST_OFFERED"
    ),
    "misses": lambda c: c.constant("actions/suggest_topics.py", "MISSES_BEFORE_PEOPLE"),
    "turn-seconds": lambda c: int(c.constant("assistant/turn/queue.py", "TURN_TIMEOUT_S")),
    "queue-seconds": lambda c: int(c.constant("assistant/turn/queue.py", "QUEUE_TIMEOUT_S")),
    "contacts-days": lambda c: c.constant("assistant/operations/doctor.py", "CHECKED_WITHIN").days,
    "reading-grade": lambda c: c.constant("assistant/editing/standard.py", "HIGHEST_GRADE"),
    "reading-grade-urgent": lambda c: c.constant(
        "assistant/editing/standard.py", "HIGHEST_URGENT_GRADE"
    ),
    "feedback-reasons": lambda c: len(
        c.setting("assistant/channels/web/openapi.json", "components", "schemas", "Reason", "enum")
    ),
}


# --- writing anew --------------------------------------------------------------------


def write(root: Path) -> list[str]:
    """Count again, and write ``figures.yml`` and the marked places of the documents.

    Returns:
        What was changed, one line each.
    """
    changed = []
    path = root / FIGURES
    text = path.read_text(encoding="utf-8")
    figures = read_figures(root)
    for name, value in Counted(root).all().items():
        if figures[name].value != value:
            changed.append(f"{name}: {figures[name].value} -> {value}")
            text = re.sub(rf"(?m)^({name}:\n(?:  .*\n)*?  value: ).*$", rf"\g<1>{value}", text)
    path.write_text(text, encoding="utf-8")
    figures = read_figures(root)
    for document in documents(root):
        before = document.read_text(encoding="utf-8")
        after = MARKED.sub(lambda found: _marked(figures, found["name"]), before)
        if after != before:
            changed.append(document.name)
            document.write_text(after, encoding="utf-8")
    return changed


def _marked(figures: Mapping[str, Figure], name: str) -> str:
    return f"{figures[name].shown}<!-- figure: {name} -->"


if __name__ == "__main__":
    print("\n".join(write(find_project().root)) or "Nothing has changed.")
