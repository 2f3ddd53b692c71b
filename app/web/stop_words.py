"""What the page says that ends a broadcast's mails, in both languages."""

WORDS = {
    "en": {
        "title": "Mails to many customers",
        "question": "{name} sends mails like this one to {address}. Do you want no more of them?",
        "stop": "No more mails",
        "stopped": "{name} will send no more mails like this one to {address}.",
        "again": "I want them again",
        "cases": "Answers to what you write yourself still reach you.",
        "unknown": "This link leads nowhere. It may have been cut when the mail was forwarded.",
    },
    "fr": {
        "title": "Messages groupés",
        "question": "{name} envoie des messages comme celui-ci à {address}. Ne plus en recevoir\u202f?",
        "stop": "Ne plus en recevoir",
        "stopped": "{name} n’enverra plus de messages de ce type à {address}.",
        "again": "En recevoir à nouveau",
        "cases": "Les réponses à vos propres messages vous parviendront toujours.",
        "unknown": "Ce lien ne mène nulle part. Il a peut-être été coupé quand le courriel a été transféré.",
    },
}
