"""Microsoft Teams, for the bots that can be created today: single tenant or managed identity.

Rasa's own ``botframework`` channel cannot serve them; ``docs/teams.md`` says why, defect by
defect. In ``credentials.yml`` this channel is ``assistant.channels.teams.TeamsInput``.
"""

from assistant.channels.teams.input import TeamsInput
from assistant.channels.teams.output import TeamsOutput

__all__ = ["TeamsInput", "TeamsOutput"]
