"use strict";
/* Filters and sorting: each thread's form shows and orders the replies that stand below it. */
(() => {
  const entriesOf = (reply) =>
    reply.dataset.entries.split(" ").filter(Boolean).map((entry) => {
      const [label, target, sure] = entry.split(":");
      return { label, target, sure: Number(sure) };
    });

  const matches = (reply, wanted) => {
    if (wanted.author && reply.dataset.author !== wanted.author) return false;
    if (!wanted.label && !wanted.target && !wanted.sure) return true;
    return entriesOf(reply).some(
      (entry) =>
        (!wanted.label || entry.label === wanted.label) &&
        (!wanted.target || entry.target === wanted.target) &&
        entry.sure >= wanted.sure,
    );
  };

  const orders = {
    place: (reply) => Number(reply.dataset.place),
    incivility: (reply) => -Number(reply.dataset.incivility),
    surest: (reply) => Number(reply.dataset.surest),
    taken: (reply) => -Number(reply.dataset.taken),
    length: (reply) => -Number(reply.dataset.length),
  };

  const value = (form, name) => form.elements[name]?.value ?? "";

  const apply = (form, list, replies) => {
    const wanted = {
      label: value(form, "label"),
      target: value(form, "target"),
      author: value(form, "author"),
      sure: Number(value(form, "sure")),
    };
    let shown = 0;
    for (const reply of replies) {
      reply.hidden = !matches(reply, wanted);
      shown += reply.hidden ? 0 : 1;
    }
    form.elements.surest.value = wanted.sure ? `${wanted.sure} %` : "any";
    form.querySelector(".shown").textContent = `${shown} of ${replies.length} replies shown`;
    const order = value(form, "order");
    if (list.dataset.order !== order) {
      const rank = orders[order];
      const sorted = [...replies].sort((a, b) => rank(a) - rank(b) || orders.place(a) - orders.place(b));
      list.append(...sorted);
      list.dataset.order = order;
    }
  };

  for (const thread of document.querySelectorAll("[data-thread]")) {
    const form = thread.querySelector("form.filters");
    const list = thread.querySelector("ol.replies");
    if (!form || !list) continue;
    const replies = [...list.children];
    const again = () => apply(form, list, replies);
    list.dataset.order = "place";
    form.hidden = false;
    if (window.matchMedia("(max-width: 50rem)").matches) form.querySelector("details").open = false;
    form.addEventListener("input", again);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => window.setTimeout(again));
    list.addEventListener("click", (event) => {
      const chip = event.target.closest(".chip");
      if (!chip) return;
      const { label, target = "" } = chip.dataset;
      const isNew = value(form, "label") !== label || value(form, "target") !== target;
      form.reset();
      if (isNew) {
        form.elements.label.value = label;
        if (form.elements.target) form.elements.target.value = target;
      }
      again();
    });
    thread.addEventListener("reveal", (event) => {
      if (event.target.hidden) {
        form.reset();
        again();
      }
    });
    form.reset();
    again();
  }
})();
