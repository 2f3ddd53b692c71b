"""The words by which programs of many languages mark a quote, a forwarded mail or a signature."""

import re

# An attribution ends with one of these verbs: "On … Jane wrote:", "Le … Jane a écrit :".
WROTE = (
    r"wrote|writes|a écrit|a ecrit|écrit|schrieb|geschrieben|escribió|escribio|escreveu|ha scritto|scrive|skrev|"
    r"schreef|geschreven|kirjoitti|написал[аи]?|писал[аи]?|пише|пишет|написав|napisał(?:a|\(a\))?|pisze|"
    r"napsal(?:a|\(a\))?|napísala?|napisala?|napisa(?:o|la) je|yazdı|şunu yazdı|írta|a scris|έγραψε|написа|kirjutas|"
    r"rašė|rakstīja|escrigué|va escriure|đã viết"
)
# Written without a space before them.
WROTE_JOINED = r"写道|書きました|님이 작성|작성"
# The first words of such a line, where no verb would be found on it because it is folded.
OPENS = (
    r"On|Le|Am|El|Il|Em|Op|Den|Dne|Dnia|W dniu|Em|No dia|In data|Pe|El día|Le lun|Le mar|Le mer|Le jeu|Le ven|Le sam|"
    r"Le dim|lun|mar|mer|jeu|ven|sam|dim|ma|ti|ke|to|pe|la|su|man|tir|ons|tor|fre|lør|søn|пн|вт|ср|чт|пт|сб|вс|vào"
)
SENDER = (
    r"From|De|De la|Von|Da|Fra|Från|Van|Od|От|Від|Lähettäjä|Feladó|Gönderen|Kimden|Από|发件人|寄件者|差出人|보낸 사람|"
    r"Expéditeur|מאת|من"
)
OTHERS = (
    r"Sent|Date|To|Cc|Subject|Reply-To|Envoyé le|Envoyé|À|A|Pour|Copie|Copie à|Objet|Sujet|Répondre à|"
    r"Gesendet|Datum|An|Betreff|Kopie|"
    r"Enviado el|Enviado em|Enviado|Enviada em|Fecha|Para|Asunto|Data|Assunto|Inviato|Oggetto|Verzonden|Aan|Onderwerp|"
    r"Sendt|Dato|Til|Emne|Skickat|Till|Ämne|Wysłan[oe]|Do|Temat|Отправлено|Дата|Кому|Тема|Надіслано|Lähetetty|"
    r"Vastaanottaja|Aihe|Päiväys|Odesláno|Odoslané|Komu|Předmět|Predmet|Küldve|Elküldve|Dátum|Címzett|Tárgy|Tarih|"
    r"Gönderildi|Kime|Konu|Trimis|Către|Subiect|Στάλθηκε|Ημερομηνία|Προς|Θέμα|Enviat|Per a|Assumpte|发送时间|收件人|"
    r"主题|寄件日期|收件者|主旨|送信日時|日時|宛先|件名|보낸 날짜|날짜|받는 사람|제목|נשלח|אל|נושא|إلى|الموضوع"
)
ORIGINAL = (
    r"Original Message|Original Email|Original Appointment|Forwarded message|Reply message|Reply above this line|"
    r"Message d['’]origine|Message original|Message transféré|Message initial|Courriel original|Mail original|"
    r"E-?mail d['’]origine|Mail transféré|Courriel transféré|"
    r"Ursprüngliche Nachricht|Urspruengliche Nachricht|Original-Nachricht|Originalnachricht|Weitergeleitete Nachricht|"
    r"Mensaje original|Mensaje reenviado|Mensagem original|Mensagem encaminhada|Messaggio originale|"
    r"Messaggio inoltrato|Oorspronkelijk bericht|Origineel bericht|Doorgestuurd bericht|Oprindelig besked|"
    r"Oprindelig meddelelse|Videresendt besked|Opprinnelig melding|Ursprungligt meddelande|Originalmeddelande|"
    r"Vidarebefordrat meddelande|Alkuperäinen viesti|Välitetty viesti|Wiadomość oryginalna|Oryginalna wiadomość|"
    r"Исходное сообщение|Пересылаемое сообщение|Пересланное сообщение|Původní zpráva|Eredeti üzenet|Orijinal Mesaj|"
    r"原始邮件|元のメッセージ|転送メッセージ"
)
SENT_FROM = (
    r"Sent (?:from|via|with|using)|Envoyé (?:de|d['’] ?\w+|depuis|à partir (?:de|d['’] ?\w+)|avec|via|par)|"
    r"Provenance\s?: (?:Courrier|Outlook)|Gesendet (?:von|mit|über|aus)|Von meine[mr]|"
    r"Diese Nachricht wurde von meine[mr]|Enviado (?:desde|do|de|a partir|via|pelo)|Enviat des|"
    r"Inviato (?:da|dal|tramite|con)|Verzonden (?:vanaf|met|via|vanuit)|Verstuurd (?:van|vanaf|via|met)|Sendt fra|"
    r"Skickat från|Skickades från|Lähetetty|Wysłan[eo] (?:z|przy)|Отправлено (?:с|из)|Надіслано з|Odesláno|Poslané? z|"
    r"Trimis de pe|Στάλθηκε από|iPhone['’]*umdan gönderildi"
)
_TIME = r"\d{1,2}\s?[:.h]\s?\d{2}|\b(?:19|20)\d{2}\b"

QUOTED = re.compile(r"\s{0,3}(?:>|&gt;)")
SEPARATOR = re.compile(
    rf"[>\s]{{0,8}}(?:[-_*=]{{2,}}\s?(?:{ORIGINAL})\b|(?:Begin forwarded message|-----BEGIN PGP SIGNATURE|"
    r"Début du message réexpédié|Message du\s?:?\s?\d|Début du message transféré|Anfang der weitergeleiteten|"
    rf"Inizio messaggio inoltrato)|-{{2,}}.{{1,300}}\b(?:{WROTE})\s?:?\s?-{{2,}})",
    re.IGNORECASE,
)
HEADER = re.compile(rf"[\s>*_]{{0,12}}(?:{SENDER})\*?\s?[:：]\*?\s?\S", re.IGNORECASE)
OTHER_HEADER = re.compile(rf"[\s>*_]{{0,12}}(?:{OTHERS}|{SENDER})\*?\s?[:：]", re.IGNORECASE)
VERB_ENDS = re.compile(rf"(?:(?<!\w)(?:{WROTE})|{WROTE_JOINED})\s?(?:[:：]|-{{2,}})?\s*$", re.IGNORECASE)
VERB_WITHIN = re.compile(
    rf"(?<!\w)(?:{WROTE})(?!\w)(?:[^:：(]|(?<=\d):(?=\d)|\([^()]{{0,80}}\)){{0,200}}[:：]\s*$",
    re.IGNORECASE,
)
# Web mails that say whom they quote and not when.
QUOTING = re.compile(
    r"\s{0,3}(?:Quoting|Zitat von|Citando|Citation de|Quotando|Citeren|Missatge de)\s[^>]{1,200}.{0,100}[:：]\s*$"
)
ADDRESS_ENDS = re.compile(r"[<(\[]?[^\s<>@]{1,100}@[^\s<>@]{1,200}[>)\]]?\s?[:：]\s*$")
OPENING = re.compile(rf"\s{{0,3}}(?:[-*_]{{2,8}}\s?)?(?:{OPENS})[\s.,]", re.IGNORECASE)
DATED = re.compile(rf"{_TIME}|@|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\b\d{{1,2}}\b", re.IGNORECASE)
STAMPED = re.compile(_TIME)
# A sentence goes on with a verb ("Sent from my desk, is easier …"); programs do not.
DEVICE = re.compile(
    rf"\s{{0,3}}(?:(?:{SENT_FROM})\b(?!.{{0,100}}\s(?:is|was|are|it|est|était|ist|war)\s).{{0,120}}|"
    r"(?:从我|发自|iPhoneから|나의 iPhone).{0,60}|.{0,30}\bOutlook\b.{0,20}\b(?:iOS|Android)\b.{0,60}|"
    r".{0,10}\biOS\b.{0,10}\bOutlook\b.{0,60}|Yahoo Mail\s?: .{0,60})$",
    re.IGNORECASE,
)
DASHES = re.compile(r"\s{0,3}(?:--|__|—+|–{2,}|_{5,}|-{2,}\s)\s*$")
ROW = re.compile(r"\s{0,3}[-_*~]{5,40}\s*$")
REACHED_BY = re.compile(r"https?://|www\.|@\w|\+?\d[\d .()/-]{7,}\d")
RULE = re.compile(r"\s{0,3}_{10,}\s*$|\s{0,3}={4,}\s*$|\s{0,3}-{20,}\s*$")
CLOSING = re.compile(
    r"\s{0,3}(?:(?:best|kind|warm|many)?\s?(?:regards|wishes|thanks)|best|cheers|sincerely(?: yours)?|yours \w+|"
    r"thank you|thx|(?:bien )?cordialement|(?:bien )?à vous|salutations.{0,20}|merci(?: d'avance)?|"
    r"mit freundlichen grüßen|(?:viele|liebe|beste|schöne) grüße|mfg|saludos(?: cordiales)?|atentamente|"
    r"cordiali saluti|atenciosamente|met vriendelijke groet(?:en)?|med venlig hilsen|mvh|с уважением)[\s,.!]{0,4}$",
    re.IGNORECASE,
)
