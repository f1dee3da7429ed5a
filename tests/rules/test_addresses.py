import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.rules.addresses import InvalidAddress, parse


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
def test_what_is_no_address_is_refused_in_plain_words(text):
    with pytest.raises(InvalidAddress) as refused:
        parse(text)
    assert str(refused.value).endswith(".")


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
