"""WSGI entry point: ``service.wsgi:app`` for any WSGI server."""

import os
import sys
from typing import Final

from service.garbage import made_to_stay

SWITCH_SECONDS: Final = 0.001
"""How long who works something out keeps the interpreter from those that wait for it. A fifth of
what Python allows by itself: even a kept answer has to ask for it several times."""

sys.setswitchinterval(SWITCH_SECONDS)
with made_to_stay():
    from service.bootstrap import build_use_cases, create_app
    from service.entrypoints.upkeep import start_upkeep
    from service.settings import Settings

    _settings = Settings.from_environ(os.environ)
    _use_cases = build_use_cases(_settings)
    app = create_app(_use_cases, _settings)
start_upkeep(_use_cases.keep_warm)
