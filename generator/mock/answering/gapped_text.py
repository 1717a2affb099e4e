"""JSON texts with gaps: what is the same from request to request is written once, and a few values are filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class GappedText:
    """A text with gaps, each of which has a name, and may stand in it several times."""

    _form: bytes = field(repr=False)

    @classmethod
    def of(cls, text: bytes, stand_ins: Mapping[bytes, bytes]) -> GappedText:
        """The text with gaps.

        Args:
            text: The text with something in each gap.
            stand_ins: What that is, by the gaps' names: random hexadecimal digits, which stand nowhere else.
        """
        form = text.replace(b"%", b"%%")
        for name, stand_in in stand_ins.items():
            form = form.replace(stand_in, b"%%(%b)b" % name)
        return cls(form)

    def filled(self, values: Mapping[bytes, bytes]) -> bytes:
        """The whole text.

        Args:
            values: What goes into the gaps, by their names; more do no harm.
        """
        return self._form % values
