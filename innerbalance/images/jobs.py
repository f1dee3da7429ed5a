"""Makes the sizes of new and changed pictures, so that no reader waits for them."""

import hashlib
from datetime import datetime
from time import monotonic

from PIL.Image import DecompressionBombError
from wagtail.images.models import Filter

from innerbalance.caching import touch_site
from innerbalance.images.models import PracticeImage
from innerbalance.images.sizes import MADE_AHEAD

MOST_SECONDS = 8
"""What one run takes before it leaves the rest to the next; a picture that was begun is ended."""

UNREADABLE = (OSError, ValueError, SyntaxError, DecompressionBombError)
"""What Pillow and the storage raise for a file that is missing, broken or far too large."""

CURRENT = hashlib.sha256("\n".join(MADE_AHEAD).encode()).hexdigest()[:16]
"""Another list of sizes makes all pictures due again."""


def make_sizes(now: datetime) -> str:
    """Make what is missing of each picture that was saved since; those whose file can't be read are named by number."""
    began, done, unreadable = monotonic(), 0, []
    for image in PracticeImage.objects.exclude(sizes_made=CURRENT).order_by("-pk").iterator(chunk_size=20):
        try:
            wanted = [Filter(spec=spec) for spec in MADE_AHEAD]
            made = image.find_existing_renditions(*wanted)
            image.create_renditions(*[each for each in wanted if each not in made])
        except UNREADABLE:  # the other pictures are made, and this one is not tried again each minute
            unreadable.append(str(image.pk))
        # Only if nobody saved it meanwhile: its focal point, or its file, may be another by now.
        same = PracticeImage.objects.filter(pk=image.pk, file=image.file.name, saves=image.saves)
        same.update(sizes_made=CURRENT)
        done += 1
        if monotonic() - began > MOST_SECONDS:
            break
    if done:
        touch_site()
    said = [f"made the sizes of {done - len(unreadable)} pictures"] if done > len(unreadable) else []
    if unreadable:
        said.append(f"could not read picture {', '.join(unreadable)}")
    return "; ".join(said)
