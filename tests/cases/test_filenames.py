import unicodedata
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avvikelse.cases.filetypes import identify, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Rapport åäö 1.pdf", "Rapport åäö 1.pdf"),
        ("RAPPORT.PDF", "RAPPORT.pdf"),
        ("2026.11.05 bild.jpeg", "2026.11.05 bild.jpeg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Mina dokument\\bild.png", "bild.png"),
        ("a\u2215b.txt", "b.txt"),
        ("fil\0.pdf", "fil.pdf"),
        ("rad\r\nrad\t.txt", "rad rad.txt"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("osynlig\u200b\ufeff.txt", "osynlig.txt"),
        ('a<b>c:d"e|f?g*.txt', "a_b_c_d_e_f_g_.txt"),
        ("  . bild . .png. ", "bild.png"),
        (".htaccess", "htaccess"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Aux .pdf", "_Aux.pdf"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ("com¹.txt", "_com¹.txt"),
        ("konto.txt", "konto.txt"),
        ("contract.txt", "contract.txt"),
        ("", "fil"),
        ("...", "fil"),
        ("\u202e", "fil"),
        ("bild 😀.png", "bild 😀.png"),
        ("A\u030angest.txt", "Ångest.txt"),
    ],
)
def test_a_name_loses_what_could_do_harm_and_keeps_the_rest(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "extension", "safe"),
    [
        ("bild.png", "png", "bild.png"),
        ("bild.png", "jpg", "bild.jpg"),
        ("bild.JPEG", "jpg", "bild.jpeg"),
        ("foto.heif", "heic", "foto.heif"),
        ("anteckning.text", "txt", "anteckning.text"),
        ("bild", "jpg", "bild.jpg"),
        ("bild.jpg.exe", "jpg", "bild.jpg"),
        ("program.exe.js", "pdf", "program.pdf"),
        ("v 1.2", "txt", "v 1.2.txt"),
        ("Dr. Ek", "pdf", "Dr. Ek.pdf"),
        (".exe", "pdf", "exe.pdf"),
        ("con.exe", "pdf", "_con.pdf"),
        ("a" + ".js" * 5000, "pdf", "a.pdf"),
    ],
)
def test_a_name_gets_the_extension_that_is_asked_for(name: str, extension: str, safe: str) -> None:
    assert safe_name(name, extension) == safe


@pytest.mark.parametrize(
    ("content", "name", "kept"),
    [
        (b"%PDF-1.7\n%%EOF", "rapport.docx", "rapport.pdf"),
        (b"%PDF-1.7\n%%EOF", "rapport.pdf.exe", "rapport.pdf"),
        (b"a;b", "lista.csv", "lista.txt"),
        (b"a;b", "../../etc/passwd", "passwd.txt"),
        (b"a;b", "", "fil.txt"),
    ],
)
def test_an_accepted_file_has_the_name_that_its_content_deserves(content: bytes, name: str, kept: str) -> None:
    assert identify(content, name, BytesIO(content)).name == kept


@pytest.mark.parametrize("letter", ["a", "å", "😀", "a "])
@pytest.mark.parametrize("extension", ["pdf", None])
def test_a_long_name_is_cut_before_its_extension(letter: str, extension: str | None) -> None:
    name = safe_name(letter * 300 + ".pdf", extension)
    assert name.endswith(f"{letter.strip()}.pdf")
    assert len(name) <= 120
    assert len(name.encode()) <= 240


@given(name=st.text(max_size=200), extension=st.sampled_from([None, "pdf", "txt"]))
def test_every_name_is_safe(name: str, extension: str | None) -> None:
    safe = safe_name(name, extension)
    assert safe == safe.strip(" .")
    assert 0 < len(safe) <= 120
    assert not set(safe) & set('/\\<>:"|?*')
    assert [char for char in safe if unicodedata.category(char)[0] == "C"] == []
    assert safe_name(safe, extension) == safe
    assert extension is None or safe.endswith(f".{extension}")
