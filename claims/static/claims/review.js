/* Helps on the review and article pages: drafts, the turn's clock and heartbeat, selected words. All works without. */

(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);

  const send = (url, data, how = {}) =>
    fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "error", ...how });

  /* What is typed stays in this browser until the desk has it: through a crash, a sign-out, or a desk that is away. */

  const TYPED = "desk-typed-";
  const A_WEEK = 7 * 24 * 3600 * 1000;

  const forgetOldWords = () => {
    for (const place of Object.keys(localStorage)) {
      if (place.startsWith(TYPED) && JSON.parse(localStorage.getItem(place)).at < Date.now() - A_WEEK) {
        localStorage.removeItem(place);
      }
    }
  };

  const typedIn = (form, isKept) => [...new FormData(form)].filter(([name]) => isKept(name));

  const fillIn = (fields, isKept, entries) => {
    for (const field of fields) {
      if (!isKept(field.name)) continue;
      const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.matches("[type=radio], [type=checkbox]")) field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
  };

  const keepTyped = (form) => {
    const place = TYPED + form.dataset.typed;
    const fields = form.elements;
    const isKept = (name) => ["rating", "explanation", "evidence"].includes(name) || name.startsWith("evidence_");

    /* `sent`: with the form, as a draft or as a verdict (then `handedIn` is its turn, which is not shown again). */
    const keep = ({ sent = false, handedIn = null } = {}) => {
      const entries = typedIn(form, isKept);
      const typed = { at: Date.now(), window: fields.window.value, seen: fields.draft_seen.value, entries };
      localStorage.setItem(place, JSON.stringify({ ...typed, sent, handedIn }));
    };

    const forget = () => localStorage.removeItem(place);

    const restore = () => {
      const typed = JSON.parse(localStorage.getItem(place));
      if (!typed) return false;
      const hasArrived = typed.sent && typed.window === form.dataset.draftWindow;
      if (hasArrived || (typed.handedIn && typed.handedIn !== fields.assignment.value)) {
        forget();
        return false;
      }
      fillIn(fields, isKept, typed.entries);
      fields.window.value = typed.window;
      fields.draft_seen.value = typed.seen;
      return true;
    };

    return { keep, forget, restore };
  };

  /* The verdict form: what is typed is saved a moment after the last key, and at the latest when the page is left. */

  const DRAFT_AFTER = 1200;
  const RETRY_AFTER = 10000;

  const keepDrafts = (form) => {
    const status = find("#draft-status");
    const other = find("#other-window");
    const typed = keepTyped(form);
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
      if (!other.hidden) return; /* first the person says which text they want */
      saving = new AbortController();
      say("saving");
      try {
        const answer = await send(form.dataset.draft, new FormData(form), { keepalive, signal: saving.signal });
        if (answer.status === 409) return await refused(await answer.json());
        if (!answer.ok) throw new Error(answer.status);
        if (timer !== null) return; /* more was typed meanwhile */
        isDirty = false;
        say("saved"); /* what is typed stays here too: the next page may have been written before this was saved */
      } catch (error) {
        if (error.name === "AbortError" || isHandedIn) return;
        say("failed");
        if (timer === null) saveIn(RETRY_AFTER);
      }
    };

    const refused = ({ code, seen }) => {
      if (code === "verdict_recorded") return typed.forget();
      say("");
      form.elements.draft_seen.value = seen;
      other.hidden = false;
    };

    const flush = () => {
      if (!isDirty || isHandedIn) return;
      isDirty = false;
      save({ keepalive: true });
    };

    const handIn = (event) => {
      isHandedIn = true;
      stop(); /* a draft must not come in after its verdict */
      const isVerdict = event.submitter?.matches("[data-hands-in]");
      typed.keep({ sent: true, handedIn: isVerdict ? form.elements.assignment.value : null });
    };

    find("#load-other").addEventListener("click", () => {
      typed.forget();
      isDirty = false;
      location.reload();
    });
    find("#keep-this").addEventListener("click", () => {
      other.hidden = true;
      save();
    });
    form.addEventListener("input", () => {
      isDirty = true;
      typed.keep();
      saveIn(DRAFT_AFTER);
    });
    form.addEventListener("submit", handIn);
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      if (event.ctrlKey || event.metaKey) form.requestSubmit(find("#record-and-next"));
      else if (event.target.matches("[type=radio], [type=checkbox]")) event.preventDefault();
    });
    addEventListener("pagehide", flush);
    addEventListener("pageshow", (event) => {
      if (event.persisted) isHandedIn = false; /* back from the next page: what is typed now is a draft again */
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });

    form.elements.window.value = crypto.randomUUID?.() ?? String(Math.random());
    if (typed.restore()) {
      isDirty = true;
      saveIn(0);
    }
  };

  /* The words of a fact-check come back until the desk has them: then it is at another edition (`seen`). */

  const keepWords = (form) => {
    const place = TYPED + form.dataset.kept;
    const fields = form.elements;
    const back = form.querySelector(".words-back");
    const isKept = (name) => name && name !== "csrfmiddlewaretoken";
    const edition = fields.seen.value;

    const keep = ({ sent = false } = {}) => {
      const entries = typedIn(form, isKept);
      localStorage.setItem(place, JSON.stringify({ at: Date.now(), sent, seen: fields.seen.value, entries }));
    };

    const forget = () => localStorage.removeItem(place);

    const bringBack = (typed) => {
      fillIn(fields, isKept, typed.entries);
      form.closest("details").open = true;
      back.hidden = false;
    };

    const typed = JSON.parse(localStorage.getItem(place));
    if (form.querySelector(".refusal")) keep(); /* the page itself brought the words back */
    else if (typed?.sent && typed.seen !== edition) forget();
    else if (typed) bringBack(typed);

    back.querySelector("button").addEventListener("click", () => {
      forget();
      form.reset();
      fields.seen.value = edition;
      back.hidden = true;
      fields.title.focus();
    });
    form.addEventListener("input", () => keep());
    form.addEventListener("submit", () => keep({ sent: true }));
  };

  /* The turn: a clock in words, and a heartbeat while the page is in use. */

  const watchTurn = (turn, form) => {
    const beatEvery = Number(turn.dataset.beatEvery) * 1000;
    const warnAt = Number(turn.dataset.warnAt);
    const clock = find("#time-left");
    const warning = find("#turn-ends");
    const title = document.title;
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en");
    let endsAt = Date.now() + Number(turn.dataset.secondsLeft) * 1000;
    let lastBeat = Date.now();
    let isUsed = false;
    let isOver = false;

    const end = () => {
      isOver = true;
      turn.classList.add("over");
      clock.hidden = warning.hidden = true;
      find("#turn-over").hidden = false;
      document.title = title;
    };

    const tick = () => {
      if (isOver) return;
      const left = Math.round((endsAt - Date.now()) / 1000);
      if (left <= 0) return end();
      const inWords = left < 90 ? words.format(left, "second") : words.format(Math.round(left / 60), "minute");
      clock.textContent = `${clock.dataset.words} ${inWords}.`;
      warning.hidden = left > warnAt;
      document.title = left > warnAt ? title : `${inWords}: ${title}`;
    };

    const beat = async () => {
      const isLate = endsAt - Date.now() < warnAt * 1000;
      if (isOver || !isUsed || document.hidden || Date.now() - lastBeat < (isLate ? 1000 : beatEvery)) return;
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

  /* Words that are selected in the article are offered as the words of a claim, where a form for them is open. */

  const offerSelection = () => {
    document.addEventListener("selectionchange", () => {
      const field = find("#claim-form [name=words], details[open] > form [name=words]");
      const selection = getSelection();
      const text = find(".article-text");
      const words = selection.toString().trim();
      if (field && words && text?.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
        field.value = words;
      }
    });
  };

  forgetOldWords();
  for (const kept of document.querySelectorAll("form[data-kept]")) keepWords(kept);
  const form = find("#verdict-form");
  if (form) keepDrafts(form);
  const turn = find("#turn[data-beat]");
  if (turn && form) watchTurn(turn, form);
  offerSelection();
  const words = find("#words");
  const pane = find("#article-text");
  if (words && pane) pane.scrollTop = words.offsetTop - pane.offsetTop - pane.clientHeight / 3;
})();
