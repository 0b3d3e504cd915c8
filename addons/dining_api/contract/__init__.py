"""The API's contract as pydantic models: what a request may hold and what an answer holds.

`openapi.json` is generated from these models and the mini-program's types from
that file. Every request model forbids unknown fields, so that a client can
never send a price.
"""
