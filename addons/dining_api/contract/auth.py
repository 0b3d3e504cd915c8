"""Logging in with WeChat's one-time code."""

from typing import Annotated

from pydantic import Field

from .common import Answer, Request


class LoginIn(Request):
    appid: Annotated[str, Field(min_length=4, max_length=32)]
    code: Annotated[str, Field(min_length=1, max_length=128, description="from wx.login")]


class LoginOut(Answer):
    token: str = Field(description="send as Authorization: Bearer")
    expires_at: str = Field(description="ISO 8601, UTC")
