"""The graph as JSON."""

from marshmallow import fields

from service.entrypoints.pictures import PictureFormat
from service.entrypoints.schemas.answer import (
    AnswerSchema,
    UnionSchema,
    items,
    nested,
    number,
    one_of,
    text,
    whole,
)
from service.entrypoints.schemas.fields import truth
from service.entrypoints.schemas.requests import RequestSchema


class AskedLevelSchema(AnswerSchema):
    """A level that a role asks for."""

    role = text("Id of the role.")
    level = whole("1 and up.")


class SkillNodeSchema(AnswerSchema):
    """A skill, or one level of it."""

    kind = one_of("What the node is.", "skill")
    id = text("Id of the node; with `@` and the level where each level has a node.")
    name = text("Name of the skill.")
    skill = text("Id of the skill.")
    area = text("Id of the skill's area.")
    levels = fields.List(
        fields.Integer(strict=True),
        required=True,
        metadata={"description": "The levels that the node stands for."},
    )
    likely_hours = number("Hours of study that these levels take together.")
    asked = items(AskedLevelSchema, "What roles ask of it.")


class ChoiceNodeSchema(AnswerSchema):
    """A choice: satisfied once some of the nodes with an edge to it are held."""

    kind = one_of("What the node is.", "choice")
    id = text("Id of the node; holds a colon.")
    name = text("The choice in words.")
    at_least = whole("How many of them it takes.")


class RoleNodeSchema(AnswerSchema):
    """A role."""

    kind = one_of("What the node is.", "role")
    id = text("Id of the node: `role:` and the role's own.")
    name = text("Name of the role.")


class GraphNodeSchema(UnionSchema):
    """A skill, a choice or a role."""

    by = "kind"
    shapes = {  # noqa: RUF012  a constant of the class
        "skill": SkillNodeSchema,
        "choice": ChoiceNodeSchema,
        "role": RoleNodeSchema,
    }


class GraphEdgeSchema(AnswerSchema):
    """Its source comes before its target."""

    source = text("Id of a node.")
    target = text("Id of a node.")
    kind = one_of("What it says.", "needs", "option", "choice", "asked")
    levels = text("The levels joined: `2 for 3`, or only the one that there is; may be empty.")
    reason = text("Why; may be empty.")


class AboutGraphSchema(AnswerSchema):
    """What the graph is about."""

    title = text("What it shows.")
    description = text("The same in a sentence.")


class NodeLinkGraphSchema(AnswerSchema):
    """The graph as nodes and edges, as networkx and D3 read it."""

    format = one_of("How the graph is written.", "json")
    graph_version = text("Version of the graph.")
    directed = fields.Boolean(required=True, metadata={"description": "Always true."})
    multigraph = fields.Boolean(required=True, metadata={"description": "Always false."})
    graph = nested(AboutGraphSchema, "What the graph is about.")
    nodes = items(GraphNodeSchema, "Skills, then choices, then roles.")
    edges = items(GraphEdgeSchema, "No two join the same two nodes.")


class CytoscapeNodeSchema(AnswerSchema):
    """A node for Cytoscape.js."""

    data = nested(GraphNodeSchema, "The node.")


class CytoscapeEdgeDataSchema(GraphEdgeSchema):
    """An edge with an id."""

    id = text("Id of the edge; holds a colon.")


class CytoscapeEdgeSchema(AnswerSchema):
    """An edge for Cytoscape.js."""

    data = nested(CytoscapeEdgeDataSchema, "The edge.")


class CytoscapeElementsSchema(AnswerSchema):
    """Nodes and edges for Cytoscape.js."""

    nodes = items(CytoscapeNodeSchema, "Skills, then choices, then roles.")
    edges = items(CytoscapeEdgeSchema, "No two join the same two nodes.")


class CytoscapeGraphSchema(AnswerSchema):
    """The graph as Cytoscape.js reads it."""

    format = one_of("How the graph is written.", "cytoscape")
    graph_version = text("Version of the graph.")
    about = fields.Nested(
        AboutGraphSchema,
        required=True,
        data_key="data",
        metadata={"description": "What the graph is about."},
    )
    elements = nested(CytoscapeElementsSchema, "Nodes and edges.")


class GraphSchema(UnionSchema):
    """The graph, or a part of it, as JSON."""

    by = "format"
    shapes = {  # noqa: RUF012  a constant of the class
        "json": NodeLinkGraphSchema,
        "cytoscape": CytoscapeGraphSchema,
    }


class GraphQuerySchema(RequestSchema):
    """Which part of the graph to give, and how."""

    format = fields.Enum(
        PictureFormat,
        by_value=True,
        metadata={
            "description": "How to write it: node-link JSON, GraphML, DOT, Mermaid, the elements "
            "of Cytoscape.js, or SVG. Left out, the `Accept` header decides; JSON if that does "
            "not."
        },
    )
    role = fields.String(
        metadata={"description": "Id of a role: leaves out what no path to it can use."}
    )
    skill = fields.String(
        metadata={
            "description": "Id of a skill: leaves out what neither comes before it nor rests "
            "directly on it."
        }
    )
    levels = truth("Whether each level of a skill is a node of its own.", default=False)
