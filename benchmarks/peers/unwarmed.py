"""The service without its upkeep: nobody works common answers out before they are asked for."""

import os

from service.bootstrap import build_use_cases, create_app
from service.settings import Settings

_settings = Settings.from_environ(os.environ)
app = create_app(build_use_cases(_settings), _settings)
