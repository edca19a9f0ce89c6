// A form with data-autosave="<url>" is saved while one writes: three seconds after the typing stopped, at the latest every
// eight, and when the page is left. What it says stands in the form's [data-saved].

import { loginUrl, stay } from "./session.js";

const PAUSE = 3000;
const LATEST = 8000;
const AGAIN = 10_000;

for (const form of document.querySelectorAll("form[data-autosave]")) start(form);

function start(form) {
  const words = form.querySelector("[data-saved]");
  let saved = asServed(form).toString();
  let timer = 0;
  let firstChange = 0;
  let request = null;
  let leaving = false;

  function changed() {
    if (leaving) return;
    const now = Date.now();
    firstChange ||= now;
    plan(Math.min(PAUSE, Math.max(0, firstChange + LATEST - now)));
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    const body = contents(form);
    const text = body.toString();
    firstChange = 0;
    if (text === saved || request) return request && plan(PAUSE);
    request = new AbortController();
    try {
      const answer = await send(body, { signal: request.signal });
      request = null;
      if (answer.ok) {
        saved = text;
        say("done", `Sparat kl. ${clock()}`);
      } else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        await loggedOut();
      } else {
        tryAgain();
      }
    } catch (error) {
      request = null;
      if (error.name !== "AbortError") tryAgain();
    }
  }

  const send = (body, more) =>
    fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual", headers: { "X-Autosave": "1" }, ...more });

  function tryAgain() {
    say("late", "Kunde inte spara just nu. Försöker igen.");
    plan(AGAIN);
  }

  // 403 is also what a token from before a new log-in gives: then the new one is fetched and the text saved.
  async function loggedOut() {
    if ((await stay().catch(() => null)) !== null) return plan(0);
    say("late", "Du är utloggad, så det nyaste är inte sparat. Din text finns kvar här. ");
    const link = document.createElement("a");
    Object.assign(link, { href: loginUrl(), target: "_blank", textContent: "Logga in i en ny flik" });
    words?.append(link, " och kom tillbaka hit.");
    plan(AGAIN * 3);
  }

  function say(tone, text) {
    if (!words || words.textContent === text) return;
    words.classList.remove("done", "late");
    words.classList.add(tone);
    words.textContent = text;
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // Sending the form takes over; a late saving must not bring the draft back.
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    request?.abort();
  });
  // Coming back with the browser's arrow.
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("pagehide", () => {
    const body = contents(form);
    if (!leaving && body.toString() !== saved) send(body, { keepalive: true }).catch(() => {});
    leaving = true;
  });
  document.addEventListener("visibilitychange", () => document.hidden && !leaving && save());
  // A slow line: somebody wrote before this script came.
  if (contents(form).toString() !== saved) changed();
}

// What the form held when the server sent it.
function asServed(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return contents(copy);
}

// Files are sent with the form only: they are too big to go along every eight seconds.
function contents(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  return fields;
}

function clock() {
  const now = new Date();
  return [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(".");
}
