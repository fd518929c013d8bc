"""How people ask: the training examples of topics, urgent situations and voices.

Kept apart from the answers, so that an editor sees an answer at the top of its own file and a
changed answer trains nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator, Mapping, Optional

from pydantic import ValidationError

from assistant.guidance.model import ContentModel
from assistant.guidance.names import NO_TOPIC, TO_FINISH, URGENT
from assistant.guidance.problems import ContentError, Problem
from assistant.guidance.welsh import QuestionsInWelsh
from assistant.guidance.yaml_lines import YamlDocument, YamlProblem, read_yaml

QUESTIONS = "questions"
EXAMPLES = "examples"


class Examples(ContentModel):
    """All training examples of the content.

    ``questions`` by topic, ``urgent`` by situation, ``voices`` by who is typing; ``not_urgent``
    are messages that only sound urgent, each with the topic that answers it (or
    ``out-of-scope``).
    """

    questions: Mapping[str, tuple[str, ...]]
    urgent: Mapping[str, tuple[str, ...]]
    voices: Mapping[str, tuple[str, ...]]
    not_urgent: tuple[tuple[str, str], ...]


def load_examples(data: Path) -> Examples:
    """Read all examples below ``data``.

    Raises:
        ContentError: a file cannot be read or holds no list of texts; or a folder has a file
            of a topic or situation that has no answer.
    """
    reader = _Reader(data)
    questions = {
        path.relative_to(data / QUESTIONS).with_suffix("").as_posix(): reader.texts(path, QUESTIONS)
        for path in sorted((data / QUESTIONS).rglob("*.yml"))
    }
    urgent = {
        f"{URGENT}/{path.stem}": reader.texts(path, EXAMPLES)
        for path in sorted((data / "urgency" / EXAMPLES).glob("*.yml"))
    }
    voices = {
        path.stem: reader.texts(path, EXAMPLES) for path in sorted((data / "voices").glob("*.yml"))
    }
    not_urgent = tuple(reader.not_urgent(data / "urgency" / "not-urgent.yml"))
    for topic_id in questions:
        if not (data / "guidance" / f"{topic_id}.yml").exists():
            reader.problem(
                data / QUESTIONS / f"{topic_id}.yml",
                "no answer of this name in guidance/; write it or rename this file",
            )
    for situation in urgent:
        name = situation.partition("/")[2]
        if not (data / "urgency" / "replies" / f"{name}.yml").exists():
            reader.problem(
                data / "urgency" / EXAMPLES / f"{name}.yml",
                "no reply of this name in urgency/replies/; write it or rename this file",
            )
    if reader.problems:
        raise ContentError(reader.problems)
    return Examples(questions=questions, urgent=urgent, voices=voices, not_urgent=not_urgent)


def load_welsh_questions(data: Path) -> Optional[QuestionsInWelsh]:
    """How people ask in Welsh; None where nothing is said in Welsh.

    Raises:
        ContentError: the file cannot be read, or names what has no translation.
    """
    path = data / "welsh" / "questions.yml"
    if not path.parent.exists():
        return None
    try:
        asked = QuestionsInWelsh(**read_yaml(path).data)
    except (OSError, YamlProblem, TypeError, ValidationError) as error:
        raise ContentError([Problem(path, 1, "", str(error))]) from error
    problems = [
        Problem(path, 1, one, "there is no translation of this name in welsh/; write it")
        for one, folder in (
            *((one, "guidance") for one in asked.questions),
            *((one, "urgency") for one in asked.urgent),
        )
        if not (data / "welsh" / folder / f"{one.removeprefix(f'{URGENT}/')}.yml").exists()
    ]
    if problems:
        raise ContentError(problems)
    return asked


class _Reader:
    """Reads files of texts; collects problems."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.problems: list[Problem] = []

    def texts(self, path: Path, key: str) -> tuple[str, ...]:
        """The texts below ``key``, the one field of the file."""
        document = self._read(path)
        listed = document.data.get(key) if isinstance(document.data, dict) else None
        if not isinstance(listed, list) or list(document.data) != [key]:
            self.problem(path, f"the file holds '{key}:' with a list of texts, and nothing else")
            return ()
        return tuple(self._checked(path, document, key, listed))

    def not_urgent(self, path: Path) -> Iterator[tuple[str, str]]:
        """Message and topic id of each message that only sounds urgent."""
        document = self._read(path)
        by_topic = document.data.get("not_urgent") if isinstance(document.data, dict) else None
        if not isinstance(by_topic, dict):
            self.problem(path, "'not_urgent:' with messages by topic is missing; add it")
            return
        for topic_id, messages in by_topic.items():
            known = topic_id == NO_TOPIC or (self._data / "guidance" / f"{topic_id}.yml").exists()
            if not known:
                fix = f"there is no such topic in guidance/; correct it or write {NO_TOPIC}"
                line = document.line(("not_urgent", topic_id))
                self.problems.append(Problem(path, line, topic_id, fix))
                continue
            for message in messages:
                yield message, topic_id

    def problem(self, path: Path, fix: str) -> None:
        """Note what is wrong with a whole file."""
        self.problems.append(Problem(path, 1, "", fix))

    def _read(self, path: Path) -> YamlDocument:
        try:
            return read_yaml(path)
        except YamlProblem as error:
            self.problems.append(Problem(path, error.line, "", error.message))
        except OSError:
            self.problem(path, "the file is missing; restore it")
        return YamlDocument({}, {})

    def _checked(
        self, path: Path, document: YamlDocument, key: str, listed: list[Any]
    ) -> Iterator[str]:
        for i, text in enumerate(listed):
            if isinstance(text, str) and text.strip().startswith(TO_FINISH):
                fix = f"a draft: put it in words of your own, without '{TO_FINISH}', or take it out"
            elif isinstance(text, str) and text.strip():
                yield text.strip()
                continue
            else:
                fix = "not a text; put it in quotes"
            self.problems.append(Problem(path, document.line((key, i)), f"{key}.{i}", fix))


__all__ = ["Examples", "load_examples", "load_welsh_questions"]
