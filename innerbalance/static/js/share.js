// Sharing without a third party: the email link works by itself; these two buttons
// stay hidden until the browser is known to do what they say.
const box = document.querySelector("[data-share]");
const say = (text) => {
  box.querySelector("[role=status]").textContent = text;
};
const link = () => ({ title: box.dataset.title, url: box.dataset.share });

const device = box?.querySelector("[data-share-device]");
if (device && navigator.share) {
  device.hidden = false;
  device.addEventListener("click", async () => {
    try {
      await navigator.share(link());
    } catch (error) {
      if (error.name !== "AbortError") say(box.dataset.notShared);
    }
  });
}

const copy = box?.querySelector("[data-share-copy]");
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(link().url);
      say(box.dataset.copied);
    } catch {
      say(box.dataset.notCopied + " " + link().url);
    }
  });
}
