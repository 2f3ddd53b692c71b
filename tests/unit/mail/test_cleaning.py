"""Foreign HTML is harmless once it was cleaned."""

from app.mail.cleaning import clean
from app.mail.html_text import to_text
from app.mail.reading import read
from tests.helpers.mails import raw_mail


def _clean(html: str) -> str:
    cleaned = clean(html)
    assert cleaned is not None
    return cleaned.html


def test_nothing_that_runs_is_left() -> None:
    html = _clean(
        "<script>alert(1)</script><p onclick='x()'>Hi<a href='javascript:x()'>a</a><a href='data:text/html,x'>b</a>"
        "<iframe src='https://x'></iframe><svg onload='x()'><script>1</script></svg><form><input></form></p>"
        "<style>@import 'https://x'</style><meta http-equiv=refresh content=0><base href='https://x'>"
    )
    for word in ("script", "onclick", "iframe", "svg", "form", "input", "import", "meta", "base", "data:"):
        assert word not in html.lower(), word


def test_nothing_is_fetched_and_who_counts_readers_is_named() -> None:
    cleaned = clean(
        '<p style="background:url(https://x/a.png);color:red">Hi</p>'
        '<img src="https://ads.example/p.gif" width=1 height=1><img src="https://shop.example/logo.png" width="200">'
        '<table background="https://x/b.png"><tr><td>1</td></tr></table>'
    )
    assert cleaned is not None
    assert cleaned.trackers == ("ads.example",)
    assert cleaned.remote == 1
    assert 'src="http' not in cleaned.html
    assert "remote:https://shop.example/logo.png" in cleaned.html
    assert "url(" not in cleaned.html
    assert "x/b.png" not in cleaned.html


def test_a_style_sheet_becomes_part_of_what_it_styles() -> None:
    html = _clean("<html><head><style>.a{color:red}</style></head><body><p class='a'>Hi</p></body></html>")
    assert "color:red" in html.replace(" ", "")


def test_what_is_too_deep_is_not_touched_and_its_words_are_kept() -> None:
    html = "<div>" * 20_000 + "deep words" + "</div>" * 20_000
    assert clean(html) is None
    mail = read(raw_mail(html, "text/html"))
    assert (mail.html, mail.text, mail.notices) == (None, "deep words", ("html_too_large",))
    assert mail.parts[0].content_type == "text/html"


def test_a_page_becomes_text_with_its_quotes_marked() -> None:
    html = _clean("<div>Yes<br>please</div><ul><li>one</li><li>two</li></ul><blockquote><p>Shall we?</p></blockquote>")
    assert to_text(html) == "Yes\nplease\n\n- one\n- two\n\n> Shall we?"
