import pytest
from hypothesis import given
from hypothesis import strategies as st

from innerbalance.security.encryption import (
    CannotOpen,
    KeyMissing,
    KeyRing,
    key_name,
    new_data_key,
    new_key_text,
    seal,
    unseal,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
PLACE = {"record": "request 1", "field": "answers"}


@given(JSON)
def test_what_is_sealed_opens_again(value):
    key = new_data_key()
    assert unseal(seal(value, key=key, **PLACE), key=key, **PLACE) == value


def test_the_same_words_never_look_the_same():
    key = new_data_key()
    assert seal("hello", key=key, **PLACE) != seal("hello", key=key, **PLACE)
    assert b"hello" not in seal("hello", key=key, **PLACE)


@pytest.mark.parametrize("moved", [{"record": "request 2"}, {"field": "note"}])
def test_a_sealed_value_moved_elsewhere_does_not_open(moved):
    key = new_data_key()
    sealed = seal("hello", key=key, **PLACE)
    with pytest.raises(CannotOpen) as caught:
        unseal(sealed, key=key, **PLACE | moved)
    assert "hello" not in str(caught.value)


@given(st.data())
def test_any_changed_bit_is_noticed(data):
    key = new_data_key()
    sealed = bytearray(seal({"a": "b"}, key=key, **PLACE))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CannotOpen):
        unseal(bytes(sealed), key=key, **PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"plain text", b"\x01" * 13])
def test_what_we_did_not_seal_is_refused(sealed):
    with pytest.raises(CannotOpen):
        unseal(sealed, key=new_data_key(), **PLACE)


def test_wrapped_under_the_newest_and_read_under_any():
    old, new = new_key_text(), new_key_text()
    data_key = new_data_key()
    name, wrapped = KeyRing.from_texts([old]).wrap(data_key, record="r")
    both = KeyRing.from_texts([new, old])
    assert both.unwrap(wrapped, key=name, record="r") == data_key
    assert both.wrap(data_key, record="r")[0] == both.newest != name


def test_a_missing_key_is_named_but_not_shown():
    text = new_key_text()
    name, wrapped = KeyRing.from_texts([text]).wrap(new_data_key(), record="r")
    with pytest.raises(KeyMissing, match=name):
        KeyRing.from_texts([new_key_text()]).unwrap(wrapped, key=name, record="r")
    assert text not in name


def test_a_key_under_anothers_name_does_not_open():
    name, wrapped = KeyRing.from_texts([new_key_text()]).wrap(new_data_key(), record="r")
    with pytest.raises(CannotOpen):
        KeyRing({name: b"0" * 32}).unwrap(wrapped, key=name, record="r")


@pytest.mark.parametrize("texts", [[], [""], ["short"], [new_key_text(), "é"], ["%%%"]])
def test_no_key_or_a_broken_one_is_a_clear_error(texts):
    with pytest.raises(KeyMissing, match="INTAKE_KEYS") as caught:
        KeyRing.from_texts(texts)
    assert not texts or not texts[-1] or texts[-1] not in str(caught.value)


def test_a_ring_does_not_show_its_keys():
    text = new_key_text()
    ring = KeyRing.from_texts([text])
    assert text not in repr(ring)
    assert len(key_name(ring.keys[ring.newest])) == 16
