/* Single keys that are pressed while the page is still coming wait here until keys.js answers them. */

(() => {
  "use strict";

  const early = [];
  const keep = (event) => {
    const isSingle = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!isSingle || event.target.matches("textarea, select, input")) return;
    event.preventDefault();
    early.push(event.key);
  };

  addEventListener("keydown", keep);
  globalThis.takeEarlyKeys = () => {
    removeEventListener("keydown", keep);
    return early;
  };
})();
