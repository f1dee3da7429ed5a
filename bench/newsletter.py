"""How fast the newsletter queues and sends, and in how much memory.

`bin/bench newsletter`, or `python -m bench.newsletter [RECIPIENTS] [QUEUED]`. Uses DATABASE_URL where it is set (an
empty PostgreSQL database), else an SQLite file in a temporary folder, and an SMTP server in a process of its own.
"""

import asyncio
import itertools
import multiprocessing
import os
import smtplib
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
RECIPIENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
QUEUED = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
PAGE = os.sysconf("SC_PAGE_SIZE")


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


def resident() -> float:
    """What this process holds in memory at this moment, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20


def main() -> None:
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innerbalance.settings.test")
        import django

        django.setup()
        measure(port)
    server.terminate()


def measure(port: int) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from innerbalance.pages.models import HomePage
    from newsletter.models import Campaign, Delivery, Subscriber
    from newsletter.services import queueing, worker
    from tests.newsletter.factories import make_archive, make_issue, make_subscribers, plan

    call_command("migrate", verbosity=0)
    settings.NEWSLETTER_MESSAGES_PER_MINUTE = 0
    options = {"host": "127.0.0.1", "port": port, "timeout": 10}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    archive = make_archive(HomePage.objects.get())

    make_subscribers(RECIPIENTS)
    campaign = plan(make_issue(archive), now=timezone.now())
    queueing.start_due(now=timezone.now())
    queueing.queue_all(now=timezone.now())
    print(f"{connection.vendor}, {RECIPIENTS} recipients over one connection at a time")
    taken = Delivery.objects.filter(state="sent").count
    memory, left, begin = [resident()], taken(), time.monotonic()
    cpu = time.process_time()

    # The sender reads its clock at each message: there the memory is looked at too, about twenty times in all.
    steps = itertools.count()

    def clock():
        if next(steps) % max(1, RECIPIENTS * 3 // 20) == 0:
            memory.append(resident())
        return timezone.now()

    worker.run(seconds=3600, clock=clock)
    took, cpu = time.monotonic() - begin, time.process_time() - cpu
    sent = taken() - left
    memory.append(resident())
    middle = memory[len(memory) // 2]
    print(
        f"sending: {sent} messages in {took:.1f} s, {sent / took:.0f} a second; {1000 * cpu / sent:.1f} ms of processor"
    )
    print(f"resident memory: {memory[2]:.0f} MB at the start, {middle:.0f} in the middle, {memory[-1]:.0f} at the end")
    print({str(state): number for state, number in campaign.counts().items() if number})
    bare = bare_speed(port, campaign)
    print(
        f"the same messages by smtplib alone, without accounts: {bare:.0f} a second; ours is {sent / took / bare:.0%}"
    )

    Delivery.objects.all().delete()
    Campaign.objects.all().delete()
    Subscriber.objects.all().delete()
    make_subscribers(QUEUED)
    plan(make_issue(archive, title="Queueing"), now=timezone.now())
    before, begin = resident(), time.monotonic()
    queueing.start_due(now=timezone.now())
    queueing.queue_all(now=timezone.now())
    took = time.monotonic() - begin
    print(f"queueing: {Delivery.objects.count()} rows in {took:.1f} s")
    print(f"resident memory: {before:.0f} MB before, {resident():.0f} MB after")


def bare_speed(port: int, campaign) -> float:
    """Messages a second when nothing is written down: what this machine and its server could do at most."""
    from email import policy

    from django.core.mail import EmailMultiAlternatives

    number = min(2000, RECIPIENTS)
    begin = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as smtp:
        for each in range(number):
            message = EmailMultiAlternatives(campaign.subject, campaign.text, "a@example.org", [f"r{each}@example.org"])
            message.attach_alternative(campaign.html, "text/html")
            smtp.sendmail("a@example.org", [f"r{each}@example.org"], message.message(policy=policy.SMTP).as_bytes())
    return number / (time.monotonic() - begin)


if __name__ == "__main__":
    main()
