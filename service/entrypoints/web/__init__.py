"""The page: what people look at, made on the server, of the same answers as the API's."""

from flask import Flask

from service.entrypoints.pictures.lettering import listed
from service.entrypoints.web import figures, pages


def register(app: Flask) -> None:
    """Add the page to an application."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "count": figures.count,
        "day": figures.day,
        "hours": figures.hours,
        "listed": listed,
        "percent": figures.percent,
        "span": figures.span,
    }
    app.register_blueprint(pages.bp)
