"use strict";
/* Links into folded parts, keys, tips, print, and the index that sorts. */
(() => {
  const reveal = () => {
    const name = window.location.hash.slice(1);
    const found = name && document.getElementById(name);
    if (!found) return;
    for (let part = found; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
    found.dispatchEvent(new CustomEvent("reveal", { bubbles: true }));
    found.scrollIntoView({ block: "start" });
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  const current = () =>
    document.activeElement?.closest?.("[data-thread]") ??
    [...document.querySelectorAll("[data-thread]")].find((thread) => thread.checkVisibility?.() ?? true);

  const move = (thread, step) => {
    const shown = [...thread.querySelectorAll(".reply:not([hidden])")];
    const at = document.activeElement?.closest?.(".reply");
    const here = at ? shown.indexOf(at) : shown.findIndex((reply) => reply.matches(":target"));
    const next = shown[Math.max(0, Math.min(shown.length - 1, here + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  const keys = {
    j: (thread) => move(thread, 1),
    k: (thread) => move(thread, -1),
    f: (thread) => {
      thread.querySelector(".filters details").open = true;
      thread.querySelector(".filters select").focus();
    },
    a: (thread) => {
      const article = thread.querySelector("details.article");
      if (!article) return;
      article.open = !article.open;
      article.querySelector("summary").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.body.classList.add("tips-off");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("select, textarea, input:not([type=checkbox])")) return;
    const thread = current();
    const wanted = thread?.querySelector("form.filters")?.elements.keys.checked;
    if (wanted && Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key](thread);
    }
  });
  for (const name of ["pointermove", "focusin"]) {
    document.addEventListener(name, () => document.body.classList.remove("tips-off"));
  }

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open]):not(.as-table)")];
    for (const part of opened) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const body = table.tBodies[0];
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const falling = head.getAttribute("aria-sort") !== "descending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", falling ? "descending" : "ascending");
        const rank = (row) => Number(row.cells[column].dataset.rank) * (falling ? -1 : 1);
        body.append(...[...body.rows].sort((a, b) => rank(a) - rank(b)));
      });
    });
  }
})();
