"""Channels: how people reach the assistant other than by the terminal."""
