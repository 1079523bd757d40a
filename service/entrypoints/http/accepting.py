"""Which media types the caller of the current request takes."""

from collections.abc import Iterable

from flask import request
from werkzeug.datastructures import MIMEAccept

from service.entrypoints.http.problems import PROBLEMS, ProblemError


def accepted() -> MIMEAccept:
    """Return what the caller takes.

    Of parameters only the weight counts: no media type here has two forms, and many clients ask
    for ``application/json; charset=utf-8``.
    """
    ranges = request.accept_mimetypes
    return MIMEAccept([(written.partition(";")[0].strip(), weight) for written, weight in ranges])


def require_acceptable(media_types: Iterable[str]) -> None:
    """Refuse a request that accepts none of some media types (406)."""
    taken = accepted()
    if taken and not any(taken.quality(media_type) for media_type in media_types):
        raise ProblemError("not-acceptable", PROBLEMS["not-acceptable"].meaning)
