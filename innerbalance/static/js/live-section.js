// A part of a page that shows work under way is fetched again every few seconds until the work is done.
// Without this script the page says how to look again. `data-live-section` names the part by its id and is gone when
// nothing more will happen; the server decides that.
const seconds = 2;

const refresh = async (section) => {
  let page;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return false;
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
