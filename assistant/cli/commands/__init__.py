"""One module for each kind of work. Every module here has its commands in ``app``."""

ASK, CONTENT, MODEL, OPERATE = "Ask", "Content", "Model", "Operate"
"""Headings of ``notice --help``."""
