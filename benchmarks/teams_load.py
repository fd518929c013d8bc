"""200 conversations in Teams at once, with a connector that fails one time in twenty.

Everything is on loopback: the channel with the trained model in one process, the stand-in
for Microsoft beside it. Each conversation asks three things without waiting for answers; the
second and third answers depend on the first. What arrives is compared with what the
assistant answers when it is asked alone: nothing may be lost, doubled, crossed or late in
its order. ``python -m benchmarks.teams_load``
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import time
import warnings
from typing import Optional

from aiohttp import web

from assistant.without_tensorflow import keep_tensorflow_out

os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
warnings.showwarning = lambda *args, **kwargs: None  # Rasa's dependencies, about each other
keep_tensorflow_out()

from assistant.channels.teams.messages import message  # noqa: E402
from assistant.conversation import Assistant  # noqa: E402
from assistant.guidance import load_library  # noqa: E402
from assistant.project import find_project  # noqa: E402
from assistant.training import current_model, train  # noqa: E402
from tests.channels.teams.stand_in import (  # noqa: E402
    Bot,
    Microsoft,
    Sent,
    activity,
    channel,
    serving,
)

CONVERSATIONS = 200
TOPICS = 40
FOLLOW_UPS = ("where does it say that?", "tell me more")
FAILING = 0.05
STATUSES = (412, 429, 500, 502, 503, 504)
WITHIN = 600.0  # seconds, then what has not come is lost


class Failing:
    """Fails by chance, the same way in every run; counts what it did."""

    def __init__(self) -> None:
        self.count = 0
        self._random = random.Random(5)

    def __call__(self, sent: Sent) -> Optional[web.Response]:
        """Let it pass, answer with an error, or hang up."""
        if self._random.random() >= FAILING:
            return None
        self.count += 1
        status = self._random.choice((*STATUSES, 0))
        if status == 0:
            raise ConnectionError
        return web.Response(status=status)


async def main() -> None:
    """Run it and print the figures."""
    project = find_project()
    assistant = Assistant.load(current_model(project) or train(project))
    topics = list(load_library(project.data).topics.values())
    titles = [topic.title for topic in topics[:: len(topics) // TOPICS]]
    expected = {title: await _alone(assistant, title) for title in titles}

    async with Microsoft().running() as microsoft:
        teams = channel(microsoft)
        async with serving(teams, microsoft, assistant._agent) as bot:
            microsoft.fault = failing = Failing()
            started = time.monotonic()
            posted = await asyncio.gather(
                *(_converse(bot, number, titles) for number in range(CONVERSATIONS))
            )
            await asyncio.wait(teams._tasks, timeout=WITHIN)
            seconds = time.monotonic() - started

    lost = doubled = wrong = 0
    waited: list[float] = []
    for number, times in enumerate(posted):
        sent = [one for one in microsoft.messages if one.conversation == f"a:{number}"]
        right = expected[titles[number % len(titles)]]
        lost += max(0, len(right) - len(sent))
        doubled += max(0, len(sent) - len(right))
        wrong += sum(one.content["text"] != text for one, text in zip(sent, right))
        waited += [one.at - at for one, at in zip(sent, times)]
    waited.sort()
    print(f"conversations {CONVERSATIONS}, messages {len(waited) + lost}, in {seconds:.1f} s")
    print(f"connector: {len(microsoft.tried)} tries, {failing.count} failed on purpose")
    print(f"tokens fetched {len(microsoft.tokens)}, signing keys fetched {microsoft.keys_fetched}")
    print(f"lost {lost}, doubled {doubled}, crossed or out of order {wrong}")
    print(
        f"from question to answer: median {statistics.median(waited):.1f} s, "
        f"95% {waited[int(len(waited) * 0.95)]:.1f} s, slowest {waited[-1]:.1f} s"
    )
    if lost or doubled or wrong:
        raise SystemExit(1)


async def _alone(assistant: Assistant, title: str) -> list[str]:
    """The texts that a conversation on this topic brings when there is no other."""
    texts = []
    for said in (title, *FOLLOW_UPS):
        texts.append(message(await assistant.reply(said, title))["text"])
    await assistant.forget(title)
    return texts


async def _converse(bot: Bot, number: int, titles: list[str]) -> list[float]:
    """Ask everything in one conversation; gives when each question was posted."""
    times = []
    for said in (titles[number % len(titles)], *FOLLOW_UPS):
        times.append(time.monotonic())
        body = activity(bot.microsoft, said, conversation={"id": f"a:{number}"})
        status = await bot.post(body)
        assert status == 200, status
    return times


if __name__ == "__main__":
    asyncio.run(main())
