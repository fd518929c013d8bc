"""``notice evaluate``: how well the assistant understands a file of questions."""

from assistant.evaluation.figures import Band, Confusion, Evaluation, Measure, wilson
from assistant.evaluation.questions import (
    NEAR_MISS_FORMS,
    Outcome,
    Question,
    QuestionFileError,
    evaluate,
    read_questions,
)

__all__ = [
    "NEAR_MISS_FORMS",
    "Band",
    "Confusion",
    "Evaluation",
    "Measure",
    "Outcome",
    "Question",
    "QuestionFileError",
    "evaluate",
    "read_questions",
    "wilson",
]
