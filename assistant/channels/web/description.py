"""The web channel described, out of its models: OpenAPI 3.1, and the types of the widget.

``notice schema`` writes both. Nothing of this runs in a server, which sends the written file.
"""

from __future__ import annotations

import inspect
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional, is_typeddict

from pydantic import BaseModel, create_model_from_typeddict
from pydantic.schema import get_flat_models_from_models, schema

from assistant.channels.web import contract

OPENAPI = "assistant/channels/web/openapi.json"
WIDGET_TYPES = "widget/src/contract.ts"

_COMPONENTS = "#/components/schemas/"
_RESTARTING = "The server is restarting. Try again in a minute; the contacts are in the error."
_NO_STORE = (
    "The conversation cannot be read or changed at present. A message always gets a reply instead."
)
_REFUSED = {
    400: "Not JSON, or not what is described here.",
    401: "The session is missing, expired or of another origin; "
    "or the intranet's token is not accepted.",
    403: "Pages of this origin may not use the assistant.",
    413: "Larger than any message can be.",
    429: "Too many requests. Retry-After says how many seconds to wait.",
}


@dataclass(frozen=True)
class Operation:
    """One route of the channel.

    ``takes`` is the model of its body (None: it has none) and ``gives`` that of its reply;
    ``unavailable`` says what a 503 means there.
    """

    name: str
    id: str
    summary: str
    takes: Optional[type]
    gives: type
    unavailable: str = _RESTARTING
    description: Optional[str] = None
    security: tuple[Mapping[str, Any], ...] = ({"session": []},)

    @property
    def method(self) -> str:
        """What takes a body is posted."""
        return "post" if self.takes else "get"

    def as_openapi(self) -> dict[str, Any]:
        """The operation as OpenAPI has it."""
        said = {"description": self.description} if self.description else {}
        body = {"requestBody": {"required": True, **_json(self.takes)}} if self.takes else {}
        refused = {
            status: what
            for status, what in _REFUSED.items()
            if self.takes or status not in (400, 413)  # both are about a body
        }
        return {
            "operationId": self.id,
            "summary": self.summary,
            **said,
            **body,
            "security": [dict(one) for one in self.security],
            "responses": {
                "200": {"description": "Done.", **_json(self.gives)},
                **{str(status): _refusal(status, what) for status, what in refused.items()},
                "503": _refusal(503, self.unavailable),
            },
        }


OPERATIONS = (
    Operation(
        "session",
        "openSession",
        "Begin a conversation",
        contract.Empty,
        contract.Session,
        description="Where single sign-on is configured, the intranet's token is needed.",
        security=({}, {"intranet": []}),
    ),
    Operation(
        "message",
        "sendMessage",
        "Ask, or pick a button",
        contract.Message,
        contract.Answered,
        description="Whatever fails in answering, the reply holds the official channels and "
        "failed is true.",
    ),
    Operation(
        "history",
        "readHistory",
        "The conversation so far",
        None,
        contract.History,
        unavailable=_NO_STORE,
    ),
    Operation(
        "clear",
        "clearConversation",
        "Delete all that is kept of the conversation, at once",
        contract.Empty,
        contract.Empty,
        unavailable=_NO_STORE,
    ),
    Operation(
        "feedback",
        "giveFeedback",
        "Say whether an answer was useful",
        contract.Feedback,
        contract.Empty,
        unavailable=_NO_STORE,
    ),
)


_SIGN_ONS = {
    "session": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token of /session.",
    },
    "intranet": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A token of the organisation's own sign-on.",
    },
}
"""What an operation's ``security`` names, as OpenAPI has it."""


def openapi() -> dict[str, Any]:
    """The OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Notice web channel",
            "version": "1",
            "description": "One request, one whole answer. No cookies: the session travels in the "
            "Authorization header. Pages of other origins may call only if credentials.yml names "
            "them.",
        },
        "servers": [{"url": "/webhooks/notice"}],
        "paths": {
            **{f"/{one.name}": {one.method: one.as_openapi()} for one in OPERATIONS},
            "/openapi.json": {"get": _of_itself()},
        },
        "components": {
            "securitySchemes": _SIGN_ONS,
            "schemas": _schemas(),
        },
    }


def _of_itself() -> dict[str, Any]:
    """The route that sends this document: it takes no session and has no model."""
    return {
        "operationId": "readDescription",
        "summary": "This description",
        "security": [],
        "responses": {
            "200": {
                "description": "Done.",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            "503": _refusal(503, _RESTARTING),
        },
    }


def _json(model: type) -> dict[str, Any]:
    shown = {"$ref": f"{_COMPONENTS}{model.__name__}"}
    return {"content": {"application/json": {"schema": shown}}}


def _refusal(status: int, description: str) -> dict[str, Any]:
    wait = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    headers = {"headers": wait} if status == 429 else {}
    return {"description": description, **_json(contract.Unanswered), **headers}


def _schemas() -> dict[str, Any]:
    """All models by name, as pydantic describes them, put right for OpenAPI 3.1."""
    named = [one for each in OPERATIONS for one in (each.takes, each.gives) if one]
    models = [_model(one) for one in (*named, contract.Unanswered)]
    made: dict[str, Any] = schema(models, ref_prefix=_COMPONENTS)["definitions"]
    for model in get_flat_models_from_models(models):
        written = getattr(contract, model.__name__)
        shown = made[model.__name__]
        shown.pop("title")
        shown["description"] = " ".join((inspect.getdoc(written) or "").split())
        if is_typeddict(written):
            shown["required"] = list(written.__annotations__)
        for name, field in getattr(model, "__fields__", {}).items():
            if (property_ := shown.get("properties", {}).get(name)) is None:
                continue  # of a union
            property_.pop("title", None)
            if field.allow_none:
                shown["properties"][name] = _or_null(property_)
    return dict(sorted(made.items()))


def _model(written: type) -> type[BaseModel]:
    """A model as pydantic has it; it makes its own of a typed dictionary."""
    if not is_typeddict(written):
        return written
    return create_model_from_typeddict(
        written, __module__=contract.__name__, __config__=contract.Body.Config
    )


def _or_null(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What may be null too, which pydantic 1 does not say."""
    if "allOf" in shown:  # a reference with a description
        rest = {key: value for key, value in shown.items() if key != "allOf"}
        return {"anyOf": [*shown["allOf"], {"type": "null"}], **rest}
    if "$ref" in shown:
        return {"anyOf": [dict(shown), {"type": "null"}]}
    allowed = {"enum": [*shown["enum"], None]} if "enum" in shown else {}
    return {**shown, "type": [shown["type"], "null"], **allowed}


def widget_types(document: Mapping[str, Any]) -> str:
    """The models in TypeScript, and ``Calls``: what each route takes and gives.

    Args:
        document: what :func:`openapi` gave.
    """
    schemas: Mapping[str, Any] = document["components"]["schemas"]
    calls = "".join(
        f"  {one.name}: {{ takes: {one.takes.__name__ if one.takes else 'undefined'}; "
        f"gives: {one.gives.__name__} }};\n"
        for one in OPERATIONS
    )
    return "\n".join(
        [
            "// Written by `notice schema` out of assistant/channels/web/contract.py.\n",
            *(_declared(name, shown) for name, shown in schemas.items()),
            f"/** What each route takes and gives. */\nexport interface Calls {{\n{calls}}}\n",
        ]
    )


def _declared(name: str, shown: Mapping[str, Any]) -> str:
    comment = _comment(shown)
    if not shown.get("properties"):
        return f"{comment}export type {name} = {_typescript(shown)};\n"
    fields = "".join(
        _comment(one, indent="  ")
        + f"  {field}{'' if field in shown['required'] else '?'}: {_typescript(one)};\n"
        for field, one in shown["properties"].items()
    )
    return f"{comment}export interface {name} {{\n{fields}}}\n"


def _comment(shown: Mapping[str, Any], indent: str = "") -> str:
    return f"{indent}/** {shown['description']} */\n" if "description" in shown else ""


_TYPESCRIPT = {
    "string": "string",
    "integer": "number",
    "boolean": "boolean",
    "null": "null",
    "object": "Record<string, never>",  # one with fields is declared and referred to
}


def _typescript(shown: Mapping[str, Any]) -> str:
    """A schema as a type of TypeScript.

    Raises:
        KeyError: a form of schema that no model has had so far.
    """
    if "$ref" in shown:
        return str(shown["$ref"]).removeprefix(_COMPONENTS)
    if "anyOf" in shown:
        return " | ".join(_typescript(one) for one in shown["anyOf"])
    if "enum" in shown:
        return " | ".join(json.dumps(one) for one in shown["enum"])
    if shown["type"] == "array":
        return f"{_typescript(shown['items'])}[]"
    types = [shown["type"]] if isinstance(shown["type"], str) else shown["type"]
    return " | ".join(_TYPESCRIPT[one] for one in types)


def described() -> dict[str, str]:
    """The files by their paths below the project."""
    document = openapi()
    return {
        OPENAPI: json.dumps(document, indent=1, ensure_ascii=False) + "\n",
        WIDGET_TYPES: widget_types(document),
    }


def write_described(root: Path) -> list[Path]:
    """Write the files into the project ``root``, over what is there.

    Returns:
        The files written.
    """
    written = {root / name: text for name, text in described().items()}
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(written)
