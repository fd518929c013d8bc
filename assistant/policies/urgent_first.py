"""Former name of :mod:`assistant.understanding.answer_policy`, until 0.3."""

import warnings

from assistant.understanding.answer_policy import UrgentFirst as UrgentFirst

warnings.warn(
    "in place of assistant.policies.urgent_first write assistant.understanding.answer_policy",
    DeprecationWarning,
    stacklevel=2,
)
