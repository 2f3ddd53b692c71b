"""What the satisfaction page says, in both languages, and how it looks."""

WORDS = {
    "en": {
        "language": "English",
        "title": "Your opinion",
        "case": "case {number}, {subject}",
        "question": "Are you content with how your case went?",
        "comment": "A comment, if you like",
        "send": "Send",
        "again": "Change my answer",
        "thanks": "Thank you, your answer is kept. You may still add a comment or change it for an hour.",
        "choose": "Please choose one of the answers.",
        "expired": "This link has expired. Thank you all the same: write to us if something is not right.",
        "answered": "You have answered already. Thank you!",
        "unknown": "This link leads nowhere. It may have been cut when the mail was forwarded.",
    },
    "fr": {
        "language": "Français",
        "title": "Votre avis",
        "case": "dossier {number}, {subject}",
        "question": "Êtes-vous satisfait de la façon dont votre dossier a été traité\u202f?",
        "comment": "Un commentaire, si vous le souhaitez",
        "send": "Envoyer",
        "again": "Modifier ma réponse",
        "thanks": "Merci, votre réponse est enregistrée. Vous pouvez la compléter ou la modifier pendant une heure.",
        "choose": "Merci de choisir une des réponses.",
        "expired": "Ce lien a expiré. Merci tout de même\u202f: écrivez-nous si quelque chose ne va pas.",
        "answered": "Vous avez déjà répondu. Merci\u202f!",
        "unknown": "Ce lien ne mène nulle part. Il a peut-être été coupé quand le courriel a été transféré.",
    },
}

STYLE = (
    "body{font:17px/1.5 system-ui,sans-serif;color:#161B26;background:#F5F6F8;margin:0}"
    "main{max-width:34rem;margin:8vh auto;padding:2rem;background:#fff;border:1px solid #D9DDE5;border-radius:12px}"
    "h1{font-size:1.5rem;margin:0 0 .5rem}fieldset{border:0;padding:0;margin:1rem 0}legend{font-weight:600;padding:0}"
    "fieldset label{display:block;margin:.5rem 0;padding:.7rem 1rem;border:1px solid #767D8A;border-radius:8px}"
    "fieldset label:focus-within,textarea:focus-visible,button:focus-visible,a:focus-visible"
    "{outline:3px solid #2449CF;outline-offset:2px}.good span{color:#0A6B42}.bad span{color:#B3221A}"
    "textarea{width:100%;box-sizing:border-box;font:inherit;padding:.6rem;border:1px solid #767D8A;border-radius:8px}"
    "button{font:inherit;font-weight:600;margin-top:1rem;padding:.7rem 1.6rem;border:0;border-radius:8px;"
    "background:#2952E3;color:#fff}a{color:#2449CF}.done{color:#0A6B42;font-weight:600}.wrong{color:#B3221A}"
    "@media(prefers-color-scheme:dark){body{background:#0E1117;color:#E8EBF1}main{background:#161B24;border-color:#2F3848}"
    "textarea{background:#1C222D;color:#E8EBF1}a{color:#8CA8FF}"
    ".good span,.done{color:#56CC95}.bad span,.wrong{color:#FF8B82}"
    ":focus-visible,fieldset label:focus-within{outline-color:#8CA8FF!important}}"
)
