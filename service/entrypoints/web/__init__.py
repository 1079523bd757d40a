"""The page: what people look at, made on the server, of the same answers as the API's."""

from collections.abc import Sequence

from flask import Flask
from werkzeug.exceptions import NotFound

from service.entrypoints.pictures.lettering import listed
from service.entrypoints.web import figures, pages


def register(app: Flask, embed_origins: Sequence[str]) -> None:
    """Add the page to an application; sites of some origins may embed it."""
    app.config[pages.EMBEDDERS] = " ".join(("'self'", *embed_origins))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "count": figures.count,
        "day": figures.day,
        "hours": figures.hours,
        "listed": listed,
        "percent": figures.percent,
        "percent_at_most": figures.percent_at_most,
        "span": figures.span,
    }
    app.register_blueprint(pages.bp)
    app.register_error_handler(NotFound, pages.not_found)
