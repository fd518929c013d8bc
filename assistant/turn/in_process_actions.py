"""Custom actions in the assistant's own process, where no action server is configured."""

from __future__ import annotations

import json
from typing import Any, Mapping, Optional

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """An action endpoint without a server: rasa-sdk's executor, called directly."""

    def __init__(self) -> None:
        # No action asks for the domain: what they say is in the compiled content.
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *args: Any, **kwargs: Any) -> Optional[dict[str, Any]]:
        """Run the action named in the request's JSON and give its events and responses."""
        # Through JSON, as a server would: what an action gets must be plain data.
        call: Mapping[str, Any] = json.loads(json.dumps(kwargs["json"]))
        result: Optional[dict[str, Any]] = await self._executor.run(call)
        return result


__all__ = ["InProcessActions"]
