"""The models that requests and answers are made of; each is imported when it is first asked for."""

from typing import TYPE_CHECKING

from .._runtime.late import late as _late

if TYPE_CHECKING:
    from ._edit_images_messages import EditImagesMessages
    from ._edit_images_messages_model import EditImagesMessagesModel
    from ._edit_images_multipart import EditImagesMultipart
    from ._edit_images_prompt import EditImagesPrompt
    from ._error import Error
    from ._error_detail import ErrorDetail
    from ._extra import Extra
    from ._generate_images_messages import GenerateImagesMessages
    from ._generate_images_messages_model import GenerateImagesMessagesModel
    from ._generate_images_prompt import GenerateImagesPrompt
    from ._image_content import ImageContent
    from ._image_data import ImageData
    from ._image_input import ImageInput
    from ._image_message import ImageMessage
    from ._image_message_role import ImageMessageRole
    from ._image_model import ImageModel
    from ._images_response import ImagesResponse
    from ._palette_color import PaletteColor
    from ._response_format import ResponseFormat
    from ._text_content import TextContent
    from ._text_input import TextInput
    from ._text_message import TextMessage
    from ._text_message_role import TextMessageRole
else:
    __getattr__, __dir__ = _late(
        __name__,
        {
            "EditImagesMessages": "_edit_images_messages",
            "EditImagesMessagesModel": "_edit_images_messages_model",
            "EditImagesMultipart": "_edit_images_multipart",
            "EditImagesPrompt": "_edit_images_prompt",
            "Error": "_error",
            "ErrorDetail": "_error_detail",
            "Extra": "_extra",
            "GenerateImagesMessages": "_generate_images_messages",
            "GenerateImagesMessagesModel": "_generate_images_messages_model",
            "GenerateImagesPrompt": "_generate_images_prompt",
            "ImageContent": "_image_content",
            "ImageData": "_image_data",
            "ImageInput": "_image_input",
            "ImageMessage": "_image_message",
            "ImageMessageRole": "_image_message_role",
            "ImageModel": "_image_model",
            "ImagesResponse": "_images_response",
            "PaletteColor": "_palette_color",
            "ResponseFormat": "_response_format",
            "TextContent": "_text_content",
            "TextInput": "_text_input",
            "TextMessage": "_text_message",
            "TextMessageRole": "_text_message_role",
        },
    )

__all__ = (
    "EditImagesMessages",
    "EditImagesMessagesModel",
    "EditImagesMultipart",
    "EditImagesPrompt",
    "Error",
    "ErrorDetail",
    "Extra",
    "GenerateImagesMessages",
    "GenerateImagesMessagesModel",
    "GenerateImagesPrompt",
    "ImageContent",
    "ImageData",
    "ImageInput",
    "ImageMessage",
    "ImageMessageRole",
    "ImageModel",
    "ImagesResponse",
    "PaletteColor",
    "ResponseFormat",
    "TextContent",
    "TextInput",
    "TextMessage",
    "TextMessageRole",
)
