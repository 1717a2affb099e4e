"""The check of a file that is a request's body by itself: whether its media type is one that the API takes."""

from __future__ import annotations

from typing import Any, Final

from .checks import BasicCheck
from .files import UploadFile, is_file
from .image_type import media_type_of, usual_name

ANY_FILE: Final = "application/octet-stream"
"""The media type that any file may be sent as."""


class MediaType(BasicCheck):
    """A file must be of this media type. What isn't said with the file is told by its first bytes and its name.

    Args:
        taken: A media type; or a range of them, such as "image/*".
    """

    __slots__ = ("_taken",)

    def __init__(self, taken: str) -> None:
        super().__init__(taken)
        self._taken = taken

    def breach(self, value: Any) -> str | None:
        """See BasicCheck.

        Raises:
            FileProblem: A file can't be read.
        """
        if not is_file(value):
            return None
        stated = UploadFile.of(value).media_type
        if distance(self._taken, stated) is not None:
            return None
        how = "media type" if "*" in self._taken else repr(self._taken)
        return f"must be {self._taken}, and seems to be {stated}; if it isn't, say so: give (name, content, {how})"


def distance(taken: str, stated: str) -> int | None:
    """How far a media type is from one that is taken: 0 for the same, more the wider a range is; None outside of it.

    Args:
        taken: A media type, or a range such as "image/*" or "*/*".
        stated: A file's media type.
    """
    wanted, named = usual_name(media_type_of(taken)), usual_name(media_type_of(stated))
    steps = (named, f"{named.partition('/')[0]}/*", ANY_FILE, "*/*")
    return steps.index(wanted) if wanted in steps else None


def sent_as(taken: str, stated: str) -> str:
    """The media type to send a file as.

    Args:
        taken: The one that the API takes, or a range.
        stated: The file's own. It is sent, unless the API has another name for it or takes any file.
    """
    if "*" in taken or distance(taken, stated) is None or media_type_of(taken) == media_type_of(stated):
        return stated
    return taken
