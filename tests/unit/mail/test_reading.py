"""One mail understood: charsets that lie, files, kinds of mail, and mails made to hurt."""

import base64
import time
import tracemalloc

import pytest

from app.domain.ids import new_id
from app.domain.mail import Verdict
from app.domain.mail_threading import case_of, new_message_id, own_token, token_of
from app.mail.reading import read
from tests.helpers.mails import raw_mail


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("us-ascii", "Café".encode(), "Café"),
        ("iso-8859-1", "Café".encode(), "Café"),
        ("utf-8", "Café".encode("latin-1"), "Café"),
        ("iso-8859-1", "10 €".encode("cp1252"), "10 €"),
        ("x-unknown", "Café".encode("cp1252"), "Café"),
        ("gb2312", "镕".encode("gb18030"), "镕"),
        ("iso-2022-jp", "日本".encode("iso2022_jp"), "日本"),
        ("base64", b"Hello", "Hello"),
        ("utf-16", "Hé".encode("utf-16"), "Hé"),
    ],
)
def test_a_text_is_read_by_what_it_is_not_by_what_it_says(charset: str, data: bytes, text: str) -> None:
    head = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert read(head.encode() + base64.b64encode(data)).text == text


def test_head_fields_come_decoded_with_names_and_times() -> None:
    mail = read(
        raw_mail(
            From="=?utf-8?q?Ren=C3=A9e=2C_Roe?= <renee@customer.example>",
            Cc='"Doe, John" <john@x.example>, =?iso-8859-1?q?Ren=E9?= <rene@x.example>',
            Subject="=?utf-8?b?w4k=?= =?utf-8?b?w6k=?= tail",
        )
    )
    assert mail.sender is not None
    assert (mail.sender.name, mail.sender.address) == ("Renée, Roe", "renee@customer.example")
    assert [party.name for party in mail.cc] == ["Doe, John", "René"]
    assert mail.subject == "Éé tail"
    assert mail.date is not None
    assert mail.date.isoformat() == "2026-11-23T09:00:00+00:00"


def test_what_a_line_break_would_smuggle_into_a_head_stays_text() -> None:
    mail = read(raw_mail(Subject="=?utf-8?q?Hello=0D=0ABcc:_x@evil.example?="))
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def test_pictures_of_the_page_are_inline_and_other_files_are_not() -> None:
    body = (
        "--b\nContent-Type: text/html\n\n<p>See <img src='cid:one'></p>\n"
        "--b\nContent-Type: image/png\nContent-ID: <one>\nContent-Transfer-Encoding: base64\n\nAAAA\n"
        "--b\nContent-Type: image/png\nContent-ID: <two>\nContent-Transfer-Encoding: base64\n\nAAAA\n"
        '--b\nContent-Type: application/pdf; name="=?utf-8?q?=C3=A9t=C3=A9.pdf?="\n\nx\n--b--\n'
    )
    mail = read(raw_mail(body, "multipart/related; boundary=b"))
    assert [part.inline for part in mail.parts] == [True, False, False]
    assert mail.parts[2].name == "été.pdf"
    assert mail.html is not None
    assert 'src="cid:one"' in mail.html


def test_parts_that_cannot_be_shown_are_named_for_what_they_are() -> None:
    kinds = {
        "application/ms-tnef": "tnef",
        "application/pkcs7-mime": "smime",
        "application/pgp-encrypted": "pgp",
        "text/calendar": "calendar",
    }
    for kind, notice in kinds.items():
        mail = read(raw_mail(f"--b\nContent-Type: {kind}\n\nx\n--b--\n", "multipart/mixed; boundary=b"))
        assert mail.notices == (notice,)
        assert [part.content_type for part in mail.parts] == [kind]


def test_a_mail_in_a_mail_is_a_file_of_it() -> None:
    inner = "Subject: inside\n\ninner text"
    mail = read(
        raw_mail(f"--b\n\nouter\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--", "multipart/mixed; boundary=b")
    )
    assert mail.text == "outer"
    assert b"inner text" in mail.parts[0].data


def test_machines_are_told_from_people() -> None:
    away = read(raw_mail(Auto_Submitted="auto-replied"))
    assert (away.verdict, away.may_answer) == (Verdict.AUTO_REPLY, False)
    assert read(raw_mail(Subject="Réponse automatique : congés")).verdict is Verdict.AUTO_REPLY
    assert read(raw_mail(List_Id="<cars.example>")).verdict is Verdict.LIST
    person = read(raw_mail())
    assert (person.verdict, person.may_answer) == (Verdict.HUMAN, True)
    assert not read(raw_mail(Precedence="bulk")).may_answer
    own = new_message_id(new_id(), "guichet.example")
    assert read(raw_mail(Message_ID=own)).verdict is Verdict.OWN_LOOP


_AWAY = (
    "Automatic reply: x|Automatische Antwort: x|Réponse automatique : x|Réponse auto : x|Absent(e) du bureau : Re: x|"
    "Message d’absence|Message automatique d'absence|Abwesenheitsnotiz|[OOO] x|(Auto-reply) x|Respuesta automatica: x|"
    "Risposta automatica: x|Assenza dall'ufficio|Fora do escritório|Automatisch antwoord: x|Automatiskt svar: x|"
    "Odpowiedź automatyczna: x|Автоматический ответ: x|自動返信|AUTO: Jane Roe is out of the office (returning 12/03)"
)
_PEOPLE = (
    "Automatic gearbox|Voiture automatique en panne|Auto: a quote for my insurance|Vacation rental|Absence de facture|"
    "En congés : comment faire ?|Absence : ma fille est malade|Out of stock?|Away day booking|Réponse à votre message"
)


def test_absences_are_told_by_their_subjects_from_what_people_ask() -> None:
    assert {read(raw_mail(Subject=one)).verdict for one in _AWAY.split("|")} == {Verdict.AUTO_REPLY}
    assert {read(raw_mail(Subject=one)).verdict for one in _PEOPLE.split("|")} == {Verdict.HUMAN}
    # As an answer to a mail of ours the same word means an absence.
    assert read(raw_mail(Subject="Absence : Re: x", In_Reply_To="<1@x>")).verdict is Verdict.AUTO_REPLY
    said = read(raw_mail("Bonjour,\n\nCeci est une réponse automatique. Je suis en congés.", Subject="Re: x"))
    assert said.verdict is Verdict.AUTO_REPLY


def test_responders_and_lists_are_told_by_their_fields() -> None:
    responders = (
        {"X_Autoresponder": "yes"}, {"X_POST_MessageClass": "9; Autoresponder"}, {"Delivered_To": "Autoresponder"},
        {"User_Agent": "Vacation/1.2"}, {"Return_Path": "<>", "In_Reply_To": "<1@x>"},
        {"Auto_Submitted": "auto-generated", "In_Reply_To": "<1@x>"}, {"Precedence": "auto_reply"},
    )  # fmt: skip
    assert {read(raw_mail(**fields)).verdict for fields in responders} == {Verdict.AUTO_REPLY}
    receipt = (
        "--b\n\nRead.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; a@x\n--b--\n"
    )
    kind = "multipart/report; report-type=disposition-notification; boundary=b"
    assert read(raw_mail(receipt, kind, Subject="Lu : A question")).verdict is Verdict.AUTO_REPLY
    lists = ({"Mailing_List": "run by ezmlm"}, {"Sender": "owner-cars@x.example"}, {"List_Unsubscribe": "<mailto:x>"})
    for fields in lists:
        mail = read(raw_mail(**fields))
        assert (mail.verdict, mail.may_answer) == (Verdict.LIST, False)
    assert read(raw_mail(Auto_Submitted="auto-generated")).verdict is Verdict.HUMAN


def test_an_answer_leads_back_to_its_case() -> None:
    case_id = new_id()
    own = new_message_id(case_id, "guichet.example")
    mail = read(
        raw_mail(In_Reply_To="<other@x.example>", References=f"{own} <other@x.example>", Subject="Re: [#1042] Car")
    )
    assert mail.thread.token == token_of(case_id)
    assert case_of(mail.thread.token) == case_id
    assert mail.thread.case_number == 1042
    assert own_token((), (f"team+gu.{token_of(case_id)}@guichet.example",)) == token_of(case_id)
    assert own_token(("<gu.forged@x>",)) == ""


def test_a_thousand_levels_are_refused_and_kept() -> None:
    body, boundary = "deep\n", "b0"
    lines = []
    for level in range(1000):
        lines.append(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n")
        boundary = f"b{level}"
    raw = ("Subject: nest\nFrom: a@b.example\n" + "".join(lines) + "\n" + body + f"--{boundary}--\n").encode()
    mail = read(raw)
    assert (mail.verdict, mail.notices, mail.subject) == (Verdict.UNPARSEABLE, ("too_deep",), "nest")
    assert mail.parts[0].data == raw


def test_ten_thousand_recipients_and_fifty_megabytes_cost_bounded_memory() -> None:
    many = ", ".join(f"Somebody Number {n} <person.number{n}@some-company.example>" for n in range(12_000))
    assert len(read(raw_mail(To=many)).to) == 10_000
    body = f"--b\n\nSee the film.\n--b\nContent-Type: video/mp4\nContent-Transfer-Encoding: base64\n\n{'A' * 76}\n"
    raw = raw_mail(body, "multipart/mixed; boundary=b") + (b"A" * 76 + b"\r\n") * 640_000
    tracemalloc.start()
    mail = read(raw)
    assert tracemalloc.get_traced_memory()[1] < 6 * len(raw)
    tracemalloc.stop()
    assert mail.text == "See the film."
    assert len(mail.parts[0].data) == 57 * 640_001


@pytest.mark.parametrize(
    "raw",
    [
        b"To: " + b"\\" * 900_000 + b"\n\nHello",
        b"To: " + b"a@b<" * 100_000 + b"\n\nHello",
        b"Content-Type: text/plain;" + b" a=b;" * 400_000 + b"\n\nHello",
        b"Content-Type: text/html\n\nHello" + b"<img src=" * 300_000,
        b"Content-Type: text/html\n\nHello" + b"&" * 2_000_000,
        b"Content-Type: text/html\n\nHello" + b"<div>" * 400_000,
        b"References: " + b"<" * 500_000 + b"\n\nHello",
    ],
    ids=["backslashes", "brackets", "parameters", "pictures", "entities", "depth", "references"],
)
def test_what_is_made_to_stall_readers_does_not(raw: bytes) -> None:
    started = time.thread_time()
    assert read(raw).full_text[:5] in {"Hello", ""}
    assert time.thread_time() - started < 20


def test_another_kind_of_file_is_no_mail_and_an_empty_one_says_nothing() -> None:
    noise = bytes(range(256)) * 8
    mail = read(noise)
    assert (mail.verdict, mail.notices, mail.parts[0].data) == (Verdict.UNPARSEABLE, ("unreadable",), noise)
    assert (read(b"").verdict, read(b"Only words").text) == (Verdict.HUMAN, "Only words")
    assert read(b"\xef\xbb\xbf" + raw_mail()).subject == "A question"


def test_texts_that_stand_beside_each_other_are_all_seen() -> None:
    footer = "--b\nContent-Type: text/plain\n\nSent to the list\n--b--\n"
    page = "--b\nContent-Type: text/html\n\n<p>The car &amp; key</p>\n"
    mail = read(raw_mail(page + footer, "multipart/mixed; boundary=b"))
    assert mail.full_text == "The car & key\n\nSent to the list"
    assert mail.html is not None
    assert "Sent to the list" in mail.html
    both = page.replace("text/html", "text/plain") + page + "--b--\n"
    assert read(raw_mail(both, "multipart/alternative; boundary=b")).full_text == "<p>The car &amp; key</p>"


def test_a_type_without_its_semicolon_and_files_without_their_type_are_known() -> None:
    assert read(raw_mail("Hello", "text/plain charset=utf-8")).text == "Hello"
    sealed = '--b\nContent-Type: application/octet-stream; name="WINMAIL.DAT"\n\nx\n--b--\n'
    assert read(raw_mail(sealed, "multipart/mixed; boundary=b")).notices == ("tnef",)


def test_armour_of_pgp_is_named_and_what_it_signs_is_read() -> None:
    signed = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n-----BEGIN PGP SIGNATURE-----\n\nwsBz\n"
        "-----END PGP SIGNATURE-----\n"
    )
    mail = read(raw_mail(signed))
    assert (mail.text, mail.notices) == ("Hello", ("signed",))
    assert read(raw_mail("-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n")).notices == ("pgp",)


def test_broken_heads_are_read_as_they_were_meant() -> None:
    spaced = b"Received: by x\nFrom  : Jane Roe jane@x.example\nTo: a@x.example b@x.example\nSubject\t: Hello\n\nText"
    mail = read(spaced)
    assert mail.sender is not None
    assert (mail.sender.name, mail.sender.address, mail.subject) == ("Jane Roe", "jane@x.example", "Hello")
    assert read(b"some noise\nReceived: by x\n" + raw_mail()).subject == "A question"
    # A text without any head stays a text, whatever it quotes.
    quoting = b"See below\nFrom: Jane <jane@x.example>\nTo: Bob\nSubject: Car\n\nOld"
    assert (read(quoting).sender, read(quoting).text) == (None, "See below")
    japanese = b"Subject: \x93\xfa\x96{\nContent-Type: text/plain; charset=shift_jis\n\n\x93\xfa\x96{"
    assert (read(japanese).subject, read(japanese).text) == ("日本", "日本")


def test_files_come_decoded_under_their_names_whatever_their_heads_look_like() -> None:
    body = (
        "--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64 ;\n"
        'Content-Disposition: attachment; filename="été.jpg"\n\nAAEC\n--b--\n'
    )
    (part,) = read(raw_mail(body, "multipart/mixed; boundary=b")).parts
    assert (part.name, part.data) == ("été.jpg", b"\0\1\2")
