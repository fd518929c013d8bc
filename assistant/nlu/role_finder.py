"""Former name of :mod:`assistant.understanding.role_finder`, until 0.3."""

import warnings

from assistant.understanding.role_finder import RoleFinder as RoleFinder

warnings.warn(
    "in place of assistant.nlu.role_finder write assistant.understanding.role_finder",
    DeprecationWarning,
    stacklevel=2,
)
