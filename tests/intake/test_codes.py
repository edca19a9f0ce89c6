import pytest

from avvikelse.intake.codes import ALPHABET, LENGTH, hash_of, new_code, read_code, spelled, submission_key


def test_a_code_has_more_than_128_bits_and_no_sign_that_looks_like_another() -> None:
    assert len(ALPHABET) ** LENGTH > 2**128
    assert set("ILOU") & set(ALPHABET) == set()
    assert len({new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "written",
    [
        "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV",
        "0123 4567 89ab cdef ghjk mnpq rstv",
        "0123456789ABCDEFGHJKMNPQRSTV",
        "o123-4567-89ab-cdef-ghjk-mnpq-rstv",
        "0i23-4567-89ab-cdef-ghjk-mnpq-rstv",
        " 0l23–4567–89ab–cdef–ghjk–mnpq–rstv ",
    ],
)
def test_a_code_is_read_however_it_is_written(written: str) -> None:
    assert read_code(written) == "0123456789ABCDEFGHJKMNPQRSTV"


@pytest.mark.parametrize("written", ["", "hej", "0123", "U" * 28, "0" * 29, "å" * 28])
def test_what_cannot_be_a_code_is_none(written: str) -> None:
    assert read_code(written) == ""


def test_a_code_is_shown_in_groups_of_four_and_read_back() -> None:
    code = new_code()
    assert [len(group) for group in spelled(code).split("-")] == [4] * 7
    assert read_code(spelled(code)) == code


def test_what_is_stored_tells_nothing_of_the_code_or_of_each_other() -> None:
    code = new_code()
    assert len({code, hash_of(code), submission_key(code).hex, submission_key(new_code()).hex}) == 4
    assert hash_of(code) == hash_of(code)
