"""The models that requests and answers are made of; each is imported when it is first asked for."""

from typing import TYPE_CHECKING

from .._runtime.late import late as _late

if TYPE_CHECKING:
    from ._aspect_ratio import AspectRatio
    from ._detailed_error import DetailedError
    from ._edit_image_file import EditImageFile
    from ._edit_image_json import EditImageJson
    from ._edit_image_multipart import EditImageMultipart
    from ._error import Error
    from ._list_models_parameters import ListModelsParameters
    from ._listed_model import ListedModel
    from ._model import Model
    from ._model_constraints import ModelConstraints
    from ._model_id import ModelId
    from ._model_list import ModelList
    from ._model_pricing import ModelPricing
    from ._model_pricing_quality import ModelPricingQuality
    from ._model_spec import ModelSpec
    from ._output_format import OutputFormat
    from ._payment_required import PaymentRequired
    from ._price import Price
    from ._quality import Quality
    from ._quality_prices import QualityPrices
    from ._resolution import Resolution
    from ._top_up_instructions import TopUpInstructions
else:
    __getattr__, __dir__ = _late(
        __name__,
        {
            "AspectRatio": "_aspect_ratio",
            "DetailedError": "_detailed_error",
            "EditImageFile": "_edit_image_file",
            "EditImageJson": "_edit_image_json",
            "EditImageMultipart": "_edit_image_multipart",
            "Error": "_error",
            "ListModelsParameters": "_list_models_parameters",
            "ListedModel": "_listed_model",
            "Model": "_model",
            "ModelConstraints": "_model_constraints",
            "ModelId": "_model_id",
            "ModelList": "_model_list",
            "ModelPricing": "_model_pricing",
            "ModelPricingQuality": "_model_pricing_quality",
            "ModelSpec": "_model_spec",
            "OutputFormat": "_output_format",
            "PaymentRequired": "_payment_required",
            "Price": "_price",
            "Quality": "_quality",
            "QualityPrices": "_quality_prices",
            "Resolution": "_resolution",
            "TopUpInstructions": "_top_up_instructions",
        },
    )

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
