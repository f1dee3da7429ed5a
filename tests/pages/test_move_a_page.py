"""A page that moves leaves a redirect behind."""

from tests.factories import make_post, make_standard_page


def test_a_new_slug_redirects_from_the_old_address(client, home, django_capture_on_commit_callbacks):
    page = make_standard_page(home, title="Fees", slug="fees")
    page.save_revision().publish()
    page = type(page).objects.get(pk=page.pk)
    page.slug = "prices"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    response = client.get("/fees/")
    assert response.status_code == 301
    assert response["Location"].endswith("/prices/")


def test_a_moved_post_keeps_its_readers(client, blog, django_capture_on_commit_callbacks):
    post = make_post(blog, title="First", slug="first")
    post = type(post).objects.get(pk=post.pk)
    post.slug = "the-first"
    with django_capture_on_commit_callbacks(execute=True):
        post.save_revision().publish()
    assert client.get("/blog/first/")["Location"].endswith("/blog/the-first/")
