"""Training the sentence encoder further on the project's own questions; see README.md."""
