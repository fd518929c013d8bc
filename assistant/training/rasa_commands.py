"""Rasa's own command line: ``notice rasa train | shell | test | data validate | ...``."""

from __future__ import annotations

import os
import sys
from typing import Sequence

from assistant.training.without_tensorflow import TensorFlowNeededError, have_rasa_refuse


def run_rasa(arguments: Sequence[str]) -> int:
    """Run one of Rasa's commands in this process, on placeholders for TensorFlow.

    Returns:
        Rasa's exit code, or 2 if the model needs TensorFlow.
    """
    import rasa.__main__

    have_rasa_refuse()
    before = sys.argv
    sys.argv = ["rasa", *arguments]
    try:
        rasa.__main__.main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except TensorFlowNeededError as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        sys.argv = before
    return os.EX_OK
