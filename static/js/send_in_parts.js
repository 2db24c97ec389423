// A file that is too large for one request is sent in parts; what has arrived is kept when the line breaks.
"use strict";

{
  const TRIES = 3;
  const SECONDS_BETWEEN = 2;

  const form = document.querySelector("form[data-parts]");
  const field = form?.querySelector("input[type=file]");
  const status = form?.querySelector(".sending");
  let sent = { file: null }; // what has arrived of which file

  const wait = seconds => new Promise(done => setTimeout(done, seconds * 1000));

  const say = text => {
    status.hidden = false;
    status.lastElementChild.textContent = text;
  };

  const post = async (file, start) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.csrfmiddlewaretoken.value);
    data.set("name", file.name);
    data.set("size", file.size);
    data.set("start", start);
    if (sent.imported) data.set("imported", sent.imported);
    data.set("part", file.slice(start, start + Number(form.dataset.partSize)), "part");
    for (let tries = 1; ; tries += 1) {
      try {
        return await fetch(form.dataset.parts, { method: "POST", body: data });
      } catch (error) { // no answer: the part may have arrived, and is then passed over
        if (tries === TRIES) throw error;
        await wait(SECONDS_BETWEEN * tries);
      }
    }
  };

  const send = async file => {
    if (sent.file !== file) sent = { file, arrived: 0 };
    const bar = status.querySelector("progress");
    const megabytes = bytes => (bytes / 2 ** 20).toFixed(1);
    do {
      say(`${megabytes(sent.arrived)} / ${megabytes(file.size)} MB`);
      bar.value = 100 * sent.arrived / file.size;
      const response = await post(file, sent.arrived);
      if (response.status === 400) {
        say((await response.json()).error);
        sent = { file: null };
        return;
      }
      if (!response.ok) throw new Error(response.statusText);
      sent = { file, ...await response.json() };
    } while (sent.arrived < file.size);
    location.assign(sent.address);
  };

  form?.addEventListener("submit", async event => {
    const [file] = field.files;
    if (!file || file.size <= Number(form.dataset.mostAtOnce)) return;
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      await send(file);
    } catch {
      say(form.dataset.lost);
    }
    button.disabled = false;
  });
}
