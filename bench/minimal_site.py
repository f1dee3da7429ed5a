"""The least that Wagtail can be: `wagtail start`, one page type with one RichTextField, one article, SQLite."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

from bench import processes

MODEL = """

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField


class ArticlePage(Page):
    body = RichTextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
"""
TEMPLATE = """{% extends "base.html" %}
{% load wagtailcore_tags %}
{% block content %}<h1>{{ page.title }}</h1>
{{ page.body|richtext }}{% endblock %}
"""
LOCAL_SETTINGS = """
SECRET_KEY = {key!r}
ALLOWED_HOSTS = ["127.0.0.1"]
"""
FILL = """
import pathlib
from home.models import ArticlePage, HomePage
home = HomePage.objects.get()
home.add_child(instance=ArticlePage(title="Article", slug="article", body=pathlib.Path("article.html").read_text()))
"""


class MinimalSite:
    """Production settings behind gunicorn, with the stack's number of workers and threads."""

    def __init__(self, folder: Path, paragraphs: list[str], *, workers: int, threads: int) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
        self.env = {**own, "DJANGO_SETTINGS_MODULE": "minimal.settings.production"}
        self._run("-m", "wagtail.bin.wagtail", "start", "minimal", ".")
        with (folder / "home/models.py").open("a") as models:
            models.write(MODEL)
        (folder / "home/templates/home/article_page.html").write_text(TEMPLATE)
        settings = LOCAL_SETTINGS.format(key=secrets.token_urlsafe(50))
        (folder / "minimal/settings/local.py").write_text(settings)
        (folder / "article.html").write_text("\n".join(f"<p>{text}</p>" for text in paragraphs))
        self._run("manage.py", "makemigrations", "home", "--verbosity", "0")
        self._run("manage.py", "migrate", "--verbosity", "0")
        self._run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        self._run("manage.py", "shell", "--verbosity", "0", "--command", FILL)
        self._serve(workers, threads)

    def _serve(self, workers: int, threads: int) -> None:
        self.port = processes.free_port()
        self.url = f"http://127.0.0.1:{self.port}/article/"
        log = self.folder / "log"
        options = f"--worker-class gthread --workers {workers} --threads {threads} --no-control-socket"
        command = [sys.executable, "-m", "gunicorn", *options.split(), "--bind", f"127.0.0.1:{self.port}"]
        self.process = processes.start([*command, "minimal.wsgi"], env=self.env, cwd=self.folder, log=log)
        processes.wait_until(lambda: processes.listens(self.port), process=self.process, seconds=60, log=log)

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603
            [sys.executable, *arguments], cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"the minimal site, {arguments[:2]}: {done.stderr.strip()[-500:]}")

    def pids(self) -> list[int]:
        return processes.tree(self.process.pid)

    def stop(self) -> None:
        processes.stop(self.process)
