"""A training example as Rasa's ``Message``, made for sixty thousand of them.

Rasa compares, copies and fingerprints every example several times on its way to the components:
deep copies of plain strings and fingerprints through JSON within JSON were a quarter of a training.
"""

from __future__ import annotations

import copy
import hashlib
from typing import Any, Optional

from rasa.shared.nlu.training_data.message import Message


class Example(Message):
    """A message of plain data and features that nobody changes in place.

    It equals other examples only, not a plain message of the same data.
    """

    _cached_fingerprint: Optional[str]

    def fingerprint(self) -> str:
        """A digest of its data and features, in hexadecimal."""
        if self._cached_fingerprint is None:
            content = [repr(sorted(self.data.items())), *(f.fingerprint() for f in self.features)]
            digest = hashlib.md5("\n".join(content).encode(), usedforsecurity=False)
            self._cached_fingerprint = digest.hexdigest()
        return self._cached_fingerprint

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        """A copy that can be changed and given features by itself."""
        copied = copy.copy(self)
        copied.data = dict(self.data)
        copied.features = list(self.features)
        copied.output_properties = set(self.output_properties)
        return copied


class VoiceExample(Example):
    """An example of who is typing. It has no intent, and is no sentence of a story either."""

    def is_e2e_message(self) -> bool:
        """No: Rasa would train and run its end-to-end parts for it."""
        return False
