"""What users may write: no type checker has a word on it. It is checked, not run."""

from __future__ import annotations

import io
import pickle
from pathlib import Path
from typing import assert_type

import httpx

from generated_client.powertokens import (
    UNSET,
    AsyncPowerTokens,
    FileInput,
    PowerTokens,
    Response,
    Unset,
    errors,
    models,
)
from generated_client.powertokens.api.images import edit_images, generate_images
from generated_client.powertokens.types import FileContent, Outcome, Progress
from generated_client.venice import AsyncVenice, Venice
from generated_client.venice import Response as VeniceResponse
from generated_client.venice import errors as venice_errors
from generated_client.venice import models as venice_models
from generated_client.venice.api.models import list_models


class Account:
    """A wallet's account, as eth-account has them."""

    address = "0x0"

    def sign_message(self, signable_message: object, /) -> object:
        """Sign a message."""
        return signable_message


def clients() -> None:
    """Every way to make a client."""
    PowerTokens()
    PowerTokens("key")
    PowerTokens(lambda: "key", base_url="https://host", timeout=30, deadline=None, max_retries=0)
    PowerTokens(api_key="key", timeout=httpx.Timeout(5), http_client=httpx.Client(), validate=False)
    AsyncPowerTokens("key", http_client=httpx.AsyncClient(), retry_lost_answers=True)
    Venice(wallet=Account())
    Venice(wallet=lambda: "proof", legacy_wallet=None)
    with PowerTokens() as client:
        assert_type(client, PowerTokens)
        other = client.with_options(timeout=1, deadline=2, max_retries=3, retry_lost_answers=True, headers={"X": "1"})
        assert_type(other, PowerTokens)
        other.close()


def generate(client: PowerTokens) -> None:
    """Text to image: both shapes, with parts as models or as mappings."""
    result = client.images.generate(model="qwen-image-2.0-pro", prompt="a cat", n=2, size="1024*1024", seed=0)
    assert_type(result, models.ImagesResponse)
    client.images.generate(
        model="wan2.7-image-pro",
        input={"messages": [{"role": "user", "content": [{"text": "a shop"}]}]},
        enable_sequential=True,
        n=12,
        color_palette=[{"hex": "#C2D1E6", "ratio": "100.00%"}, models.PaletteColor(hex="#35588C", ratio="0%")],
    )
    message = models.TextMessage(role="user", content=[models.TextContent(text="a shop")])
    client.images.generate(model="wan2.7-image-pro", input=models.TextInput(messages=[message]), watermark=False)
    client.images.generate(model="wan2.7-image-pro", prompt="a cat", additional_properties={"new": 1}, validate=False)
    seed: int | Unset = UNSET
    client.images.generate(model="wan2.7-image-pro", prompt="a cat", seed=seed)


def edit(client: PowerTokens, file: FileInput, content: FileContent) -> None:
    """Image edit: files of every kind, links, and both media types."""
    client.images.edit(model="qwen-image-2.0-pro", prompt="night", image=[Path("a.png"), b"bytes", io.BytesIO(b"open")])
    client.images.edit(model="qwen-image-2.0-pro", prompt="night", image=("a.png", b"bytes", "image/png"))
    client.images.edit(model="qwen-image-2.0-pro", prompt="night", image=[file, ("a.png", content)])
    client.images.edit(model="qwen-image-2.0-pro", prompt="night", image="https://example.com/a.png")
    client.images.edit(model="qwen-image-2.0-pro", prompt="night", image=(Path(name) for name in ("a.png", "b.png")))
    client.images.edit(model="qwen-image-2.0-pro", prompt="night", image=Path("in").glob("*.png"))
    client.images.edit(model="qwen-image-2.0-pro", prompt="night", image=["https://example.com/a.png", Path("b.png")])
    client.images.edit(
        model="qwen-image-2.0-pro", prompt="night", image=[Path("a.png")], content_type="application/json"
    )
    client.images.edit(
        model="qwen-image-2.0-pro", prompt="night", image=[Path("a.png")], content_type="multipart/form-data"
    )
    content_item = models.ImageContent(image=Path("a.png"))
    client.images.edit(
        model="wan2.7-image-pro",
        input=models.ImageInput(messages=[models.ImageMessage(role="user", content=[content_item, {"text": "night"}])]),
        bbox_list=[[[10, 10, 200, 200]], []],
    )


def answers(client: PowerTokens, result: models.ImagesResponse) -> None:
    """What is done with images."""
    assert_type(result.created, int | None)
    assert_type(result.images, list[models.ImageData])
    first = result.images[0]
    assert_type(first.url, str | None)
    assert_type(first.bytes(), bytes)
    assert_type(first.save("cat.png", overwrite=True), Path)
    assert_type(result.save("out", name="cat", progress=show), list[Path])
    with first.open() as stream:
        assert_type(stream.read(), bytes)
    answer = client.images.with_raw_response.generate(model="wan2.7-image-pro", prompt="a cat")
    assert_type(answer, Response[models.ImagesResponse])
    assert_type(answer.status_code, int)
    assert_type(answer.parsed, models.ImagesResponse | None)
    assert_type(answer.headers, httpx.Headers)
    pickle.dumps(result)


def show(progress: Progress) -> None:
    """Show how far images came."""
    assert_type(progress.total, int | None)


def many(client: PowerTokens) -> None:
    """Many calls at once."""
    prompts = ("a cat", "a dog")
    requests = (models.GenerateImagesPrompt(model="wan2.7-image-pro", prompt=prompt) for prompt in prompts)
    for outcome in client.images.generate_many(requests, concurrency=2):
        assert_type(outcome, Outcome[models.ImagesResponse])
        assert_type(outcome.unwrap(), models.ImagesResponse)
    with client.images.edit_many([{"model": "wan2.7-image-pro", "image": Path("a.png")}], folder="out") as outcomes:
        assert_type([outcome.paths for outcome in outcomes], list[tuple[Path, ...]])


def functions(client: PowerTokens, venice: Venice) -> None:
    """The functions of openapi-python-client's kind."""
    body = models.GenerateImagesPrompt(model="qwen-image-2.0-pro", prompt="a cat")
    assert_type(generate_images.sync(client=client, body=body), models.ImagesResponse)
    assert_type(generate_images.sync_detailed(client=client, body=body), Response[models.ImagesResponse])
    unjudged = models.EditImagesMultipart.unchecked(image=[b""], prompt="night")
    edit_images.sync(client=client, body=unjudged)
    assert_type(client.send(generate_images.OPERATION, body), models.ImagesResponse)
    assert_type(list_models.sync(client=venice, type="inpaint"), venice_models.ModelList)


def failures(client: PowerTokens, venice: Venice) -> str:
    """Every kind of error has what it says it has."""
    try:
        generate(client)
        venice.image.edit(image=Path("a.png"), prompt="night")
    except errors.RequestRefused as refused:
        return "; ".join(f"{breach.field}: {breach.message} ({breach.source})" for breach in refused.breaches)
    except errors.BadRequest as wrong:
        assert_type(wrong.parsed, models.Error | None)
        return wrong.parsed.error.message if wrong.parsed else wrong.message
    except venice_errors.PaymentRequired as unpaid:
        assert_type(unpaid.parsed, venice_models.PaymentRequired | None)
        steps = unpaid.parsed.top_up_instructions if unpaid.parsed else None
        return (steps.step1 if steps else None) or unpaid.message
    except errors.StatusError as failed:
        request = failed.request
        return f"{failed.status_code} {failed.code} {failed.request_id} {request.url if request else ''}"
    except (errors.ConnectionFailed, errors.AnswerLost, errors.ImageClientError) as error:
        return str(error)
    return ""


def venice_calls(client: Venice) -> None:
    """Venice: known values complete, others are taken; headers are attributes."""
    image = client.image.edit(image=Path("a.png"), prompt="night", aspect_ratio="16:9", model="qwen-edit")
    assert_type(image, venice_models.EditImageFile)
    client.image.edit(image="https://example.com/a.png", prompt="night", model="a-model-of-tomorrow", resolution="8K")
    assert_type(image.model_id, str | None)
    assert_type(image.is_content_violation, bool | None)
    assert_type(image.save("a.png"), Path)
    listed = client.models.list()
    assert_type(listed, venice_models.ModelList)
    assert_type([model.id for model in listed.data or ()], list[str | None])
    assert_type(client.models.with_raw_response.list(type="inpaint"), VeniceResponse[venice_models.ModelList])


async def awaited(client: AsyncPowerTokens, venice: AsyncVenice) -> None:
    """The same, awaited."""
    async with client:
        result = await client.images.generate(model="qwen-image-2.0-pro", prompt="a cat")
        assert_type(result, models.ImagesResponse)
        assert_type(await result.asave("out"), list[Path])
        assert_type(await result.images[0].abytes(), bytes)
        answer = await client.images.with_raw_response.generate(model="wan2.7-image-pro", prompt="a cat")
        assert_type(answer, Response[models.ImagesResponse])
        async for outcome in client.images.generate_many([{"model": "wan2.7-image-pro", "prompt": "a cat"}]):
            assert_type(outcome, Outcome[models.ImagesResponse])
        body = models.GenerateImagesPrompt(model="qwen-image-2.0-pro", prompt="a cat")
        assert_type(await generate_images.asyncio(client=client, body=body), models.ImagesResponse)
    await (await venice.image.edit(image=b"", prompt="night")).asave("a.png")
    assert_type(await venice.models.list(), venice_models.ModelList)
