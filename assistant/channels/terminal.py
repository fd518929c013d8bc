"""The terminal chat: type a question, pick a number, read the answer with its sources."""

from __future__ import annotations

from typing import Optional

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

from assistant.answers import Answer
from assistant.answers.answer import AnswerPoint, ReviewPlace, Route
from assistant.answers.changes import changed_text
from assistant.answers.text import (
    duty_labels,
    numbers_text,
    review_heading,
    route_text,
    source_lines,
)
from assistant.answers.words import Words
from assistant.turn.assistant import Assistant
from assistant.turn.choices import GREETING_PAYLOAD, MORE_PAYLOAD, SOURCES_PAYLOAD
from assistant.turn.replies import Reply

CONVERSATION = "terminal"
EMERGENCY_LINE = "If a child is in immediate danger call 999."
HELP = "Type a question, or the number of a choice. 'sources' shows where it is from, 'quit' ends."
FEWEST_PARTS_SHOWN = 1
"""Parts of an urgent reply that are printed on any screen."""
LINES_BELOW = 3
"""Lines below it: two empty ones and what the person types."""
EXIT_WORDS = {"quit", "exit", "q", ":q"}
COMMANDS = {"sources": SOURCES_PAYLOAD, "more": MORE_PAYLOAD}


async def chat(assistant: Assistant) -> None:
    """Talk until the person leaves. Nothing of it is kept.

    Args:
        assistant: a loaded model.
    """
    console = Console(width=min(Console().width, 96))
    session: PromptSession[str] = PromptSession()
    reply = await assistant.reply(GREETING_PAYLOAD, CONVERSATION)
    rest = show(reply, console)
    console.print(HELP, style="dim")
    while True:
        prompt = HTML("<b>You</b> (Enter shows what to do): " if rest else "<b>You:</b> ")
        try:
            with patch_stdout():
                typed = (await session.prompt_async(prompt)).strip()
        except (EOFError, KeyboardInterrupt):
            break
        if typed.lower() in EXIT_WORDS:
            break
        if typed:
            reply = await assistant.reply(interpret(typed, reply), CONVERSATION)
            rest = show(reply, console)
        elif rest:
            console.print(Padding(rest, (0, 0, 1, 2)))
            rest = None
    await assistant.forget(CONVERSATION)
    console.print(f"Goodbye. {EMERGENCY_LINE}", highlight=False)


def interpret(typed: str, last: Reply) -> str:
    """A number picks a choice of the last reply; two words are commands."""
    if typed.isdigit() and 0 < int(typed) <= len(last.buttons):
        return last.buttons[int(typed) - 1].payload
    return COMMANDS.get(typed.lower(), typed)


def show(reply: Reply, console: Console) -> Optional[Text]:
    """Print one reply.

    An urgent one stands in a frame of its own, recognisable without colour. It is printed as
    far as the screen holds it, so that its first lines do not scroll away.

    Returns:
        What did not fit, to be shown when the person asks for it.
    """
    console.print()
    rest = None
    if reply.answer and reply.shows_answer and reply.kind == "urgent":
        rest = _show_urgent(reply.answer, console, below=len(reply.buttons) + LINES_BELOW)
    elif reply.answer and reply.shows_answer:
        console.print(_answer_text(reply.answer))
    else:
        console.print(reply.text, markup=False, highlight=False)
    for number, button in enumerate(reply.buttons, start=1):
        choice = Text.assemble((f" {number} ", "reverse"), " ", button.title)
        console.print(Padding(choice, (0, 0, 0, 2)))
    console.print()
    return rest


def _show_urgent(answer: Answer, console: Console, below: int) -> Optional[Text]:
    parts = _urgent_parts(answer)
    shown = parts[:FEWEST_PARTS_SHOWN]
    title = answer.title.upper()

    def frame(parts: list[Text]) -> Panel:
        body = Text("\n").join(parts)
        return Panel(body, title=title, border_style="bold red", padding=(0, 1))

    # At least the first lines and the first contact, whatever the size of the screen.
    while len(shown) < len(parts):
        longer = frame(parts[: len(shown) + 1])
        if len(console.render_lines(longer)) + below > console.height:
            break
        shown = parts[: len(shown) + 1]
    console.print(frame(shown))
    return Text("\n").join(parts[len(shown) :]) if len(shown) < len(parts) else None


def _urgent_parts(answer: Answer) -> list[Text]:
    """The paragraphs of an urgent reply in the order of their weight."""
    plain = "not bold"
    words = answer.words
    contacts = [_contact(contact, words) for contact in answer.first_contacts]
    others = [_contact(contact, words) for contact in answer.other_contacts]
    first = [Text(answer.lead, style="bold")]
    if answer.other_reader:
        first.append(Text(answer.other_reader, style=plain))
    readers = [Text(reader.text, style=plain) for reader in answer.lines]
    steps = [_step(step) for step in answer.points]
    review = [_review(place, words) for place in answer.review]
    sources = [Text(line, style="dim not bold") for line in source_lines(answer, answer.cited)]
    tell = [_step(answer.tell)] if answer.tell else []
    # The first lines and the first contact are one part: they are never parted.
    return [
        Text("\n").join([*first, *contacts[:1]]),
        *contacts[1:],
        *tell,
        *(Text("• ").append_text(reader) for reader in readers),
        *others,
        *(Text("• ").append_text(step) for step in steps),
        *review,
        *sources,
    ]


def _answer_text(answer: Answer) -> Text:
    text = Text(answer.lead, style="bold")
    text.append("\n")
    for point in answer.points:
        text.append("\n  • ").append_text(_point(point, answer.words))
    if answer.contacts:
        text.append(f"\n\n{answer.words.who_to_contact}", style="bold")
        for contact in answer.contacts:
            text.append("\n").append_text(_contact(contact, answer.words))
    for place in answer.review:
        text.append("\n\n").append_text(_review(place, answer.words))
    text.append("\n")
    for line in source_lines(answer, answer.cited):
        text.append(f"\n{line}", style="dim not bold")
    text.append(f"\n\n{answer.limits}", style="italic not bold")
    if changed := changed_text(answer):
        text.append(f"\n{changed}.", style="dim not bold")
    return text


def _point(point: AnswerPoint, words: Words) -> Text:
    text = Text(style="not bold")
    before, after = duty_labels(point, words)
    if before:
        text.append(f"{before} ", style="bold")
    text.append(point.text)
    if after:
        text.append(f" {after}", style="dim")
    return text.append(f" {numbers_text(point.numbers)}", style="cyan")


def _step(step: AnswerPoint) -> Text:
    text = Text(step.text, style="not bold")
    return text.append(f" {numbers_text(step.numbers)}", style="cyan") if step.numbers else text


def _review(place: ReviewPlace, words: Words) -> Text:
    return Text.assemble(
        (f"{review_heading(place, words)}: ", "bold cyan"),
        (f"{place.says} ({place.place})", "cyan not bold"),
    )


def _contact(contact: Route, words: Words) -> Text:
    text = Text(f"  {contact.name}: ", style="not bold")
    way = route_text(contact, words)
    text.append(way, style=Style(bold=True, link=contact.url or None))
    return text
