"""Former name of :mod:`assistant.store.locks`, until 0.3."""

import warnings

from assistant.store.locks import RedisLockStore as RedisLockStore

warnings.warn(
    "in place of assistant.locks write assistant.store.locks",
    DeprecationWarning,
    stacklevel=2,
)
