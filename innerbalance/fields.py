"""A StreamField whose blocks stay out of migrations."""

from wagtail import fields


class StreamField(fields.StreamField):
    """As Wagtail's, but a migration says nothing of its blocks.

    The column is the same JSON whatever the blocks are, so a new help text or block is no change of the database, and
    no migration imports code of ours.
    """

    def deconstruct(self):
        name, _, _, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}
