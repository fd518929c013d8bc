"""Former name of :mod:`assistant.understanding.sentence_encoder`, until 0.3."""

import warnings

from assistant.understanding.sentence_encoder import SentenceEncoder as SentenceEncoder

warnings.warn(
    "in place of assistant.nlu.sentence_encoder write assistant.understanding.sentence_encoder",
    DeprecationWarning,
    stacklevel=2,
)
