"""Which questions are common: those of the common profiles, and those that several clients ask.

Only of these may an answer leave the process, for no single person stands behind it.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from math import inf
from threading import Lock
from typing import Any, Final

from service.application.ports import Cache
from service.application.request import MAX_ALTERNATIVES, Question, Target, TargetKind
from service.domain.graph import SkillGraph
from service.domain.skill import Node, RoleId, SkillId

CLIENTS: Final = 5
"""So many clients have to ask a question before it counts as common."""

MOST_WATCHED: Final = 4096
"""Questions of which it is remembered who asked; the longest not asked is forgotten first."""

MOST_LEARNED: Final = 256
"""Questions that are kept in mind as common, beside those of the profiles."""

LIST_KEY: Final = "skills-gap:common-questions:v1"
"""Where processes tell each other; it outlives graphs and releases, for it holds no answer."""

_MEMBERS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "assume_prerequisites": lambda value: type(value) is bool,
    "hours_per_week": lambda value: value is None or _is_pace(value),
    "start_date": lambda value: value is None,
    "budget": lambda value: value is None or (type(value) is int and value >= 0),
    "alternatives": lambda value: type(value) is int and 0 <= value <= MAX_ALTERNATIVES,
    "highest_leverage": lambda value: value is None or type(value) is int,
    "also_known": lambda value: value is None,
}
"""What the members of a question have to be that processes tell each other, beside its claims and
its target. Dates and suppositions are a person's."""


def _is_pace(value: Any) -> bool:  # noqa: ANN401
    return type(value) in {int, float} and 0 < value < inf


class CommonQuestions:
    """Learns which questions are common.

    It holds at most `MOST_WATCHED` hashes of questions with up to `CLIENTS` clients each, and
    `MOST_LEARNED` questions, none longer than the graph has skills; whoever asks what nobody
    else asks only makes others be forgotten sooner.

    Args:
        graph: Its profiles are common from the start, each asked about in the usual way.
    """

    def __init__(self, graph: SkillGraph) -> None:
        self._graph = graph
        self._place = {skill: place for place, skill in enumerate(graph.skills)}
        self._usual = frozenset(self.of_profiles())
        self._lock = Lock()
        self._watched: OrderedDict[int, set[bytes]] = OrderedDict()
        self._learned: OrderedDict[Question, None] = OrderedDict()

    def __contains__(self, question: Question) -> bool:
        """Return whether a question is common."""
        return question in self._usual or question in self._learned

    def is_usual(self, question: Question) -> bool:
        """Return whether a question is one of a common profile."""
        return question in self._usual

    def hear(self, question: Question, asker: bytes) -> bool:
        """Note who asks a question, and return whether that just made it common.

        What is not to be told, whoever asks it, does not become common: it is a person's, and its
        requirements may take any number of bytes.
        """
        if not asker or question in self:
            return False
        with self._lock:
            watched = hash(question)
            askers = self._watched.pop(watched, set())
            askers.add(asker)
            if len(askers) < CLIENTS:
                self._watched[watched] = askers
                if len(self._watched) > MOST_WATCHED:
                    self._watched.popitem(last=False)
                return False
        return _is_plain(question) and self._learn(question)

    def of_profiles(self) -> Iterator[Question]:
        """Yield the questions of every common profile: each target, in the usual way."""
        roles = [Target(TargetKind.ROLE, role) for role in self._graph.roles]
        for claims in self._graph.common_knowledge:
            for target in (Target(TargetKind.EITHER), Target(TargetKind.BOTH), *roles):
                yield Question(claims, target)

    def forget_askers(self) -> None:
        """Forget who asked: questions that few ask do not become common by the years."""
        with self._lock:
            self._watched.clear()

    def learned(self) -> tuple[Question, ...]:
        """Return what was learned, the latest last."""
        with self._lock:
            return tuple(self._learned)

    def forget(self, question: Question) -> None:
        """Forget that a question was learned."""
        with self._lock:
            self._learned.pop(question, None)

    def exchange(self, shared: Cache) -> int:
        """Learn what other processes learned, and tell them what they do not know yet.

        Returns:
            How many questions that others told are none here: of another release, or forged.
        """
        entries = _entries(shared.get(LIST_KEY))
        told = [self._in_order(question) for question in _read(entries)]
        for question in told:
            if self._is_of_this_graph(question):
                self._learn(question)
        known = set(told)
        own = [question for question in self.learned() if question not in known]
        if own:
            shared.put(LIST_KEY, _written([*told, *own][-MOST_LEARNED:]))
        return len(entries) - len(told)

    def _learn(self, question: Question) -> bool:
        with self._lock:
            is_new = question not in self._learned
            self._learned[question] = None
            if len(self._learned) > MOST_LEARNED:
                self._learned.popitem(last=False)
            return is_new

    def _in_order(self, question: Question) -> Question:
        """Return the same question as asked of this graph: others list skills in other orders."""
        claims = sorted(question.claims, key=lambda node: self._place.get(node.skill, -1))
        return question._replace(claims=tuple(claims))

    def _is_of_this_graph(self, question: Question) -> bool:
        """Return whether a question can be asked of this graph; another may know other skills."""
        skills = self._graph.skills
        role = question.target.role
        return (role is None or role in self._graph.roles) and all(
            node.skill in skills and 1 <= node.level <= skills[node.skill].top_level
            for node in question.claims
        )


def _written(questions: list[Question]) -> bytes:
    return json.dumps([_plain(question) for question in questions]).encode()


def _is_plain(question: Question) -> bool:
    """Return whether a question is one to tell; requirements of one's own are a person's."""
    others = _other_members(question)
    return not question.target.requirements and all(
        is_usable(others[name]) for name, is_usable in _MEMBERS.items()
    )


def _plain(question: Question) -> dict[str, Any]:
    target = {"kind": question.target.kind, "role": question.target.role}
    return {"claims": question.claims, "target": target, **_other_members(question)}


def _other_members(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in _MEMBERS}


def _read(entries: list[Any]) -> list[Question]:
    """Return the questions of a list; one that another release wrote differently is left out."""
    questions = []
    for entry in entries:
        try:
            question = _question(**entry)
        except (KeyError, TypeError, ValueError):
            continue
        if _is_plain(question):
            questions.append(question)
    return questions


def _entries(written: bytes | None) -> list[Any]:
    """Return the entries of a list; of what is no list, none."""
    try:
        told = json.loads(written or b"[]")
    except ValueError:
        return []
    return told if isinstance(told, list) else []


def _question(claims: list[Any], target: Mapping[str, Any], **others: Any) -> Question:  # noqa: ANN401
    nodes = tuple(Node(SkillId(skill), int(level)) for skill, level in claims)
    kind, role = TargetKind(target["kind"]), target["role"]
    return Question(nodes, Target(kind, role and RoleId(role)), **others)
