"""An evaluation as one HTML file that needs nothing else: figures, charts, worst cases."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.evaluation.figures import Evaluation

CONFUSIONS_SHOWN = 40
WORST_SHOWN = 60


def html_report(evaluation: Evaluation, title: str) -> str:
    """The report as HTML text.

    Args:
        evaluation: what to report.
        title: what was asked, for instance the file's name.
    """
    environment = Environment(
        loader=PackageLoader("assistant.evaluation", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    themes = evaluation.themes
    got = sorted({theme for row in themes.values() for theme in row})
    return environment.get_template("report.html.jinja").render(
        title=title,
        evaluation=evaluation,
        themes=sorted(themes.items()),
        got=got,
        confused=evaluation.confused[:CONFUSIONS_SHOWN],
        worst=evaluation.worst[:WORST_SHOWN],
    )
