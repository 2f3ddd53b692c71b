"""What the hub's own chat page says, in both languages, and how it looks; the widget has its own words."""

PAGE_WORDS = {
    "en": {
        "intro": "Chat with {team}: the window at the lower right is how it stands on a page of yours.",
        "unknown": "There is no chat at this address.",
    },
    "fr": {
        "intro": "Discutez avec {team}\u00a0: la fenêtre en bas à droite est celle que montre une de vos pages.",
        "unknown": "Il n’y a pas de discussion à cette adresse.",
    },
}

PAGE_STYLE = (
    "body{font:17px/1.5 system-ui,sans-serif;color:#161B26;background:#F5F6F8;margin:0}"
    "main{max-width:34rem;margin:8vh auto;padding:2rem;background:#fff;border:1px solid #D9DDE5;border-radius:12px}"
    "h1{font-size:1.5rem;margin:0 0 .5rem}@media(prefers-color-scheme:dark){body{background:#0E1117;color:#E8EBF1}"
    "main{background:#161B24;border-color:#2F3848}}"
)
