"""Reading specs: load and resolve one, find what is wrong with it, list its rules."""

from generator.spec.load import load, load_all, openapi_folder
from generator.spec.model import (
    Answer,
    Condition,
    Contract,
    Example,
    Json,
    Level,
    Operation,
    Parameter,
    Place,
    Rule,
    SecurityScheme,
    Shape,
    Source,
)
from generator.spec.problems import Problem, SpecError

__all__ = [
    "Answer",
    "Condition",
    "Contract",
    "Example",
    "Json",
    "Level",
    "Operation",
    "Parameter",
    "Place",
    "Problem",
    "Rule",
    "SecurityScheme",
    "Shape",
    "Source",
    "SpecError",
    "load",
    "load_all",
    "openapi_folder",
]
