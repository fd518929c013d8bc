"""The terminal chat: type a question, pick a number, read the answer with its sources."""

from __future__ import annotations

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from assistant.answers import Answer
from assistant.answers.answer import AnswerPoint, Route
from assistant.answers.text import duty_labels, numbers_text, review_text, route_text, source_lines
from assistant.turn.assistant import GREETING_PAYLOAD, MORE_PAYLOAD, SOURCES_PAYLOAD, Assistant
from assistant.turn.replies import Reply

CONVERSATION = "terminal"
ALWAYS = "If a child is in immediate danger call 999."
HELP = "Type a question, or the number of a choice. 'sources' shows where it is from, 'quit' ends."
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
    show(reply, console)
    console.print(HELP, style="dim")
    while True:
        try:
            with patch_stdout():
                typed = (await session.prompt_async(HTML("<b>You:</b> "))).strip()
        except (EOFError, KeyboardInterrupt):
            break
        if typed.lower() in EXIT_WORDS:
            break
        if typed:
            reply = await assistant.reply(interpret(typed, reply), CONVERSATION)
            show(reply, console)
    await assistant.forget(CONVERSATION)
    console.print(f"Goodbye. {ALWAYS}", highlight=False)


def interpret(typed: str, last: Reply) -> str:
    """A number picks a choice of the last reply; two words are commands."""
    if typed.isdigit() and 0 < int(typed) <= len(last.buttons):
        return last.buttons[int(typed) - 1].payload
    return COMMANDS.get(typed.lower(), typed)


def show(reply: Reply, console: Console) -> None:
    """Print one reply; an urgent one in a frame of its own, recognisable without colour."""
    console.print()
    if reply.answer and reply.shows_answer:
        body = _answer_text(reply.answer)
        if reply.kind == "urgent":
            title = reply.answer.title.upper()
            console.print(Panel(body, title=title, border_style="bold red", padding=(0, 1)))
        else:
            console.print(body)
    else:
        console.print(reply.text, markup=False, highlight=False)
    for number, button in enumerate(reply.buttons, start=1):
        choice = Text.assemble((f" {number} ", "reverse"), " ", button.title)
        console.print(Padding(choice, (0, 0, 0, 2)))
    console.print()


def _answer_text(answer: Answer) -> Text:
    text = Text(answer.lead, style="bold")
    if answer.other_reader:
        text.append(f"\n{answer.other_reader}", style="not bold")
    for reader in answer.lines:
        text.append(f"\n  • {reader.text}", style="not bold")
    if answer.kind == "urgent":
        text.append_text(_contacts(answer.contacts))
    if answer.tell:
        text.append("\n\n").append_text(_point(answer.tell))
    text.append("\n")
    for point in answer.points:
        text.append("\n  • ").append_text(_point(point))
    if answer.contacts and answer.kind != "urgent":
        text.append("\n\nWho to contact", style="bold")
        text.append_text(_contacts(answer.contacts))
    for place in answer.review:
        text.append(f"\n\n{review_text(place)}", style="cyan not bold")
    for line in source_lines(answer, answer.cited):
        text.append(f"\n{line}", style="dim not bold")
    if answer.kind != "urgent":
        text.append(f"\n\n{answer.limits}", style="italic")
    return text


def _point(point: AnswerPoint) -> Text:
    text = Text(style="not bold")
    before, after = duty_labels(point)
    if before:
        text.append(f"{before} ", style="bold")
    text.append(point.text)
    if after:
        text.append(f" {after}", style="dim")
    return text.append(f" {numbers_text(point.numbers)}", style="cyan")


def _contacts(contacts: tuple[Route, ...]) -> Text:
    text = Text(style="not bold")
    for contact in contacts:
        text.append(f"\n  {contact.name}: ").append(route_text(contact), style="bold")
        if contact.url:
            text.stylize(f"link {contact.url}", len(text) - len(route_text(contact)))
    return text
