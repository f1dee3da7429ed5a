"""Short words for tests of the desk: its addresses, and a step as its form posts it."""

from django.urls import reverse


def address(name: str, *args) -> str:
    return reverse(f"consultations:{name}", args=args)


def post_step(client, about, step: str, *, version: int | None = None, **fields):
    """Posts a step of the request's screen; field names without their prefix."""
    data = {f"{step}-{name}": value for name, value in fields.items()}
    data["version"] = about.version if version is None else version
    return client.post(address("step", about.reference, step), data)
