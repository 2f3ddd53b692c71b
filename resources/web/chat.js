/* The chat of a page: one script, no framework. <script src="https://…/chat.js" data-team="KEY" async></script>
   Also: data-lang (en, fr), data-case (a signed link to a case), data-open ("yes": open at once).
   What is typed is kept in this browser until the server has numbered it, so that a lost line loses and doubles nothing. */
(() => {
  "use strict";
  const me = document.currentScript;
  const key = (me && me.dataset.team) || "";
  if (!/^[a-z0-9]{10,40}$/.test(key) || document.querySelector(`guichet-chat[data-team="${key}"]`)) return;
  const home = new URL(me.src, location.href);
  const base = `${home.origin}${home.pathname.replace(/\/chat\.js$/, "")}/chat/${key}`;
  const lang = /^fr/i.test(me.dataset.lang || document.documentElement.lang || navigator.language || "") ? "fr" : "en";
  const WORDS = {
    en: {
      open: "Chat with us", close: "Close the chat window", log: "Messages", you: "You", house: "Automatic answer",
      name: "Your name", email: "Your e-mail", number: "Case number, if you have one", body: "Your message",
      begin: "Begin the chat", leave_word: "Send the message", send: "Send", attach: "Attach a file",
      closed: "Nobody is here just now. Leave a message: we answer by e-mail.", about: "About your open case.",
      kept: "Thank you. Your message has arrived and has the number {0}.",
      waiting: "You are being put through…", ahead: "Before you: {0}", handed: "You are being passed on to a colleague…",
      talking: "You are talking with {0}", typing: "{0} is writing…", read: "Read", sent: "Sent", sending: "Sending…",
      lost: "The connection was lost. Your messages are kept and sent as soon as it is back.",
      notice: "Are you still there? This chat ends by itself in a while if nobody writes.",
      ended: "This chat is over.", silence: "This chat has ended, since nobody wrote for a while.",
      end: "End", end_all: "End the chat", sure: "Sure? Press again", again: "Begin a new chat", mail: "Send me this chat by e-mail",
      mailed: "You will get this chat by e-mail.", save: "Save {0}", fresh: "New message from {0}",
      required: "Please fill in: {0}", not_an_email: "This is no e-mail address.", too_long: "This is too long.",
      slow_down: "Too many messages at once. Try again in a moment.", attachment_too_large: "Files may have 8 MB.",
      not_a_choice: "Files of this kind are not taken: send a picture, a PDF, a text or an office document.",
      too_many: "No more files can be sent here.", chat_is_over: "This chat is over.", wrong: "This did not work. Please try again.",
    },
    fr: {
      open: "Discuter avec nous", close: "Fermer la fenêtre de discussion", log: "Messages", you: "Vous", house: "Réponse automatique",
      name: "Votre nom", email: "Votre courriel", number: "Numéro de dossier, si vous en avez un", body: "Votre message",
      begin: "Commencer la discussion", leave_word: "Envoyer le message", send: "Envoyer", attach: "Joindre un fichier",
      closed: "Personne n’est là pour l’instant. Laissez un message : nous répondons par courriel.", about: "Au sujet de votre dossier ouvert.",
      kept: "Merci. Votre message est arrivé, il porte le numéro {0}.",
      waiting: "Nous vous mettons en relation…", ahead: "Avant vous : {0}", handed: "Nous vous passons un collègue…",
      talking: "Vous parlez avec {0}", typing: "{0} écrit…", read: "Lu", sent: "Envoyé", sending: "Envoi…",
      lost: "La connexion est coupée. Vos messages sont gardés et partiront dès son retour.",
      notice: "Êtes-vous toujours là ? Sans message, cette discussion se termine d’elle-même dans un moment.",
      ended: "Cette discussion est terminée.", silence: "Cette discussion est terminée, car personne n’a écrit depuis un moment.",
      end: "Terminer", end_all: "Terminer la discussion", sure: "Sûr ? Encore", again: "Commencer une nouvelle discussion",
      mail: "M’envoyer cette discussion par courriel", mailed: "Vous recevrez cette discussion par courriel.",
      save: "Enregistrer {0}", fresh: "Nouveau message de {0}",
      required: "À remplir : {0}", not_an_email: "Ce n’est pas une adresse électronique.", too_long: "C’est trop long.",
      slow_down: "Trop de messages à la fois. Réessayez dans un instant.", attachment_too_large: "Un fichier peut avoir 8 Mo.",
      not_a_choice: "Ce genre de fichier n’est pas accepté : envoyez une image, un PDF, un texte ou un document bureautique.",
      too_many: "Aucun autre fichier ne peut être envoyé ici.", chat_is_over: "Cette discussion est terminée.", wrong: "Cela n’a pas marché. Veuillez réessayer.",
    },
  };
  // In French a narrow space that does not break stands before these signs.
  const said = (word, what = "") => (WORDS[lang][word] || WORDS[lang].wrong).replace(/ ([:?!;])/g, "\u202f$1").replace("{0}", what);

  // What this browser keeps: the secret of its chat, what was begun, what waits to be numbered, a file on its way. Storage
  // reaches the disk some seconds later; the database is asked to be there at once, since a browser may be killed.
  const SHELF = `guichet-chat-${key}`, FILE = `${key} file`;
  const keep = { n: 0, secret: "", begin: null, outbox: [], open: false };
  let shelf = null, parcel = null, kept = null, posting = false;
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); request.onerror = request.onblocked = () => done(null); });
  const store = () => new Promise((done) => {
    keep.n += 1;
    try { localStorage.setItem(SHELF, JSON.stringify(keep)); } catch { /* full or forbidden */ }
    try {
      const act = shelf.transaction("kept", "readwrite", { durability: "strict" }), into = act.objectStore("kept");
      into.put(JSON.stringify(keep), key);
      if (kept !== parcel) { kept = parcel; if (parcel) into.put(parcel, FILE); else into.delete(FILE); }
      act.oncomplete = act.onerror = act.onabort = done;
      setTimeout(done, 2000);
    } catch { done(); }
  });
  async function recall() {
    try { Object.assign(keep, JSON.parse(localStorage.getItem(SHELF) || "{}")); } catch { /* a page without storage still chats */ }
    try {
      const opening = indexedDB.open("guichet-chat", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
      shelf = await Promise.race([asked(opening), new Promise((done) => { setTimeout(done, 1500); })]);
      const had = JSON.parse(await asked(shelf.transaction("kept").objectStore("kept").get(key)) || "{}");
      if ((had.n || 0) > keep.n) Object.assign(keep, had);
      parcel = kept = keep.secret ? await asked(shelf.transaction("kept").objectStore("kept").get(FILE)) || null : null;
    } catch { /* neither does it need the database */ }
  }
  const secret = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const uuid = () => {
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64; b[8] = (b[8] & 63) | 128;
    return [...b].map((x, i) => (i === 4 || i === 6 || i === 8 || i === 10 ? "-" : "") + x.toString(16).padStart(2, "0")).join("");
  };

  // How it looks.
  const STYLE = `:host{all:initial;--ink:#161B26;--soft:#4A5261;--ground:#fff;--sunk:#F1F3F7;--line:#767D8A;--mine:#2952E3;--onmine:#fff;--bad:#B3221A;--ok:#0A6B42;color-scheme:light dark}
*{box-sizing:border-box}[hidden]{display:none!important}
.root{font:15px/1.45 system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);position:fixed;right:16px;bottom:16px;z-index:2147483000;text-align:left}
button,input,textarea{font:inherit;color:inherit}button{cursor:pointer;border:0;border-radius:8px;background:none;min-height:32px;min-width:32px}
:focus-visible{outline:3px solid #2449CF;outline-offset:2px}
.door{background:var(--mine);color:var(--onmine);font-weight:600;padding:12px 18px;border-radius:24px;box-shadow:0 4px 16px #0004;display:flex;gap:8px;align-items:center}
.door b{background:#fff;color:#2952E3;border-radius:10px;padding:0 7px;font-size:13px}
.panel{width:380px;max-width:calc(100vw - 24px);height:560px;max-height:calc(100vh - 32px);background:var(--ground);border:1px solid var(--line);border-radius:14px;display:flex;flex-direction:column;overflow:hidden;box-shadow:0 8px 32px #0005}
header{display:flex;align-items:center;gap:8px;padding:10px 8px 10px 16px;background:var(--mine);color:var(--onmine)}header h2{font-size:16px;margin:0;flex:1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
header :focus-visible{outline-color:#fff}.state{padding:6px 16px;font-size:13px;color:var(--soft);background:var(--sunk);min-height:32px}.state.bad{color:var(--bad)}
.log{flex:1;overflow-y:auto;padding:12px 16px;display:flex;flex-direction:column;gap:8px;margin:0;list-style:none}
.log li{max-width:84%;padding:8px 12px;border-radius:12px;background:var(--sunk);overflow-wrap:anywhere;white-space:pre-wrap;align-self:flex-start}
.log li.visitor{background:var(--mine);color:var(--onmine);align-self:flex-end}.log li.visitor a{color:#fff}.log li small{display:block;font-size:12px;opacity:.85}
.log li button{text-decoration:underline;padding:4px 0;text-align:left}.log a{color:inherit}
form{padding:12px 16px;display:flex;flex-direction:column;gap:8px;overflow-y:auto}form.start{flex:1}label{font-weight:600;font-size:14px}
input[type=text],input[type=email],textarea{width:100%;padding:8px 10px;border:1px solid var(--line);border-radius:8px;background:var(--ground)}
textarea{resize:none;flex:1;min-width:0;min-height:44px;max-height:130px}.bar{display:flex;gap:8px;align-items:flex-end;padding:10px 12px;border-top:1px solid var(--line)}
.bar button,header button{flex:none}header .quiet{border-color:#fff9}.go{background:var(--mine);color:var(--onmine);font-weight:600;padding:8px 14px}.go:disabled{opacity:.5}.quiet{border:1px solid var(--line);padding:6px 12px}
.wrong{color:var(--bad);font-size:14px;margin:0;padding:0 16px}.over{display:flex;flex-wrap:wrap;gap:8px;padding:12px 16px;border-top:1px solid var(--line)}.away{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}
svg{width:18px;height:18px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;display:block;margin:auto}
@media(max-width:480px){.root{right:8px;bottom:8px}.panel{height:calc(100vh - 16px);max-height:none;width:calc(100vw - 16px)}}
@media(prefers-color-scheme:dark){:host{--ink:#E8EBF1;--soft:#A9B2C2;--ground:#161B24;--sunk:#232B38;--line:#5B6678;--mine:#3E63EE;--bad:#FF8B82;--ok:#56CC95}:focus-visible{outline-color:#8CA8FF}}
@media(prefers-reduced-motion:no-preference){.panel{animation:rise .15s ease-out}@keyframes rise{from{transform:translateY(12px);opacity:0}}}`;
  const SHAPES = {
    bubble: "M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z", down: "M6 9l6 6 6-6", clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.4a1.7 1.7 0 0 1-2.4-2.4L14 7.5",
  };

  const make = (tag, more = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(more)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null) made.setAttribute(name, value);
    }
    made.append(...inside);
    return made;
  };
  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24"); svg.setAttribute("aria-hidden", "true"); path.setAttribute("d", SHAPES[name]);
    svg.append(path);
    return svg;
  };

  const host = make("guichet-chat", { "data-team": key });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); sheet.replaceSync(STYLE); root.adoptedStyleSheets = [sheet];

  // What stands in it.
  const count = make("b", { hidden: true });
  const door = make("button", { class: "door", type: "button", "aria-expanded": "false", onclick: () => show(true) }, icon("bubble"), make("span", {}, said("open")), count);
  const title = make("h2", { id: "title" }, said("open"));
  const end = make("button", { type: "button", class: "quiet", hidden: true, title: said("end_all"), onclick: leave }, said("end"));
  const shut = make("button", { type: "button", "aria-label": said("close"), title: said("close"), onclick: () => show(false) }, icon("down"));
  const state = make("div", { class: "state", role: "status" });
  const log = make("ul", { class: "log", role: "log", "aria-label": said("log"), "aria-live": "polite", tabindex: "0", hidden: true });
  const wrong = make("p", { class: "wrong", role: "alert", hidden: true });
  const field = (name, input) => [make("label", { for: name }, said(name)), input];
  const inputs = {
    name: make("input", { id: "name", type: "text", maxlength: "200", autocomplete: "name", required: true }),
    email: make("input", { id: "email", type: "email", maxlength: "254", autocomplete: "email" }),
    number: make("input", { id: "number", type: "text", maxlength: "20", inputmode: "numeric", autocomplete: "off" }),
    body: make("textarea", { id: "body", maxlength: "4000", rows: "4", required: true }),
  };
  const go = make("button", { class: "go", type: "submit" }, said("begin"));
  const start = make("form", { class: "start", novalidate: true, hidden: true, onsubmit: begin },
    ...field("name", inputs.name), ...field("email", inputs.email), ...field("number", inputs.number), ...field("body", inputs.body), go);
  const text = make("textarea", { rows: "1", maxlength: "4000", "aria-label": said("body"), placeholder: said("body"), onkeydown: typed, oninput: grow });
  const file = make("input", { type: "file", class: "away", tabindex: "-1", "aria-hidden": "true", onchange: upload });
  const clip = make("button", { type: "button", class: "quiet", "aria-label": said("attach"), title: said("attach"), onclick: () => file.click() }, icon("clip"));
  const push = make("button", { type: "button", class: "go", onclick: say }, said("send"));
  const bar = make("div", { class: "bar", hidden: true }, clip, file, text, push);
  const mail = make("button", { type: "button", class: "quiet", onclick: wantMail }, said("mail"));
  const fresh = make("button", { type: "button", class: "go", onclick: anew }, said("again"));
  const over = make("div", { class: "over", hidden: true }, mail, fresh);
  const panel = make("section", { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, onkeydown: trap }, make("header", {}, title, end, shut), state, log, wrong, start, bar, over);
  root.append(make("div", { class: "root", lang }, door, panel));

  // What is known.
  let socket = null, tries = 0, timer = 0, about = null, chat = null, last = 0, told = 0, sure = 0, writes = 0, unread = 0, heard = 0, resumes = false;
  const shown = new Map();

  const line = (frame) => { if (socket && socket.readyState === 1) { socket.send(JSON.stringify(frame)); return true; } return false; };
  function connect() {
    clearTimeout(timer);
    if (socket && socket.readyState < 2) return;
    const mine = new WebSocket(`${base.replace(/^http/, "ws")}/socket`);
    socket = mine;
    mine.onopen = () => { resumes = true; line({ t: "hello", lang, seq: last, ...(keep.secret && !keep.begin ? { secret: keep.secret } : {}), ...(me.dataset.case ? { case: me.dataset.case } : {}) }); };
    mine.onmessage = (event) => { heard = Date.now(); if (mine === socket) take(JSON.parse(event.data)); };
    mine.onclose = () => { if (mine === socket) { socket = null; paint(); again(); } };
  }
  function again() {
    if (panel.hidden && !keep.secret) return;
    timer = setTimeout(connect, Math.min(15000, 400 * 2 ** tries++) * (0.7 + Math.random() * 0.6));
  }
  setInterval(() => {
    if (!socket || socket.readyState !== 1) return;
    if (heard && Date.now() - heard > 75000) { const dead = socket; socket = null; dead.close(); paint(); again(); } else if (Date.now() - heard > 25000) line({ t: "ping" });
  }, 5000);

  const acts = {
    about(frame) {
      about = frame; tries = 0;
      if (keep.begin) line(keep.begin);
      else if (!keep.secret) { paint(); if (!panel.hidden && (!root.activeElement || root.activeElement === shut)) inputs.name.focus(); }
    },
    chat(frame) {
      chat = frame;
      if (keep.begin) { keep.begin = null; store(); start.reset(); }
      if (resumes) { resumes = false; for (const one of keep.outbox) line(one); post(); }
      paint();
      if (looking() && !root.activeElement && !bar.hidden) text.focus();
    },
    msg(frame) {
      last = Math.max(last, frame.seq);
      settled(frame.id);
      draw(frame);
      if (frame.by !== "visitor") {
        writes = 0;
        if (!looking()) { unread += 1; count.setAttribute("aria-label", said("fresh", frame.author || about?.team || "")); }
      }
      seen(); paint();
    },
    said(frame) {
      settled(frame.id);
      const item = shown.get(frame.id);
      if (item && !item.dataset.seq) item.dataset.seq = frame.seq;
      // Only what follows at once: what an agent said meanwhile may still be on its way, and is asked for after a cut.
      if (frame.seq === last + 1) { if (told === last) told = frame.seq; last = frame.seq; }
      paint();
    },
    typing() { writes = Date.now(); paint(); setTimeout(paint, 5200); },
    mails() { if (chat) chat.mails = true; paint(); },
    gone() { forget(); paint(); },
    no(frame) {
      if (frame.of === "begin" && frame.why !== "slow_down") { keep.begin = null; keep.secret = ""; store(); }
      if (frame.of === "say" && frame.why !== "slow_down" && frame.why !== "server_away") { settled(frame.id); drop(frame.id); }
      const names = { name: said("name"), email: said("email"), body: said("body") };
      alert_(frame.why === "required" ? said("required", names[frame.field] || "") : said(frame.why));
      if (inputs[frame.field] && !start.hidden) inputs[frame.field].focus();
      if (frame.why === "server_away") setTimeout(() => { if (keep.begin) line(keep.begin); for (const one of keep.outbox) line(one); }, 3000);
      if (frame.why === "slow_down" && frame.of === "say") setTimeout(() => { for (const one of keep.outbox) line(one); }, 5000);
      paint();
    },
    pong() {},
  };
  const take = (frame) => { if (acts[frame.t]) acts[frame.t](frame); };
  const looking = () => !panel.hidden && document.visibilityState === "visible";
  function settled(id) { const before = keep.outbox.length; keep.outbox = keep.outbox.filter((one) => one.id !== id); if (keep.outbox.length !== before) store(); }
  function seen() {
    if (!chat || last <= told) return;
    if (looking()) { told = last; unread = 0; line({ t: "seen", seq: last }); } else line({ t: "got", seq: last });
  }
  function forget() { keep.secret = ""; keep.begin = parcel = null; keep.outbox = []; store(); chat = null; last = told = unread = 0; shown.clear(); log.replaceChildren(); }

  // What is done.
  function begin(event) {
    event.preventDefault(); alert_("");
    const value = (name) => inputs[name].value.trim();
    for (const name of ["name", ...(about?.email || !about?.open ? ["email"] : []), "body"]) {
      if (!value(name)) { alert_(said("required", said(name))); inputs[name].focus(); return; }
    }
    keep.secret = secret();
    keep.begin = { t: "begin", id: uuid(), secret: keep.secret, name: value("name"), email: value("email"), number: value("number"), body: value("body"), lang, ...(me.dataset.case ? { case: me.dataset.case } : {}) };
    paint();
    // Her secret is kept before anybody knows of it: nobody else could come back to this chat.
    store().then(() => { if (keep.begin) line(keep.begin); });
  }
  // Shown when it is kept, sent when it is shown: what she sees is never lost.
  async function speak(one, shows = one.body) {
    keep.outbox.push(one);
    await store();
    if (!keep.secret) return;
    draw({ id: one.id, by: "visitor", body: shows, author: "", files: [], at: "" });
    line(one); paint();
  }
  function say() {
    const body = text.value.trim();
    if (!body) return;
    alert_(""); text.value = ""; grow(); speak({ t: "say", id: uuid(), body, files: [] }); text.focus();
  }
  function typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); say(); }
    else if (event.key.length === 1 && Date.now() - (typed.at || 0) > 2500) { typed.at = Date.now(); line({ t: "typing" }); }
  }
  function grow() { text.style.height = "auto"; text.style.height = `${Math.min(text.scrollHeight + 2, 130)}px`; }
  async function upload() {
    const one = file.files[0];
    file.value = "";
    if (!one || parcel) return;
    if (one.size > 8000000) { alert_(said("attachment_too_large")); return; }
    alert_(""); parcel = { id: uuid(), name: one.name, bytes: one };
    wrapped(); paint();
    await store();
    post();
  }
  // Until the server has all of it the file is kept, and sent again from its beginning; its message has one name throughout.
  async function post() {
    if (!parcel || posting || !keep.secret || !socket) return;
    posting = true;
    const mine = parcel;
    let answer = null, told_ = {};
    try {
      answer = await fetch(`${base}/file`, { method: "POST", body: mine.bytes, headers: { Authorization: `Bearer ${keep.secret}`, "X-File-Name": encodeURIComponent(mine.name), "Content-Type": "application/octet-stream" } });
      told_ = await answer.json().catch(() => ({}));
    } catch { answer = null; }
    posting = false;
    if (parcel !== mine) return;
    if (answer && answer.ok) { parcel = null; speak({ t: "say", id: mine.id, body: "", files: [told_.id] }, `📎 ${mine.name}`); return; }
    if (!answer || [408, 429, 503].includes(answer.status)) { setTimeout(post, 4000); return; }
    parcel = null; store(); drop(mine.id); alert_(said(told_.why || "wrong")); paint();
  }
  const wrapped = () => draw({ id: parcel.id, by: "visitor", body: `📎 ${parcel.name}`, author: "", files: [], at: "" });
  function drop(id) { shown.get(id)?.remove(); shown.delete(id); }
  async function fetchFile(one) {
    try {
      const answer = await fetch(`${base}/file/${one.id}`, { headers: { Authorization: `Bearer ${keep.secret}` } });
      if (!answer.ok) throw new Error();
      const link = make("a", { href: URL.createObjectURL(await answer.blob()), download: one.name });
      link.click(); setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    } catch { alert_(said("wrong")); }
  }
  function leave() {
    if (Date.now() - sure > 4000) { sure = Date.now(); end.textContent = said("sure"); setTimeout(() => { end.textContent = said("end"); }, 4000); return; }
    sure = 0; line({ t: "leave" });
  }
  function wantMail() {
    if (chat?.has_email) { line({ t: "mail", email: "" }); return; }
    if (!over.querySelector("input")) {
      const typedIn = make("input", { type: "email", id: "mailto", maxlength: "254", autocomplete: "email", "aria-label": said("email"), placeholder: said("email") });
      over.prepend(typedIn); typedIn.focus();
    } else line({ t: "mail", email: over.querySelector("input").value.trim() });
  }
  function anew() { forget(); over.querySelector("input")?.remove(); paint(); connect(); inputs.name.focus(); }

  // What is shown.
  function alert_(words) { wrong.textContent = words; wrong.hidden = !words; }
  function draw(frame) {
    let item = shown.get(frame.id);
    if (!item) { item = make("li", {}); shown.set(frame.id, item); log.append(item); }
    else if (frame.seq && log.lastElementChild !== item && !item.dataset.seq) log.append(item);
    item.className = frame.by; if (frame.seq) item.dataset.seq = frame.seq;
    const who = frame.by === "visitor" ? said("you") : frame.by === "house" ? said("house") : frame.author;
    const when = frame.at ? new Date(frame.at).toLocaleTimeString(lang === "fr" ? "fr-FR" : "en-GB", { hour: "2-digit", minute: "2-digit" }) : "";
    item.replaceChildren(make("small", {}, [who, when].filter(Boolean).join(" · ")), ...linked(frame.body));
    for (const one of frame.files) item.append(make("button", { type: "button", "aria-label": said("save", one.name), onclick: () => fetchFile(one) }, `📎 ${one.name}`));
    item.append(make("small", { class: "mark" }));
    log.scrollTop = log.scrollHeight;
  }
  function linked(body) {
    return body.split(/(https?:\/\/[^\s<>"']+)/).map((part, at) => (at % 2 ? make("a", { href: part, target: "_blank", rel: "noopener noreferrer nofollow" }, part) : part)).filter((part) => part !== "");
  }
  function paint() {
    const live = chat && chat.state !== "ended", form = chat && chat.ended_by === "form", none = !chat && !keep.secret;
    title.textContent = about?.team || said("open");
    count.hidden = !unread; count.textContent = unread || "";
    start.hidden = !none || !about; go.disabled = !!keep.begin; go.textContent = about && !about.open ? said("leave_word") : said("begin");
    log.hidden = none || (!!keep.begin && !chat); bar.hidden = !live; clip.disabled = !!parcel; end.hidden = !live; over.hidden = !chat || live;
    mail.hidden = !chat || chat.mails || form;
    inputs.email.required = !!about?.email || !about?.open;
    let words = "", bad = false;
    if (!socket || socket.readyState !== 1) { words = about ? said("lost") : ""; bad = !!about; }
    else if (form) words = said("kept", chat.number);
    else if (chat && !live) words = (chat.ended_by === "silence" ? said("silence") : said("ended")) + (chat.mails ? ` ${said("mailed")}` : "");
    else if (live && chat.notice) words = said("notice");
    else if (live && chat.state === "talking") words = Date.now() - writes < 5000 ? said("typing", chat.agent) : said("talking", chat.agent);
    else if (live && chat.handed) words = said("handed");
    else if (live && chat.state === "waiting") words = said("waiting") + (chat.ahead ? ` ${said("ahead", chat.ahead)}` : "");
    else if (keep.begin) words = said("sending");
    else if (none && about) words = !about.open ? said("closed") : about.case ? said("about") : about.welcome || "";
    if (state.textContent !== words) state.textContent = words;
    state.classList.toggle("bad", bad);
    let marked = false;
    for (const item of [...log.children].reverse()) {
      const mark = item.querySelector(".mark");
      if (item.className !== "visitor") { mark.textContent = ""; continue; }
      const seq = Number(item.dataset.seq || 0);
      mark.textContent = !seq ? said("sending") : marked ? "" : chat && seq <= chat.seen ? said("read") : said("sent");
      marked = marked || !!seq;
    }
  }
  function show(open) {
    panel.hidden = !open; door.hidden = open; door.setAttribute("aria-expanded", String(open)); keep.open = open; store();
    if (open) { connect(); seen(); paint(); setTimeout(() => (start.hidden ? (bar.hidden ? shut : text) : inputs.name).focus(), 0); } else { paint(); door.focus(); }
  }
  function trap(event) {
    if (event.key === "Escape") { event.stopPropagation(); show(false); return; }
    if (event.key !== "Tab") return;
    const stops = [...panel.querySelectorAll("button,input,textarea,a,[tabindex='0']")].filter((one) => !one.disabled && one.tabIndex >= 0 && one.getClientRects().length);
    const first = stops[0], final = stops[stops.length - 1];
    if (event.shiftKey && root.activeElement === first) { event.preventDefault(); final.focus(); }
    else if (!event.shiftKey && root.activeElement === final) { event.preventDefault(); first.focus(); }
  }
  document.addEventListener("visibilitychange", () => { seen(); paint(); });
  addEventListener("online", connect);
  const place = () => {
    document.body.append(host);
    for (const one of keep.outbox) draw({ id: one.id, by: "visitor", body: one.body, author: "", files: [], at: "" });
    if (parcel) wrapped();
    if (me.dataset.open === "yes" || keep.open) show(true); else if (keep.secret) connect();
  };
  recall().then(() => { if (document.body) place(); else addEventListener("DOMContentLoaded", place); });
})();
