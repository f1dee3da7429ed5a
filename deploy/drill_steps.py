"""What happens on one machine of a drill, one step a process; each prints one line of JSON (deploy/drill.py)."""

import argparse
import hashlib
import io
import json
import re
import uuid
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest import mock

from django.conf import settings
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from innerbalance.backups.services import media
from innerbalance.backups.services.snapshots import snapshot
from innerbalance.backups.services.tables import site_models, table_of
from innerbalance.images.models import PracticeImage
from innerbalance.pages.models import HomePage
from innerbalance.security.models import RecordKey
from intake.models import ConsultationRequest
from intake.rules.questions import Answers
from intake.services import corrections, erasure, receive, records
from newsletter.models import Campaign, Delivery, NewsletterIndexPage, NewsletterIssuePage, Subscriber, Suppression
from newsletter.rules.subscriber_states import SubscriberState, SuppressionReason
from newsletter.services import campaigns, claims, preferences, subscriptions, suppress_manually, worker

TOUCHED = (
    *("journal_promise", "journal_siteepoch", "caching_siteversion", "security_ratelimithit"),
    *("intake_consultationrequest", "intake_event", "intake_recentsubmission", "intake_outgoingemail"),
    *("newsletter_subscriber", "newsletter_subscriberevent", "newsletter_suppression"),
    *("newsletter_campaign", "newsletter_delivery", "wagtailcore_modellogentry", "security_recordkey"),
)
"""Tables that promises change, or that say that a restore was; what must stand in them is asked one by one."""


def build(requests: int, subscribers: int, pictures: int) -> dict:
    now = timezone.now()
    for number in range(pictures):
        content = io.BytesIO()
        Image.effect_noise((400, 300), 40 + number).convert("RGB").save(content, "JPEG")
        file = ImageFile(content, name=f"drill-{number}.jpg")
        PracticeImage.objects.create(title=f"Picture {number}", file=file)
    for number in range(requests):
        answers = Answers(
            name=f"Ana Ruiz {number}",
            phone=f"+1480555{number % 10000:04d}",
            email=f"person{number}@example.com",
            **dict.fromkeys(["voicemail_safe", "text_safe", "email_safe", "practice_named"], "yes"),
        )
        signals = receive.SubmissionSignals(
            honeypot="", form_age=timedelta(minutes=3), network=f"198.51.{number % 250}.0/24"
        )
        receive.receive_request(answers=answers, preferences=receive.Preferences(), signals=signals, now=now)
    Subscriber.objects.bulk_create(
        [
            Subscriber(
                address=f"reader{number}@example.org",
                address_key=f"reader{number}@example.org",
                state=SubscriberState.CONFIRMED,
                created_at=now,
                confirmed_at=now,
            )
            for number in range(subscribers)
        ],
        batch_size=2000,
    )
    archive = HomePage.objects.get().add_child(instance=NewsletterIndexPage(title="Newsletter", slug="newsletter"))
    body = [("heading", {"text": "Spring", "level": "h2"}), ("text", "<p>Walks are longer now.</p>")]
    issue = archive.add_child(instance=NewsletterIssuePage(title="News", body=body, live=False))
    revision = issue.save_revision()
    edition = revision.as_object().edition()
    campaigns.plan(page=issue, revision_id=revision.pk, content_hash=edition, scheduled_at=now, user=None, now=now)
    return {}


def send(copies: int) -> dict:
    """Send about so many, then stop as a process that ends in an orderly way."""
    before = Delivery.objects.filter(state="sent").count()
    batch = min(claims.BATCH, copies)
    with mock.patch.object(claims, "BATCH", batch):
        clock = Clock(copies - copies % batch or copies, before)
        worker.run(seconds=3600, clock=clock, sleep=lambda seconds: None)
    return {"sent": Delivery.objects.filter(state="sent").count() - before}


class Clock:
    """Runs on until so many copies were sent, and is then past every end."""

    def __init__(self, copies: int, before: int) -> None:
        self.copies, self.before, self.calls = copies, before, 0

    def __call__(self):
        self.calls += 1
        done = self.copies < 1_000_000 and Delivery.objects.filter(state="sent").count() - self.before >= self.copies
        return timezone.now() + (timedelta(hours=2) if done else timedelta())


def promise() -> dict:
    """One unsubscribe, one deletion by the office, one "by phone", and for requests an erasure and a correction."""
    now = timezone.now()
    waiting = [row.subscriber for row in Delivery.objects.filter(state="queued").select_related("subscriber")[:3]]
    sent = Delivery.objects.filter(state="sent").select_related("subscriber").first().subscriber
    subscriptions.unsubscribe(public_id=waiting[0].public_id, campaign_id=None, now=now)
    subscriptions.unsubscribe(public_id=sent.public_id, campaign_id=None, now=now)
    suppress_manually.suppress(
        address_key=waiting[1].address_key, reason=SuppressionReason.BY_PHONE, why="Called", user=None, now=now
    )
    preferences.erase(subscribers=Subscriber.objects.filter(pk=waiting[2].pk), user=None, now=now)
    erased, corrected = ConsultationRequest.objects.order_by("pk")[:2]
    erasure.erase_person(request_id=erased.pk, user=None, now=now)
    answers = records.answers_of(corrected)
    corrections.correct(
        request_id=corrected.pk,
        version=corrected.version,
        answers=replace(answers, email_safe="no"),
        user=None,
        now=now,
    )
    return {
        "tables": list(TOUCHED[:-1]),
        "gone": [each.address for each in (*waiting, sent)],
        "left": [str(waiting[0].public_id), str(sent.public_id)],
        "erased_subscriber": str(waiting[2].public_id),
        "suppressed": Suppression.objects.count(),
        "erased_request": str(erased.uid),
        "phone_only": corrected.reference,
        "requests": ConsultationRequest.objects.count(),
        "keys": RecordKey.objects.count(),
        "sent": Delivery.objects.filter(state="sent").count(),
    }


def kept(promised: dict) -> dict:
    """What of the promises does not hold here."""
    phone_only = ConsultationRequest.objects.get(reference=promised["phone_only"])
    facts = {
        "somebody who left is on the list": Subscriber.objects.filter(public_id__in=promised["left"])
        .exclude(state=SubscriberState.UNSUBSCRIBED)
        .exists(),
        "a subscriber who was deleted is there": Subscriber.objects.filter(
            public_id=promised["erased_subscriber"]
        ).exists(),
        "suppressions are missing": Suppression.objects.count() != promised["suppressed"],
        "a request that was erased is there": ConsultationRequest.objects.filter(
            uid=uuid.UUID(promised["erased_request"])
        ).exists(),
        "a key of an erased request is there": RecordKey.objects.count() != promised["keys"],
        "requests are missing": ConsultationRequest.objects.count() != promised["requests"],
        "email is said to be safe where it is not": records.answers_of(phone_only).email_safe != "no",
        "requests can't be found": not records.index_is_complete(),
        "copies that were sent are not known": Delivery.objects.filter(state="sent").count() != promised["sent"],
        "copies that were not handed over are in doubt": Delivery.objects.uncertain().exists(),
        "a newsletter goes on by itself": Campaign.objects.at_work().exists(),
    }
    return {"broken": [what for what, broken in facts.items() if broken]}


def resume() -> dict:
    for campaign in Campaign.objects.filter(state="paused"):
        campaigns.resume(campaign_id=campaign.pk)
    return {}


def digests() -> dict:
    """Rows and SHA-256 of each table's rows in no order, and of each file."""
    found = {}
    with snapshot() as taken:
        for table in map(table_of, site_models()):
            rows = sorted(
                json.dumps([_plain(value, kind) for value, kind in zip(row, table.kinds, strict=True)], sort_keys=True)
                for chunk in taken.rows(table)
                for row in chunk
            )
            found[table.name] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    for name in media.names():
        found[f"media/{name}"] = hashlib.sha256(media.read(name) or b"").hexdigest()
    return found


def _plain(value, kind):
    """JSON by what it says: PostgreSQL orders its keys and spaces anew."""
    return json.loads(value) if kind == "json" and value is not None else value


def mail() -> dict:
    """Who got the newsletter, as the files of emails say."""
    folder = Path(settings.MAIL_FOLDER)
    to: Counter[str] = Counter()
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        to.update(re.findall(r"^To: (reader\d+@example\.org)\s*$", path.read_text(errors="replace"), re.MULTILINE))
    return {"sent_to": sorted(to.elements())}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("step")
    parser.add_argument("--requests", type=int)
    parser.add_argument("--subscribers", type=int)
    parser.add_argument("--pictures", type=int)
    parser.add_argument("--copies", type=int)
    parser.add_argument("--promised", type=json.loads)
    chosen = vars(parser.parse_args())
    step = {each.__name__: each for each in (build, send, promise, kept, resume, digests, mail)}[chosen.pop("step")]
    print(json.dumps(step(**{name: value for name, value in chosen.items() if value is not None})))
