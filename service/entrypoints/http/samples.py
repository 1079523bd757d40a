"""The main job in the languages of those who integrate it; the README shows the same programs."""

from typing import Final

from service.entrypoints.http.operations import Sample

SAMPLE_SERVER: Final = "http://127.0.0.1:8000"
"""Where the programs expect the service."""

CURL: Final = """\
curl -s http://127.0.0.1:8000/v1/assessments \\
  -H 'Content-Type: application/json' \\
  -d '{"skills": [{"skill": "Python", "level": 3}, {"skill": "k8s"}], "hours_per_week": 10}'
"""

PYTHON: Final = """\
from skills_gap_client import Client
from skills_gap_client.api.assessments import create_assessment
from skills_gap_client.models import Assessment, AssessmentRequest, Claim

client = Client(base_url="http://127.0.0.1:8000")
known = [Claim(skill="Python", level=3), Claim(skill="k8s")]
answer = create_assessment.sync(
    client=client, body=AssessmentRequest(skills=known, hours_per_week=10)
)

assert isinstance(answer, Assessment), answer
for step in answer.path.steps:
    print(f"{step.order:3}. {step.name}, level {step.level}: {step.hours.likely:g} hours")
"""

TYPESCRIPT: Final = """\
import createClient from "openapi-fetch";
import type { paths } from "./skills-gap";

const client = createClient<paths>({ baseUrl: "http://127.0.0.1:8000" });
const { data, error } = await client.POST("/v1/assessments", {
  body: {
    skills: [{ skill: "Python", level: 3 }, { skill: "k8s" }],
    hours_per_week: 10,
  },
});

if (error) throw new Error(error.detail);
for (const step of data.path.steps) {
  console.log(`${step.order}. ${step.name}, level ${step.level}: ${step.hours.likely} hours`);
}
"""

MAIN_JOB: Final = (
    Sample("Shell", "curl", CURL),
    Sample("Python", "Python", PYTHON),
    Sample("TypeScript", "TypeScript", TYPESCRIPT),
)
