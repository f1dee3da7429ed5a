// The desk without this script is complete; with it, one button ticks a whole page and the count is said.
const form = document.querySelector("[data-desk-bulk]");

if (form) {
  const boxes = [...form.querySelectorAll("input[name=chosen]")];
  const all = form.querySelector("[data-desk-all]");
  const count = form.querySelector("[data-desk-count]");
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent = ticked ? `${ticked} ticked` : "";
    all.textContent = ticked === boxes.length ? "Tick none" : "Tick all on this page";
  };
  all.hidden = false;
  all.addEventListener("click", () => {
    const tick = boxes.some((box) => !box.checked);
    boxes.forEach((box) => {
      box.checked = tick;
    });
    tell();
  });
  form.addEventListener("change", tell);
  tell();
}

const failed = document.querySelector(".desk-step[open] .error-message, .desk-step[open] [aria-invalid=true]");
document.querySelector(".desk-problem")?.focus();
failed?.closest("details")?.scrollIntoView({ block: "center" });
