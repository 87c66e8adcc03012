/* Single keys that are pressed while the page is still coming wait here until keys.js answers them. They are the
   browser's where the person has turned them off, and from the moment that keys.js should have come. */

(() => {
  "use strict";

  const early = [];
  const keep = (event) => {
    const isSingle = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey;
    const isOff = localStorage.getItem("desk-keys-off") !== null;
    if (!isSingle || isOff || event.target.matches("textarea, select, input")) return;
    event.preventDefault();
    if (!event.repeat) early.push(event.key); /* a key still held is meant for the page before */
  };

  addEventListener("keydown", keep);
  globalThis.takeEarlyKeys = () => {
    removeEventListener("keydown", keep);
    return early;
  };
  addEventListener("DOMContentLoaded", takeEarlyKeys);
})();
