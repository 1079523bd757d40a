"""The same job as a typical Flask repository does it, and nothing more than its core.

marshmallow loads and dumps, networkx walks the graph at each request, jsonify writes, and Redis
holds JSON. It knows neither alternatives nor roles of one's own, so it is asked on graphs that
have none.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import networkx as nx
from flask import Flask, jsonify, request
from marshmallow import Schema, fields, validate
from redis import Redis


class ClaimSchema(Schema):
    """A skill that the person has."""

    skill = fields.String(required=True, validate=validate.Length(1, 200))
    level = fields.Integer(load_default=2, validate=validate.Range(0, 4))


class RequestSchema(Schema):
    """What a person knows and where they want to go."""

    skills = fields.List(fields.Nested(ClaimSchema), load_default=list)
    target = fields.String(load_default="either")
    hours_per_week = fields.Float(load_default=None, allow_none=True)


class HoursSchema(Schema):
    """Study time."""

    low = fields.Float()
    likely = fields.Float()
    high = fields.Float()


class StepSchema(Schema):
    """One step of a path."""

    order = fields.Integer()
    skill = fields.String()
    name = fields.String()
    level = fields.Integer()
    area = fields.String()
    hours = fields.Nested(HoursSchema)
    hours_so_far = fields.Float()
    unlocks = fields.List(fields.String())


class RoleSchema(Schema):
    """Where a person stands towards a role."""

    role = fields.String()
    name = fields.String()
    readiness = fields.Float()
    hours = fields.Nested(HoursSchema)
    gaps = fields.List(fields.Dict())


class AnswerSchema(Schema):
    """The answer."""

    roles = fields.List(fields.Nested(RoleSchema))
    hours = fields.Nested(HoursSchema)
    steps = fields.List(fields.Nested(StepSchema))


DOCUMENT = json.loads(Path(os.environ["SKILLS_GRAPH_PATH"]).read_text())
SKILLS = {skill["id"]: skill for skill in DOCUMENT["skills"]}
GRAPH: "nx.DiGraph[tuple[str, int]]" = nx.DiGraph()
for _skill in DOCUMENT["skills"]:
    for _level, _entry in enumerate(_skill["levels"], start=1):
        GRAPH.add_node((_skill["id"], _level), **_entry["effort_hours"])
        if _level > 1:
            GRAPH.add_edge((_skill["id"], _level - 1), (_skill["id"], _level))
        for _needed in _entry.get("requires", []):
            GRAPH.add_edge((_needed["skill"], _needed.get("level", 1)), (_skill["id"], _level))

redis = Redis.from_url(os.environ["REDIS_URL"]) if os.environ.get("REDIS_URL") else None
app = Flask("typical")


@app.get("/")
def hello() -> str:
    """Say hello."""
    return "hello"


@app.post("/v1/assessments")
def assess() -> Any:  # noqa: ANN401
    """Assess, from the cache where it can."""
    asked = RequestSchema().load(request.get_json())
    key = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    kept = redis.get(key) if redis else None
    if kept:
        return jsonify(json.loads(kept))
    answer = AnswerSchema().dump(answer_to(asked))
    if redis:
        redis.set(key, json.dumps(answer), ex=3600)
    return jsonify(answer)


def answer_to(asked: dict[str, Any]) -> dict[str, Any]:
    """Return where a person stands, and the path to the nearest role."""
    known = {
        (claim["skill"], level)
        for claim in asked["skills"]
        if claim["skill"] in SKILLS
        for level in range(1, claim["level"] + 1)
    }
    held = known.union(*(nx.ancestors(GRAPH, node) for node in known if node in GRAPH))
    standings = sorted(
        (standing(role, held) for role in DOCUMENT["roles"]),
        key=lambda one: one["hours"]["likely"],
    )
    path = missing(next(r for r in DOCUMENT["roles"] if r["id"] == standings[0]["role"]), held)
    return {"roles": standings, "hours": total(path), "steps": steps(path)}


def missing(role: dict[str, Any], held: set[tuple[str, int]]) -> "nx.DiGraph[tuple[str, int]]":
    """Return the part of the graph that is still to be learned for a role."""
    wanted = {(need["skill"], need.get("level", 1)) for need in role["requires"]}
    needed = wanted.union(*(nx.ancestors(GRAPH, node) for node in wanted))
    return GRAPH.subgraph(needed - held)


def standing(role: dict[str, Any], held: set[tuple[str, int]]) -> dict[str, Any]:
    """Return where a person stands towards a role."""
    gaps = [
        {"skill": need["skill"], "name": SKILLS[need["skill"]]["name"], "need": need["level"]}
        for need in role["requires"]
        if (need["skill"], need["level"]) not in held
    ]
    met = 1 - len(gaps) / len(role["requires"])
    hours = total(missing(role, held))
    return {
        "role": role["id"],
        "name": role["name"],
        "readiness": met,
        "hours": hours,
        "gaps": gaps,
    }


def total(path: "nx.DiGraph[tuple[str, int]]") -> dict[str, float]:
    """Return what a path takes."""
    return {
        name: sum(hours[name] for _, hours in path.nodes(data=True))
        for name in ("low", "likely", "high")
    }


def steps(path: "nx.DiGraph[tuple[str, int]]") -> list[dict[str, Any]]:
    """Return a path step by step."""
    so_far = 0.0
    listed = []
    for order, (skill, level) in enumerate(nx.lexicographical_topological_sort(path), start=1):
        hours = path.nodes[skill, level]
        so_far += hours["likely"]
        listed.append(
            {
                "order": order,
                "skill": skill,
                "name": SKILLS[skill]["name"],
                "level": level,
                "area": SKILLS[skill]["area"],
                "hours": hours,
                "hours_so_far": so_far,
                "unlocks": [other for other, _ in path.successors((skill, level))],
            }
        )
    return listed
