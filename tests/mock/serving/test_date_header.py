"""Date is the mock's time, in every answer, so that who looks at a link's end sees it expire."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from generator.mock import running

HEADERS = {"Authorization": "Bearer k"}


def test_date_follows_the_clock_at_once_and_stands_once() -> None:
    with running(key="k") as mock, httpx.Client(base_url=mock.url, headers=HEADERS) as client:
        mock.clock.move(timedelta(days=2))
        for path in ("/api/v1/models", "/_mock/requests", "/", "/v1/nowhere"):
            (date,) = client.get(path).headers.get_list("date")
            ahead = parsedate_to_datetime(date) - datetime.now(UTC)
            assert timedelta(days=1, hours=23) < ahead < timedelta(days=2, seconds=1)


def test_a_fault_says_another_date() -> None:
    with running(key="k") as mock:
        date = "Wed, 21 Oct 2015 07:28:00 GMT"
        headers = {**HEADERS, "X-Mock-Fault": f'header:Date="{date}"'}
        assert httpx.get(f"{mock.url}/api/v1/models", headers=headers).headers.get_list("date") == [date]
