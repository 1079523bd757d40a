"""What an integrator does beside the main job, with the types that the contract gives."""

import json

from skills_gap_client import Client
from skills_gap_client.api.assessments import create_assessment
from skills_gap_client.api.catalogue import get_graph, get_role, list_skills
from skills_gap_client.models import (
    Assessment,
    AssessmentRequest,
    Claim,
    NodeLinkGraph,
    Problem,
    Role,
    SkillList,
)

client = Client(base_url="http://127.0.0.1:8000")

said = create_assessment.sync(
    client=client,
    body=AssessmentRequest(
        skills=[Claim(skill="Pyhtno"), Claim(skill="Docker", level="working")], target="both"
    ),
)
assert isinstance(said, Assessment), said
suggestion: str = said.profile.unknown[0].suggestions[0].skill

refused = create_assessment.sync(client=client, body=AssessmentRequest(target="astronaut"))
assert isinstance(refused, Problem), refused

drawn = get_graph.sync(client=client, skill="rag")
assert isinstance(drawn, NodeLinkGraph), drawn
kinds = {node.kind.value for node in drawn.nodes}

role = get_role.sync("ai-engineer", client=client)
assert isinstance(role, Role), role
page = list_skills.sync(client=client, limit=2)
assert isinstance(page, SkillList), page

print(
    json.dumps(
        {
            "suggestion": suggestion,
            "code": refused.code,
            "kinds": sorted(kinds),
            "role": role.name,
            "listed": len(page.skills),
        }
    )
)
