"""Tests of the page's HTML, as a browser without JavaScript gets it."""

import html
import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from service.bootstrap import create_app, use_cases_of
from tests.builders import document, graph_of
from tests.entrypoints.web.conftest import SETTINGS
from tests.entrypoints.web.graphs import HOSTILE

ROLE = {"id": "maker", "name": "Maker", "requires": [{"skill": "rag", "level": 1}]}

PAGES = [
    pytest.param("/", id="the beginning"),
    pytest.param("/?target=either", id="someone who knows nothing"),
    pytest.param("/?profile=coder&hours_per_week=10", id="a common profile"),
    pytest.param("/?profile=coder&target=both&hours_per_week=5", id="both roles"),
    pytest.param(
        "/?skill=python:3&skill=statistics:2&skill=kubernetes", id="someone who is there"
    ),
    pytest.param("/?skill=Pyhton&skill=nonsense", id="names that are not understood"),
    pytest.param("/?skill=python&what_if=rag:3", id="what if"),
    pytest.param("/?skill=python&require=rag:2", id="a posting"),
    pytest.param("/?hours_per_week=999&target=wizard", id="a form to mend"),
    pytest.param("/compare", id="the comparison"),
    pytest.param("/role-fit", id="the questions"),
    pytest.param("/role-fit?ship=a", id="the ranking"),
    pytest.param("/explore", id="the whole graph"),
    pytest.param("/explore?q=t", id="a search"),
    pytest.param("/explore/rag", id="a skill"),
]


class Seen(HTMLParser):
    """What a browser makes of a page: its elements and their attributes."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"{tag} is closed in the wrong place"


def page(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert response.content_type == "text/html; charset=utf-8"
    return response.get_data(as_text=True)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_formed_and_keeps_its_own_rules(client: FlaskClient, path: str) -> None:
    seen = Seen(page(client, path))
    ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
    addresses = [
        value
        for _, attributes in seen.elements
        for name, value in attributes.items()
        if name in {"href", "src", "action"}
    ]

    assert seen.open == []
    assert len(set(ids)) == len(ids)
    assert [tag for tag, _ in seen.elements].count("h1") == 1
    assert all(value.startswith(("/", "#")) and value[:2] != "//" for value in addresses)
    for _, attributes in seen.elements:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        for named in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            assert set(attributes.get(named, "").split()) <= set(ids)
    assert "<style" not in page(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_with_a_strict_policy_and_without_cookies(
    client: FlaskClient, path: str
) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "Set-Cookie" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_names_are_never_markup(hostile_client: FlaskClient, path: str) -> None:
    text = page(hostile_client, path)
    seen = Seen(text)

    scripts = [attributes for tag, attributes in seen.elements if tag == "script"]
    assert all(script.get("src", "").startswith("/static/") for script in scripts)
    assert not [tag for tag, _ in seen.elements if tag == "img"]
    assert "49" not in re.findall(r"alert\(1\).{0,80}?(49)", text)
    assert "<script>" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/?skill={}",
        "/?target={}",
        "/?hours_per_week={}",
        "/?start_date={}",
        "/?what_if={}",
        "/?profile={}",
        "/?require={}",
        "/explore?q={}",
        "/role-fit?ship={}",
    ],
)
def test_what_people_send_is_never_markup(client: FlaskClient, path: str) -> None:
    sent = HOSTILE.replace("&", "%26").replace("#", "%23")
    text = client.get(path.format(sent)).get_data(as_text=True)

    assert "<script>" not in text
    assert "<img" not in text


def test_the_picture_of_hostile_names_is_well_formed_and_holds_no_script(
    hostile_client: FlaskClient,
) -> None:
    response = hostile_client.get("/path.svg?skill=python:2&target=both")
    root = ET.fromstring(response.data)  # noqa: S314  our own
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}

    assert response.content_type == "image/svg+xml; charset=utf-8"
    assert tags <= {"svg", "title", "style", "rect", "g", "text", "path", "circle"}
    assert "var(" not in response.get_data(as_text=True)
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")


def test_a_form_to_mend_names_every_field(client: FlaskClient) -> None:
    text = page(client, "/?hours_per_week=999&target=wizard")

    assert 'href="#hours_per_week"' in text
    assert "Where to" in text


def test_what_is_not_understood_is_said_at_once_with_a_way_out(client: FlaskClient) -> None:
    text = page(client, "/?skill=kubernets-cluster:2&skill=docker")

    assert "Not understood:" in text
    assert "kubernets-cluster" in text
    assert 'href="/?skill=docker"' in text


def test_what_if_tells_what_falls_away(client: FlaskClient) -> None:
    text = page(client, "/?skill=python:3&target=ml-engineer&what_if=statistics:2")

    assert "70 hours shorter" in text
    assert "skill=python%3A3&amp;skill=statistics%3A2&amp;target=ml-engineer" in text


def test_what_helps_most_leads_to_what_would_fall_away(client: FlaskClient) -> None:
    text = page(client, "/?skill=python:3&target=ml-engineer")
    first = re.search(
        r'class="levers">.*?<a href="([^"]+)#path".*?<b>([\d.]+) h</b>', text, re.DOTALL
    )
    assert first

    address, saved = html.unescape(first[1]), float(first[2])
    shorter = re.search(r"([\d.]+) hours shorter", page(client, address))
    assert shorter
    assert float(shorter[1]) >= saved > 0


@pytest.mark.parametrize("asked", ["target=ml-engineer", "target=both", "require=rag:2"])
def test_the_first_days_are_told_where_there_is_a_pace(client: FlaskClient, asked: str) -> None:
    assert "The first 90 days" in page(client, f"/?{asked}&hours_per_week=5")
    assert "The first 90 days" not in page(client, f"/?{asked}")


@pytest.mark.parametrize("what", ["wizardry:2", "rag", "rag:x", ":", "rag:99999999999"])
def test_what_if_about_nothing_is_passed_over(client: FlaskClient, what: str) -> None:
    assert client.get("/", query_string={"what_if": what}).status_code == 200


def test_a_cv_is_read_confirmed_and_not_kept(client: FlaskClient) -> None:
    response = client.post(
        "/read", data={"kind": "cv", "text": "Expert in Python, some Docker.", "skill": "rag:1"}
    )
    text = response.get_data(as_text=True)

    assert response.headers["Cache-Control"] == "no-store"
    assert '<option value="python:3" selected>' in text
    assert '<input type="hidden" name="skill" value="rag:1">' in text
    assert "<mark>Docker</mark>" in text


def test_a_posting_becomes_requirements(client: FlaskClient) -> None:
    text = client.post("/read", data={"kind": "posting", "text": "You know Kubernetes."}).get_data(
        as_text=True
    )

    assert '<select name="require"' in text


def test_a_json_resume_is_read_as_one(client: FlaskClient) -> None:
    resume = '{"skills": [{"name": "Python", "level": "expert"}, {"name": "Wizardry"}]}'
    text = client.post("/read", data={"text": resume}).get_data(as_text=True)

    assert '<option value="python:3" selected>' in text
    assert "Wizardry" in text


def test_a_text_that_says_nothing_is_answered_kindly(client: FlaskClient) -> None:
    text = client.post("/read", data={"text": "Lorem ipsum"}).get_data(as_text=True)

    assert "No skill was understood" in text


def test_a_text_that_is_too_long_is_refused_as_a_page(client: FlaskClient) -> None:
    response = client.post("/read", data={"text": "x" * 500_000})

    assert response.status_code == 413
    assert response.content_type.startswith("text/html")


def test_a_skill_that_is_not_there_is_a_page_of_its_own(client: FlaskClient) -> None:
    response = client.get("/explore/wizardry")

    assert response.status_code == 404
    assert "<h1>Not found</h1>" in response.get_data(as_text=True)


def test_a_search_that_finds_one_skill_leads_to_it(client: FlaskClient) -> None:
    assert client.get("/explore?q=kubernetes").headers["Location"] == "/explore/kubernetes"


def test_files_may_be_kept_for_ever_as_long_as_their_address_is_right(client: FlaskClient) -> None:
    address = re.search(r'href="(/static/[^"]+page\.css)"', page(client, "/"))
    assert address
    right = client.get(address[1])
    wrong = client.get("/static/old/page.css")

    assert "immutable" in right.headers["Cache-Control"]
    assert "immutable" not in wrong.headers["Cache-Control"]
    assert right.data == wrong.data


@pytest.mark.parametrize("name", ["nothing.css", "..", "assets.py", "%2e%2e%2fpages.py"])
def test_no_other_file_is_sent(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/x/{name}").status_code == 404


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_nothing_at_an_address_is_a_page_for_people_and_a_problem_for_programs(
    client: FlaskClient,
) -> None:
    people = client.get("/wizardry", headers=BROWSER)
    programs = [client.get("/wizardry"), client.get("/v1/wizardry", headers=BROWSER)]

    assert (people.status_code, people.mimetype) == (404, "text/html")
    assert "style-src 'self'" in people.headers["Content-Security-Policy"]
    for answer in programs:
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "roles",
    [
        pytest.param([], id="no role"),
        pytest.param([ROLE], id="one role"),
        pytest.param(
            [{**ROLE, "id": f"role-{n}", "name": f"Role {n}"} for n in range(5)], id="five roles"
        ),
    ],
)
@pytest.mark.parametrize(
    "path",
    [
        *("/", "/?target=either", "/?target=both&skill=python", "/?require=rag:1", "/compare"),
        *("/role-fit", "/explore", "/explore/rag", "/embed", "/embed?skill=python"),
    ],
)
def test_any_graph_has_a_page(roles: list[dict[str, object]], path: str) -> None:
    made = graph_of(document("python 10 20", "rag 5: python") | {"roles": roles})
    client = create_app(use_cases_of(made, SETTINGS)).test_client()

    assert Seen(page(client, path)).open == []
