import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.rules.addresses import AddressFault, InvalidAddress, parse


@pytest.mark.parametrize(
    "spelling",
    [
        "ada@bücher.example",
        "  ADA@BÜCHER.example ",
        "Ada@xn--bcher-kva.example",
        "ada@XN--BCHER-KVA.EXAMPLE",
        "ada@bu\u0308cher.example",
        "ada@bücher.example.",
        "ａｄａ@bücher.example",
        "ada@bücher。example",
    ],
)
def test_every_spelling_of_one_address_has_one_key(spelling):
    assert parse(spelling).key == "ada@xn--bcher-kva.example"


def test_the_address_is_kept_as_typed_and_sent_in_ascii():
    address = parse(" Ada.Lovelace+News@Bücher.example ")
    assert address.typed == "Ada.Lovelace+News@Bücher.example"
    assert address.wire == "Ada.Lovelace+News@xn--bcher-kva.example"


def test_tags_and_dots_are_different_mailboxes():
    assert len({parse(a).key for a in ("a.b@x.org", "ab@x.org", "ab+news@x.org")}) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@example.c0m9",
        "ada@127.0.0.1",
        "a da@example.com",
        "ada@example.com\r\nBcc: eve@example.com",
        "ada\x00@example.com",
        "ada@exam\u200bple..com",
        '"ada lovelace"@example.com',
        "<ada@example.com>",
        "ada@example.com,eve@example.com",
        ".ada@example.com",
        "ada..b@example.com",
        "ädä@example.com",
        "a" * 65 + "@example.com",
        "a@" + "b" * 63 + "." + ("c" * 63 + ".") * 3 + "com",
        "a@-dash.com",
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(InvalidAddress):
        parse(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (" ", AddressFault.EMPTY),
        ("ada @example.com", AddressFault.SPACES),
        ("ada\n@example.com", AddressFault.SPACES),
        ("ada", AddressFault.INCOMPLETE),
        ("@example.com", AddressFault.INCOMPLETE),
        ("ada@", AddressFault.INCOMPLETE),
        ("ädä@example.com", AddressFault.FOREIGN_LETTERS),
        ("ada..b@example.com", AddressFault.LOCAL_PART),
        ("ada@home@example.com", AddressFault.LOCAL_PART),
        ("ada@localhost", AddressFault.DOMAIN),
        ("ada@printer.local", AddressFault.DOMAIN),
        ("a" * 64 + "@" + ".".join(["b" * 60] * 3) + ".example", AddressFault.TOO_LONG),
    ],
)
def test_a_refusal_says_which_part_is_wrong(text, fault):
    with pytest.raises(InvalidAddress) as refused:
        parse(text)
    assert refused.value.fault is fault


def test_the_longest_address_that_mail_servers_take_is_taken():
    local = "a" * 64
    host = ".".join(["b" * 63, "c" * 63, "d" * (189 - 64 - 64 - 4), "org"])
    assert len(f"{local}@{host}") == 254
    assert parse(f"{local}@{host}").wire == f"{local}@{host}"


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text):
    try:
        address = parse(text)
    except InvalidAddress:
        return
    assert parse(address.typed) == address
    assert parse(address.key).key == address.key
    assert address.wire.isascii()
    assert not set("\r\n\0 ,<>") & set(address.wire)
