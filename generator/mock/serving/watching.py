"""Notices that specs have changed, and has the mock serve them as they are now."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from typing import TYPE_CHECKING, Final

from generator.mock.app import UnservableSpecsError, app_of, check_servable
from generator.spec import SpecError, load_all

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette
    from starlette.types import Receive, Scope, Send

    from generator.mock.settings import Settings
    from generator.spec.model import Contract

INTERVAL: Final = 0.3
"""Between two looks at the specs, in seconds."""


class SpecWatch:
    """The specs of a folder, and whether they have changed since they were looked at last."""

    def __init__(self, openapi: Path) -> None:
        """Look at the specs.

        Args:
            openapi: The folder.
        """
        self._openapi = openapi
        self._seen = self._stamps()

    def changed(self) -> bool:
        """Whether a spec was changed, added or removed since the last time that this was asked."""
        before, self._seen = self._seen, self._stamps()
        return before != self._seen

    def load(self) -> tuple[Contract, ...] | None:
        """The specs as they are now; None, after saying what is wrong, if they can't be served."""
        try:
            contracts = load_all(self._openapi)
            check_servable(contracts)
        except (SpecError, UnservableSpecsError, OSError) as error:
            message = f"The specs have changed, and can't be served:\n{error}\nThe mock goes on with the ones before."
            print(message, file=sys.stderr, flush=True)  # noqa: T201  # this is what the command says
            return None
        print("The specs have changed; the mock serves them as they are now.", flush=True)  # noqa: T201  # as above
        return contracts

    def _stamps(self) -> dict[str, tuple[int, int]]:
        stamps = {}
        for path in sorted(self._openapi.glob("*.y*ml")):
            try:
                status = path.stat()
            except FileNotFoundError:
                continue  # an editor is just replacing it
            stamps[path.name] = (status.st_mtime_ns, status.st_size)
        return stamps


class ReloadingApp:
    """An application that is replaced when its specs change; requests under way are finished by the one before."""

    def __init__(self, app: Starlette, watch: SpecWatch, settings: Settings) -> None:
        """Prepare.

        Args:
            app: The application to begin with.
            watch: The specs.
            settings: How the mock is to behave; with a folder, so that state outlives a change.
        """
        self._app = app
        self._watch = watch
        self._settings = settings
        self._under_way: Counter[Starlette] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        app = self._app
        self._under_way[app] += 1
        try:
            await app(scope, receive, send)
        finally:
            self._under_way[app] -= 1
            self._retire(app)

    async def keep_watching(self) -> None:
        """Look at the specs again and again."""
        while True:
            await asyncio.sleep(INTERVAL)
            if self._watch.changed():
                app = await asyncio.to_thread(self._made_anew)
                if app is not None:
                    old, self._app = self._app, app
                    self._retire(old)

    def _made_anew(self) -> Starlette | None:
        contracts = self._watch.load()
        return None if contracts is None else app_of(contracts, self._settings)

    def _retire(self, app: Starlette) -> None:
        """Close the files of an application that was replaced, once its last request is finished."""
        if app is not self._app and not self._under_way[app]:
            del self._under_way[app]
            app.state.mock.close()
