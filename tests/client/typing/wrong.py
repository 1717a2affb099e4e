"""What users may not write: behind each wrong line stands what mypy and pyright must find in it, and nothing else."""

# mypy: ignore-errors
# The test takes the line above out; it is there for those who check the whole tree.
# ruff: noqa: B018, E501, F401, I001 - wrong on purpose; one line a mistake
# fmt: off

from __future__ import annotations

from pathlib import Path

from generated_client.powertokens import AsyncPowerTokens, PowerTokens, errors, models
from generated_client.powertokens import nothing  # wrong: attr-defined | reportAttributeAccessIssue, reportUnknownVariableType, reportUnusedImport
from generated_client.powertokens.api.images import generate_images
from generated_client.venice import Venice

client = PowerTokens("key")
venice = Venice()

PowerTokens(12)  # wrong: arg-type | reportArgumentType
PowerTokens(token="key")  # wrong: call-arg | reportCallIssue
PowerTokens("key", "https://host")  # wrong: call-arg | reportCallIssue
Venice(api_key="key", wallet="key")  # wrong: arg-type | reportArgumentType

client.images.paint(prompt="a cat")  # wrong: attr-defined | reportAttributeAccessIssue, reportUnknownMemberType
client.images.generate(model="qwen-image-2.0-pro")  # wrong: call-overload | reportCallIssue
client.images.generate(model="dall-e-3", prompt="a cat")  # wrong: call-overload | reportArgumentType
client.images.generate(model="qwen-image-2.0-pro", prompt=1)  # wrong: call-overload | reportArgumentType
client.images.generate("qwen-image-2.0-pro", "a cat")  # wrong: call-overload | reportCallIssue
client.images.generate(model="wan2.7-image-pro", prompt="a", promt="b")  # wrong: call-overload | reportCallIssue
client.images.generate(model="wan2.7-image-pro", prompt="a", input={})  # wrong: call-overload | reportCallIssue
client.images.generate(model="wan2.7-image-pro", prompt="a", n="2")  # wrong: call-overload | reportArgumentType
client.images.generate(model="wan2.7-image-pro", prompt="a", thinking_mode=True)  # wrong: call-overload | reportCallIssue
client.images.edit(model="wan2.7-image-pro", prompt="a", image=12)  # wrong: call-overload | reportCallIssue, reportArgumentType
client.images.edit(model="wan2.7-image-pro", prompt="a", image={Path("a.png")})  # wrong: call-overload | reportCallIssue, reportArgumentType
client.images.edit(model="wan2.7-image-pro", prompt="a", image=("a.png", 1, "image/png"))  # wrong: call-overload | reportCallIssue, reportArgumentType
client.images.edit(model="wan2.7-image-pro", prompt="a", content_type="image/png")  # wrong: call-overload | reportArgumentType
venice.image.edit(image=Path("a.png"), prompt="a", aspect_ratio="7:3")  # wrong: call-overload | reportCallIssue, reportArgumentType
venice.models.list(kind="inpaint")  # wrong: call-arg | reportCallIssue

models.GenerateImagesPrompt(model="qwen-image-2.0-pro")  # wrong: call-arg | reportCallIssue
models.PaletteColor(hex=1, ratio="1%")  # wrong: arg-type | reportArgumentType
models.GenerateImagesPrompt(model="wan2.7-image-pro", prompt="a").prompt = "b"  # wrong: misc | reportAttributeAccessIssue
generate_images.sync(client=client, body={"prompt": "a"})  # wrong: arg-type | reportArgumentType
generate_images.sync(client=venice, body=models.GenerateImagesPrompt.unchecked())  # wrong: arg-type | reportArgumentType

result = client.images.generate(model="qwen-image-2.0-pro", prompt="a cat")
result.pictures  # wrong: attr-defined | reportAttributeAccessIssue, reportUnknownMemberType
result.images[0].url.upper()  # wrong: union-attr | reportOptionalMemberAccess
result.save()  # wrong: call-arg | reportCallIssue
result.save("out", overwrite="yes")  # wrong: arg-type | reportArgumentType
client.images.with_raw_response.generate(prompt="a")  # wrong: call-overload | reportCallIssue
client.images.with_raw_response.generate(model="wan2.7-image-pro", prompt="a").images  # wrong: attr-defined | reportAttributeAccessIssue, reportUnknownMemberType
client.images.generate_many("a cat")  # wrong: arg-type | reportArgumentType
client.with_options(retries=3)  # wrong: call-arg | reportCallIssue


def failed(error: errors.BadRequest) -> str:
    """The message may be missing."""
    return error.parsed.error.message  # wrong: union-attr | reportOptionalMemberAccess


async def awaited(other: AsyncPowerTokens) -> models.ImagesResponse:
    """What must be awaited is no answer."""
    return other.images.generate(model="wan2.7-image-pro", prompt="a")  # wrong: return-value | reportReturnType
