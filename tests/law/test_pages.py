"""The page of the law is for everybody who is logged in."""

from __future__ import annotations

import re

from tests.desk import Desk, main_of, words_of


def test_the_page_shows_each_wording_with_its_days_and_where_it_was_read(desk: Desk) -> None:
    text = words_of(desk("amira").get("/lagrum/"))
    assert (
        "Dokumentera, utreda och avhjälpa SoL 14 kap. 6 § socialtjänstlagen (2001:453) utan dröjsmål "
        "till och med 30 juni 2025 SOSFS 2011:5, 1 kap. 2 § "
        "Dokumentera, utreda och avhjälpa SoL 27 kap. 5 § socialtjänstlagen (2025:400) genast "
        "från 1 juli 2025 Lagtexten"
    ) in text


def test_what_has_not_been_read_is_shown_without_its_paragraph(desk: Desk) -> None:
    rows = re.findall(
        r"<tr role=\"row\"><th role=\"rowheader\".*?</tr>", main_of(desk("amira").get("/lagrum/")), re.DOTALL
    )
    unread = [row for row in rows if "Kommunens rutin" in row]
    assert len(unread) == 4
    assert [row for row in unread if "§" in row] == []
