"""Somebody at the desk, over HTTP, as a browser sends it."""

import re
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import html5lib

from articles.models import Article
from newsroom.models import User
from tests.desk import change

PASSWORD = "a long enough password"
XHTML = "{http://www.w3.org/1999/xhtml}"


class Editor:
    """Logged in at the site of `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        name = f"bench-{User.objects.count()}"
        User.objects.create_superuser(name, password=PASSWORD)
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
        login = self.get("/admin/login/")
        form = {"username": name, "password": PASSWORD, "next": "/admin/"}
        self.post("/admin/login/", {**form, "csrfmiddlewaretoken": token_in(login)})

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path, timeout=60) as response:
            text: str = response.read().decode()
        return text

    def post(self, path: str, fields: dict[str, Any]) -> str:
        sent = urlencode(fields, doseq=True).encode()
        with self.opener.open(self.url + path, sent, timeout=60) as response:
            text: str = response.read().decode()
        return text

    def opened(self, article: Article) -> dict[str, list[str]]:
        """The fields of the writing screen as they stand."""
        return fields_in(self.get(change(article)), "article_form")

    def save(self, article: Article, fields: dict[str, list[str]]) -> str:
        return self.post(change(article), {**fields, "_continue": ["1"]})


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]


def fields_in(page: str, form_id: str) -> dict[str, list[str]]:
    """What a browser would send of a form, but for its buttons."""
    root = html5lib.parse(page)
    form = next(one for one in root.iter(f"{XHTML}form") if one.get("id") == form_id)
    fields: dict[str, list[str]] = {}
    for one in form.iter():
        name, value = one.get("name"), one.get("value") or ""
        if not name or one.get("disabled") is not None:
            continue
        match one.tag.removeprefix(XHTML), one.get("type"):
            case "textarea", _:
                fields.setdefault(name, []).append("".join(one.itertext()))
            case "select", _:
                fields.setdefault(name, []).extend(chosen(one))
            case "input", "checkbox" | "radio":
                if one.get("checked") is not None:
                    fields.setdefault(name, []).append(value or "on")
            case "input", "submit" | "button" | "image" | "file" | "reset":
                pass
            case "input", _:
                fields.setdefault(name, []).append(value)
    return fields


def chosen(select: Any) -> list[str]:
    """What is marked, or the first one where there must be one."""
    options = list(select.iter(f"{XHTML}option"))
    marked = [one for one in options if one.get("selected") is not None]
    if not marked and select.get("multiple") is None:
        marked = options[:1]
    return [one.get("value") or "" for one in marked]
