// Keeps every badge true on a page that was cached or stays open. The page lists, for each office, from which
// instant which sentence holds; this compares instants only, so the reader's time zone plays no part.
const data = document.getElementById("opening-readings");
const readings = data ? JSON.parse(data.textContent) : {};
const AN_HOUR = 3_600_000;
let timer;

function show(badge, text, isOpen) {
  if (badge.textContent !== text) badge.textContent = text;
  badge.classList.toggle("badge--open", isOpen);
  badge.classList.toggle("badge--closed", !isOpen);
  const moment = badge.nextElementSibling;
  if (moment?.hasAttribute("data-opening-moment")) moment.hidden = true;
}

function update() {
  const now = Date.now() / 1000;
  let next = Infinity;
  for (const badge of document.querySelectorAll("[data-opening]")) {
    const list = readings[badge.dataset.opening];
    if (!list?.length) continue;
    const coming = list.findIndex(([since]) => since > now);
    if (coming === 0) continue; // this device's clock is behind: what the server said stands
    if (coming === -1) {
      // The list has run out; the last one only holds for its day. Say what holds every week.
      const [since, text, isOpen] = list.at(-1);
      if (now < since + 3600) show(badge, text, Boolean(isOpen));
      else show(badge, badge.dataset.otherwise, false);
      continue;
    }
    const [, text, isOpen] = list[coming - 1];
    show(badge, text, Boolean(isOpen));
    next = Math.min(next, list[coming][0]);
  }
  clearTimeout(timer);
  // A sleeping device stops its timers, so none is longer than an hour, and waking looks again.
  if (next < Infinity) timer = setTimeout(update, Math.min((next - now) * 1000 + 50, AN_HOUR));
}

update();
document.addEventListener("visibilitychange", () => document.hidden || update());
addEventListener("pageshow", update);
