"""Reads the script of a bad day from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from generator.mock.faults.fault import FaultError
from generator.mock.faults.notation import fault_of

if TYPE_CHECKING:
    from pathlib import Path

    from generator.mock.faults.fault import Fault
    from generator.spec.model import Json


def read_script(path: Path) -> tuple[Fault, ...]:
    """The faults of a file, in order.

    Args:
        path: A file of YAML or JSON: a list of faults, each an object of fields or a line of text.

    Raises:
        FaultError: The file can't be read, or a fault in it can't be; the message says which.
    """
    try:
        # JSON is YAML, but for tabs between its tokens.
        value = yaml.safe_load(path.read_text(encoding="utf-8").replace("\t", " "))
    except OSError as error:
        raise FaultError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise FaultError(f"{path}: is not UTF-8") from None
    except yaml.YAMLError as error:
        raise FaultError(f"{path}: is neither YAML nor JSON: {' '.join(str(error).split())}") from None
    try:
        return faults_of(value)
    except FaultError as error:
        raise FaultError(f"{path}: {error}") from None


def faults_of(value: Json) -> tuple[Fault, ...]:
    """The faults that a JSON value means: a list of them, or one by itself.

    Raises:
        FaultError: One can't be; the message says which.
    """
    if not isinstance(value, list):
        return (fault_of(value),)
    faults = []
    for number, step in enumerate(value, 1):
        try:
            faults.append(fault_of(step))
        except FaultError as error:
            raise FaultError(f"fault {number}: {error}") from None
    return tuple(faults)
