// The desk without this script is complete; with it, one button checks a whole page and the count is announced.
const form = document.querySelector("[data-desk-bulk]");

if (form) {
  const boxes = [...form.querySelectorAll("input[name=chosen]")];
  const all = form.querySelector("[data-desk-all]");
  const count = form.querySelector("[data-desk-count]");
  const update = () => {
    const checked = boxes.filter((box) => box.checked).length;
    count.textContent = checked ? count.dataset.checked.replace("%s", checked) : "";
    all.textContent = checked === boxes.length ? all.dataset.checkNone : all.dataset.checkAll;
  };
  all.hidden = false;
  all.addEventListener("click", () => {
    const check = boxes.some((box) => !box.checked);
    boxes.forEach((box) => {
      box.checked = check;
    });
    update();
  });
  form.addEventListener("change", update);
  update();
}

const failed = document.querySelector(".desk-step[open] .error-message, .desk-step[open] [aria-invalid=true]");
document.querySelector(".desk-problem")?.focus();
failed?.closest("details")?.scrollIntoView({ block: "center" });
