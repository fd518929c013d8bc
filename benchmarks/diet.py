"""Understanding by Rasa's own pipeline (DIET) on the project's training data.

Trains the pipeline of ``diet.yml`` on what ``config.yml``'s pipeline learns from (but for its
longest examples), asks it the questions of the files given, and prints the measures of
``notice evaluate`` for it. It needs TensorFlow, which is no requirement here: run it in an
environment that has Rasa 3.6.21 as it declares itself (Python 3.10), with
``python -m benchmarks.diet [--epochs N] FILE ...``; a hundred epochs take hours on two cores.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any, Mapping, Optional

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_model_configuration, write_yaml
from rich.console import Console

from assistant.evaluation import Evaluation, evaluate, read_questions
from assistant.evaluation.console import print_evaluation
from assistant.guidance import NO_TOPIC, topic_id_of
from assistant.training.importer import OUT_OF_SCOPE, GuidanceImporter
from assistant.project import find_project
from assistant.turn.replies import Reply

FALLBACK = "nlu_fallback"
SUGGESTED = 3
LONGEST = 40
"""Words. DIET pads a whole batch to its longest example: the 4.5% that are longer would take
more of its time than all the others."""


class ShortExamples(GuidanceImporter):
    """The project's training data without its longest examples."""

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """All examples of up to ``LONGEST`` words."""
        data = super().get_nlu_data(language)
        short = [one for one in data.training_examples if len(one.get(TEXT).split()) <= LONGEST]
        return TrainingData(training_examples=short)


class Diet:
    """The trained pipeline, answering as the assistant would with its intents."""

    def __init__(self, model: Path) -> None:
        from rasa.core.agent import Agent

        self._agent = Agent.load(str(model))

    async def reply(self, text: str, conversation: str) -> Reply:
        """What the likeliest intent leads to; the conversation plays no part."""
        return reply_of(await self._agent.parse_message(text))

    async def forget(self, conversation: str) -> None:
        """Nothing is kept."""


def reply_of(parsed: Mapping[str, Any]) -> Reply:
    """The reply that the assistant's rules give to Rasa's parse data."""
    intent, sure = parsed["intent"]["name"], float(parsed["intent"]["confidence"])
    named = [topic_id_of(one["name"]) for one in parsed["intent_ranking"]]
    if intent == FALLBACK:
        topics = [one for one in named if "/" in one and not one.startswith("urgent/")]
        return Reply("suggest", "", confidence=sure, suggestions=tuple(topics[:SUGGESTED]))
    if intent == OUT_OF_SCOPE:
        return Reply(NO_TOPIC, "", confidence=sure)
    topic = topic_id_of(intent)
    if "/" not in topic:
        return Reply("smalltalk", "", confidence=sure)
    kind = "urgent" if topic.startswith("urgent/") else "answer"
    return Reply(kind, "", topic=topic, confidence=sure)


def train(target: Path, epochs: int) -> Path:
    """Train into a folder; gives the archive."""
    import rasa.model_training

    project = find_project()
    settings = read_model_configuration(Path(__file__).with_name("diet.yml"))
    for component in settings["pipeline"]:
        if component["name"] == "DIETClassifier":
            component["epochs"] = epochs
    # In the project's folder, because the importer looks for the content beside it.
    # A killed run leaves it behind: .gitignore knows its name.
    with tempfile.NamedTemporaryFile(
        "w", prefix=".diet-", suffix=".yml", dir=project.root
    ) as config:
        write_yaml(settings, config.name)
        archive = rasa.model_training.train_nlu(
            config=config.name,
            nlu_data=str(project.data),
            domain=str(project.domain),
            output=str(target),
        )
    if archive is None:
        raise SystemExit("Rasa did not train a model; its messages above say why.")
    return Path(archive)


def main() -> None:
    """Train, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, help="question files (tab-separated)")
    parser.add_argument("--epochs", type=int, default=100)
    options = parser.parse_args()
    groups = {file: read_questions(file) for file in options.files}
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        model = train(Path(folder), options.epochs)
        minutes = (time.perf_counter() - started) / 60
        diet = Diet(model)
        for file, questions in groups.items():
            print(f"\n{file}, {options.epochs} epochs, trained in {minutes:.0f} min", flush=True)
            outcomes = asyncio.run(evaluate(diet, questions))
            print_evaluation(Evaluation(outcomes), Console(width=100), details=False)


if __name__ == "__main__":
    main()
