"""What is written out of the web channel's models: the OpenAPI document and the widget's types.

``tests/channels/web/test_channel.py`` holds what a running channel says against the document, and
``tests/browser/test_bundle.py`` the widget against its types.
"""

from __future__ import annotations

import json
from typing import Any, is_typeddict

import jsonschema
import pytest
from pydantic import BaseModel

from assistant.channels.web import contract
from assistant.channels.web.description import described, openapi, widget_types
from assistant.project import Project
from tests.channels.conftest import DESCRIPTION

SCHEMAS: dict[str, Any] = openapi()["components"]["schemas"]
BASES = {"Body", "Parts"}
"""Models that only others are made of."""


@pytest.mark.parametrize("name", described())
def test_the_file_in_the_repository_is_the_models(name: str, project: Project) -> None:
    written = (project.root / name).read_text(encoding="utf-8")
    assert written == described()[name], "run notice schema"


def test_every_model_is_described_in_words() -> None:
    models = {
        name
        for name, one in vars(contract).items()
        if is_typeddict(one) or (isinstance(one, type) and issubclass(one, BaseModel))
    }
    models -= {"BaseModel", *BASES}
    assert models <= set(SCHEMAS)
    assert all(one["description"] for one in SCHEMAS.values())


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


def errors(name: str, value: Any) -> list[str]:
    shown = {"$ref": f"#/components/schemas/{name}", "components": DESCRIPTION["components"]}
    return [one.message for one in jsonschema.Draft202012Validator(shown).iter_errors(value)]


def test_a_reply_has_every_field_and_null_only_where_that_is_said() -> None:
    button = {"title": "Yes", "payload": "/yes"}
    assert errors("Button", button) == []
    assert errors("Button", {**button, "title": None})
    assert errors("Button", {"title": "Yes"})
    assert errors("Button", {**button, "more": 1})
    feedback = {"id": "8a6e0804-2bd0-4672-b79d-d97027f9071a", "useful": False}
    for reason in ({}, {"reason": None}, {"reason": "unclear"}):
        assert errors("Feedback", {**feedback, **reason}) == []
    assert errors("Feedback", {**feedback, "reason": "a long story"})


@pytest.mark.parametrize("name", ["unavailable", "refused"])
def test_what_the_proxy_says_itself_is_described_too(name: str, project: Project) -> None:
    said = json.loads((project.root / f"deploy/nginx/{name}.json").read_text(encoding="utf-8"))
    assert errors("Unanswered", said) == []
    assert said["error"]["contacts"][0]["tel"] == "tel:999"


def test_the_widget_is_told_what_may_be_null_or_left_out() -> None:
    types = widget_types(DESCRIPTION)
    for line in (
        "export type Message = Typed | Picked;",
        "  reason?: Reason | null;",
        "  lead: string | null;",
        "  tell: Point | null;",
        "  numbers: number[];",
        '  duty: "must" | "should" | "may" | null;',
        "  history: { takes: undefined; gives: History };",
    ):
        assert f"\n{line}\n" in types, line
