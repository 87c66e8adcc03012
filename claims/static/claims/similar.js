/* Looks for what is like the claim while the person reads it. The link that stands on the page does without it. */

(() => {
  "use strict";

  const link = document.getElementById("said-before");
  const place = document.getElementById("similar");

  const show = (part) => {
    const { summary } = part.dataset;
    if (!summary) return link.replaceWith(link.dataset.none);
    place.replaceChildren(part);
    link.textContent = summary;
    link.href = "#similar";
  };

  const look = async () => {
    const answer = await fetch(`${link.href}?part=1`);
    if (!answer.ok || answer.redirected) return; /* the link says why */
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".similar");
    if (part) show(part);
  };

  look().catch(() => {}); /* the desk is away, or the page is left */
})();
