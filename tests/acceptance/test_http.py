"""HTTP as a program meets it: every answer of the API held to the OpenAPI document, uploads, events that are missed and
told again, passwords and tokens, limits."""
import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request

import product

PAGE_BYTES_MAX = 60_000


def fits(value, schema, schemas, where="answer"):
    """What is wrong with a value, as a list of sentences; empty where it is as described."""
    if "$ref" in schema:
        return fits(value, schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, where)
    if "oneOf" in schema:
        tries = [fits(value, one, schemas, where) for one in schema["oneOf"]]
        return [] if [] in tries else tries[0]
    kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict,
             "null": type(None)}
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(isinstance(value, kinds[one]) and (one == "boolean" or not isinstance(value, bool)) for one in types):
        return [f"{where}: {value!r} is not of type {types}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} is not one of {schema['enum']}"]
    wrong = []
    if isinstance(value, list):
        for number, item in enumerate(value):
            wrong += fits(item, schema.get("items", {}), schemas, f"{where}[{number}]")
    if isinstance(value, dict):
        wrong += [f"{where} lacks {name}" for name in schema.get("required", []) if name not in value]
        known = schema.get("properties", {})
        for name, inner in value.items():
            if name in known:
                wrong += fits(inner, known[name], schemas, f"{where}.{name}")
            elif schema.get("additionalProperties") is False:
                wrong.append(f"{where}.{name} is not described")
    return wrong


class Http(product.VigieTest):
    def get(self, address, headers={}, data=None, method=None):
        """Status, headers, body; follows nothing."""
        parts = urllib.parse.urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=180)
        self.addCleanup(connection.close)
        target = parts.path + ("?" + parts.query if parts.query else "")
        connection.request(method or ("POST" if data is not None else "GET"), target or "/", body=data, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    def json(self, address, headers={}, data=None):
        status, _, body = self.get(address, headers, data)
        return status, json.loads(body)


class TheApi(Http):
    def test_every_answer_is_as_the_openapi_document_says(self):
        self.vigie("ingest", product.DEMO / "edition", code=None)
        with self.serving() as (_, url):
            _, document = self.json(url + "/api/openapi.json")
            schemas = document["components"]["schemas"]
            _, latest = self.json(url + "/api/v1/latest?limit=100")
            ids = [article["id"] for article in latest["articles"]]
            stories = sorted({article["story"] for article in latest["articles"] if article["story"]})
            self.assertGreater(len(ids), 60)
            asked = {
                "/api/v1/latest": ["?limit=100", "?limit=3&offset=2", "?limit=nope"],
                "/api/v1/search": ["?q=barrage&facets=1", "?q=barrage&sort=date&explain=1", "?q=a*+NEAR&strict=1", "?q=%22",
                                   "", "?q=barrage&person=x&place=y&date=2026-11"],
                "/api/v1/articles/{id}": ids + ["nope"],
                "/api/v1/articles/{id}/editions": ids[:10] + ["nope"],
                "/api/v1/articles/{id}/copies": ids[:30] + ["nope"],
                "/api/v1/stories/{id}": stories[:5] + ["nope"],
                "/api/v1/quotes": ["?q=barrage&limit=50", "?limit=100", "?q=zzzzz"],
                "/api/v1/sources": [""], "/api/v1/stats": [""], "/api/v1/suggest": ["?q=barr", "?q=", "?q=%22"],
            }
            described = {path for path, methods in document["paths"].items() if "get" in methods}
            self.assertEqual(described, set(asked), "every path is asked for")
            for path, cases in asked.items():
                operation = document["paths"][path]["get"]["responses"]
                for case in cases:
                    target = path.replace("{id}", case) if "{id}" in path else path + case
                    status, answer = self.json(url + target)
                    which = "200" if status == 200 else "default"
                    schema = operation[which]["content"]["application/json"]["schema"]
                    self.assertEqual(fits(answer, schema, schemas, target), [])

    def test_what_is_posted_is_kept_and_answered_as_described(self):
        with self.serving() as (_, url):
            _, document = self.json(url + "/api/openapi.json")
            rows = "".join(json.dumps(product.dispatch(number)) + "\n" for number in range(250)) + '{"rien":1}\n'
            status, answer = self.json(url + "/api/v1/articles?name=envoi", data=rows.encode())
            self.assertEqual(status, 200)
            schema = document["paths"]["/api/v1/articles"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
            self.assertEqual(fits(answer, schema, document["components"]["schemas"]), [])
            self.assertEqual((answer["new"], answer["errors"], len(answer["items"])), (250, 1, 100))
            page = product.page(title="Une page envoyée", url=None).encode()
            status, answer = self.json(url + "/api/v1/articles?url=https://envoi.example/page", data=page)
            self.assertEqual((status, answer["new"]), (200, 1))
            _, article = self.json(url + "/api/v1/articles/" + answer["items"][0]["id"])
            self.assertEqual((article["title"], article["url"]), ("Une page envoyée", "https://envoi.example/page"))
            self.assertEqual(self.get(url + "/api/v1/articles", data=b"")[0], 400)
            self.assertEqual(self.get(url + "/api/v1/articles?url=ftp://x", data=page)[0], 400)
            self.assertEqual(self.get(url + "/api/v1/articles", {"Origin": "https://elsewhere.example"}, page)[0], 403)
            self.assertEqual(self.get(url + "/api/v1/articles", {"Sec-Fetch-Site": "cross-site"}, page)[0], 403)
        self.assert_clean()

    def test_sources_are_watched_as_described(self):
        with self.serving("--no-collect") as (_, url):
            _, document = self.json(url + "/api/openapi.json")

            def fit(path, answer):
                schema = document["paths"][path]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
                self.assertEqual(fits(answer, schema, document["components"]["schemas"]), [])

            status, one = self.json(url + "/api/v1/sources?url=https://a.example/rss&kind=feed", data=b"")
            self.assertEqual(status, 200)
            fit("/api/v1/sources", one)
            status, offers = self.json(url + "/api/v1/sources/find?url=http://127.0.0.1:1/", data=b"")
            self.assertEqual((status, offers["found"]), (200, []))
            self.assertIn("private network", offers["problem"])
            fit("/api/v1/sources/find", offers)
            status, paused = self.json(f"{url}/api/v1/sources/{one['id']}/pause", data=b"")
            fit("/api/v1/sources/{id}/{action}", paused)
            _, answer = self.json(url + "/api/v1/sources")
            self.assertEqual([row["paused"] for row in answer["watched"]], [True])
            schema = document["paths"]["/api/v1/sources"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            self.assertEqual(fits(answer, schema, document["components"]["schemas"]), [])
            self.assertEqual(self.get(url + "/api/v1/sources?url=https://b.example/", {"Origin": "https://b.example"}, b"")[0], 403)
            self.assertEqual(self.json(url + "/api/v1/articles?url=http://127.0.0.1:1/", data=b"")[1]["errors"], 1)

    def test_bodies_are_bounded_where_nothing_is_uploaded(self):
        with self.serving() as (_, url):
            self.assertEqual(self.get(url + "/login", data=b"x" * 100_000)[0], 413)
            status, answer = self.json(url + "/api/v1/articles", data=b"Un titre\n\n" + b"Une phrase de plus. " * 100_000)
            self.assertEqual((status, answer["new"] + answer["errors"]), (200, 1))

    def test_front_and_search_weigh_little(self):
        self.vigie("ingest", product.DEMO / "edition", code=None)
        with self.serving() as (_, url):
            for target in ("/", "/search?q=barrage"):
                total = 0
                _, _, body = self.get(url + target)
                parts = [target] + re.findall(r'(?:href|src)="(/static/[^"]+)"', body.decode())
                for part in parts:
                    status, _, packed = self.get(url + part, {"Accept-Encoding": "gzip"})
                    self.assertEqual(status, 200)
                    total += len(packed)
                self.assertLess(total, PAGE_BYTES_MAX, f"{target} with style, script and icon")


class Events(Http):
    def events(self, url, after):
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=180)
        self.addCleanup(connection.close)
        connection.request("GET", "/events", headers={"Last-Event-ID": str(after)} if after else {})
        return connection.getresponse()

    @staticmethod
    def next_event(stream):
        event = {}
        while True:
            line = stream.readline().decode().rstrip("\n")
            if line == "" and "data" in event:
                return event
            name, _, value = line.partition(": ")
            if name in ("id", "event", "data"):
                event[name] = value

    def test_what_was_missed_is_told_to_whoever_names_the_last_event(self):
        with self.serving() as (_, url):
            stream = self.events(url, 0)
            self.ingest_rows([product.dispatch(1)])
            first = self.next_event(stream)
            self.assertEqual(json.loads(first["data"])["articles"][0]["id"], "row-1")
            stream.close()
            self.ingest_rows([product.dispatch(2)])
            again = self.next_event(self.events(url, first["id"]))
            self.assertEqual(json.loads(again["data"])["articles"][0]["id"], "row-2")
            self.assertEqual(self.next_event(self.events(url, 17))["event"], "reset")


class Door(Http):
    def test_beyond_loopback_a_password_is_asked_for(self):
        done = self.vigie("serve", "--listen", "0.0.0.0:0", code=None, timeout=60)
        self.assertEqual(done.code, 1)
        self.assertIn("--set-password", done.said)

    def test_password_and_tokens(self):
        self.ingest_rows([product.dispatch(1)])
        self.assertEqual(self.vigie("serve", "--set-password", given=b"court\n", code=1).out, b"")
        self.vigie("serve", "--set-password", given="un mot de passe tenu\n".encode())
        token = self.vigie("serve", "--add-token", "essai").text.strip()
        kept = (self.data / "access").read_text()
        self.assertNotIn("tenu", kept)
        self.assertNotIn(token, kept)
        with self.serving() as (_, url):
            self.assertEqual(self.get(url + "/")[0], 303)
            self.assertEqual(self.get(url + "/api/v1/latest")[0], 401)
            bearer = {"Authorization": "Bearer " + token}
            self.assertEqual(len(self.json(url + "/api/v1/latest", bearer)[1]["articles"]), 1)
            _, headers, body = self.get(url + "/login")
            form = {"key": re.search(r'name="key" value="([^"]+)"', body.decode()).group(1), "password": "un mot de passe tenu"}
            visit = {"Cookie": headers["Set-Cookie"].split(";")[0], "Content-Type": "application/x-www-form-urlencoded"}
            wrong = urllib.parse.urlencode({**form, "password": "autre chose"}).encode()
            self.assertEqual(self.get(url + "/login", visit, wrong)[0], 403)
            status, headers, _ = self.get(url + "/login", visit, urllib.parse.urlencode(form).encode())
            self.assertEqual(status, 303)
            session = {"Cookie": headers["Set-Cookie"].split(";")[0]}
            self.assertEqual(self.get(url + "/", session)[0], 200)
            # A large body from someone who may not enter is not even read.
            self.assertEqual(self.get(url + "/api/v1/articles", data=b"x" * 100_000)[0], 413)
        self.vigie("serve", "--drop-token", "essai")
        with self.serving() as (_, url):
            self.assertEqual(self.get(url + "/api/v1/latest", {"Authorization": "Bearer " + token})[0], 401)
