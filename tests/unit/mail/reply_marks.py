"""How programs of many languages mark what they quote, and themselves; written down from them."""

ATTRIBUTIONS = """\
Le 23 nov. 2026 à 10:00, Équipe <team@x.example> a écrit :
Le 23/11/2026 à 10:00, Équipe a écrit :
Le lun. 23 nov. 2026 à 10:00, Équipe <team@x.example> a écrit :
Le lundi 23 novembre 2026 à 10:00:00 UTC+1, Équipe <team@x.example> a écrit :
Le lundi 23 novembre 2026 à 10:00, Équipe <team@x.example> a écrit :
Le 23/11/2026 10:00 CET, Équipe <team@x.example> a écrit :
Le 2026-11-23 10:00, Équipe a écrit :
Équipe <team@x.example> a écrit :
"Équipe" <team@x.example> a écrit le 23/11/2026 10:00 :
Am 23.11.2026 um 10:00 schrieb Team <team@x.example>:
Am 23.11.26 um 10:00 schrieb Team:
Am Mo., 23. Nov. 2026 um 10:00 Uhr schrieb Team <team@x.example>:
On Nov 23, 2026, at 10:00 AM, Team <team@x.example> wrote:
On Mon, Nov 23, 2026 at 10:00 AM Team <team@x.example> wrote:
On Monday, November 23rd, 2026 at 10:00, Team <team@x.example> wrote:
On Monday, 23 November 2026 at 10:00:00 GMT, Team <team@x.example> wrote:
On 23/11/2026 10:00, Team wrote:
On 23 Nov 2026, at 10:00, Team <team@x.example> wrote:
Team <team@x.example> wrote:
Team <team@x.example> schrieb am Mo., 23. Nov. 2026, 10:00:
Team <team@x.example> schrieb:
El lun, 23 nov 2026 a las 10:00, Team (<team@x.example>) escribió:
El 23/11/26 a las 10:00, Team escribió:
El lunes, 23 de noviembre de 2026, 10:00:00 CET, Team <team@x.example> escribió:
Il giorno lun 23 nov 2026 alle ore 10:00 Team <team@x.example> ha scritto:
Il 23/11/2026 10:00, Team ha scritto:
Il lunedì 23 novembre 2026 alle ore 10:00:00 CET, Team <team@x.example> ha scritto:
Em seg., 23 de nov. de 2026 às 10:00, Team <team@x.example> escreveu:
Team <team@x.example> escreveu no dia segunda, 23/11/2026 à(s) 10:00:
Em segunda-feira, 23 de novembro de 2026 10:00:00 GMT, Team <team@x.example> escreveu:
Op ma 23 nov 2026 om 10:00 schreef Team <team@x.example>:
Op 23-11-2026 om 10:00 schreef Team:
pon., 23 lis 2026 o 10:00 Team <team@x.example> napisał(a):
W dniu 23.11.2026 o 10:00, Team pisze:
Den mån 23 nov. 2026 kl 10:00 skrev Team <team@x.example>:
Den man. 23. nov. 2026 kl. 10.00 skrev Team <team@x.example>:
man. 23. nov. 2026 kl. 10:00 skrev Team <team@x.example>:
ma 23. marrask. 2026 klo 10.00 Team (team@x.example) kirjoitti:
po 23. 11. 2026 v 10:00 odesílatel Team <team@x.example> napsal:
Dne 23. 11. 26 v 10:00 Team napsal(a):
Team <team@x.example> ezt írta (időpont: 2026. nov. 23., H, 10:00):
2026. 11. 23. 10:00 keltezéssel, Team írta:
Team <team@x.example>, 23 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:
Pe lun., 23 nov. 2026 la 10:00, Team <team@x.example> a scris:
пн, 23 нояб. 2026 г. в 10:00, Team <team@x.example>:
23.11.2026 10:00, Team пишет:
23.11.2026, 10:00, "Team" <team@x.example>:
пн, 23 лист. 2026 р. о 10:00 Team <team@x.example> пише:
Στις Δευ 23 Νοε 2026 στις 10:00 π.μ., ο χρήστης Team <team@x.example> έγραψε:
2026年11月23日(月) 10:00 Team <team@x.example>:
Team <team@x.example> 于2026年11月23日周一 10:00写道：
2026년 11월 23일 (월) 오전 10:00, Team <team@x.example>님이 작성:
Vào Th 2, 23 thg 11, 2026 vào lúc 10:00 Team <team@x.example> đã viết:
בתאריך יום ב׳, 23 בנוב׳ 2026 ב-10:00 מאת Team <team@x.example>:
في الاثنين، 23 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Team <team@x.example>:
V V pon., 23. nov. 2026 ob 10:00 je oseba Team <team@x.example> napisala:
Dana pon, 23. stu 2026. u 10:00 Team <team@x.example> napisao je:
На пн, 23.11.2026 г. в 10:00 Team <team@x.example> написа:
---- Le lun., 23 nov. 2026 10:00:00 +0100 Team <team@x.example> a écrit ----
---- On Mon, 23 Nov 2026 10:00:00 +0100 Team <team@x.example> wrote ----
-----Team/ACME wrote: -----
Quoting Team <team@x.example>:
Team <team@x.example> a écrit:
On Monday 23 November 2026 10:00:00 you wrote:
On 2026-11-23 at 10:00 +0100, Team <team@x.example> wrote:
Am Montag, 23. November 2026, 10:00:00 MEZ hat Team <team@x.example> Folgendes geschrieben:
Am Montag, 23. November 2026 um 10:00:00 MEZ schrieb Team <team@x.example>:
23 nov. 2026 10:00:00 Team <team@x.example>:
Zitat von Team <team@x.example>:
Citando Team <team@x.example>:
""".splitlines()

HEADS = """\
De : Équipe <team@x.example>
Envoyé : lundi 23 novembre 2026 10:00
À : Marie Roux <m@y.example>
Objet : Voiture

De : Équipe <team@x.example>
Date : lundi 23 novembre 2026 à 10:00
À : Marie Roux <m@y.example>
Cc : Paul
Objet : Voiture

De: Équipe <team@x.example>
Envoyé: Lundi 23 Novembre 2026 10:00:00
À: Marie
Objet: Voiture

envoyé : 23 novembre 2026 à 10:00
de : Équipe <team@x.example>
à : Marie
objet : Voiture

*De :* Équipe <team@x.example>
*Envoyé :* lundi 23 novembre 2026 10:00
*À :* Marie
*Objet :* Voiture

> Message du 23/11/26 10:00
> De : "Équipe" <team@x.example>
> A : m@y.example
> Copie à :
> Objet : Voiture

----- Mail original -----
De: "Équipe" <team@x.example>
À: "Marie" <m@y.example>
Envoyé: Lundi 23 Novembre 2026 10:00:00
Objet: Voiture

De: "Équipe" <team@x.example>
À: "Marie" <m@y.example>
Envoyé: Lundi 23 Novembre 2026 10:00:00
Objet: Voiture

-------- Message d'origine --------
De : Équipe <team@x.example>
Date : 23/11/2026 10:00 (GMT+01:00)
À : m@y.example
Objet : Voiture

Von: Team <team@x.example>
Gesendet: Montag, 23. November 2026 10:00
An: Marie <m@y.example>
Betreff: Auto

Von: Team <team@x.example>
Datum: Montag, 23. November 2026 um 10:00
An: Marie <m@y.example>
Betreff: Auto

Gesendet: Montag, 23. November 2026 um 10:00 Uhr
Von: "Team" <team@x.example>
An: m@y.example
Betreff: Auto

De: Team <team@x.example>
Enviado: lunes, 23 de noviembre de 2026 10:00
Para: Marie
Asunto: Coche

De: Team <team@x.example>
Enviado el: lunes, 23 de noviembre de 2026 10:00
Para: Marie
Asunto: Coche

Da: Team <team@x.example>
Inviato: lunedì 23 novembre 2026 10:00
A: Marie
Oggetto: Auto

Van: Team <team@x.example>
Verzonden: maandag 23 november 2026 10:00
Aan: Marie
Onderwerp: Auto

De: Team <team@x.example>
Enviada em: segunda-feira, 23 de novembro de 2026 10:00
Para: Marie
Assunto: Carro

Från: Team <team@x.example>
Skickat: den 23 november 2026 10:00
Till: Marie
Ämne: Bil

Fra: Team <team@x.example>
Sendt: 23. november 2026 10:00
Til: Marie
Emne: Bil

Od: Team <team@x.example>
Wysłane: poniedziałek, 23 listopada 2026 10:00
Do: Marie
Temat: Auto

From: Team <team@x.example>
Sent: Monday, November 23, 2026 10:00 AM
To: Marie
Subject: Auto

Od: Team <team@x.example>
Odesláno: pondělí 23. listopadu 2026 10:00
Komu: Marie
Předmět: Auto

Lähettäjä: Team <team@x.example>
Lähetetty: maanantai 23. marraskuuta 2026 10.00
Vastaanottaja: Marie
Aihe: Auto

От: Team <team@x.example>
Отправлено: 23 ноября 2026 г. 10:00
Кому: Marie
Тема: Auto

Feladó: Team <team@x.example>
Elküldve: 2026. november 23., hétfő 10:00
Címzett: Marie
Tárgy: Auto

Gönderen: Team <team@x.example>
Gönderildi: 23 Kasım 2026 Pazartesi 10:00
Kime: Marie
Konu: Auto

De la: Team <team@x.example>
Trimis: luni, 23 noiembrie 2026 10:00
Către: Marie
Subiect: Auto

Από: Team <team@x.example>
Στάλθηκε: Δευτέρα, 23 Νοεμβρίου 2026 10:00
Προς: Marie
Θέμα: Auto

发件人: Team <team@x.example>
发送时间: 2026年11月23日 10:00
收件人: Marie
主题: Auto

差出人: Team <team@x.example>
送信日時: 2026年11月23日 10:00
宛先: Marie
件名: Auto

보낸 사람: Team <team@x.example>
보낸 날짜: 2026년 11월 23일 월요일 10:00
받는 사람: Marie
제목: Auto

Fra: Team <team@x.example>
Dato: mandag 23. november 2026 kl. 10:00
Til: Marie
Emne: Bil

De :	Team <team@x.example>
A :	Marie <m@y.example>
Date :	23/11/2026 10:00
Objet :	Voiture

Début du message transféré :
De: Équipe <team@x.example>
Objet: Voiture
Date: 23 novembre 2026 à 10:00:00 UTC+1
À: m@y.example

---------- Forwarded message ---------
De : Équipe <team@x.example>
Date: lun. 23 nov. 2026 à 10:00
Subject: Voiture
To: <m@y.example>

-------- Message transféré --------
Sujet :	Voiture
Date :	Mon, 23 Nov 2026 10:00:00 +0100
De :	Équipe <team@x.example>
Pour :	m@y.example

-------- Weitergeleitete Nachricht --------
Betreff: Auto
Datum: Mon
Von: Team
An: m@y.example

----- Original Message -----
From: Team
To: Marie
Sent: Monday

________________________________
De : Équipe <team@x.example>
Envoyé : lundi 23 novembre 2026 10:00
À : Marie
Objet : Voiture

-----Ursprüngliche Nachricht-----
Von: Team
Gesendet: Montag

-----Mensaje original-----
De: Team
Enviado el: lunes

---------- Forwarded message ---------
Da: Team <team@x.example>
Date: lun

-----Mensagem original-----
De: Team

-----Oorspronkelijk bericht-----
Van: Team

Sujet : Voiture
Date : 23/11/2026
De : Équipe <team@x.example>
À : Marie

________________________________
De : Équipe <team@x.example>
À : Marie
Envoyé le : Lundi 23 novembre 2026 10h00
Objet : Voiture
""".split("\n\n")

DEVICES = """\
Envoyé de mon iPhone
Envoyé de mon iPad
Envoyé depuis mon iPhone
Envoyé depuis mon appareil Galaxy
Envoyé depuis mon appareil mobile Samsung
Envoyé depuis mon smartphone Samsung Galaxy.
Envoyé à partir de Outlook pour Android
Envoyé à partir d’Outlook pour iOS
Envoyé depuis Outlook pour iOS
Obtenir Outlook pour iOS<https://aka.ms/o0ukef>
Obtenez Outlook pour Android
Télécharger Outlook pour Android
Téléchargez Outlook pour iOS
Provenance : Courrier pour Windows
Provenance : Courrier pour Windows 10
Envoyé à partir de Courrier pour Windows 10
Envoyé depuis l'application Mail Orange
Envoyé depuis l’application Mail SFR
Envoyé via la messagerie Yahoo
Envoyé depuis Yahoo Mail pour Android
Yahoo Mail : Recherchez, organisez, maîtrisez
Envoyé avec la messagerie sécurisée Proton Mail.
Envoyé avec ProtonMail
Envoyé depuis Proton Mail pour iOS
Sent from my iPhone
Sent from my iPhone.
Sent from my Galaxy
Sent from Outlook for iOS
Sent from Mail for Windows 10
Sent from Yahoo Mail for iPhone
Sent from Yahoo Mail on Android
Sent with Proton Mail secure email.
Sent with [Proton Mail](https://proton.me/mail/home) secure email.
Get Outlook for iOS
Get Outlook for Android<https://aka.ms/AAb9ysg>
Von meinem iPhone gesendet
Von meinem Samsung Galaxy Smartphone gesendet.
Von meinem/meiner Galaxy gesendet
Gesendet von Mail für Windows
Gesendet von Outlook für iOS
Gesendet mit der GMX iPhone App
Diese Nachricht wurde von meinem Android-Gerät mit WEB.DE Mail gesendet.
Gesendet von meinem iPhone
Laden Sie Outlook für iOS herunter
Outlook für iOS beziehen
Enviado desde mi iPhone
Enviado desde mi dispositivo Samsung
Enviado desde Outlook para iOS
Enviado desde Correo para Windows
Obtener Outlook para iOS
Inviato da iPhone
Inviato dal mio iPhone
Inviato da Outlook per iOS
Inviato da Posta per Windows
Scarica Outlook per iOS
Ottieni Outlook per iOS
Verstuurd vanaf mijn iPhone
Verzonden vanaf Outlook voor iOS
Outlook voor iOS downloaden
Verzonden met Mail voor Windows
Enviado do meu iPhone
Enviado a partir do meu iPhone
Obter o Outlook para iOS
Sendt fra min iPhone
Sendt fra Outlook til iOS
Få Outlook til iOS
Skickat från min iPhone
Skaffa Outlook för iOS
Wysłane z iPhone'a
Wysłano z iPhone’a
Pobierz aplikację Outlook dla systemu iOS
Отправлено с iPhone
Отправлено из Mail.ru для Android
Отправлено с iPad
Lähetetty iPhonesta
Hanki Outlook for iOS
Odesláno z iPhonu
Poslané z iPhonu
Trimis de pe iPhone
Iphone'umdan gönderildi
iPhone'umdan gönderildi
iOS için Outlook'u edinin
Στάλθηκε από το iPhone μου
iPhoneから送信
从我的 iPhone 发送
发自我的iPhone
나의 iPhone에서 보냄
Надіслано з iPhone
Enviat des del meu iPhone
""".splitlines()
