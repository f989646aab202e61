"""Whatever may be sent to any route: an answer or a refusal in a sentence, never a defect; and memory stays flat."""

from __future__ import annotations

import gc
import re
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from anagen.flowchart.chart import flowchart
from anagen.web import app as app_module
from anagen.web import files
from tests.web.conftest import HOST

GETS = tuple(path for path, _ in app_module.ROUTES)
POSTS = tuple(path for path, _ in app_module.POSTS)
SLOW = {"/report.html": 3, "/oxygen": 4, "/tour": 6, "/compare": 12, "/scalp": 20, "/outlook.csv": 20}
"""How often routes are asked that work for a second or more; every other one, and one that is new, `USUAL` times."""
USUAL = 40
LARGEST_ANSWER, LARGEST_REFUSAL = 4_000_000, 40_000
BASE = "p=age:40;sex:male&few=1"
"""A person whose look is quick and kept stands behind whatever is drawn."""

KNOWN = st.sampled_from(
    ["v", "p", "i1", "i2", "t1", "d1", "i1.amount", "i1.label", "t1.dose", "t1.from_age", "p.age",
     "p.egfr", "p.pattern", "p.medicines", "p.pregnant", "theory", "flip", "at", "few", "moved", "tab", "say", "add",
     "place", "name", "k1", "k1t1", "plan", "row", "also", "severity", "flow", "loss"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["age:40;sex:male", "age:NaN;sex:male", "age:1e9;sex:male", "kind:food;product:kale", "kind:topical",
     "kind:finasteride;dose:1 mg", "kind:supplement;product:magnesium citrate;amount:1e400 mg",
     "kind:massage;dose:4 min;from_age:1e9", "500 mg", "hybrid", "ab", "severe", "1", "0", "-1", "1e308", "50",
     "[]", "{}", "null", "a.b.c", "mag citrate 500", "\x00", "\ud83d\ude00", "<script>alert(1)</script>", "' OR 1=1 --",
     "../../etc/passwd", "%s%n", "kind:bath;product:epsom salt;amount:500 g;times:1e9", "[" * 500, "9" * 400,
     "label_text:Magnesium 100 mg;kind:supplement", "androgen-drives-miniaturization"]
)  # fmt: skip
VALUES = st.one_of(WORDS, st.text(max_size=60))
QUERIES = st.one_of(
    st.lists(st.tuples(KNOWN, WORDS), max_size=2),
    st.lists(st.tuples(KNOWN, VALUES), max_size=5),
    st.lists(st.tuples(st.text(max_size=8), VALUES), max_size=3),
)
ACCEPTS = ["text/html", "application/json", "text/x-card", "*/*", "", "a/b;q=2", "," * 300]
TEXT = st.one_of(st.sampled_from(ACCEPTS), st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=40))
LOOKED_AT = ["origin", "host", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "x-token", "x-forwarded-host"]
LET_BE = ["accept", "accept-encoding", "accept-language", "content-type", "cookie", "if-none-match", "range", "referer"]
HEADERS = st.one_of(
    st.just({}),
    st.dictionaries(st.sampled_from(LET_BE), TEXT, max_size=3),
    st.dictionaries(st.sampled_from(LOOKED_AT), TEXT, max_size=2),
)
PARTS = st.one_of(st.sampled_from(sorted(flowchart().arrows)[:3]), st.text(min_size=1, max_size=30))
KINDS = {"text/html", "application/json", "text/plain", "text/css", "text/javascript", "application/toml", "text/csv"}


@pytest.fixture(autouse=True)
def short_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "REPORT_DRAWS", 2)


def written(path: str, part: str, pairs: list[tuple[str, str]]) -> str:
    """An address of a route, the variable part of its path filled in."""
    query = "&".join(f"{quote(name, errors='replace')}={quote(text, errors='replace')}" for name, text in pairs)
    return f"{re.sub(r'{[^}]*}', quote(part, safe='', errors='replace'), path)}?{BASE}&{query}"


def sound(answer: Any) -> None:
    """No defect, of a kind the page has, and of bounded size."""
    assert answer.status_code < 500
    assert "Traceback" not in answer.text
    refused = answer.status_code >= 400
    assert len(answer.content) < (LARGEST_REFUSAL if refused else LARGEST_ANSWER)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    if answer.content:
        assert answer.headers["content-type"].partition(";")[0] in KINDS
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert "<script>alert(1)" not in answer.text


@pytest.mark.parametrize("path", GETS)
def test_nothing_asked_of_a_route_breaks_it(client: TestClient, path: str) -> None:
    @settings(max_examples=SLOW.get(path, USUAL), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(part=PARTS, pairs=QUERIES, headers=HEADERS, body=st.one_of(st.just(b""), st.binary(max_size=50)))
    def asked(part: str, pairs: list[tuple[str, str]], headers: dict[str, str], body: bytes) -> None:
        told = {name: text.encode("latin-1") for name, text in headers.items()}
        sound(client.request("GET", written(path, part, pairs), headers=told, content=body))

    asked()


@pytest.mark.parametrize("path", POSTS)
def test_nothing_sent_to_a_route_breaks_it(path: str, tmp_path: Path) -> None:
    app = app_module.application(file=tmp_path / "mine.toml")
    client, token = TestClient(app, base_url=HOST, follow_redirects=False), str(app.state.site.token)
    files_sent = st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=300).map(lambda more: b"[person]\nage=40\nsex='male'\n" + more),
        st.text(max_size=300).map(lambda more: ("[person]\nage=40\n" + more).encode("utf-8", "replace")),
    )

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(pairs=QUERIES, headers=HEADERS, body=files_sent, knows=st.booleans())
    def sent(pairs: list[tuple[str, str]], headers: dict[str, str], body: bytes, knows: bool) -> None:
        told = {name: text.encode("latin-1") for name, text in headers.items()}
        told |= {"x-token": token.encode()} if knows else {}
        sound(client.post(written(path, "", pairs), headers=told, content=body))

    sent()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_route_answers_to_its_own_method_alone(client: TestClient, method: str) -> None:
    for path in GETS:
        answer = client.request(method, written(path, "x", []))
        assert answer.status_code == 405, path
        sound(answer)
    for path in POSTS if method != "POST" else ():
        assert client.request(method, written(path, "", [])).status_code == 405, path


def mixed(client: TestClient, token: str, first: int, count: int) -> Iterator[int]:
    """Requests of every kind, each unlike the one before; those that work longer come less often."""
    often = ("/scenario.toml", "/entry", "/arrow/androgen-drives-miniaturization", "/page.css", "/keep", "/anagen.js")
    seldom = {997: "/compare", 499: "/tour", 307: "/scalp", 251: "/outlook.csv", 211: "/answer&full", 97: "/sources",
              61: "/claims", 23: "/", 11: "/answer"}  # fmt: skip
    for number in range(first, first + count):
        path = next((path for every, path in seldom.items() if number % every == 0), often[number % len(often)])
        path, _, full = path.partition("&")
        query = f"p=age:40;sex:male;name:n{number}&i1=kind:food;product:kale;amount:{number} g&say=mag citrate {number}"
        if path in ("/answer", "/scalp", "/outlook.csv", "/compare"):
            query = f"p=age:40;sex:male&t1=kind:massage;dose:4 min;from_age:{41 + number / 100}"
        query += "" if full else "&few=1"
        yield client.get(f"{path}?{query}").status_code
        if number % 10 == 0:
            body = f"[person]\nname='n{number}'\nage=40\nsex='male'\n".encode()
            yield client.post("/open", headers={"x-token": token}, content=body).status_code


def resident() -> float:
    """Memory that is held now, kB; its highest where that is not told."""
    status = Path("/proc/self/status")
    gc.collect()
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(status.read_text(encoding="utf-8").split("VmRSS:")[1].split()[0])


def fill_what_is_kept(client: TestClient, token: str) -> None:
    """Requests of every kind, and as many people and looks as are kept for a while."""
    assert set(mixed(client, token, 1, 400)) == {200, 303}
    for number in range(100):
        massage = f"t1=kind:massage;dose:4 min;from_age:{71 + number / 100}"
        assert client.get(f"/answer?p=age:40;sex:male;name:full{number}&{massage}&few=1").status_code == 200
        if number % 5 == 0:
            assert client.get(f"/answer?p=age:40;sex:male&{massage}").status_code == 200


def test_memory_stays_flat_over_two_thousand_requests(client: TestClient, token: str) -> None:
    fill_what_is_kept(client, token)
    before = resident()
    assert set(mixed(client, token, 2001, 2000)) == {200, 303}
    assert resident() - before < 15_000
