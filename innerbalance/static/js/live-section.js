// A part of a page that shows work under way is fetched again every few seconds until the work is done.
// Without this script the page says how to look again. `data-live-section` names the part by its id and is gone when
// nothing more will happen; the server decides that. `data-live-post` names a form whose POST does some more of the
// work and leads back to this page: it is sent instead of only looking.
const seconds = 2;

const ask = (section) => {
  const form = document.getElementById(section.dataset.livePost ?? "");
  if (!form) return fetch(location.href, { headers: { Accept: "text/html" } });
  return fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "text/html" } });
};

const refresh = async (section) => {
  let page;
  try {
    const answer = await ask(section);
    if (!answer.ok && section.dataset.livePost) {
      delete section.dataset.livePost; // others do the work; here it is only looked at from now on
      return true;
    }
    if (!answer.ok || new URL(answer.url).pathname !== location.pathname) return false;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return true; // the line is away for a moment
  }
  const fresh = page.getElementById(section.id);
  if (!fresh) return false;
  // What a person is about to press or read stays under their finger.
  if (!section.contains(document.activeElement)) section.replaceChildren(...fresh.childNodes);
  return fresh.hasAttribute("data-live-section");
};

for (const section of document.querySelectorAll("[data-live-section]")) {
  const again = async () => {
    if (document.hidden || (await refresh(section))) setTimeout(again, seconds * 1000);
    else location.reload(); // the whole page: buttons and headings change with the end
  };
  setTimeout(again, seconds * 1000);
}
