"""A reader's browser loads pictures that fit the screen: none is blurred, and none far larger than it is shown."""

import pytest
from django.utils import timezone

from innerbalance.images.jobs import make_sizes
from tests.templates.small_site import build_small_site, picture

EAGER = "() => document.querySelectorAll('main img').forEach(img => { img.loading = 'eager'; })"
LOADED = "() => [...document.querySelectorAll('main img')].every(img => img.complete && img.currentSrc)"
MEASURE = """async () => {
  const found = [];
  for (const img of document.querySelectorAll('main img')) {
    const probe = new Image();
    probe.src = img.currentSrc;
    await probe.decode();
    found.push({file: img.currentSrc.split('/').pop(), loaded: probe.naturalWidth, css: img.clientWidth});
  }
  return found;
}"""


@pytest.fixture
def site(transactional_db):
    """Its hero and body pictures are large enough for every size."""
    site = build_small_site()
    large = picture("Large", size=(2000, 1500))
    post = site.posts[0]
    post.hero_image = large
    post.save_revision().publish()
    while make_sizes(timezone.now()):
        pass
    return site


@pytest.mark.parametrize("density", [1, 2])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_more_than_twice_the_pixels_shown(open_page, site, width, density):
    for kind in ("post", "blog", "home", "clinician", "team"):
        page = open_page(width=width, device_scale_factor=density)  # a browser shows a larger one that it already has
        page.goto(site.paths[kind])
        page.evaluate(EAGER)
        page.wait_for_function(LOADED)
        seen = page.evaluate(MEASURE)
        too_large = [each for each in seen if each["loaded"] > 2 * each["css"] * density]
        assert not too_large, (kind, too_large)
        blurred = [
            each for each in seen if "Large" in each["file"] and each["loaded"] < min(each["css"] * density, 1440)
        ]
        assert not blurred, (kind, blurred)
