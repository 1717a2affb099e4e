"""The types in signatures: absence, files, answers in detail, progress, and what becomes of each of many requests."""

from ._runtime.many import AsyncOutcomes, Outcome, Outcomes
from ._runtime.progress import Progress
from ._runtime.response import Response
from ._runtime.types import UNSET, FileContent, FileInput, Unset

__all__ = ("UNSET", "AsyncOutcomes", "FileContent", "FileInput", "Outcome", "Outcomes", "Progress", "Response", "Unset")
