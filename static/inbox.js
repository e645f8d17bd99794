// Keys for the lists of the back office. Nothing needs them: every act has its link or its button.
(() => {
  "use strict";

  const rows = Array.from(document.querySelectorAll(".inbox tbody tr"));
  const search = document.getElementById("q");
  const sheet = document.getElementById("clavier");
  const link = (row) => row && row.querySelector(".reference a");
  const box = (row) => row && row.querySelector("input[type=checkbox]");

  /* Where one is: the row that holds the focus. */
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));

  const go = (step) => {
    const from = here();
    const to = from < 0 ? 0 : Math.min(Math.max(from + step, 0), rows.length - 1);
    const target = link(rows[to]);
    if (target) {
      target.focus();
      rows[to].scrollIntoView({ block: "nearest" });
    }
  };

  const acts = {
    "/": () => search && search.focus(),
    j: () => go(1),
    k: () => go(-1),
    o: () => link(rows[here()]) && link(rows[here()]).click(),
    x: () => box(rows[here()]) && box(rows[here()]).click(),
    "?": () => {
      if (sheet) {
        sheet.open = true;
        sheet.querySelector("summary").focus();
      }
    },
  };

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const types = target instanceof Element && target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    const withOthers = event.ctrlKey || event.altKey || event.metaKey;
    if (event.defaultPrevented || event.isComposing || withOthers || types || !Object.hasOwn(acts, event.key)) {
      return;
    }
    event.preventDefault();
    acts[event.key]();
  });
})();
