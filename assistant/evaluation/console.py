"""An evaluation on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.evaluation.figures import Evaluation

CONFUSIONS_SHOWN = 12


def print_evaluation(evaluation: Evaluation, console: Console, details: bool) -> None:
    """Print the figures and, with ``details``, every miss."""
    title = f"{len(evaluation.outcomes)} questions"
    table = _table(title, "measure", "of", "value", "95% interval")
    for one in evaluation.measures:
        low, high = one.interval
        table.add_row(one.name, str(one.total), f"{one.share:.1%}", f"{low:.1%} - {high:.1%}")
    console.print(table)
    if evaluation.calibration:
        table = _table("How sure, how right", "confidence", "answers", "right")
        for band in evaluation.calibration:
            table.add_row(band.name, str(band.total), f"{band.share:.0%}")
        console.print(table)
    if evaluation.confused:
        table = _table("Most confused", "asked about", "answered with", "times")
        for pair in evaluation.confused[:CONFUSIONS_SHOWN]:
            table.add_row(pair.asked, pair.answered, str(pair.times))
        console.print(table)
    if details:
        for outcome in evaluation.outcomes:
            if not outcome.right:
                asked = escape(outcome.question.text[:110])
                wanted = ",".join(outcome.question.accept)
                console.print(f"{wanted} <- {outcome.got}: {asked}", highlight=False)


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left")
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left")
    return table
