"""The types in signatures: absence, files, and answers in detail."""

from ._runtime.types import UNSET, FileContent, FileInput, Response, Unset

__all__ = ("UNSET", "FileContent", "FileInput", "Response", "Unset")
