"""Rasa's own command line: ``notice rasa train | shell | test | data validate | ...``."""

from __future__ import annotations

import sys
from typing import Iterable, Sequence

from assistant.training.without_tensorflow import (
    TensorFlowNeededError,
    have_rasa_refuse,
    refuse_tensorflow_components,
)


def run_rasa(arguments: Sequence[str]) -> int:
    """Run one of Rasa's commands in this process, on placeholders for TensorFlow.

    Returns:
        0: Rasa leaves by SystemExit if anything is wrong.

    Raises:
        SystemExit: with a sentence, if the model needs TensorFlow.
    """
    import rasa.__main__

    have_rasa_refuse(_stop)
    before = sys.argv
    sys.argv = ["rasa", *arguments]
    try:
        rasa.__main__.main()
    finally:
        sys.argv = before
    return 0


def _stop(components: Iterable[type]) -> None:
    # Rasa's server would note any other exception and go on with no model.
    try:
        refuse_tensorflow_components(components)
    except TensorFlowNeededError as error:
        raise SystemExit(str(error)) from None
