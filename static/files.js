// Enhances a box that takes files: several chosen at once leave one by one, the list follows.
// Without it, each is sent by the form itself.
(() => {
  "use strict";

  const form = document.querySelector('form[enctype="multipart/form-data"]');
  const input = form && form.querySelector("input[type=file]");
  const list = document.querySelector('section[aria-labelledby="jointes"]');
  if (!input || !list) {
    return;
  }
  input.multiple = true;
  const most = Number(form.dataset.most);
  const alone = form.querySelector("[data-alone]");
  if (alone) {
    alone.textContent = "plusieurs à la fois si vous voulez";
  }

  /* What is seen changes at each step; what is heard, at each file only. */
  const line = document.createElement("p");
  line.className = "hint";
  line.hidden = true;
  const voice = document.createElement("p");
  voice.className = "unseen";
  voice.setAttribute("role", "status");
  form.append(voice);
  input.after(line);
  list.removeAttribute("aria-live");

  const show = (words) => {
    line.textContent = words;
    line.hidden = !words;
  };
  const say = (words) => {
    voice.textContent = words;
  };

  /* What was refused stands before the field, in the words of the server. */
  const refuse = (words) => {
    const field = input.closest(".field");
    let error = field.querySelector(".error");
    if (!words.length) {
      if (error) {
        error.remove();
      }
      field.classList.remove("invalid");
      input.removeAttribute("aria-invalid");
      input.setAttribute("aria-describedby", "fichier-aide");
      return;
    }
    if (!error) {
      error = document.createElement("p");
      error.className = "error";
      error.id = "fichier-erreur";
      input.before(error);
    }
    error.textContent = words.join(" ");
    field.classList.add("invalid");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", "fichier-aide fichier-erreur");
  };

  /* The token stands before the file, the button after it. */
  const hidden = (of) => Array.from(of.querySelectorAll("input[type=hidden]"));
  const body = (file) => {
    const data = new FormData();
    for (const one of hidden(form)) {
      data.append(one.name, one.value);
    }
    data.append(input.name, file, file.name);
    data.append("suite", "ajouter");
    return data;
  };

  const post = (file, place) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) {
          const percent = Math.floor((100 * event.loaded) / event.total);
          show(`${place}\u202f: ${percent}\u00a0%`);
        }
      });
      request.addEventListener("load", () => resolve(request));
      request.addEventListener("error", () => resolve(null));
      request.send(body(file));
    });

  const keepChosen = (files) => {
    const chosen = new DataTransfer();
    for (const file of files) {
      chosen.items.add(file);
    }
    input.files = chosen.files;
  };

  /* As without script: the form goes with one file or none, and the page that follows is shown. */
  let busy = false;
  const leave = (files, button) => {
    busy = false;
    keepChosen(files.slice(0, 1));
    const pressed = document.createElement("input");
    pressed.type = "hidden";
    pressed.name = "suite";
    pressed.value = button;
    form.append(pressed);
    form.submit();
  };

  /* Takes over the list and the token of the answer; false when it is another page. */
  const takeOver = (page) => {
    const answered = page.querySelector('section[aria-labelledby="jointes"]');
    const next = page.querySelector('form[enctype="multipart/form-data"]');
    if (!answered || !next) {
      return false;
    }
    list.replaceChildren(...answered.childNodes);
    const tokens = new Map(hidden(next).map((one) => [one.name, one.value]));
    for (const one of hidden(form)) {
      one.value = tokens.get(one.name) ?? one.value;
    }
    return true;
  };

  const BROKEN =
    "L’envoi s’est interrompu. Vérifiez votre connexion, puis envoyez de nouveau.";
  const cannot = (page) => {
    const told = page.querySelector("#indisponible");
    const words = told ? Array.from(told.children, (one) => one.textContent.trim()) : [];
    return words.slice(0, 2).join(". ");
  };

  const send = async (files, button) => {
    const refused = [];
    let added = 0;
    for (const [at, file] of files.entries()) {
      const rest = files.slice(at);
      const place = `Envoi de ${file.name}, ${at + 1} sur ${files.length}`;
      show(place);
      say(place);
      const answer = await post(file, place);
      const page = answer && new DOMParser().parseFromString(answer.responseText, "text/html");
      const told = page ? cannot(page) : BROKEN;
      if (told) {
        refused.push(told);
        keepChosen(rest);
        break;
      }
      if (!takeOver(page)) {
        leave(rest, button);
        return;
      }
      const error = page.querySelector("#fichier-erreur");
      if (error) {
        refused.push(`${file.name}\u202f: ${error.textContent.trim()}`);
      } else {
        added += 1;
      }
      keepChosen(files.slice(at + 1));
      if (error && list.querySelectorAll("li").length >= most) {
        break;
      }
    }
    busy = false;
    show("");
    if (!refused.length && button === "continuer") {
      leave([], button);
      return;
    }
    const done = added > 1 ? `${added} fichiers ajoutés.` : added ? "Le fichier est ajouté." : "";
    show(done);
    refuse(refused);
    say([done, ...refused].join(" ").trim());
    if (refused.length) {
      input.focus();
    }
  };

  form.addEventListener("submit", (event) => {
    const files = Array.from(input.files);
    if (busy || files.length) {
      event.preventDefault();
    }
    if (busy || !files.length) {
      return;
    }
    busy = true;
    refuse([]);
    const button = event.submitter ? event.submitter.value : "ajouter";
    send(files, button);
  });
  window.addEventListener("beforeunload", (event) => {
    if (busy) {
      event.preventDefault();
    }
  });
})();
