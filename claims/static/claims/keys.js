/* Single keys on the queue and review pages, never while typing or with a modifier, and only where the person has not
   turned them off. Which key does what stands in the help that the page carries; all of it works without keys. */

(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);

  const KEYS_OFF = "desk-keys-off";
  const LIST = "desk-list";
  const keysAreOn = () => localStorage.getItem(KEYS_OFF) === null;
  const isTyping = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  const actsByKey = new Map(
    [...document.querySelectorAll("#keys [data-does]")].reverse().map((kbd) => [kbd.textContent, kbd.dataset.does]));

  const focusOn = (element) => {
    if (!element) return;
    for (let part = element.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    element.focus();
  };

  /* The list that a person came from is kept in this tab, so that its next claim is a key away. */

  const headlines = () => [...document.querySelectorAll(".queue .headline")];

  const moveRow = (step) => {
    const links = headlines();
    const row = document.activeElement.closest(".queue tbody tr");
    const here = row ? links.indexOf(row.querySelector(".headline")) : -1;
    const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1);
    links[next]?.focus();
    links[next]?.scrollIntoView({ block: "nearest" });
  };

  const keepList = () => {
    if (find(".queue")) sessionStorage.setItem(LIST, JSON.stringify(headlines().map((link) => link.pathname)));
  };

  const claimsOfTheArticle = () => {
    const marks = [...document.querySelectorAll("#article-text a[href], #words")];
    return [...new Set(marks.map((mark) => (mark.id === "words" ? location.pathname : mark.pathname)))];
  };

  const offerNeighbours = (nav) => {
    const kept = JSON.parse(sessionStorage.getItem(LIST) ?? "[]");
    const list = kept.includes(location.pathname) ? kept : claimsOfTheArticle();
    const here = list.indexOf(location.pathname);
    for (const [act, place] of [["previous_claim", here - 1], ["next_claim", here + 1]]) {
      const link = nav.querySelector(`[data-do=${act}]`);
      if (here < 0 || !list[place]) continue;
      link.href = list[place];
      link.hidden = nav.hidden = false;
    }
  };

  const act = (name) => find(`[data-do="${name}"]:not([hidden])`)?.click();

  const showWords = () => {
    find("#words")?.scrollIntoView({ block: "center" });
    find("#article-text")?.focus({ preventScroll: true });
  };

  const acts = {
    next_claim: () => (find(".queue") ? moveRow(1) : act("next_claim")),
    previous_claim: () => (find(".queue") ? moveRow(-1) : act("previous_claim")),
    explain: () => focusOn(find("#explanation, #adjudication-reason")),
    add_evidence: () => focusOn(find("#evidence_url")),
    dismiss: () => focusOn(find("#dismissal-category")),
    show_words: showWords,
    help: () => find("#keys").showModal(),
  };

  const isLeaving = () => find("form[data-sent]") !== null; /* what is typed is meant for the page that comes */

  const REPEATING = ["next_claim", "previous_claim"]; /* no other act is done again by a key that is held down */
  let held = "";

  const pressed = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || find("dialog[open]")) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur(); /* the keys work again */
      else if (event.key === held && event.repeat) event.preventDefault(); /* it led here, and is no letter yet */
      return;
    }
    if (event.key === "Escape") allowAgain(); /* the browser has stopped sending, too */
    if (!keysAreOn() || isLeaving()) return;
    const rating = find(`[data-key="${CSS.escape(event.key)}"]`);
    const name = actsByKey.get(event.key);
    if (!rating && !name) return;
    event.preventDefault();
    if (event.repeat && !REPEATING.includes(name)) return;
    held = event.key;
    if (rating) {
      rating.click();
      rating.focus();
    } else (acts[name] ?? (() => act(name)))();
  };

  /* A form is sent once: a key that is pressed twice, or a blank typed while the next page comes, sends no second. */

  const sendOnce = (event) => {
    if (event.target.getAttribute("method") === "dialog") return; /* it only closes the help */
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
  };

  const allowAgain = () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  };

  const offerHelp = () => {
    const open = find("#keys-open");
    const on = find("#keys-on");
    open.hidden = false;
    open.addEventListener("click", acts.help);
    on.checked = keysAreOn();
    on.addEventListener("change", () => {
      if (on.checked) localStorage.removeItem(KEYS_OFF);
      else localStorage.setItem(KEYS_OFF, "1");
    });
  };

  /* What was pressed before the page could answer is done in its order: words go into the field that a key led to.
     Who has gone into a field meanwhile is past that: keys are no words there, and would take the hand out of it. */

  const catchUp = (key) => {
    const here = document.activeElement;
    if (isTyping(here)) document.execCommand("insertText", false, key);
    else here.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };

  document.addEventListener("keydown", pressed);
  document.addEventListener("keyup", () => { held = ""; });
  document.addEventListener("submit", sendOnce);
  addEventListener("pageshow", allowAgain);
  addEventListener("pagehide", keepList);
  offerHelp();
  const neighbours = find("#neighbours");
  if (neighbours) offerNeighbours(neighbours);
  const early = takeEarlyKeys();
  if (!isTyping(document.activeElement)) early.forEach(catchUp);
})();
