"""Rasa channels of this assistant. What they share is in :mod:`assistant.channels.base`."""
