/* Helps on the queue, review and article pages: keys, the turn's clock and heartbeat, drafts. All works without it. */

(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);

  /* Keys: single ones, never while typing or with a modifier, and only where the person has not turned them off. */

  const KEYS_OFF = "desk-keys-off";
  const keysAreOn = () => localStorage.getItem(KEYS_OFF) === null;
  const isTyping = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

  const focusOn = (element) => {
    if (!element) return;
    element.closest("details")?.setAttribute("open", "");
    element.focus();
  };

  const moveRow = (step) => {
    const links = [...document.querySelectorAll(".queue .headline")];
    const row = document.activeElement.closest(".queue tbody tr");
    const here = row ? links.indexOf(row.querySelector(".headline")) : -1;
    const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1);
    links[next]?.focus();
    links[next]?.scrollIntoView({ block: "nearest" });
  };

  const showWords = () => {
    const words = find("#words");
    words?.scrollIntoView({ block: "center" });
    find("#article-text")?.focus({ preventScroll: true });
  };

  const actions = {
    j: () => moveRow(1),
    k: () => moveRow(-1),
    e: () => focusOn(find("#explanation, #adjudication-reason")),
    v: () => focusOn(find("#evidence_url")),
    m: showWords,
    q: () => find("#to-queue")?.click(),
    "?": () => find("#keys")?.showModal(),
  };

  const pressed = (event) => {
    if (!keysAreOn() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (isTyping(event.target) || event.target.closest("dialog")) return;
    const own = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    const action = actions[event.key];
    if (!own && !action) return;
    event.preventDefault();
    if (!own) return action();
    own.click();
    if (own.matches("input")) own.focus();
  };

  const offerKeys = () => {
    const open = find("#keys-open");
    const on = find("#keys-on");
    if (!open || !on) return;
    open.hidden = false;
    open.addEventListener("click", () => find("#keys").showModal());
    on.checked = keysAreOn();
    on.addEventListener("change", () => {
      if (on.checked) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "1");
    });
  };

  /* The verdict form: what is typed is saved a moment after the last key, and at the latest when the page is left. */

  const DRAFT_AFTER = 1200;
  const RETRY_AFTER = 10000;

  const keepDrafts = (form) => {
    const status = find("#draft-status");
    let timer = null;
    let saving = null;
    let isDirty = false;
    let isHandedIn = false;

    const say = (word) => { status.textContent = status.dataset[word] ?? ""; };

    const saveIn = (delay) => {
      clearTimeout(timer);
      timer = setTimeout(save, delay);
    };

    const stop = () => {
      clearTimeout(timer);
      timer = null;
      saving?.abort();
    };

    const save = async ({ keepalive = false } = {}) => {
      stop();
      saving = new AbortController();
      say("saving");
      try {
        const answer = await send(form.dataset.draft, new FormData(form), { keepalive, signal: saving.signal });
        if (!answer.ok) throw new Error(answer.status);
        if (timer !== null) return; /* more was typed meanwhile */
        isDirty = false;
        say("saved");
      } catch (error) {
        if (error.name === "AbortError" || isHandedIn) return;
        say("failed");
        if (timer === null) saveIn(RETRY_AFTER);
      }
    };

    const flush = () => {
      if (!isDirty || isHandedIn) return;
      isDirty = false;
      save({ keepalive: true });
    };

    form.addEventListener("input", () => {
      isDirty = true;
      saveIn(DRAFT_AFTER);
    });
    form.addEventListener("submit", () => {
      isHandedIn = true;
      stop(); /* a draft must not come in after its verdict */
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("[type=radio], [type=checkbox]")) event.preventDefault();
    });
    addEventListener("pagehide", flush);
    addEventListener("pageshow", (event) => {
      if (event.persisted) isHandedIn = false; /* back from the next page: what is typed now is a draft again */
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
  };

  const send = (url, data, how = {}) =>
    fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "error", ...how });

  /* The turn: a clock in words, and a heartbeat while the page is in use. */

  const watchTurn = (turn, form) => {
    const beatEvery = Number(turn.dataset.beatEvery) * 1000;
    const clock = find("#time-left");
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en");
    let endsAt = Date.now() + Number(turn.dataset.secondsLeft) * 1000;
    let lastBeat = Date.now();
    let isUsed = false;
    let isOver = false;

    const end = () => {
      isOver = true;
      turn.classList.add("over");
      clock.hidden = true;
      find("#turn-over").hidden = false;
    };

    const tick = () => {
      if (isOver) return;
      const left = Math.round((endsAt - Date.now()) / 1000);
      if (left <= 0) return end();
      const inWords = left < 90 ? words.format(left, "second") : words.format(Math.round(left / 60), "minute");
      clock.textContent = `${clock.dataset.words} ${inWords}.`;
    };

    const beat = async () => {
      if (isOver || !isUsed || document.hidden || Date.now() - lastBeat < beatEvery) return;
      isUsed = false;
      lastBeat = Date.now();
      try {
        const answer = await send(turn.dataset.beat, new FormData(form));
        if (answer.status === 409) return end();
        if (!answer.ok) throw new Error(answer.status);
        endsAt = Date.now() + (await answer.json()).seconds_left * 1000;
        tick();
      } catch {
        isUsed = true; /* the network is away: try at the next beat */
      }
    };

    for (const name of ["keydown", "pointerdown", "wheel", "input"]) {
      document.addEventListener(name, () => { isUsed = true; beat(); }, { passive: true });
    }
    tick();
    setInterval(tick, 1000);
    setInterval(beat, 1000);
  };

  /* On an article's page, words that are selected in its text are offered as the words of a claim. */

  const offerSelection = (field) => {
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      const text = find(".article-text");
      const words = selection.toString().trim();
      if (words && text.contains(selection.anchorNode) && text.contains(selection.focusNode)) field.value = words;
    });
  };

  document.addEventListener("keydown", pressed);
  offerKeys();
  const form = find("#verdict-form");
  if (form) keepDrafts(form);
  const turn = find("#turn[data-beat]");
  if (turn && form) watchTurn(turn, form);
  const claimWords = find("#claim-form [name=words]");
  if (claimWords) offerSelection(claimWords);
  const words = find("#words");
  const pane = find("#article-text");
  if (words && pane) pane.scrollTop = words.offsetTop - pane.offsetTop - pane.clientHeight / 3;
})();
