"""WSGI entry point: ``service.wsgi:app`` for any WSGI server."""

import os

from service.garbage import made_to_stay

with made_to_stay():
    from service.bootstrap import build_use_cases, create_app
    from service.entrypoints.upkeep import start_upkeep
    from service.settings import Settings

    _settings = Settings.from_environ(os.environ)
    _use_cases = build_use_cases(_settings)
    app = create_app(_use_cases, _settings)
start_upkeep(_use_cases.keep_warm)
