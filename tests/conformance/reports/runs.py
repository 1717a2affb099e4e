"""Runs made by hand: what they tell while they go on, and their reports."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen
from PIL import Image

from generator.conformance.case import Case, Expectation
from generator.conformance.events import Ended, Exchanged, Planned, Searching, Waiting
from generator.conformance.exchange import Answer, Exchange, SeenImage, Sent
from generator.conformance.sending import Request, as_json
from generator.conformance.verdicts import Finding, Outcome, Report, Verdict
from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.conformance.events import Event

PAGE: Final = "PowerTokens, text to image, qwen-image-2.0-pro"
URL: Final = "https://gateway.example"
MARKUP: Final = (
    "</script></style></title></pre><img src=x onerror=window.hacked=1><script>window.hacked=2</script>"
    "<b class=foreign>bold</b>'\"`{{ 7*7 }}{% raw %} javascript:window.hacked=3"
)
STEERING: Final = "\x1b]0;owned\x07\x1b[2J\r\x9b31m\u202egnp.exe\ud800\x00\ufffe"
SENT: Final = f"{MARKUP}\x1b[2J\r\u202egnp.exe\x00\ufffe]]>"  # what a request of ours may hold at worst
LONG: Final = "long " * 200_000
HOSTILE: Final = f"{MARKUP}{STEERING}]]>\n::error::"


@frozen
class FakePlan:
    """What a plan has that a report reads."""

    cases: tuple[Case, ...] = ()
    requests: int = 120
    billable: int = 40
    limit: int | None = 44
    images: int = 52
    usd: float | None = 3.2
    left_out: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    no_billable: bool = False

    def __str__(self) -> str:
        return f"{self.requests} requests.\n{self.billable} may be carried out and billed."


def picture(width: int = 96, height: int = 64, colour: tuple[int, int, int] = (40, 90, 180)) -> bytes:
    """A small PNG."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "PNG")
    return target.getvalue()


def verdict(rule: str, outcome: Outcome, why: str = "", level: Level = Level.DOCUMENTED, told: int = 2) -> Verdict:
    """A verdict on a rule."""
    operation, _, rest = rule.partition("/")
    told = 0 if outcome in {Outcome.NOT_TESTED, Outcome.NOT_APPLICABLE} else told
    source = f"{PAGE}: {rest.split('/')[1]}" if rest.count("/") > 1 else PAGE
    return Verdict(operation, rule, level, source, outcome, why, tried=2, told=told, seconds=0.25 * told)


def exchange(
    body: Any, answer: Answer, *, media_type: str = "application/json", images: Sequence[SeenImage] = (), **given: Any
) -> Exchange:
    """A request to generateImages with its answer."""
    request = Request("POST", "/v1/images/generations", media_type=media_type, body=body, **given)
    content = b"--boundary\r\n" if media_type.startswith("multipart") else request.raw or as_json(body)
    headers = {"authorization": "Bearer [token]", "content-type": media_type, "x-odd": "it's $HOME `id`"}
    sent = Sent("POST", f"{URL}/v1/images/generations", headers, content, len(content))
    return Exchange(7, "generateImages", request, sent, answer, started=1_795_000_000.0, images=tuple(images))


def answer(status: int, body: Any, media_type: str = "application/json") -> Answer:
    """An answer."""
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return Answer(status, {"content-type": media_type, "x-request-id": "r-1"}, content, len(content), 0.25)


def finding(rule: str, exchange: Exchange, level: Level = Level.DOCUMENTED, note: str = "n: 7") -> Finding:
    """A finding on a rule."""
    came = f"{exchange.answer}, and 1 image"
    source = f"{PAGE}: {rule.split('/')[-2]}"
    operation = rule.partition("/")[0]
    return Finding(operation, rule, level, source, f"{rule}: {note}", note, "a refusal, 400", came, exchange)


def case_of(found: Finding, expectation: Expectation = Expectation.REFUSED) -> Case:
    """The case that a finding came from."""
    request = found.exchange.request
    return Case(
        found.case, found.operation, found.rule, found.level, found.source, expectation, found.note, request, None
    )


def report(verdicts: Sequence[Verdict], findings: Sequence[Finding] = (), **given: Any) -> Report:
    """A report on generateImages."""
    told: dict[str, Any] = {"requests": 131, "billable": 38, "images": 51, "plan": FakePlan(), **given}
    return Report(
        api="powertokens",
        title="PowerTokens",
        base_url=URL,
        started=1_795_000_000.0,
        seconds=95.04,
        verdicts=tuple(verdicts),
        findings=tuple(findings),
        **told,
    )


RULES: Final = (
    "generateImages/credentials/security",
    "generateImages/body/required",
    "generateImages/header/Content-Type/content",
    "generateImages/prompt/type",
    "generateImages/prompt/model/required",
    "generateImages/prompt/model/enum",
    "generateImages/prompt/prompt/maxLength",
    "generateImages/prompt/n/type",
    "generateImages/prompt/n/minimum",
    "generateImages/prompt/n/maximum",
    "generateImages/prompt/n/maximum/when-model-wan2.7-image-pro",
    "generateImages/prompt/size/pattern",
    "generateImages/prompt/size/x-total-pixels/unless-model-wan2.7-image-pro",
    "generateImages/prompt/n/honoured",
    "generateImages/answer-200/data/type",
    "generateImages/answer-200-header/X-Request-Id/type",
    "editImages/multipart/image.-/x-image",
)


def conforming() -> Report:
    """A run without a finding; what can't be sent isn't applicable."""
    verdicts = [verdict(rule, Outcome.CONFORMS) for rule in RULES[:-1]]
    return report([*verdicts, verdict(RULES[-1], Outcome.NOT_APPLICABLE, "the gateway has no such operation")])


def violating() -> Report:
    """A run with two violations and a warning, with images, a form, notes of all kinds."""
    image = picture()
    seen = SeenImage("image/png", 96, 64, image)
    linked = SeenImage("image/jpeg", 2048, 2048, b"", f"{URL}/results/1.jpg")
    asked = {"model": "qwen-image-2.0-pro", "prompt": "A cute orange cat, 水彩", "n": 7, "seed": 0, "watermark": False}
    told = {"created": 1, "data": [{"b64_json": "iVBORw0KGgo" + "A" * 4001}, {"url": f"{URL}/results/1.jpg"}]}
    too_many = finding(RULES[9], exchange(asked, answer(200, told), images=[seen, linked]))
    form = {"model": "qwen-image-2.0-pro", "prompt": "Make it night", "image": [image, image], "n": 2}
    edit = exchange(form, answer(500, b"<html>Oh no</html>", "text/html"), media_type="multipart/form-data")
    small = finding(RULES[-1], edit, Level.PUBLISHED, "image: 96x64 pixels")
    raw = exchange(None, answer(502, {"error": {"message": "upstream"}}), raw=b'{"model": ')
    malformed = finding(RULES[1], raw, Level.ASSUMED, "JSON that breaks off")
    honoured = finding(RULES[13], exchange({**asked, "n": 2}, answer(200, told), images=[seen]), note="n: 2")
    broken = {too_many.rule: Outcome.VIOLATES, honoured.rule: Outcome.VIOLATES, small.rule: Outcome.WARNS}
    broken[malformed.rule] = Outcome.WARNS
    levels = {small.rule: Level.PUBLISHED, malformed.rule: Level.ASSUMED}
    verdicts = [
        verdict(rule, broken.get(rule, Outcome.CONFORMS), level=levels.get(rule, Level.DOCUMENTED)) for rule in RULES
    ]
    verdicts[11] = verdict(RULES[11], Outcome.NOT_TESTED, "each of 2 requests ended in status 503")
    verdicts[12] = verdict(RULES[12], Outcome.NOT_TESTED, "each of 2 requests ended in status 503")
    return report(
        verdicts,
        [small, malformed, too_many, honoured],
        flaky=("generateImages/prompt/n/minimum: n: 0: refused, then carried out",),
        searched="1,200 requests in 60 s on 2 operations",
        seed=42,
        plan=FakePlan(left_out=("editImages with a body of image/*, which is a file by itself",)),
    )


def ended_early() -> Report:
    """A run that came to nothing."""
    verdicts = [verdict(rule, Outcome.NOT_TESTED, "the run ended before") for rule in RULES]
    return report(
        verdicts,
        requests=3,
        billable=0,
        images=0,
        unjudged=("generateImages: a plain request was answered with status 503, three times",),
        ended="The gateway refused the token: status 401.",
        plan=FakePlan(usd=None, limit=None),
    )


def hostile() -> Report:
    """A run against a gateway that writes what may harm a reader of reports."""
    asked = {"model": MARKUP, "prompt": SENT, MARKUP: [SENT, {SENT: SENT}]}
    came = evolve(
        answer(200, {"error": HOSTILE, HOSTILE: [HOSTILE]}),
        headers={
            "content-type": f"text/html; {MARKUP}",
            MARKUP: HOSTILE,
            "location": "javascript:window.hacked=4",
            "x-long": LONG,
            LONG: "",
            **{f"x-{number}": "many" for number in range(500)},
        },
    )
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.hacked=5'></svg>"
    images = [
        SeenImage("image/svg+xml", 1, 1, svg, "javascript:window.hacked=6"),
        SeenImage("image/png", 1, 1, svg),
        SeenImage(f'image/png"{MARKUP}', 1, 1, b"x", HOSTILE),
    ]
    rule = f"generateImages/prompt/{MARKUP}/type".replace("</", "<")
    as_form = exchange({SENT: SENT, "image": b"\x89PNG"}, came, media_type="multipart/form-data", images=images)
    found = [
        evolve(
            finding(rule, exchange(asked, came, images=images)), note=HOSTILE, expected=HOSTILE, came=HOSTILE + LONG
        ),
        evolve(finding(rule, as_form), case=HOSTILE, source=HOSTILE + LONG, level=Level.PUBLISHED),
        finding(rule, exchange(None, answer(0, HOSTILE.encode("utf-8", "replace"), "text/html"), raw=b"\xff\x00'")),
    ]
    verdicts = [
        evolve(verdict(rule, Outcome.VIOLATES, HOSTILE), source=HOSTILE),
        *(verdict(each, Outcome.NOT_TESTED, HOSTILE + LONG) for each in RULES),
    ]
    told = HOSTILE + LONG
    return report(verdicts, found, unjudged=(told,), flaky=(told,), ended=told, searched=told)


def events(report: Report) -> list[Event]:
    """What a run tells that comes to a report: its findings' requests, a wait, a search, the end."""
    found = report.findings
    exchanged: list[Event] = [
        Exchanged(each.exchange, (case_of(each),), done=number, of=len(found) + 1, billed=number)
        for number, each in enumerate(found, 1)
    ]
    plain = exchange({"model": "m"}, answer(200, {}))
    return [
        Planned(report.plan),
        *exchanged,
        Waiting(12, "the gateway asked for it: status 429"),
        Exchanged(plain, (), done=len(found) + 1, of=len(found) + 1, billed=len(found) + 1),
        Searching("generateImages", 10, 1.5),
        Ended(report),
    ]
