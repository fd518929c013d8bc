"""Rasa actions: what needs code at run time. Everything else is a scripted response.

Run in the assistant's own process by default; ``rasa run actions`` serves the same classes.
Each action finds what it needs in the tracker and in the domain it is sent, so an action
server needs no content files.
"""
