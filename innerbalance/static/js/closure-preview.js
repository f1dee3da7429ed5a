// Shows how pages will read while a closure is typed; without it the same stands on the page after saving.
for (const form of document.querySelectorAll("[data-closure-form]")) {
  const place = form.querySelector("[data-closure-preview]");
  let asked = 0;
  const ask = async () => {
    const values = new URLSearchParams(new FormData(form));
    values.delete("csrfmiddlewaretoken");
    const mine = ++asked;
    const answer = await fetch(`${form.dataset.preview}?${values}`);
    const html = answer.ok ? await answer.text() : "";
    if (mine === asked) place.innerHTML = html;
  };
  form.addEventListener("change", ask);
}
