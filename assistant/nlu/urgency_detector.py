"""Former name of :mod:`assistant.understanding.urgency_detector`, until 0.3."""

import warnings

from assistant.understanding.urgency_detector import UrgencyDetector as UrgencyDetector

warnings.warn(
    "in place of assistant.nlu.urgency_detector write assistant.understanding.urgency_detector",
    DeprecationWarning,
    stacklevel=2,
)
