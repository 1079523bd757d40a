"""The HTTP API: one module for each resource, around them the hooks and the error format."""

from flask import Flask
from werkzeug.routing import BaseConverter

from service.application.ports import Cache
from service.application.use_cases import UseCases
from service.entrypoints.http import (
    assessments,
    comparison,
    contract,
    docs,
    graph,
    health,
    hooks,
    problem_types,
    problems,
    profile_assessments,
    profiles,
    role_fit,
    roles,
    skills,
)
from service.entrypoints.http.context import install

RESOURCES = (
    assessments,
    comparison,
    role_fit,
    profiles,
    profile_assessments,
    roles,
    skills,
    graph,
    problem_types,
    health,
    contract,
    docs,
)


class SkillIdConverter(BaseConverter):
    """The id of a skill in a path: anything but what is a path of its own beside them."""

    regex = r"(?!(?:resolve|extract)(?:/|$))[^/]+"


def register(app: Flask, use_cases: UseCases, room: Cache) -> None:
    """Add the API to an application.

    Args:
        app: The application.
        use_cases: What it asks.
        room: For what is made once for everyone, such as pictures of the graph.
    """
    app.url_map.converters["skill_id"] = SkillIdConverter
    app.url_map.merge_slashes = False  # a wrong path is a 404, not a redirect elsewhere
    install(app, use_cases, room)
    hooks.register(app)
    problems.register(app)
    for resource in RESOURCES:
        app.register_blueprint(resource.bp)
