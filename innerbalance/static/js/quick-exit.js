// Leave this page quickly: hides the page at once, then replaces its entry in the history.
// Without this script the button is a plain link to the same neutral page.
const link = document.querySelector("[data-quick-exit]");
const status = document.querySelector("[data-quick-exit-status]");
const PRESSES = 3;
const WITHIN = 5000; // milliseconds between the first press and the last

function leave() {
  document.documentElement.classList.add("is-leaving");
  document.title = link.dataset.title;
  for (const field of document.querySelectorAll("input, textarea, select")) {
    field.value = "";
  }
  // Replaces the current entry, so that "back" does not lead here.
  window.location.replace(link.href);
}

if (link) {
  const presses = [];
  document.querySelector("[data-quick-exit-hint]")?.removeAttribute("hidden");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      presses.length = 0; // writing capitals is not a wish to leave
      return;
    }
    if (event.repeat) return;
    presses.push(event.timeStamp);
    while (presses.length && event.timeStamp - presses[0] > WITHIN) presses.shift();
    if (presses.length >= PRESSES) leave();
    else if (presses.length === PRESSES - 1) status.textContent = status.dataset.onceMore;
  });
  // A page restored by "back" must not come up half hidden.
  window.addEventListener("pageshow", () => document.documentElement.classList.remove("is-leaving"));
}
