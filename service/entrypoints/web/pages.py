"""The page's views: an address in, HTML out, with the same answers as the API's."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson
from flask import Blueprint, Response, current_app, redirect, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response as AnyResponse

from service.domain.errors import Fault, RequestError, UnknownRoleError
from service.domain.role_fit import Answer, role_fit
from service.domain.skill import SkillId
from service.entrypoints.catalogue import skill_model
from service.entrypoints.exports import ExportFormat, export
from service.entrypoints.guidance import fit_model
from service.entrypoints.http.comparison import compared
from service.entrypoints.http.context import use_cases
from service.entrypoints.http.operations import JSON
from service.entrypoints.http.problems import PROBLEMS, ProblemError, from_http
from service.entrypoints.http.replies import CATALOGUE, PERSONAL, kept
from service.entrypoints.pictures.lettering import listed
from service.entrypoints.schemas.guidance import MAX_ROLES
from service.entrypoints.web import assets, documents, figures, overlap
from service.entrypoints.web.atlas import atlas
from service.entrypoints.web.plan import Plan, claims_of, is_level_of, make_plan, what_if
from service.entrypoints.web.wish import Wish

bp = Blueprint("page", __name__, template_folder="templates")

EMBEDDERS: Final = "PAGE_EMBEDDERS"
"""Where the application keeps the sources that may embed the page."""

HTML: Final = "text/html"
SVG: Final = "image/svg+xml"
MAX_NAME: Final = 200
MOST_FOUND: Final = 50
MAX_FORM_BYTES: Final = 4 * documents.MAX_TEXT

_DETAILS: Final = {404: "There is nothing at this address.", 413: "The text is too long."}

_FIELDS: Final = {
    "hours_per_week": "Hours a week",
    "start_date": "Start",
    "target": "Where to",
    "skills": "What you know",
    "requirements": "The posting",
}


class FormFault(NamedTuple):
    """What is wrong with a field of the form.

    Attributes:
        field: Id of the field; empty where there is none.
    """

    field: str
    label: str
    detail: str


@bp.get("/")
def show_assessment() -> Response:
    """Show the form, and the answer to what the address asks."""
    return _html("assessment.html", **_asked(_wish()))


@bp.post("/read")
def read_document() -> Response:
    """Show what was understood of a CV or a job posting; nothing of it is kept."""
    request.max_content_length = request.max_form_memory_size = MAX_FORM_BYTES
    wish = Wish.of(request.form, use_cases().graph)
    kind = "posting" if request.form.get("kind") == "posting" else "cv"
    text = request.form.get("text", "")[: documents.MAX_TEXT]
    field = "require" if kind == "posting" else "skill"
    body = _render(
        "confirm.html",
        section="/",
        wish=wish,
        kind=kind,
        field=field,
        understood=documents.understand(text, use_cases()),
        kept=_carried(wish.but(requires=()) if kind == "posting" else wish),
    )
    response = Response(body, mimetype=HTML)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/path.svg")
def draw_path() -> Response:
    """Draw the path as a file of its own."""
    plan = make_plan(_wish(), use_cases())
    style = Markup(assets.picture_style())  # noqa: S704  our own file
    response = kept(_render("path.svg", plan=plan, style=style), PERSONAL, SVG)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{assets.picture_style_hash()}'; "
        "frame-ancestors 'none'"
    )
    return response


@bp.get("/path.csv", defaults={"form": ExportFormat.CSV, "media_type": "text/csv"})
@bp.get("/path.md", defaults={"form": ExportFormat.MARKDOWN, "media_type": "text/markdown"})
@bp.get("/path.ics", defaults={"form": ExportFormat.CALENDAR, "media_type": "text/calendar"})
def send_path(form: ExportFormat, media_type: str) -> Response:
    """Send the path as a file to take along."""
    cases = use_cases()
    plan = make_plan(_wish(), cases)
    return kept(export(plan.document, cases.graph, form), PERSONAL, media_type)


@bp.get("/embed")
def show_embedded() -> Response:
    """Show the answer alone, for a frame in a page of somebody else."""
    shown = {**_asked(_wish()), "base": "/embed"}
    response = _html("embed.html", **shown)
    response.headers["Content-Security-Policy"] = assets.policy(current_app.config[EMBEDDERS])
    return response


@bp.get("/embed.js")
def send_widget() -> Response:
    """Send the script that puts the embedded page into a page of somebody else."""
    widget = (assets.FOLDER / "embed.js").read_bytes()
    return kept(widget, CATALOGUE, assets.MEDIA_TYPES[".js"])


@bp.get("/compare")
def compare_roles() -> Response:
    """Show the roles side by side, and what they share."""
    cases = use_cases()
    graph = cases.graph
    roles = tuple(graph.roles)[:MAX_ROLES]
    shown: dict[str, Any] = {"both": None}
    if len(roles) > 1:
        both = orjson.loads(compared(cases, roles))
        sides = overlap.columns(both, graph)
        shown = {
            "both": both,
            "columns": sides,
            "rows": list(overlap.rows(sides, graph)),
            "pieces": overlap.shares(both, sides),
            "names": {role.id: role.name for role in graph.roles.values()},
        }
    roles_shown = graph.catalogue.roles[:MAX_ROLES]
    return _html("compare.html", CATALOGUE, section="/compare", roles=roles_shown, **shown)


@bp.get("/role-fit")
def fit_roles() -> Response:
    """Show the questions, and how well each role suits who answers them so."""
    graph = use_cases().graph
    given = {
        question.id: request.args[question.id]
        for question in graph.catalogue.questions
        if any(option.id == request.args.get(question.id) for option in question.options)
    }
    fit = None
    if given and graph.roles:
        answers = [Answer(question, option) for question, option in given.items()]
        fit = fit_model(role_fit(graph.catalogue, answers), graph)
    return _html("role_fit.html", section="/role-fit", given=given, fit=fit)


@bp.get("/explore")
def explore() -> AnyResponse:
    """Show every skill by area, or those that a search finds."""
    cases = use_cases()
    asked = request.args.get("q", "").strip()[:MAX_NAME]
    found = [cases.graph.skills[hit.skill] for hit in cases.resolver.complete(asked, MOST_FOUND)]
    if asked and len(found) == 1:
        return redirect(f"/explore/{found[0].id}")
    return _html(
        "explore.html",
        CATALOGUE,
        section="/explore",
        q=asked,
        found=found,
        atlas=atlas(cases.graph),
        roles=cases.graph.catalogue.roles,
    )


@bp.get("/explore/<skill>")
def show_skill(skill: str) -> Response:
    """Show one skill: what it needs, what it unlocks, who needs it."""
    graph = use_cases().graph
    found = graph.skills.get(SkillId(skill))
    if found is None:
        raise ProblemError("not-found", "There is no such skill.")
    model = skill_model(found, graph)
    return _html(
        "skill.html",
        CATALOGUE,
        section="/explore",
        skill=model,
        area=next(area for area in graph.catalogue.areas if area.id == found.area),
        needs=_once(_below(model)),
        opens=_once(model["unlocks"]),
    )


@bp.get("/static/<version>/<name>")
def send_file(version: str, name: str) -> Response:
    """Send a style sheet, a script or a picture of the page itself."""
    file = assets.FOLDER / name
    media_type = assets.MEDIA_TYPES.get(file.suffix)
    if media_type is None or file.parent != assets.FOLDER or not file.is_file():
        raise ProblemError("not-found", "There is no such file.")
    lasting = version == assets.version()
    return kept(file.read_bytes(), assets.LASTING if lasting else CATALOGUE, media_type)


@bp.errorhandler(HTTPException)
@bp.errorhandler(RequestError)
@bp.errorhandler(ProblemError)
def show_error(error: Exception) -> Response:
    """Show an error as a page."""
    if isinstance(error, HTTPException):
        status, heading = error.code or 500, error.name
        detail = _DETAILS.get(status, "")
    else:
        code = error.code if isinstance(error, ProblemError | RequestError) else "internal"
        status, heading, detail = int(PROBLEMS[code].status), PROBLEMS[code].title, str(error)
    body = _render("error.html", section="", heading=heading, detail=detail)
    response = Response(body, status, mimetype=HTML)
    response.headers["Cache-Control"] = "no-store"
    return response


def not_found(error: NotFound) -> Response:
    """Show people that there is nothing at an address; tell programs by a problem."""
    wanted = request.accept_mimetypes.best_match([JSON, HTML], JSON)
    if wanted != HTML or request.path.startswith("/v1/"):
        return from_http(error)
    response = show_error(error)
    response.headers["Content-Security-Policy"] = assets.policy("'none'")
    return response


def _wish() -> Wish:
    return Wish.of(request.args, use_cases().graph)


def _asked(wish: Wish) -> dict[str, Any]:
    """Return what the assessment's templates need."""
    cases = use_cases()
    graph = cases.graph
    plan: Plan | None = None
    faults: Sequence[FormFault] = ()
    if wish.is_asked:
        try:
            plan = make_plan(wish, cases)
        except (ProblemError, RequestError) as error:
            faults = _form_faults(error)
    supposed = what_if(plan, cases) if plan else None
    claims = list(claims_of(plan)) if plan else []
    return {
        "section": "/",
        "heading": _heading(plan),
        "wish": wish,
        "plan": plan,
        "faults": faults,
        "supposed": supposed,
        "gone": [step["order"] for step in supposed.gone] if supposed else [],
        "claims": claims,
        "is_level": is_level_of(cases),
        "targets": list(_targets()),
        "chosen_target": "" if wish.requires else wish.target or "either",
        "role_names": [role.name for role in graph.catalogue.roles] or ["your requirements"],
        "roles": graph.catalogue.roles,
        "carried": _carried(wish) if wish.is_asked else [("hours_per_week", "10")],
        "link": request.host_url.rstrip("/") + wish.but(what_if="").address(),
        "exports": _exports(plan),
    }


def _heading(plan: Plan | None) -> str:
    if plan is None:
        return "Your path"
    hours = plan.path["hours"]["likely"]
    return f"{listed(plan.goals)}: {figures.hours(hours)} hours"


def _targets() -> Iterable[tuple[str, str]]:
    roles = use_cases().graph.catalogue.roles
    if len(roles) > 1:
        yield "either", "Whichever is nearer"
    yield from ((role.id, role.name) for role in roles)
    if len(roles) > 1:
        yield "both", "Both" if len(roles) == 2 else "All of them"  # noqa: PLR2004


def _carried(wish: Wish) -> list[tuple[str, str]]:
    """Return what a form beside the main one has to hand on."""
    named = [*(("skill", skill) for skill in wish.skills)]
    named += [("require", skill) for skill in wish.requires]
    named += [("hours_per_week", wish.hours_per_week), ("start_date", wish.start_date)]
    if not wish.requires:
        named.append(("target", wish.target))
    return [(name, value) for name, value in named if value]


def _below(skill: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for level in skill["levels"]:
        for group in level["requires"]:
            is_choice = len(group["of"]) > group["at_least"]
            yield from ({**below, "is_choice": is_choice} for below in group["of"])


def _once(skills: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return skills, each once."""
    return list({skill["skill"]: skill for skill in skills}.values())


def _exports(plan: Plan | None) -> list[tuple[str, str, str]]:
    """Return the files of an answer: what each is, its name, and its address."""
    if plan is None:
        return []
    question = plan.wish.but(what_if="")
    files = [
        ("Table (CSV)", "learning-path.csv", question.address("/path.csv")),
        ("Text (Markdown)", "learning-path.md", question.address("/path.md")),
    ]
    if plan.steps and plan.steps[0]["dates"]:
        files.append(("Calendar", "learning-path.ics", question.address("/path.ics")))
    if not question.requires:
        files.append(("Data (JSON)", "assessment.json", question.address("/v1/assessments")))
    return files


def _form_faults(error: ProblemError | RequestError) -> list[FormFault]:
    faults = getattr(error, "faults", ()) or (Fault("", str(error)),)
    if isinstance(error, UnknownRoleError):
        faults = (Fault("/target", str(error)),)
    return [_form_fault(fault) for fault in faults]


def _form_fault(fault: Fault) -> FormFault:
    member = fault.pointer.split("/")[1] if fault.pointer else ""
    field = {"skills": "add", "target": "question", "requirements": "question"}.get(member, member)
    return FormFault(field if member in _FIELDS else "", _FIELDS.get(member, ""), fault.detail)


def _html(template: str, cache_control: str = PERSONAL, **values: object) -> Response:
    return kept(_render(template, **values), cache_control, HTML)


def _render(template: str, **values: object) -> bytes:
    return render_template(template, graph=use_cases().graph, **values).encode()


@bp.app_template_global()
def static(name: str) -> str:
    """Return the address of a file of the page itself."""
    return f"/static/{assets.version()}/{name}"


@bp.after_request
def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", assets.policy("'none'"))
    return response
