/* Keeps the queue page as it should be, and counts what is chosen on it. All else works without it. */

(() => {
  "use strict";

  const EVERY = 15000;
  const list = document.getElementById("queue");
  const show = (id, isShown) => {
    document.getElementById(id).hidden = !isShown;
    document.getElementById("queue-news").hidden = !document.querySelector("#queue-news > :not([hidden])");
  };

  /* Choosing. */

  const boxes = () => [...list.querySelectorAll("tbody .choose input")];
  const all = document.querySelector("#choose-all input");

  const countChosen = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    const words = document.getElementById("chosen");
    words.textContent = chosen ? words.dataset.some.replace("%s", chosen) : words.dataset.none;
    words.closest("form").classList.toggle("ready", chosen > 0);
    all.checked = chosen > 0 && chosen === boxes().length;
    all.indeterminate = chosen > 0 && !all.checked;
  };

  const offerChoosing = () => {
    if (!all) return;
    document.getElementById("choose-all").hidden = false;
    all.addEventListener("change", () => {
      boxes().forEach((box) => (box.checked = all.checked));
      countChosen();
    });
    list.addEventListener("change", countChosen);
    addEventListener("pageshow", countChosen);
  };

  /* Live. Rows stay where they are: only some cells of them change, and none under a hand. */

  const rowsOf = (part) => [...part.querySelectorAll("tr[data-claim]")];
  const isInHand = (row) => row.matches(":hover, :focus-within") || row.querySelector("details[open]") !== null;

  const change = (row, fresh) => {
    if (isInHand(row)) return;
    row.classList.toggle("gone", !fresh);
    if (!fresh) return;
    const cells = fresh.querySelectorAll("[data-live]");
    row.querySelectorAll("[data-live]").forEach((cell, place) => {
      if (cell.innerHTML !== cells[place].innerHTML) cell.replaceChildren(...cells[place].childNodes);
    });
  };

  /* Of a list that goes on, what stands after the last row that `others` has, too, may only be on the next page. */
  const upToTheLastOf = (rows, others, goesOn) =>
    goesOn ? rows.slice(0, rows.findLastIndex((row) => others.has(row.dataset.claim)) + 1) : rows;

  const compare = (fresh) => {
    const [shown, now] = [rowsOf(list), rowsOf(fresh)];
    const [before, after] = [shown, now].map((rows) => new Map(rows.map((row) => [row.dataset.claim, row])));
    const goesOn = [list, fresh].some((part) => part.querySelector("[data-goes-on]"));
    upToTheLastOf(shown, after, goesOn).forEach((row) => change(row, after.get(row.dataset.claim)));
    const news = upToTheLastOf(now, before, goesOn).filter((row) => !before.has(row.dataset.claim)).length;
    const link = document.getElementById("news-new");
    link.textContent = news === 1 ? link.dataset.one : link.dataset.more.replace("%s", news);
    show("news-new", news > 0);
  };

  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(list.dataset.live, { signal: AbortSignal.timeout(EVERY) });
      const isOut = answer.redirected || answer.status === 403;
      show("news-out", isOut);
      show("news-away", !answer.ok && !isOut);
      if (answer.ok && !isOut) compare(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      show("news-away", true);
    }
  };

  const lookNowAndThen = async () => {
    await look();
    setTimeout(lookNowAndThen, EVERY);
  };

  if (!list) return;
  offerChoosing();
  setTimeout(lookNowAndThen, EVERY);
  document.addEventListener("visibilitychange", look);
})();
