"""A request whose body is a file by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .breaches import Breach
from .content import Content, FileAsItIs
from .errors import RequestRefused
from .files import UploadFile
from .image_check import Image
from .media_type import sent_as
from .request import Request

if TYPE_CHECKING:
    from .types import FileInput

_A_FILE: Final = Image(forms=("file",))


class FileBody(Request):
    """A request that is nothing but a file. Generated classes have the field, with the rules on it.

    Attributes:
        file: The file; as a field it has a name in Python alone.
    """

    __slots__ = ()

    file: FileInput

    def written(self, media_type: str) -> tuple[str, Content]:
        """The file's media type, and what is in it, to be read anew for each attempt.

        Args:
            media_type: The one that the API takes, or a range such as "image/*".

        Raises:
            RequestRefused: It is no file.
            FileProblem: It can't be read, or is empty.
        """
        if (words := _A_FILE.breach(self.file)) is not None:
            raise RequestRefused([Breach("file", "file", self.file, words, "assumed", "RFC 9110")])
        file = UploadFile.of(self.file)
        return sent_as(media_type, file.media_type), Content((FileAsItIs(file),))
