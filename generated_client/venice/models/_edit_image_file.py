"""The answer `EditImageFile`."""

from __future__ import annotations

from .._runtime.images import ImageFile


class EditImageFile(ImageFile):
    """The edited image.

    The headers that the API documents are attributes; all headers are in `headers`.
    """

    @property
    def balance_remaining(self) -> str | None:
        """What is left of the wallet's balance, in US dollars."""
        value: str | None = self.headers.get("X-Balance-Remaining")
        return value

    @property
    def is_content_violation(self) -> bool | None:
        """Whether the image was blurred by safe mode."""
        value: str | None = self.headers.get("x-venice-is-content-violation")
        return None if value is None else value.strip().lower() == "true"

    @property
    def model_id(self) -> str | None:
        """The model that made the image."""
        value: str | None = self.headers.get("x-venice-model-id")
        return value

    @property
    def model_name(self) -> str | None:
        """That model's name for people."""
        value: str | None = self.headers.get("x-venice-model-name")
        return value

    @property
    def model_deprecation_warning(self) -> str | None:
        """Said of a model that will go."""
        value: str | None = self.headers.get("x-venice-model-deprecation-warning")
        return value

    @property
    def model_deprecation_date(self) -> str | None:
        """When that model will go."""
        value: str | None = self.headers.get("x-venice-model-deprecation-date")
        return value
