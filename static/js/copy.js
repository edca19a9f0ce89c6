// A button with data-copies="<name>" copies what stands in that field of its form: the text, or the words of what is chosen.
// Without this script the buttons are hidden and the text is marked by hand.

for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

async function copy(button) {
  const form = button.form;
  const text = contents(form.elements[button.dataset.copies]);
  const words = form.querySelector("[data-copied-words]");
  try {
    await navigator.clipboard.writeText(text);
    tell(button, words, "Kopierat", button.dataset.copied);
  } catch {
    tell(button, words, "Det gick inte att kopiera", "Det gick inte att kopiera. Markera texten och kopiera den.");
  }
}

function contents(field) {
  if (!(field instanceof RadioNodeList)) return field.value;
  const chosen = [...field].find((radio) => radio.checked);
  return chosen?.closest("label")?.textContent.trim() ?? "";
}

function tell(button, words, short, long) {
  const label = button.firstChild;
  const before = button.dataset.label ?? label.textContent;
  button.dataset.label = before;
  label.textContent = short;
  if (words) words.textContent = long;
  setTimeout(() => (label.textContent = before), 3000);
}
