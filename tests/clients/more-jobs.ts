// What an integrator does beside the main job, with the types that the contract gives.
import createClient from "openapi-fetch";
import type { components, paths } from "./skills-gap";

type Assessment = components["schemas"]["Assessment"];

const client = createClient<paths>({ baseUrl: "http://127.0.0.1:8000" });

const said = await client.POST("/v1/assessments", {
  body: { skills: [{ skill: "Pyhtno" }, { skill: "Docker", level: "working" }], target: "both" },
});
if (said.error) throw new Error(said.error.detail);
const assessment: Assessment = said.data;
const suggestion: string | undefined = assessment.profile.unknown[0]?.suggestions[0]?.skill;

const refused = await client.POST("/v1/assessments", { body: { target: "astronaut" } });
if (!refused.error) throw new Error("An unknown role was taken.");
const code: string = refused.error.code;

const drawn = await client.GET("/v1/graph", { params: { query: { skill: "rag" } } });
if (!drawn.data || typeof drawn.data === "string" || drawn.data.format !== "json") throw new Error("No graph.");
const kinds = new Set(drawn.data.nodes.map((node) => node.kind));

const role = await client.GET("/v1/roles/{role}", { params: { path: { role: "ai-engineer" } } });
const page = await client.GET("/v1/skills", { params: { query: { limit: 2 } } });

console.log(JSON.stringify({ suggestion, code, kinds: [...kinds], role: role.data?.name, listed: page.data?.skills.length }));
