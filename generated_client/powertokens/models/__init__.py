"""The models that requests and answers are made of."""

from .edit_images_messages import EditImagesMessages
from .edit_images_messages_model import EditImagesMessagesModel
from .edit_images_multipart import EditImagesMultipart
from .edit_images_prompt import EditImagesPrompt
from .error import Error
from .error_detail import ErrorDetail
from .extra import Extra
from .generate_images_messages import GenerateImagesMessages
from .generate_images_messages_model import GenerateImagesMessagesModel
from .generate_images_prompt import GenerateImagesPrompt
from .image_content import ImageContent
from .image_data import ImageData
from .image_input import ImageInput
from .image_message import ImageMessage
from .image_message_role import ImageMessageRole
from .image_model import ImageModel
from .images_response import ImagesResponse
from .palette_color import PaletteColor
from .response_format import ResponseFormat
from .text_content import TextContent
from .text_input import TextInput
from .text_message import TextMessage
from .text_message_role import TextMessageRole

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
