"""The reading room ``notice desk``: every answer as people see it, and what is behind it."""
