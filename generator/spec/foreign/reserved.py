"""Names that generated code needs itself, so that no schema, tag or operation is called so."""

from __future__ import annotations

from typing import Final

CLASSES: Final = frozenset(
    (
        *("Any", "AsyncOutcomes", "Callable", "ClassVar", "Credential", "Iterable", "Iterator", "Literal", "Mapping"),
        *("Operation", "Outcomes", "PathLike", "Response", "Self", "Sequence", "Shape", "Unset", "UNSET", "FileInput"),
        *("WalletLike", "Answer", "ImageFile", "ImageItem", "ImageSet", "Request", "AdditionalProperties", "AnyOf"),
        *("Check", "Condition", "Const", "DependentRequired", "Enum", "Image", "FileBody", "MediaType"),
        *("ExclusiveMaximum", "ExclusiveMinimum", "MaxItems", "MaxLength", "MaxProperties", "Maximum", "MinItems"),
        *("MinLength", "MinProperties", "Minimum", "MultipleOf", "Not", "OneOf", "Pattern", "Present", "Required"),
        *("Rule", "Rules", "TotalPixels", "Type", "UniqueItems", "ValueBody", "Reads", "OPERATION", "None", "True"),
        *("False", "Exception", "ValueError", "TypeError", "KeyError"),
    )
)
"""Names that generated modules import or that Python has."""

MODULES: Final = frozenset(("init",))
"""Names of modules that every package has where operations stand."""

MEMBERS: Final = frozenset(("call", "send", "send_detailed", "close", "with_options"))
"""What a client has besides its resources."""

METHODS: Final = frozenset(("with_raw_response",))
"""What a resource has besides its operations."""
