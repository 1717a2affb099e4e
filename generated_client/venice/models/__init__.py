"""The models that requests and answers are made of."""

from .aspect_ratio import AspectRatio
from .detailed_error import DetailedError
from .edit_image_file import EditImageFile
from .edit_image_json import EditImageJson
from .edit_image_multipart import EditImageMultipart
from .error import Error
from .list_models_parameters import ListModelsParameters
from .listed_model import ListedModel
from .model import Model
from .model_constraints import ModelConstraints
from .model_id import ModelId
from .model_list import ModelList
from .model_pricing import ModelPricing
from .model_pricing_quality import ModelPricingQuality
from .model_spec import ModelSpec
from .output_format import OutputFormat
from .payment_required import PaymentRequired
from .price import Price
from .quality import Quality
from .quality_prices import QualityPrices
from .resolution import Resolution
from .top_up_instructions import TopUpInstructions

__all__ = (
    "AspectRatio",
    "DetailedError",
    "EditImageFile",
    "EditImageJson",
    "EditImageMultipart",
    "Error",
    "ListModelsParameters",
    "ListedModel",
    "Model",
    "ModelConstraints",
    "ModelId",
    "ModelList",
    "ModelPricing",
    "ModelPricingQuality",
    "ModelSpec",
    "OutputFormat",
    "PaymentRequired",
    "Price",
    "Quality",
    "QualityPrices",
    "Resolution",
    "TopUpInstructions",
)
