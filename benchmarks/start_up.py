"""Start, memory and throughput of the assistant, against Rasa's own starter bot in the same run.

The peer is the project that ``rasa init`` writes, with its examples, rules and stories. Its
classifier (DIET) needs TensorFlow, which is not installed here; Rasa's own
LogisticRegressionClassifier stands in, and TED is left out. So the peer is lighter and faster
than the starter bot of a whole installation. Each round starts both in fresh processes, in
turn, so that the machine's mood falls on both. Run it with ``make benchmark``.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import yaml

from assistant.project import find_project
from assistant.training.train import train

ROUNDS = 5

PEER_CONFIG = {
    "recipe": "default.v1",
    "language": "en",
    "assistant_id": "starter-bot",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "LogisticRegressionClassifier"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [{"name": "MemoizationPolicy"}, {"name": "RulePolicy"}],
}

_SCRIPT = """
import asyncio, resource, sys, time, warnings
started = time.perf_counter()
warnings.simplefilter("ignore")
from assistant.training.without_tensorflow import keep_tensorflow_out
keep_tensorflow_out()
which, model, text, messages = sys.argv[1], sys.argv[2], sys.argv[3], 200
from assistant.privacy.logs import configure_private_logging
configure_private_logging()
if which == "notice":
    from pathlib import Path
    from assistant.turn.assistant import Assistant
    loaded = Assistant.load(Path(model))
    reply = lambda n: loaded.reply(text, f"benchmark-{n}")
else:
    from rasa.core.agent import Agent
    loaded = Agent.load(model)
    reply = lambda n: loaded.handle_text(text, sender_id=f"benchmark-{n}")
async def run():
    assert await reply(0)
    first = time.perf_counter()
    for number in range(1, messages + 1):
        assert await reply(number)
    return first, time.perf_counter()
first, end = asyncio.run(run())
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(first - started, megabytes, messages / (end - first))
"""


class Run(NamedTuple):
    """One process: seconds to the first reply, largest memory in MB, messages a second."""

    seconds_to_first_reply: float
    megabytes: float
    messages_a_second: float


def measure(which: str, model: Path, text: str) -> Run:
    """Start ``notice`` or the ``starter`` bot in a fresh process and ask it."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _SCRIPT, which, str(model), text],
        capture_output=True,
        text=True,
        check=True,
    )
    return Run(*(float(value) for value in done.stdout.split()[-3:]))


def starter_bot(folder: Path) -> Path:
    """Train the peer in this folder; its archive."""
    import rasa.cli

    shutil.copytree(Path(rasa.cli.__file__).parent / "initial_project", folder, dirs_exist_ok=True)
    (folder / "config.yml").write_text(yaml.safe_dump(PEER_CONFIG), encoding="utf-8")
    import rasa.model_training

    result = rasa.model_training.train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(folder / "data")],
        output=str(folder / "models"),
    )
    assert result.model
    return Path(result.model)


def main() -> None:
    """Print medians and ratios."""
    from assistant.training.without_tensorflow import keep_tensorflow_out

    keep_tensorflow_out()
    ours = train(find_project())
    with tempfile.TemporaryDirectory() as folder:
        peer = starter_bot(Path(folder))
        question = "what is a section 47 enquiry?"
        rounds = [
            (measure("notice", ours, question), measure("starter", peer, "hello"))
            for _ in range(ROUNDS)
        ]
    print(f"median of {ROUNDS} rounds           notice   starter bot   ratio")
    for name in Run._fields:
        notice, starter = (statistics.median(getattr(r[i], name) for r in rounds) for i in (0, 1))
        print(f"{name:28} {notice:9.2f} {starter:13.2f} {notice / starter:7.2f}")


if __name__ == "__main__":
    main()
