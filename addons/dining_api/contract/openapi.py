"""`openapi.json` from the table of endpoints; `./manage openapi` writes it.

Run with this addon's folder on the path, Odoo is not needed: `python -m contract.openapi`.
"""

import json
import re

from pydantic.json_schema import models_json_schema

from .common import Error
from .endpoints import BASE, ENDPOINTS

_PARAMETER = re.compile(r"<(int|string):(\w+)>")
_QUERY = {"tables.scan": ("scene", True), "tables.show": ("rev", False), "orders.show": ("rev", False)}


def build():
    """The OpenAPI 3.1 document as a dict."""
    models = {endpoint.answer for endpoint in ENDPOINTS.values()} | {Error}
    pairs = [(model, "serialization") for model in models if model]
    pairs += [(endpoint.body, "validation") for endpoint in ENDPOINTS.values() if endpoint.body]
    refs, definitions = models_json_schema(
        sorted(set(pairs), key=lambda pair: pair[0].__name__), ref_template="#/components/schemas/{model}"
    )
    paths = {}
    for endpoint in ENDPOINTS.values():
        path = _PARAMETER.sub(r"{\2}", endpoint.path)
        paths.setdefault(path, {})[endpoint.method.lower()] = _operation(endpoint, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Diancan",
            "version": "1.0.0",
            "description": "Ordering at a restaurant table. Amounts are integer fen, tax included.",
            "license": {"name": "LGPL-3.0", "identifier": "LGPL-3.0-only"},
        },
        "servers": [{"url": BASE}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(definitions["$defs"].items())),
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def text():
    """The document as it is committed."""
    return json.dumps(build(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _operation(endpoint, refs):
    operation = {
        "operationId": endpoint.name.replace(".", "_"),
        "tags": [endpoint.tag],
        "summary": endpoint.summary,
        "parameters": _parameters(endpoint),
        "responses": _responses(endpoint, refs),
        "security": [] if endpoint.public else [{"bearer": []}],
    }
    if endpoint.body:
        schema = refs[endpoint.body, "validation"]
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


def _parameters(endpoint):
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if kind == "int" else "string"},
        }
        for kind, name in _PARAMETER.findall(endpoint.path)
    ]
    if endpoint.name in _QUERY:
        name, required = _QUERY[endpoint.name]
        parameters.append({"name": name, "in": "query", "required": required, "schema": {"type": "string"}})
    if endpoint.keyed:
        parameters.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "schema": {"type": "string", "format": "uuid"},
            }
        )
    return parameters


def _responses(endpoint, refs):
    if endpoint.answer:
        content = {"application/json": {"schema": refs[endpoint.answer, "serialization"]}}
    else:
        content = {endpoint.media: {"schema": {"type": "string", "format": "binary"}}}
    return {
        "200": {"description": "Done", "content": content},
        "default": {
            "description": "A refusal; nothing was changed",
            "content": {"application/json": {"schema": refs[Error, "serialization"]}},
        },
    }


if __name__ == "__main__":
    print(text(), end="")  # a program of its own; pylint: disable=print-used
