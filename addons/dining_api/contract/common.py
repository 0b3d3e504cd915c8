"""Pieces that every resource shares."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Request(BaseModel):
    """A request body: an unknown field (a price, a total) is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Answer(BaseModel):
    """An answer body."""

    model_config = ConfigDict(extra="forbid")


class Text(Answer):
    """A text in both languages of the interface."""

    zh: str
    en: str


class Error(Answer):
    """A refusal: a stable code, a message for a person and facts about it."""

    code: str
    message: Text
    data: dict[str, Any] = Field(default_factory=dict)


class Done(Answer):
    """The write was made and there is nothing more to say."""

    done: bool = True


#: A uuid made by the client, sent as text.
ClientKey = Annotated[UUID, Field(strict=False)]
RecordId = Annotated[int, Field(gt=0, lt=2**31)]
AmountFen = Annotated[int, Field(description="integer fen, 1/100 yuan, tax included")]
