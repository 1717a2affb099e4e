"""Requests whose body is no object with fields: a list, a text, any JSON; and files of any kind by themselves."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .breaches import Breach
from .errors import RequestRefused
from .file_body import FileBody
from .json_body import written as as_json
from .media_type import sent_as
from .model import plain
from .request import Request
from .types import UNSET

if TYPE_CHECKING:
    from .content import Content


class ValueBody(Request):
    """A request whose body is one value. Generated classes have the field, with the rules on it.

    Attributes:
        body: The value; as a field it has a name in Python alone.
    """

    __slots__ = ()

    body: Any

    def written(self, media_type: str) -> tuple[str, bytes | Content]:
        """The body's media type, and the value as JSON.

        Args:
            media_type: The one that the API takes.

        Raises:
            RequestRefused: JSON has no such value.
            FileProblem: A file in it can't be read.
        """
        value = plain(self.body)
        try:
            return media_type, as_json(None if value is UNSET else value)
        except (TypeError, ValueError, RecursionError) as error:
            words = f"must be something that JSON in UTF-8 can carry ({type(error).__name__})"
        raise RequestRefused([Breach("body", "json", value, words, "assumed", "RFC 8259")])


class TextBody(ValueBody):
    """A request whose body is a text."""

    __slots__ = ()

    body: str

    def written(self, media_type: str) -> tuple[str, bytes | Content]:
        """The body's media type, and the text in UTF-8.

        Args:
            media_type: The one that the API takes.

        Raises:
            RequestRefused: It is no text, or one that UTF-8 can't carry.
        """
        try:
            said = (
                f"{media_type};charset=utf-8"
                if media_type.startswith("text/") and ";" not in media_type
                else media_type
            )
            return said, str(self.body).encode()
        except UnicodeEncodeError:
            words = "must be text that UTF-8 can carry, without lone surrogates"
        raise RequestRefused([Breach("body", "text", self.body, words, "assumed", "RFC 3629")])


class AnyFileBody(FileBody):
    """A request that is a file of any kind: sent as the API calls it, unless the media type is given with the file."""

    __slots__ = ()

    def written(self, media_type: str) -> tuple[str, Content]:
        """The file's media type, and what is in it; see `FileBody`.

        Args:
            media_type: The one that the API takes, or a range such as "image/*".
        """
        stated = self.file[2] if isinstance(self.file, tuple) and len(self.file) > 2 else ""  # noqa: PLR2004 - name, content, media type
        found, content = super().written(media_type)
        return (sent_as(media_type, stated) if stated else found if "*" in media_type else media_type), content
