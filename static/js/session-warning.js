// Nobody is logged out by surprise (WCAG 2.2.1): a warning at least two minutes before, and one key stays.

import { stay } from "./session.js";

const WARN_SECONDS = 150;
const dialog = document.getElementById("session-warning");
const tabs = new BroadcastChannel("session");
let endsAt = 0;
let timer = 0;

function extend(seconds, tell = true) {
  endsAt = Date.now() + seconds * 1000;
  if (dialog.open) dialog.close();
  plan();
  if (tell) tabs.postMessage(endsAt);
}

// A computer that slept wakes up late, so the clock is asked and not the timer.
function plan() {
  clearTimeout(timer);
  const left = endsAt - Date.now();
  const wait = left > WARN_SECONDS * 1000 ? left - WARN_SECONDS * 1000 : Math.max(left, 1000);
  timer = setTimeout(look, Math.min(wait, 60_000));
}

function look() {
  const left = endsAt - Date.now();
  if (left <= 0) return over();
  if (left <= WARN_SECONDS * 1000) show("soon");
  plan();
}

function over() {
  clearTimeout(timer);
  show("over");
}

function show(name) {
  for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== name;
  dialog.setAttribute("aria-labelledby", `session-${name}`);
  if (dialog.open) return;
  dialog.showModal();
  dialog.querySelector(`[data-when="${name}"] button`)?.focus();
}

async function askToStay() {
  try {
    const seconds = await stay();
    if (seconds === null) over();
    else extend(seconds);
  } catch {
    plan();
  }
}

dialog.addEventListener("click", (event) => {
  const wish = event.target.closest("button")?.dataset.wish;
  if (wish === "stay") askToStay();
  if (wish === "close") dialog.close();
});
// Escape is also a key that stays: the one who presses it is there.
dialog.addEventListener("cancel", () => Date.now() < endsAt && askToStay());
tabs.addEventListener("message", (event) => event.data > endsAt && extend((event.data - Date.now()) / 1000, false));
// Who logged in again in another tab can go on here with what was written.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && Date.now() >= endsAt) askToStay();
});

extend(Number(document.body.dataset.sessionSeconds));
