"""The service with its memo, and without what stands before it: ids, gates, counts, log lines."""

import os

from service.bootstrap import build_use_cases, create_app
from service.settings import Settings

_settings = Settings.from_environ(os.environ)
app = create_app(build_use_cases(_settings), _settings).wsgi_app._app  # type: ignore[attr-defined]  # noqa: SLF001


class _NoMeter:
    """Counts nothing."""

    def looked_up(self, tier: str, result: str) -> None:
        """Do nothing."""


app._meter = _NoMeter()  # noqa: SLF001
