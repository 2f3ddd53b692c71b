"""The words by which programs of many languages mark a quote, a forwarded mail or a signature."""

import re

# An attribution ends with one of these verbs: "On … Jane wrote:", "Le … Jane a écrit :".
WROTE = (
    r"wrote|writes|a écrit|a ecrit|écrit|schrieb|geschrieben|escribió|escribio|escreveu|ha scritto|scrive|skrev|"
    r"schreef|geschreven|kirjoitti|написал[аи]?|писал[аи]?|пише|пишет|написав|napisał(?:a|\(a\))?|napsal[a]?|napísal|"
    r"yazdı|şunu yazdı|írta|a scris|έγραψε|написа|kirjutas|rašė|rakstīja|escrigué|va escriure|写道|書きました|작성"
)
# The first words of such a line, where no verb would be found on it because it is folded.
OPENS = (
    r"On|Le|Am|El|Il|Em|Op|Den|Dne|Dnia|W dniu|Em|No dia|In data|Pe|El día|Le lun|Le mar|Le mer|Le jeu|Le ven|Le sam|"
    r"Le dim|lun|mar|mer|jeu|ven|sam|dim|ma|ti|ke|to|pe|la|su|man|tir|ons|tor|fre|lør|søn|пн|вт|ср|чт|пт|сб|вс|vào"
)
SENDER = r"From|De|Von|Da|Fra|Från|Van|Od|От|Від|Lähettäjä|Feladó|Gönderen|Kimden|Από|发件人|寄件者|差出人|Expéditeur"
OTHERS = (
    r"Sent|Date|To|Cc|Subject|Reply-To|Envoyé le|Envoyé|Date|À|A|Objet|Répondre à|Gesendet|Datum|An|Betreff|Kopie|"
    r"Enviado el|Enviado em|Enviado|Enviada em|Fecha|Para|Asunto|Data|Assunto|Inviato|Oggetto|Verzonden|Aan|Onderwerp|"
    r"Sendt|Dato|Til|Emne|Skickat|Till|Ämne|Wysłano|Do|Temat|Отправлено|Дата|Кому|Тема|Lähetetty|Vastaanottaja|Aihe|"
    r"Päiväys|Odesláno|Komu|Předmět|Küldve|Címzett|Tárgy|Tarih|Kime|Konu|发送时间|收件人|主题"
)
ORIGINAL = (
    r"Original Message|Original Email|Original Appointment|Forwarded message|Reply message|Reply above this line|"
    r"Message d['’]origine|Message original|Message transféré|Message initial|Courriel original|"
    r"Ursprüngliche Nachricht|Urspruengliche Nachricht|Original-Nachricht|Originalnachricht|Weitergeleitete Nachricht|"
    r"Mensaje original|Mensaje reenviado|Mensagem original|Mensagem encaminhada|Messaggio originale|"
    r"Messaggio inoltrato|Oorspronkelijk bericht|Origineel bericht|Doorgestuurd bericht|Oprindelig besked|"
    r"Oprindelig meddelelse|Videresendt besked|Opprinnelig melding|Ursprungligt meddelande|Originalmeddelande|"
    r"Vidarebefordrat meddelande|Alkuperäinen viesti|Välitetty viesti|Wiadomość oryginalna|Oryginalna wiadomość|"
    r"Исходное сообщение|Пересылаемое сообщение|Пересланное сообщение|Původní zpráva|Eredeti üzenet|Orijinal Mesaj|"
    r"原始邮件|元のメッセージ|転送メッセージ"
)
SENT_FROM = (
    r"Sent (?:from|via|with|using)|Get Outlook for|Envoyé (?:de|depuis|à partir de|avec|via|par)|"
    r"Télécharge[rz] Outlook|Obtenir Outlook|Obtenez Outlook|Gesendet (?:von|mit|über|aus)|Von meinem|Diese Nachricht "
    r"wurde von mein|Enviado (?:desde|do|de|a partir|via|pelo)|Obtener Outlook|Inviato (?:da|dal|tramite|con)|"
    r"Scarica Outlook|Verzonden (?:vanaf|met|via|vanuit)|Verstuurd v(?:an|ia)|Sendt fra|Skickat från|Skickades från|"
    r"Hent Outlook|Hämta Outlook|Lähetetty|Hanki Outlook|Wysłan[eo] (?:z|przy)|Отправлено (?:с|из)|Odesláno|Poslané? z|"
    r"iPhone'?'?umdan gönderildi|从我的 ?iPhone ?发送|发自我的|iPhoneから送信"
)
_TIME = r"\d{1,2}\s?[:.h]\s?\d{2}|\b(?:19|20)\d{2}\b"

QUOTED = re.compile(r"\s{0,3}(?:>|&gt;)")
SEPARATOR = re.compile(
    rf"[>\s]{{0,8}}(?:[-_*=]{{2,}}\s?(?:{ORIGINAL})\b|(?:Begin forwarded message|"
    r"Début du message réexpédié|Message du\s?:\s?\d|Début du message transféré|Anfang der weitergeleiteten|"
    r"Inizio messaggio inoltrato)|-{2,}\s?On\b.*\bwrote\s?-{2,})",
    re.IGNORECASE,
)
HEADER = re.compile(rf"[\s>*_]{{0,12}}(?:{SENDER})\*?\s?[:：]\*?\s?\S", re.IGNORECASE)
OTHER_HEADER = re.compile(rf"[\s>*_]{{0,12}}(?:{OTHERS}|{SENDER})\*?\s?[:：]", re.IGNORECASE)
VERB_ENDS = re.compile(rf"(?<!\w)(?:{WROTE})\s?[:：]?\s*$", re.IGNORECASE)
VERB_WITHIN = re.compile(rf"(?<!\w)(?:{WROTE})(?!\w)[^:：]{{0,200}}[:：]\s*$", re.IGNORECASE)
ADDRESS_ENDS = re.compile(r"[<(\[]?[^\s<>@]{1,100}@[^\s<>@]{1,200}[>)\]]?\s?[:：]\s*$")
OPENING = re.compile(rf"\s{{0,3}}(?:[-*_]{{2,8}}\s?)?(?:{OPENS})[\s.,]", re.IGNORECASE)
DATED = re.compile(rf"{_TIME}|@|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\b\d{{1,2}}\b", re.IGNORECASE)
STAMPED = re.compile(_TIME)
DEVICE = re.compile(
    rf"\s{{0,3}}(?:{SENT_FROM})\b.{{0,120}}$|\s{{0,3}}(?:从我|发自|iPhoneから).{{0,60}}$", re.IGNORECASE
)
DASHES = re.compile(r"\s{0,3}(?:--|__|—+|–{2,}|_{5,}|-{2,}\s)\s*$")
RULE = re.compile(r"\s{0,3}_{10,}\s*$|\s{0,3}={4,}\s*$|\s{0,3}-{20,}\s*$")
CLOSING = re.compile(
    r"\s{0,3}(?:(?:best|kind|warm|many)?\s?(?:regards|wishes|thanks)|best|cheers|sincerely(?: yours)?|yours \w+|"
    r"thank you|thx|(?:bien )?cordialement|(?:bien )?à vous|salutations.{0,20}|merci(?: d'avance)?|"
    r"mit freundlichen grüßen|(?:viele|liebe|beste|schöne) grüße|mfg|saludos(?: cordiales)?|atentamente|"
    r"cordiali saluti|atenciosamente|met vriendelijke groet(?:en)?|med venlig hilsen|mvh|с уважением)[\s,.!]{0,4}$",
    re.IGNORECASE,
)
