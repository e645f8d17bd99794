// Enhances the form: counts characters, hides what does not apply, warns before text is lost.
// Every page works without it.
(() => {
  "use strict";

  const form = document.querySelector("form.form");
  if (!form) {
    return;
  }

  /* A line that screen readers say when they are idle. */
  const voice = document.createElement("p");
  voice.className = "unseen";
  voice.setAttribute("role", "status");
  form.append(voice);

  /* Counts as the server does: code points, line ends once, without spaces at either end. */
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const plural = (number) => (number > 1 ? "s" : "");

  const told = (count, max) => {
    const over = count - max;
    return over > 0
      ? `${grouped(over)}\u00a0caractère${plural(over)} de trop`
      : `${grouped(count)} sur ${grouped(max)}\u00a0caractères`;
  };

  for (const area of form.querySelectorAll("textarea[data-max]")) {
    const max = Number(area.dataset.max);
    const line = document.createElement("p");
    line.className = "hint counter";
    area.after(line);
    let idle = 0;
    const count = () => Array.from(area.value.trim()).length;
    const show = () => {
      const now = count();
      line.textContent = told(now, max);
      line.classList.toggle("over", now > max);
    };
    area.addEventListener("input", () => {
      show();
      clearTimeout(idle);
      /* Said after a pause, and only when the end is near: never at each key. */
      idle = setTimeout(() => {
        const now = count();
        voice.textContent = now >= max * 0.8 ? told(now, max) : "";
      }, 1500);
    });
    show();
  }

  /* Fields that only follow some choices. What holds an error stays in sight. */
  for (const group of form.querySelectorAll("[data-when]")) {
    const wanted = group.dataset.is.split(" ");
    const radios = form.querySelectorAll(`input[name="${group.dataset.when}"]`);
    const update = () => {
      const applies = Array.from(radios).some((one) => one.checked && wanted.includes(one.value));
      group.hidden = !applies && !group.querySelector(".invalid");
    };
    for (const radio of radios) {
      radio.addEventListener("change", update);
    }
    update();
    window.addEventListener("pageshow", update);
  }

  /* Text that is in the page and nowhere else. */
  const texts = Array.from(form.querySelectorAll("textarea, input[type=text], input[type=tel]"));
  const isRefused = form.hasAttribute("data-unsaved");
  let leaves = false;
  const hasUnsaved = () => isRefused || texts.some((one) => one.value !== one.defaultValue);

  const hint = document.createElement("p");
  hint.className = "hint";
  hint.hidden = true;
  hint.textContent =
    "Modifications pas encore enregistrées\u202f: elles le seront avec «\u202fContinuer\u202f».";
  const actions = form.querySelector(".actions");
  if (actions) {
    actions.before(hint);
  }
  const remind = () => {
    hint.hidden = !hasUnsaved();
  };
  form.addEventListener("input", remind);
  window.addEventListener("pageshow", () => {
    leaves = false;
    remind();
  });
  form.addEventListener("submit", () => {
    leaves = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaves && hasUnsaved()) {
      event.preventDefault();
    }
  });
})();
