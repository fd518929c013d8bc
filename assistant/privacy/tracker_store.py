"""Former name of :mod:`assistant.store.tracker_store`, until 0.3."""

import warnings

from assistant.store.tracker_store import RedactingTrackerStore as RedactingTrackerStore

warnings.warn(
    "in place of assistant.privacy.tracker_store write assistant.store.tracker_store",
    DeprecationWarning,
    stacklevel=2,
)
