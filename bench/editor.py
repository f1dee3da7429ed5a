"""An editor beside the running site: a process with the site's own settings that is asked for one thing at a time.

It is started once, because starting Django takes longer than everything it is asked for.
"""

import json
import subprocess
import sys
from datetime import timedelta

ARTICLE = "leaning-without-losing-yourself"
"""The demo's long article."""


class Editor:
    """`Editor(environment).ask("publish", 3)`; raises RuntimeError with what went wrong there."""

    def __init__(self, environment: dict[str, str], *, cwd: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.editor"],
            env=environment,
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, what: str, *arguments: object):
        assert self.process.stdin  # noqa: S101
        assert self.process.stdout  # noqa: S101
        self.process.stdin.write(json.dumps([what, *arguments]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the process beside the site ended")
        answer = json.loads(line)
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        return answer["is"]

    def stop(self) -> None:
        """It ends when it is asked no more, also when this process dies."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(timeout=20)


def main() -> None:
    import django

    django.setup()
    answers = sys.stdout
    # What Django or the site prints is no answer.
    sys.stdout = sys.stderr
    for line in sys.stdin:
        what, *arguments = json.loads(line)
        try:
            answer = {"is": QUESTIONS[what](*arguments)}
        except Exception as error:
            answer = {"fault": f"{what}: {type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


def _post():
    from blog.models import BlogPostPage

    return BlogPostPage.objects.get(slug=ARTICLE)


def article() -> dict:
    """Its number, its path, and its words as one text for each block."""
    post = _post()
    paragraphs = [str(text) for text in post.body.stream_block.get_searchable_content(post.body)]
    return {"id": post.pk, "path": post.url_path.removeprefix("/home"), "paragraphs": paragraphs}


def draft(number: int) -> str:
    """Save, and do not publish, an edition with a number in its title; the title."""
    post = _post()
    post.title = f"Leaning on Each Other, edition {number}"
    post.save_revision()
    return post.title


def publish(number: int) -> str:
    title = draft(number)
    _post().latest_revision.publish()
    return title


def publish_another(number: int) -> str:
    """Another post than the article, with a new title."""
    from blog.models import BlogPostPage

    post = BlogPostPage.objects.live().exclude(slug=ARTICLE).order_by("pk").first()
    post.title = f"Another post, edition {number}"
    post.save_revision().publish()
    return post.title


def queries(path: str, host: str, scheme: str) -> int:
    """How many queries the page takes right after this process, which has served pages, published another."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    reader = Client(headers={"host": host, "x-forwarded-proto": scheme})
    for page in (path, "/", "/blog/", path):
        reader.get(page)
    publish_another(0)
    with CaptureQueriesContext(connection) as captured:
        response = reader.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return len(captured)


def session() -> dict:
    """Signed in as an owner of the site: names and values of the cookies that a publishing request needs."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.middleware.csrf import _get_new_csrf_string

    user = get_user_model().objects.create_superuser("bench", "bench@practice.example", None)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    secret = _get_new_csrf_string()
    cookies = {settings.SESSION_COOKIE_NAME: store.session_key, settings.CSRF_COOKIE_NAME: secret}
    return {"cookies": cookies, "token": secret}


def stamps() -> dict:
    """What stands in the hidden field of a form that was opened five minutes ago."""
    from django.utils import timezone

    from innerbalance.security.public_forms import FormStamp
    from intake.views import PURPOSE
    from newsletter.templatetags.newsletter_tags import PURPOSE as SIGN_UP

    opened = timezone.now() - timedelta(minutes=5)
    return {"request": FormStamp.issue(PURPOSE, opened), "sign_up": FormStamp.issue(SIGN_UP, opened)}


def requests_kept() -> int:
    from intake.models import ConsultationRequest

    return ConsultationRequest.objects.count()


QUESTIONS = {
    "article": article,
    "draft": draft,
    "publish": publish,
    "publish_another": publish_another,
    "queries": queries,
    "requests_kept": requests_kept,
    "session": session,
    "stamps": stamps,
}

if __name__ == "__main__":
    main()
