"""Former names of what is in :mod:`assistant.understanding`, until 0.3."""
