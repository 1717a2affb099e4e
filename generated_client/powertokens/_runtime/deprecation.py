"""Marks functions that the API calls deprecated: type checkers tell while code is written, a warning when it runs."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import deprecated
    from typing_extensions import deprecated as deprecated_form
else:

    def deprecated_form(_: str) -> Any:
        """A decorator of an overload: it does nothing, since the method itself warns."""
        return lambda form: form

    def deprecated(words: str) -> Any:
        """A decorator that warns at the line that calls; of an asynchronous function, when it is called, not awaited.

        Args:
            words: What to say.
        """
        import warnings  # noqa: PLC0415 - rarely needed
        from functools import wraps  # noqa: PLC0415 - likewise

        def mark(function: Any) -> Any:
            @wraps(function)
            def warning(*arguments: Any, **options: Any) -> Any:
                warnings.warn(words, DeprecationWarning, stacklevel=2)
                return function(*arguments, **options)

            return warning

        return mark


__all__ = ("deprecated", "deprecated_form")
