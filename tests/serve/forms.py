"""Forms, read from the page and sent as a browser without JavaScript does; and staff's way into the admin."""

import http.cookiejar
import re
import urllib.parse
import urllib.request
from html.parser import HTMLParser

from .readers import ask

AS_A_BROWSER = {"Content_Type": "application/x-www-form-urlencoded", "Sec_Fetch_Site": "same-origin"}


def hidden(html: str, name: str) -> str:
    """What stands in a hidden field."""
    return re.search(rf'type="hidden" name="{name}" value="([^"]*)"', html)[1]


def sign_up(stack, address: str):
    html = ask(stack.port, "/newsletter/sign-up/", Accept_Encoding="identity")[2].decode()
    fields = {"address": address, "made": hidden(html, "made"), "website": ""}
    body = urllib.parse.urlencode(fields)
    return ask(stack.port, "/newsletter/sign-up/", method="POST", body=body, **AS_A_BROWSER)


class _Fields(HTMLParser):
    """The fields of the form with this id or, without one, of the first, as a browser would send them."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.fields, self.inside = form_id, [], False
        self.select = self.area = None

    def handle_starttag(self, tag, pairs):
        got = dict(pairs)
        if tag == "form":
            self.inside = not self.form_id or got.get("id") == self.form_id
        if not self.inside or "disabled" in got:
            return
        name = got.get("name")
        if tag == "input" and name and got.get("type") not in {"submit", "file", "button", "image"}:
            if got.get("type") not in {"checkbox", "radio"} or "checked" in got:
                self.fields.append([name, got.get("value", "on" if got.get("type") == "checkbox" else "")])
        elif tag == "textarea" and name:
            self.area = [name, ""]
            self.fields.append(self.area)
        elif tag == "select" and name:
            self.select = [name, None, None]
        elif tag == "option" and self.select:
            value = got.get("value", "")
            self.select[2] = value if self.select[2] is None else self.select[2]
            if "selected" in got:
                self.fields.append([self.select[0], value])
                self.select[1] = value

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.area:
            # HTML leaves out the first line break of a textarea.
            self.area[1] = self.area[1].removeprefix("\n")
            self.area = None
        elif tag == "select":
            if self.select and self.select[1] is None and self.select[2] is not None:
                self.fields.append([self.select[0], self.select[2]])
            self.select = None


class Desk:
    """Somebody signed in to the admin, over HTTP."""

    def __init__(self, stack, username: str) -> None:
        self.origin = f"http://{stack.host}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        fields = self.fields("/admin/login/")
        self.send("/admin/login/", fields | {"username": username, "password": stack.env["DEMO_PASSWORD"]})

    def fields(self, path: str, form_id: str = "") -> dict[str, str]:
        with self.opener.open(f"{self.origin}{path}") as answer:
            assert answer.url.endswith(path), f"sent to {answer.url}"
            reader = _Fields(form_id)
            reader.feed(answer.read().decode())
        return dict(reader.fields)

    def send(self, path: str, fields: dict[str, str]) -> str:
        """Where it led."""
        data = urllib.parse.urlencode(fields).encode()
        with self.opener.open(urllib.request.Request(f"{self.origin}{path}", data=data)) as answer:
            answer.read()
            return answer.url
