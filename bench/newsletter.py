"""How fast the newsletter queues and sends: `python bench/newsletter.py [RECIPIENTS] [QUEUED]`.

Uses a database of its own in a temporary folder and an SMTP server in a process of its own.
"""

import asyncio
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
RECIPIENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
QUEUED = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000


def serve(port_pipe) -> None:
    from aiosmtpd.smtp import SMTP

    class Take:
        async def handle_DATA(self, server, session, envelope):
            return "250 OK"

    async def main():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Take()), "127.0.0.1", 0)
        port_pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.test")
        import django

        django.setup()
        measure(port)
    server.terminate()


def measure(port: int) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from innerbalance.pages.models import HomePage
    from newsletter import delivery, queueing
    from newsletter.models import Delivery, Sending, Subscriber
    from tests.newsletter.factories import make_archive, make_issue, make_subscribers, plan

    call_command("migrate", verbosity=0)
    settings.NEWSLETTER_MESSAGES_PER_MINUTE = 0
    options = {"host": "127.0.0.1", "port": port, "timeout": 10}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    archive = make_archive(HomePage.objects.get())

    make_subscribers(RECIPIENTS)
    sending = plan(make_issue(archive), now=timezone.now())
    delivery.run(seconds=2)
    before, sent, begin = memory(), Delivery.objects.filter(state="sent").count(), time.monotonic()
    delivery.run(seconds=3600)
    took = time.monotonic() - begin
    sent = Delivery.objects.filter(state="sent").count() - sent
    print(f"sending: {sent} messages in {took:.1f} s, {sent / took:.0f} a second")
    print(f"memory: {before:.0f} MB at most after the first two seconds, {memory():.0f} MB at the end")
    print({str(state): number for state, number in sending.counts().items() if number})

    Delivery.objects.all().delete()
    Sending.objects.all().delete()
    Subscriber.objects.all().delete()
    make_subscribers(QUEUED)
    plan(make_issue(archive, title="Queueing"), now=timezone.now())
    begin = time.monotonic()
    queueing.start_due(now=timezone.now())
    queueing.queue_all(now=timezone.now())
    print(f"queueing: {Delivery.objects.count()} rows in {time.monotonic() - begin:.1f} s")


if __name__ == "__main__":
    main()
