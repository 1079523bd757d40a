"""Whether the service is well."""

from service.entrypoints.schemas.answer import AnswerSchema, one_of, text, truth


class HealthSchema(AnswerSchema):
    """The process is alive."""

    status = one_of("Always `ok`: a process that is not does not answer.", "ok")


class ReadinessSchema(AnswerSchema):
    """The process can answer."""

    status = one_of("Always `ready`: the graph is loaded before the first request.", "ready")
    degraded = truth("Whether the shared cache is down: answers are right, and may be slower.")
    graph_version = text("Version of the graph that answers.")
