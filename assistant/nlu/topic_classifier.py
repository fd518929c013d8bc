"""Former name of :mod:`assistant.understanding.topic_classifier`, until 0.3."""

import warnings

from assistant.understanding.topic_classifier import TopicClassifier as TopicClassifier

warnings.warn(
    "in place of assistant.nlu.topic_classifier write assistant.understanding.topic_classifier",
    DeprecationWarning,
    stacklevel=2,
)
