"""The answer to an assessment."""

from marshmallow import fields, validate

from service.entrypoints.schemas.answer import (
    AnswerSchema,
    HoursSchema,
    NamedSkillLevelSchema,
    NamedSkillSchema,
    SkillLevelSchema,
    date,
    items,
    nested,
    number,
    one_of,
    share,
    text,
    texts,
    truth,
    whole,
)


class UnderstoodRequirementSchema(AnswerSchema):
    """A requirement of the caller's own, as it was understood."""

    at_least = whole("How many of the skills it takes.")
    of = items(SkillLevelSchema, "The skills of which any will do; one for a single requirement.")
    weight = number("Importance for readiness, beside the weights of the others.")


class TargetSchema(AnswerSchema):
    """What the path leads to."""

    kind = one_of("How the target was asked for.", "role", "either", "both", "requirements")
    roles = texts("Ids of the roles that the path reaches; none for requirements of one's own.")
    requirements = items(UnderstoodRequirementSchema, "Those of one's own; none for roles.")


class CreditedSkillSchema(AnswerSchema):
    """A skill that was not claimed, but that a claimed one compulsorily rests on."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    level = whole("The level that is credited.")
    because = text("Id of the claimed skill that rests on it.")


class InputSchema(AnswerSchema):
    """What was understood by one of the caller's names; a name may stand for several skills."""

    input = text("The name as it was written.")
    skill = text("Id of the skill it was understood as.")
    level = whole("The level it counts at.")
    match = one_of("What gave it away.", "id", "name", "alias", "tool", "fuzzy", "text")


class AmbiguousInputSchema(AnswerSchema):
    """A name that several skills claim; it counts for none of them."""

    input = text("The name as it was written.")
    candidates = items(NamedSkillSchema, "The skills it may mean.")


class SuggestionSchema(AnswerSchema):
    """A skill that may have been meant."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    score = share("How close it is to what was written.")


class UnknownInputSchema(AnswerSchema):
    """A name that means nothing known; it counts for nothing."""

    input = text("The name as it was written.")
    suggestions = items(SuggestionSchema, "What may have been meant, best first.")


class ProfileSchema(AnswerSchema):
    """What the person holds, and how their words were read."""

    known = items(NamedSkillLevelSchema, "What was claimed, in the order of the catalogue.")
    credited = items(CreditedSkillSchema, "What the claims were taken to include.")
    inputs = items(InputSchema, "What was understood as what, in the order given.")
    ambiguous = items(AmbiguousInputSchema, "What could mean several skills.")
    not_understood = items(UnknownInputSchema, "What was not understood.", data_key="unknown")
    notice = text("A warning, when skills were named and none was understood.", allow_none=True)


class GapSchema(AnswerSchema):
    """A skill that a role asks for and the person lacks; of alternatives, the one to take."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    have = whole("The level held; 0 for none.")
    need = whole("The level asked.")
    weight = number("Importance for the role, beside the weights of the others.")
    area = text("Id of the skill's area.")


class AreaReadinessSchema(AnswerSchema):
    """Readiness within one area."""

    area = text("Id of the area.")
    readiness = share("From 0 to 1; 1 exactly when everything asked in this area is held.")


class RoleStandingSchema(AnswerSchema):
    """Where the person stands towards one role."""

    role = text("Id of the role.")
    name = text("Name of the role.")
    readiness = share("From 0 to 1; 1 exactly when the role is met.")
    hours = nested(HoursSchema, "What the shortest path to this role alone takes.")
    gaps = items(GapSchema, "What is missing, in the role's order.")
    areas = items(AreaReadinessSchema, "Readiness by area.")


class NeedSchema(AnswerSchema):
    """A requirement of the target."""

    role = text("Id of the role that asks; null for a requirement of one's own.", allow_none=True)
    requirement = text("Id of the skill that the path takes for it.")


class ChoiceSchema(AnswerSchema):
    """A decision between alternatives."""

    instead_of = items(SkillLevelSchema, "What the path does without.")
    saves_hours = number("Hours that the best path without this step would take more.")


class StepSchema(AnswerSchema):
    """One skill to learn, by one level."""

    order = whole("From 1.")
    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    level = whole("The level that this step leads to.")
    area = text("Id of the skill's area.")
    hours = nested(HoursSchema, "What this step takes.")
    hours_so_far = number("Likely hours up to the end of this step.")
    weeks = fields.List(
        fields.Float(),
        required=True,
        allow_none=True,
        validate=validate.Length(equal=2),
        metadata={
            "description": "Start and end of the step, in weeks from the start of the path; "
            "null without a pace."
        },
    )
    dates = fields.List(
        fields.Date(),
        required=True,
        allow_none=True,
        validate=validate.Length(equal=2),
        metadata={"description": "First and last day of the step; null without a start date."},
    )
    needed_for = items(NeedSchema, "The requirements of the target that it serves.")
    because = text("Why the step is there, in words.")
    choice = nested(
        ChoiceSchema, "Only where one of several alternatives was decided here.", required=False
    )
    unlocks = texts("Ids of the skills of later steps that rest on it directly.")
    serves_roles = texts(
        "Ids of the roles that need it on this path, or whose own shortest path holds it. Steps "
        "for several roles are ordered by how many of them are in `needed_for`, not by these."
    )
    basis = one_of("Where the hours come from.", "estimate", "measured", "derived")


class WeeksRangeSchema(AnswerSchema):
    """Weeks of study, as a range."""

    low = number("Weeks if it goes well.")
    likely = number("Weeks to plan with.")
    high = number("Weeks if it goes slowly.")


class DatesRangeSchema(AnswerSchema):
    """The day of the last step, as a range."""

    low = date("If it goes well.")
    likely = date("What to plan with.")
    high = date("If it goes slowly.")


class FinishSchema(AnswerSchema):
    """When a path is done, as a range."""

    weeks = nested(WeeksRangeSchema, "Weeks at the pace asked for.")
    dates = nested(DatesRangeSchema, "Days; null without a start date.", allow_none=True)
    range = text("How the range is combined from the steps', in words.")


class LandmarkSchema(AnswerSchema):
    """Skills of which every path holds at least one."""

    hours = number("Hours that it adds to the lower bound.")
    any_of = items(SkillLevelSchema, "No path does without all of these.")


class CertificateSchema(AnswerSchema):
    """How good the path is known to be, checkable without the planner."""

    status = one_of("Whether no path is shorter.", "optimal", "feasible")
    lower_bound_hours = number("No path takes fewer hours.")
    gap = share("How far the path may be from the best, as a share of its hours.")
    proof = one_of(
        "`landmarks` when their hours alone add up to the path's.", "landmarks", "search"
    )
    landmarks = items(LandmarkSchema, "Their hours add up to a lower bound.")


class PlacedProjectSchema(AnswerSchema):
    """A portfolio project, placed where its skills are reached."""

    project = text("Id of the project.")
    name = text("Name of the project.")
    summary = text("What it is.")
    after_step = whole("The number of steps that come before it; 0 to begin with it.")
    hours = nested(HoursSchema, "What it takes besides; null if unknown.", allow_none=True)


class TimedStepsSchema(AnswerSchema):
    """Steps in an order in which they can be learned, and how long they take."""

    hours = nested(HoursSchema, "All steps together.")
    weeks = number(
        "Weeks that the likely hours take at the pace asked for; null without a pace.",
        allow_none=True,
    )
    finish_date = date("Likely day of the last step; null without a start date.", allow_none=True)
    finish = nested(FinishSchema, "When it is done, as a range.", allow_none=True)
    steps = items(StepSchema, "Prerequisites first; learn them in this order.")


class PathSchema(TimedStepsSchema):
    """A shortest learning path."""

    learnable_now = texts("Ids of every skill whose next level has all it needs.")
    projects = items(PlacedProjectSchema, "Projects of the roles reached, in their places.")
    certificate = nested(CertificateSchema, "Proof that the path is the shortest.")


class FirstDaysSchema(AnswerSchema):
    """What the first ninety days hold at the pace asked for."""

    days = whole("How many days.")
    last_date = date("The last of them; null without a start date.", allow_none=True)
    hours = number("Hours of study that they have time for.")
    steps_done = whole("How many steps of the path are done by then.")
    skills = items(NamedSkillLevelSchema, "What is learned by then, each at its highest level.")
    begun = nested(
        NamedSkillLevelSchema, "The step that is begun by then; null if none.", allow_none=True
    )
    projects = texts("Ids of the projects whose skills are reached by then.")
    readiness_after = share("Readiness, from 0 to 1, for the target by then.")


class LeverSchema(AnswerSchema):
    """A skill, and what knowing it would save."""

    skill = text("Id of the skill.")
    name = text("Name of the skill.")
    level = whole("The level to hold, with those below it.")
    saves_hours = fields.Dict(
        keys=fields.String(),
        values=fields.Float(),
        required=True,
        metadata={"description": "By role, the hours that its shortest path would fall by."},
    )
    saves_path_hours = number("Hours that the path of this answer would fall by.")


class CommonStartSchema(AnswerSchema):
    """The point up to which the roles' shortest paths are the same."""

    hours = number("Hours of study to get there.")
    steps = items(SkillLevelSchema, "What all of them can begin with, prerequisites first.")


class TogetherSchema(AnswerSchema):
    """What keeping every role open costs."""

    hours = nested(HoursSchema, "What the shortest path to all roles takes.")
    shared_hours = number("Of these, the hours that serve more than one role.")
    extra_hours_after_nearest = number(
        "Hours that all roles take on top of the nearest one alone."
    )
    common_start = nested(CommonStartSchema, "Up to there nothing is decided.")


class AlternativeSchema(TimedStepsSchema):
    """A further path: no part of it leads to the target as well."""

    difference = text("What it does differently, in words.")
    extra_hours = number("Hours that it takes on top of the shortest path.")
    steps_more = items(SkillLevelSchema, "What it holds and the shortest path does not.")
    steps_less = items(SkillLevelSchema, "What the shortest path holds and it does not.")


class LeftSchema(AnswerSchema):
    """What is left to learn after that."""

    hours = nested(HoursSchema, "What the shortest path takes from there.")
    steps = items(SkillLevelSchema, "What it holds, in the order of the catalogue.")


class WithinBudgetSchema(AnswerSchema):
    """The most readiness that a budget buys."""

    budget_hours = number("The budget, in hours.")
    readiness_before = share("Readiness, from 0 to 1, for the target now.")
    readiness_after = share("Readiness, from 0 to 1, for the target after it.")
    scope = one_of(
        "`all` when nothing within the budget is better; `path` when it is the best that was "
        "found on the shortest path.",
        "all",
        "path",
    )
    path = nested(TimedStepsSchema, "What to learn within the budget.")
    left = nested(LeftSchema, "What is left to learn after that.")


class DifferenceSchema(AnswerSchema):
    """What `also_known` changes."""

    roles_before = texts("Ids of the roles that the path without it reaches.")
    hours_before = nested(HoursSchema, "What the path without it takes.")
    saves_hours = number("Hours that the path of this answer takes less.")
    readiness_before = share("Readiness, from 0 to 1, for the target without it.")
    readiness_after = share("Readiness, from 0 to 1, for the target with it.")
    steps_less = items(SkillLevelSchema, "What need not be learned any more.")
    steps_more = items(SkillLevelSchema, "What is to be learned instead.")


class UsedSourceSchema(AnswerSchema):
    """A source of the hours of the path."""

    id = text("Id of the source.")
    title = text("What it is called.")
    used_for = whole("How many steps take their hours from it.")


class AssessmentSchema(AnswerSchema):
    """Where a person stands, and the shortest way to where they want to go."""

    graph_version = text("Version of the graph that answered.")
    as_of = fields.Date(
        required=True, metadata={"description": "The day that the graph's content was true."}
    )
    target = nested(TargetSchema, "What the path leads to.")
    profile = nested(ProfileSchema, "What the person holds.")
    roles = items(RoleStandingSchema, "Every role of the graph, nearest first.")
    path = nested(PathSchema, "The shortest learning path.")
    first_90_days = nested(
        FirstDaysSchema, "What the first ninety days hold; null without a pace.", allow_none=True
    )
    highest_leverage = items(LeverSchema, "The skills that would save most, most first.")
    highest_leverage_exact = truth(
        "Whether these are the skills that save most; else some of them may be missing."
    )
    both = nested(
        TogetherSchema,
        "What keeping every role open costs; null where there is one role, or more than eight.",
        allow_none=True,
    )
    alternatives = items(AlternativeSchema, "The next best paths that were asked for, in order.")
    alternatives_complete = truth("Whether no path before the last of them is missing.")
    within_budget = nested(
        WithinBudgetSchema, "The most readiness that the budget buys, if asked.", required=False
    )
    difference = nested(DifferenceSchema, "What `also_known` changes, if asked.", required=False)
    sources = items(UsedSourceSchema, "Where the path's hours come from.")
