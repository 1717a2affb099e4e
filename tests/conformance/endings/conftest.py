"""Runs the command to its end and reads all that it leaves."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import frozen

from generator.cli import main
from generator.conformance import wire

KEY = "key-of-the-tests"
SPECS = Path(__file__).parent.parent


@frozen
class Ending:
    """How a run ended.

    Attributes:
        code: The exit code.
        out: What was printed.
        err: What was printed as errors.
        report: The JSON report.
    """

    code: int
    out: str
    err: str
    report: dict[str, Any]

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict of each rule, by its id."""
        return {rule["id"]: rule["verdict"] for rule in self.report["rules"]}


Run = Callable[..., Ending]


def options(base_url: str, folder: Path, *more: str) -> list[str]:
    """The arguments that judge a tiny gateway and write every kind of report to a folder."""
    given = ["conformance", "tiny", "--openapi", str(SPECS), "--base-url", base_url, *more]
    for name in ("json", "html", "junit", "har"):
        given += [f"--{name}", str(folder / name)]
    return given


def read(folder: Path, code: int, out: str, err: str) -> Ending:
    """How a run ended; each of its files is whole."""
    report: dict[str, Any] = json.loads((folder / "json").read_text(encoding="utf-8"))
    assert report["exit_code"] == code
    assert (folder / "html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    ET.parse(folder / "junit")  # noqa: S314  it is ours
    assert json.loads((folder / "har").read_text(encoding="utf-8"))["log"]["version"]
    assert "Traceback" not in out + err
    return Ending(code, out, err, report)


@pytest.fixture
def ending(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process."""
    monkeypatch.setattr(wire, "_REFUSAL", 0.2)
    monkeypatch.setattr(wire, "_BACKOFF", 0.0)
    monkeypatch.delenv("IMAGE_CONTRACT_TOKEN", raising=False)

    def run_it(base_url: str, *more: str, token: str = KEY) -> Ending:
        monkeypatch.setattr(sys, "argv", ["image-contract", *options(base_url, tmp_path, "--token", token, *more)])
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return read(tmp_path, end.value.code, printed.out, printed.err)

    return run_it


_ADDRESS = ("-addext", "subjectAltName=IP:127.0.0.1")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody has signed, with its key."""
    openssl = which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate; install it: apt-get install openssl")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    files = ["-keyout", str(path.with_suffix(".key")), "-out", str(path)]
    subprocess.run([openssl, *made, "-subj", "/CN=127.0.0.1", *_ADDRESS, *files], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + path.with_suffix(".key").read_bytes())
    return path


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """How to serve TLS by a certificate that is trusted, since the environment says so."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
