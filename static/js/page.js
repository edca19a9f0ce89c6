// On every page: what makes errors easy to find, one press one sending, and menus that close.

const HOLD = 10_000; // An answer that is a file leaves the page standing, so the button comes back by itself.

const summary = document.querySelector("[data-errors]");
if (summary) {
  summary.focus();
  summary.addEventListener("click", goToField);
}

function goToField(event) {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const holder = field.closest("fieldset") ?? field.closest(".field") ?? field;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  holder.scrollIntoView();
  field.focus({ preventScroll: true });
}

// The button stays enabled, because a disabled one sends neither its name nor its value.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), HOLD);
});

function release(form) {
  delete form.dataset.sent;
  form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
}

// Coming back with the browser's arrow shows the page as it was left: it must be possible to send again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(release);
});

const person = document.querySelector("details.person");
if (person) {
  document.addEventListener("click", (event) => {
    if (!person.contains(event.target)) person.open = false;
  });
  person.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !person.open) return;
    person.open = false;
    person.querySelector("summary").focus();
    event.preventDefault();
  });
}

for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens)?.showModal());
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
