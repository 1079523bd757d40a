"""Which media types the caller of the current request takes."""

from collections.abc import Iterable

from flask import request

from service.entrypoints.http.problems import PROBLEMS, ProblemError


def require_acceptable(media_types: Iterable[str]) -> None:
    """Refuse a request that accepts none of some media types (406)."""
    accepted = request.accept_mimetypes
    if accepted and not any(accepted.quality(media_type) for media_type in media_types):
        raise ProblemError("not-acceptable", PROBLEMS["not-acceptable"].meaning)
