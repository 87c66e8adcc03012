/* Fills in the title and the publisher of new evidence from the page at its address. The form works without it. */

(() => {
  "use strict";

  const address = document.querySelector("#evidence_url");
  const status = document.querySelector("#evidence-status");
  if (!address || !status) return;

  const fields = {
    title: document.querySelector("#evidence_title"),
    publisher: document.querySelector("#evidence_publisher"),
  };
  const filled = new Map(); /* what this script has put into which field */
  const touched = new Set(); /* the fields that the person has changed since the address was asked about */
  let asked = "";
  let asking = null;

  const say = (words) => { status.textContent = words; };

  const put = (field, words) => {
    field.value = words;
    filled.set(field, words);
    field.dispatchEvent(new Event("input", { bubbles: true })); /* so that the draft is saved */
  };

  /* What was filled in for another address goes with it, unless the person has changed it. */
  const takeBack = () => {
    for (const [field, words] of [...filled]) {
      if (field.value === words) put(field, "");
      filled.delete(field);
    }
  };

  const fillIn = (details) => {
    const free = Object.entries(fields).filter(([name, field]) => details[name] && !field.value && !touched.has(field));
    for (const [name, field] of free) put(field, details[name]);
    say(free.length ? status.dataset.filled : "");
  };

  const ask = async (signal) => {
    const form = new FormData();
    form.set("csrfmiddlewaretoken", address.form.elements.csrfmiddlewaretoken.value);
    form.set("evidence_url", asked);
    const how = { method: "POST", headers: { Accept: "application/json" }, redirect: "error" };
    const answer = await fetch(address.dataset.details, { ...how, body: form, signal });
    const details = await answer.json();
    if (answer.ok) return fillIn(details);
    say(details.message ?? status.dataset.failed);
  };

  const lookUp = async () => {
    const typed = address.value.trim();
    if (typed === asked || !/^https?:\/\/./i.test(typed)) return;
    if (Object.values(fields).some((field) => field.value)) return;
    asked = typed;
    touched.clear();
    asking = new AbortController();
    const { signal } = asking;
    say(status.dataset.asking);
    try {
      await ask(signal);
    } catch {
      if (!signal.aborted) say(status.dataset.failed);
    }
  };

  const forget = () => {
    if (address.value.trim() === asked) return;
    asked = "";
    asking?.abort();
    takeBack();
    say("");
  };

  for (const field of Object.values(fields)) {
    field.addEventListener("input", (event) => { if (event.isTrusted) touched.add(field); });
  }
  address.addEventListener("input", (event) => {
    forget();
    if (event.inputType === "insertFromPaste" || event.inputType === "insertFromDrop") lookUp();
  });
  address.addEventListener("change", () => {
    forget();
    lookUp();
  });
})();
