"""A list of addresses from the dry run to the last line, in chunks that any number of workers may do.

A chunk's row is deleted in the same transaction that brings its addresses in. So a process that dies leaves the chunk
as it was, to be taken up again, and no chunk is done twice (docs/decisions/0076).
"""

import time
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from wagtail.log_actions import log

from innerbalance.security.encryption import CannotOpen, KeyDestroyed
from innerbalance.security.record_keys import RecordCipher, create_cipher, destroy_keys, open_cipher
from newsletter.models import ImportChunk, SubscriberImport
from newsletter.rules.address_lists import AddressList
from newsletter.rules.addresses import parse
from newsletter.rules.import_states import ImportState
from newsletter.services import Actor
from newsletter.services.bulk_add import Numbers, ask_to_confirm, put_on_list, sift

SOURCE = "Imported"
# One transaction each: on SQLite everyone else who writes waits for it.
CHUNK = 200
ERRORS_KEPT = 200
DRY_RUN_LASTS = timedelta(days=1)


def look(
    *, listed: AddressList, confirmed: bool, consent_note: str, file_name: str, user: Actor, now: datetime
) -> SubscriberImport:
    """The dry run: foresee the numbers and keep the addresses sealed until somebody says yes. Changes nobody.

    `confirmed`: they had confirmed to an earlier newsletter of the practice. Otherwise each is asked by the usual
    mail. Raises KeyMissing when nothing can be sealed.
    """
    # One order everywhere, so that two imports at once never wait for each other in a ring.
    addresses = sorted(listed.addresses, key=lambda address: address.key)
    chunks = [addresses[start : start + CHUNK] for start in range(0, len(addresses), CHUNK)]
    foreseen = Numbers()
    for chunk in chunks:
        foreseen.add(sift(chunk)[1])
    with transaction.atomic():
        job = SubscriberImport.objects.create(
            file_name=file_name[:120],
            consent_note=consent_note,
            confirmed=confirmed,
            total=len(addresses),
            twice=listed.twice,
            error_count=len(listed.errors),
            errors=listed.errors[:ERRORS_KEPT],
            created_at=now,
            created_by=user,
            **asdict(foreseen),
        )
        if chunks:
            safe = create_cipher(job.uid)
            ImportChunk.objects.bulk_create(
                ImportChunk(batch=job, number=number, sealed=_seal(safe, number, chunk))
                for number, chunk in enumerate(chunks)
            )
    return job


def start(*, import_id: int, user: Actor, now: datetime) -> bool:
    """Say yes to a dry run; whether this call did. A second click changes nothing."""
    zero = asdict(Numbers())
    with transaction.atomic():
        checked = SubscriberImport.objects.filter(pk=import_id, state=ImportState.CHECKED, total__gt=0)
        if not checked.update(state=ImportState.RUNNING, started_at=now, started_by=user, **zero):
            return False
        job = SubscriberImport.objects.get(pk=import_id)
        log(instance=job, action="newsletter.import_start", user=user, data={"addresses": job.total})
    return True


def work(*, import_id: int, seconds: float, now: datetime) -> None:
    """Bring chunks in for about `seconds`, one at least; end the import when none is left."""
    job = SubscriberImport.objects.filter(pk=import_id, state=ImportState.RUNNING).select_related("started_by").first()
    if job is None:
        return
    end = time.monotonic() + seconds
    try:
        safe = open_cipher(job.uid) if job.chunks.exists() else None
        while safe and _bring_in_one(job, safe, now):
            if time.monotonic() >= end:
                break
    except (KeyDestroyed, CannotOpen):
        _end(job, ImportState.STOPPED, now)
    else:
        _end(job, ImportState.FINISHED, now)


def work_all(*, seconds: float, now: datetime) -> int:
    """Go on with every import under way, for about `seconds` together; how many there were."""
    end = time.monotonic() + seconds
    ids = list(SubscriberImport.objects.filter(state=ImportState.RUNNING).order_by("pk").values_list("pk", flat=True))
    for import_id in ids:
        work(import_id=import_id, seconds=end - time.monotonic(), now=now)
    return len(ids)


def discard(*, import_id: int) -> bool:
    """Forget a dry run with its addresses; whether there was one that nobody had said yes to."""
    return _forget(SubscriberImport.objects.filter(pk=import_id)) > 0


def forget_abandoned(*, now: datetime) -> int:
    """Forget dry runs that nobody said yes to within a day; how many."""
    return _forget(SubscriberImport.objects.filter(created_at__lte=now - DRY_RUN_LASTS))


def _forget(imports: QuerySet[SubscriberImport]) -> int:
    with transaction.atomic():
        # Locked, so that nobody says yes between the look and the deletion.
        dry = list(imports.filter(state=ImportState.CHECKED).select_for_update())
        destroy_keys([job.uid for job in dry])
        SubscriberImport.objects.filter(pk__in=[job.pk for job in dry]).delete()
    return len(dry)


def _bring_in_one(job: SubscriberImport, safe: RecordCipher, now: datetime) -> bool:
    """The next chunk that is free; False when there is none."""
    bring_in = put_on_list if job.confirmed else ask_to_confirm
    with transaction.atomic():
        chunk = job.chunks.free().first()
        # The deletion is the claim, and undone with everything else when this process dies.
        if chunk is None or not ImportChunk.objects.filter(pk=chunk.pk).delete()[0]:
            return False
        numbers = bring_in(
            [parse(text) for text in safe.unseal(chunk.sealed, field=_field(chunk.number))],
            source=SOURCE,
            consent_note=job.consent_note,
            user=job.started_by,
            now=now,
        )
        counted = {name: F(name) + number for name, number in asdict(numbers).items()}
        SubscriberImport.objects.filter(pk=job.pk).update(**counted)
    return True


def _end(job: SubscriberImport, state: ImportState, now: datetime) -> None:
    """Once: the key is destroyed, so that no copy of the addresses can be read, and the log says what was done."""
    with transaction.atomic():
        running = SubscriberImport.objects.filter(pk=job.pk, state=ImportState.RUNNING)
        if state is ImportState.FINISHED:
            # Another worker may still have one in its hands; then that one ends it.
            running = running.filter(~Exists(ImportChunk.objects.filter(batch=OuterRef("pk"))))
        if not running.update(state=state, finished_at=now):
            return
        job.chunks.all().delete()
        destroy_keys([job.uid])
        job.refresh_from_db()
        names = (*asdict(Numbers()), "twice", "left_out")
        data = {"errors": job.error_count, **{name: getattr(job, name) for name in names}}
        log(instance=job, action="newsletter.import", user=job.started_by, data=data)


def _seal(safe: RecordCipher, number: int, chunk: list) -> bytes:
    return safe.seal([address.typed for address in chunk], field=_field(number))


def _field(number: int) -> str:
    return f"chunk {number}"
