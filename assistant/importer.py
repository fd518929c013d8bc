"""Former name of :mod:`assistant.training.importer`, until 0.3."""

import warnings

from assistant.training.importer import GuidanceImporter as GuidanceImporter

warnings.warn(
    "in place of assistant.importer write assistant.training.importer",
    DeprecationWarning,
    stacklevel=2,
)
