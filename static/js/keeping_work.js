// A form of the admin saves itself, warns before it is left unsaved, and says who else has it open.
"use strict";

{
  const SECONDS_TO_SAVE = 20;
  const SECONDS_TO_BEAT = 60;

  const status = document.querySelector("#saved-at");
  const form = status?.closest("form");
  // what the page sends by itself is no typing
  const notTyped = name => name === "csrfmiddlewaretoken" || name.endsWith("version_tokens");
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => !notTyped(name))).toString();

  let saved = null; // what was typed when the form was last saved; null if it shows what never was
  let saving = null; // a request on its way
  let isLeaving = false;

  const send = name => {
    const data = new URLSearchParams([...new FormData(form)]);
    data.append(name, "1");
    data.set("csrfmiddlewaretoken", tokenOfSession() ?? token());
    return fetch(location.href, { method: "POST", body: data, redirect: "manual" });
  };

  const tokenOfSession = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const tokenAtFirst = tokenOfSession();

  // The page keeps its own token, by which a form that is sent twice is known, unless a session began since elsewhere.
  const token = () => {
    const now = tokenOfSession();
    return now && now !== tokenAtFirst ? now : form.csrfmiddlewaretoken.value;
  };

  const say = text => {
    const time = new Date().toISOString().slice(11, 16); // as all times of the admin
    status.textContent = text.replace("{time}", `${time} UTC`);
  };

  const save = async () => {
    const now = typed();
    // the fields by the name they have now: rows are numbered anew when one is taken away meanwhile
    const fields = new Map([...form.querySelectorAll("[name$=version_tokens]")].map(field => [field.name, field]));
    try {
      const response = await send("_autosave");
      if (!response.ok) {
        say(response.type === "opaqueredirect" ? status.dataset.signedOut : status.dataset.failed);
        return;
      }
      const { text, tokens } = await response.json();
      for (const [name, value] of Object.entries(tokens ?? {})) {
        const field = fields.get(name);
        if (field) field.value = value;
      }
      saved = now;
      say(text);
    } catch {
      say(status.dataset.failed);
    }
  };

  const beat = async () => {
    const response = await send("_still_open").catch(() => null);
    if (!response?.ok) return;
    const { text } = await response.json();
    const notice = document.querySelector("#who-else");
    if (notice.textContent.trim() !== text) notice.textContent = text;
    notice.hidden = !text;
  };

  if (form) {
    addEventListener("load", () => {
      if (!status.hasAttribute("data-unsaved")) saved = typed(); // after the scripts of the fields
      setInterval(() => {
        if (saving || isLeaving || typed() === (saved ?? "")) return;
        saving = save().finally(() => { saving = null; });
      }, SECONDS_TO_SAVE * 1000);
      setInterval(beat, SECONDS_TO_BEAT * 1000);
    });

    form.addEventListener("submit", async event => {
      if (!navigator.onLine) { // the browser would show an error in place of what was typed
        event.preventDefault();
        say(status.dataset.offline);
        return;
      }
      form.csrfmiddlewaretoken.value = token();
      if (saving) { // it brings new version tokens
        event.preventDefault();
        await saving;
        form.requestSubmit(event.submitter);
        return;
      }
      isLeaving = true;
    });

    addEventListener("pageshow", event => { if (event.persisted) isLeaving = false; });

    addEventListener("beforeunload", event => {
      if (!isLeaving && typed() !== saved) event.preventDefault();
    });
  }
}
