"""The application that the contract speaks of: on the graph that ships, without Redis."""

from typing import Final

from flask import Flask

from service.bootstrap import build_use_cases, create_app
from service.settings import Settings

APP: Final[Flask] = create_app(build_use_cases(Settings.from_environ({})))
