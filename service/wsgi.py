"""WSGI entry point: ``service.wsgi:app`` for any WSGI server."""

import os

from service.bootstrap import build_use_cases, create_app
from service.settings import Settings

app = create_app(build_use_cases(Settings.from_environ(os.environ)))
