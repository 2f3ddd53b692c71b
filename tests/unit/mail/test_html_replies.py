"""What the programs of today write around an answer in HTML, and what is left of it."""

import pytest

from app.mail.reading import read
from tests.helpers.mails import raw_mail

_NEW = "C’est parfait."
_ANSWERS = {
    "outlook-fr": (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0cm}</st'
        'yle></head><body lang="FR"><div class="WordSection1"><p class="MsoNormal">C’est parfait.<o:p></o'
        ':p></p><p class="MsoNormal">&nbsp;</p><p class="MsoNormal"><b>Marie Roux</b><o:p></o:p></p><p cl'
        'ass="MsoNormal">Gérante – 01 23 45 67 89</p><div><div style="border:none;border-top:solid #E1E1E'
        '1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>De&nbsp;:</b> Équipe &lt;team@x.examp'
        "le&gt; <br><b>Envoyé&nbsp;:</b> lundi 23 novembre 2026 10:00<br><b>À&nbsp;:</b> Marie Roux<br><b"
        '>Objet&nbsp;:</b> Voiture</p></div></div><p class="MsoNormal">Votre voiture est prête.</p></div>'
        "</body></html>"
    ),
    "owa-fr": (
        '<div dir="ltr"><div style="font-family:Aptos">C’est parfait.</div><div id="Signature"><div>Marie'
        ' Roux</div><div>Gérante</div></div><div id="appendonsend"></div><hr style="display:inline-block;'
        'width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>De :</b> Équi'
        "pe &lt;team@x.example&gt;<br><b>Envoyé :</b> lundi 23 novembre 2026 10:00<br><b>À :</b> Marie<br"
        "><b>Objet :</b> Voiture</font><div>&nbsp;</div></div><div>Votre voiture</div></div>"
    ),
    "outlook-ios": (
        '<div dir="ltr">C’est parfait.</div><div id="ms-outlook-mobile-body-separator-line"><br></div><di'
        'v id="ms-outlook-mobile-signature"><div>Obtenir <a href="https://aka.ms/o0ukef">Outlook pour iOS'
        '</a></div></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><b>De:</b> Éq'
        "uipe &lt;team@x.example&gt;<br><b>Envoyé:</b> lundi<br><b>À:</b> Marie<br><b>Objet:</b> Voiture<"
        "/div><div>Votre voiture</div>"
    ),
    "gmail": (
        '<div dir="ltr">C’est parfait.<div><br clear="all"><div><br></div><span class="gmail_signature_pr'
        'efix">-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div'
        ' dir="ltr">Marie Roux<br>Gérante</div></div></div></div><br><div class="gmail_quote gmail_quote_'
        'container"><div dir="ltr" class="gmail_attr">Le lun. 23 nov. 2026 à 10:00, Équipe &lt;<a href="m'
        'ailto:team@x.example">team@x.example</a>&gt; a écrit :<br></div><blockquote class="gmail_quote" '
        'style="margin:0px"><div>Votre voiture</div></blockquote></div>'
    ),
    "gmail-nosig-prefix": (
        '<div dir="ltr">C’est parfait.<div><br></div><div><div dir="ltr" class="gmail_signature"><div>Mar'
        "ie Roux</div><div>Gérante</div></div></div></div>"
    ),
    "apple": (
        '<html><head></head><body dir="auto">C’est parfait.<br id="lineBreakAtBeginningOfSignature"><div '
        'dir="ltr">Envoyé de mon iPhone</div><div dir="ltr"><br><blockquote type="cite">Le 23 nov. 2026 à'
        ' 10:00, Équipe &lt;team@x.example&gt; a écrit :<br><br></blockquote></div><blockquote type="cite'
        '"><div dir="ltr">Votre voiture</div></blockquote></body></html>'
    ),
    "yahoo": (
        '<div class="ydp1yahoo-style-wrap"><div dir="ltr">C’est parfait.</div><div><br></div></div><div i'
        'd="yahoo_quoted_1" class="yahoo_quoted"><div>Le lundi 23 novembre 2026 à 10:00:00 UTC+1, Équipe '
        "&lt;team@x.example&gt; a écrit : </div><div><br></div><div>Votre voiture</div></div>"
    ),
    "thunderbird": (
        '<p>C’est parfait.</p><div class="moz-cite-prefix">Le 23/11/2026 à 10:00, Équipe a écrit :<br></d'
        'iv><blockquote type="cite" cite="mid:x"><p>Votre voiture</p></blockquote><div class="moz-signatu'
        're">-- <br>Marie Roux</div>'
    ),
    "proton": (
        '<div>C’est parfait.</div><div class="protonmail_signature_block"><div>Envoyé avec la messagerie '
        'sécurisée <a href="https://proton.me/">Proton Mail.</a></div></div><div class="protonmail_quote"'
        ">Le lundi 23 novembre 2026 à 10:00, Équipe &lt;team@x.example&gt; a écrit :<br><br><blockquote c"
        'lass="protonmail_quote" type="cite"><div>Votre voiture</div></blockquote></div>'
    ),
    "orange": (
        '<p>C’est parfait.</p><br><blockquote style="margin-left: 5px"><p>&gt; Message du 23/11/26 10:00<'
        'br>&gt; De : "Équipe" &lt;team@x.example&gt;<br>&gt; A : m@y.example<br>&gt; Copie à : <br>&gt; '
        "Objet : Voiture<br>&gt; <br>&gt; Votre voiture</p></blockquote>"
    ),
    "samsung": (
        '<div>C’est parfait.</div><div id="composer_signature"><div style="font-size:12px">Envoyé depuis '
        "mon appareil Galaxy</div></div><div><br></div><div><div>-------- Message d'origine --------</div"
        "><div>De : Équipe &lt;team@x.example&gt; </div><div>Date : 23/11/2026 10:00 (GMT+01:00) </div><d"
        "iv>À : m@y.example </div><div>Objet : Voiture </div></div><div>Votre voiture</div>"
    ),
}


@pytest.mark.parametrize("program", _ANSWERS)
def test_only_the_answer_is_shown_first(program: str) -> None:
    mail = read(raw_mail(_ANSWERS[program], "text/html; charset=utf-8", From="Marie Roux <m@y.example>"))
    assert mail.text == _NEW
    assert len(mail.full_text) > len(_NEW)
