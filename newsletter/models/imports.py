"""Lists of addresses on their way in. What waits is sealed, and gone as soon as it is in (docs/decisions/0076)."""

import uuid

from django.conf import settings
from django.db import connection, models

from newsletter.formats import IMPORT_STATE_LABELS, choices, explained_errors
from newsletter.rules.import_states import ImportState


class SubscriberImport(models.Model):
    """Who brought which list in, and what became of it, in numbers: no address is here.

    `new`, `known`, `suppressed` and `not_asked` add up to `total` after the dry run, which foresees them, and again at
    the end of the import, which counts them anew.
    """

    # The record that its key is kept under (innerbalance.security.record_keys).
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=16, choices=choices(IMPORT_STATE_LABELS), default=ImportState.CHECKED.value)
    file_name = models.CharField(max_length=120, blank=True)
    consent_note = models.CharField(max_length=300)
    confirmed = models.BooleanField(default=False)

    # Addresses, each once.
    total = models.PositiveIntegerField(default=0)
    twice = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    # The first ones, as [line, code of what is wrong].
    errors = models.JSONField(default=list)
    # Put on the list, or asked to confirm.
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    suppressed = models.PositiveIntegerField(default=0)
    # Their mailbox got a confirmation email today.
    not_asked = models.PositiveIntegerField(default=0)

    created_at = models.DateTimeField(db_index=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Import {self.pk}"

    @property
    def done(self) -> int:
        """How many addresses are settled."""
        return self.new + self.known + self.suppressed + self.not_asked

    @property
    def explained_errors(self) -> list[tuple[int, str]]:
        """(line, what is wrong with it) of the first ones, for people."""
        return explained_errors(self.errors)

    @property
    def left_out(self) -> int:
        return self.total - self.done


class ImportChunkQuerySet(models.QuerySet):
    def free(self):
        """Those no other worker has in its hands, in order; inside a transaction."""
        chunks = self.order_by("number")
        if connection.features.has_select_for_update_skip_locked:
            chunks = chunks.select_for_update(skip_locked=True)
        return chunks


class ImportChunk(models.Model):
    """Some of the waiting addresses, sealed. A chunk that is in has no row any more."""

    batch = models.ForeignKey(SubscriberImport, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    objects = ImportChunkQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_chunk_once")]

    def __str__(self) -> str:
        return f"Chunk {self.number} of import {self.batch_id}"
