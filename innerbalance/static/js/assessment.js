/**
 * Takes a self-assessment in the reader's browser: one question at a time or all on one page, scored
 * here. From the first click to the result nothing is requested. When the page is left, at most one
 * beacon says that an assessment was started or finished, and all answers are wiped from the page, so
 * that the browser's back button shows them to nobody.
 */
import { answersText, fill, score, scoreText, summary } from "./assessment-scoring.js";

const PLACES = 1000;
const MARGIN = 50;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

class SelfAssessment {
  constructor(root) {
    this.root = root;
    const data = root.querySelector('script[type="application/json"]').textContent;
    ({ definition: this.definition, texts: this.texts } = JSON.parse(data));
    this.form = root.querySelector("[data-questions]");
    this.introduction = root.querySelector("[data-introduction]");
    this.questions = [...root.querySelectorAll("[data-question]")];
    this.buttons = this.form.querySelector(".assessment-buttons");
    this.finish = root.querySelector("[data-finish]");
    this.steps = root.dataset.layout === "steps";
    this.title = root.querySelector("[data-title]");
    this.heading = `h${Number(this.title.localName[1]) + 1}`;
    root.querySelector("[data-privacy]").textContent = this.texts.privacy;
    this.form.querySelector(".assessment-unanswered")?.remove();
    this.makeButtons();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.forward();
    });
    this.form.addEventListener("change", () => {
      this.reached ||= "started";
      this.hideUnanswered();
    });
    window.addEventListener("pagehide", () => this.leave());
    this.restart();
  }

  makeButtons() {
    this.begin = element("button", {
      type: "button",
      className: "button",
      textContent: this.texts.begin,
    });
    this.begin.addEventListener("click", () => {
      this.reached ||= "started";
      this.show(0);
    });
    this.back = element("button", {
      type: "button",
      className: "button button--quiet",
      textContent: this.texts.back,
    });
    this.back.addEventListener("click", () => this.show(this.current - 1));
    if (this.steps) {
      this.introduction.append(this.begin);
      this.buttons.append(this.back);
    }
  }

  restart() {
    this.form.reset();
    for (const input of this.form.querySelectorAll("input")) input.checked = false;
    this.hideUnanswered();
    this.result?.remove();
    this.result = null;
    this.current = -1;
    this.arrange();
  }

  /** Step -1 is the introduction. */
  show(step) {
    this.current = step;
    this.arrange();
    const target = step < 0 ? this.title : this.questions[step];
    target.focus();
  }

  arrange() {
    const done = this.result !== null;
    this.introduction.hidden = done || (this.steps && this.current >= 0);
    this.form.hidden = done || (this.steps && this.current < 0);
    if (!this.steps) return;
    this.questions.forEach((question, number) => {
      question.hidden = number !== this.current;
    });
    const last = this.current === this.questions.length - 1;
    this.finish.textContent = last ? this.texts.finish : this.texts.next;
  }

  forward() {
    if (this.steps && this.current < this.questions.length - 1) this.show(this.current + 1);
    else this.complete(false);
  }

  answers() {
    return this.questions.map((question) => {
      const chosen = question.querySelector("input:checked");
      return chosen ? Number(chosen.value) : null;
    });
  }

  complete(withoutSome) {
    const answers = this.answers();
    const result = score(this.definition, answers);
    if (result.unanswered.length && !withoutSome) this.askFor(result.unanswered);
    else this.showResult(result, answers);
  }

  /** Names each unanswered question with a link to it, and offers the result without them. */
  askFor(numbers) {
    this.hideUnanswered();
    const links = numbers.map((number) => {
      const link = element("a", {
        href: `#${this.questions[number].id}`,
        textContent: fill(this.texts.unanswered_question, {
          number: number + 1,
          question: this.definition.items[number].text,
        }),
      });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        if (this.steps) this.show(number);
        else this.questions[number].focus();
      });
      return element("li", {}, link);
    });
    const without = element("button", {
      type: "button",
      className: "button button--quiet",
      textContent: this.texts.without_these,
    });
    without.addEventListener("click", () => this.complete(true));
    this.unanswered = element(
      "div",
      { className: "assessment-unanswered", tabIndex: -1 },
      element(this.heading, { textContent: this.texts.unanswered }),
      element("ul", { role: "list" }, ...links),
      without,
    );
    this.form.prepend(this.unanswered);
    this.unanswered.focus();
  }

  hideUnanswered() {
    this.unanswered?.remove();
    this.unanswered = null;
  }

  showResult(result, answers) {
    const content = this.root.querySelector("template[data-result]").content.cloneNode(true);
    this.result = content.querySelector("[data-shown-result]");
    this.keepOnly("[data-pair]", (each) => result.pairs.includes(Number(each.dataset.pair)));
    if (!result.crisis) this.keepOnly("[data-crisis]", () => false);
    for (const section of this.result.querySelectorAll("[data-scale]")) {
      this.fillScale(section, result, Number(section.dataset.scale));
    }
    this.fillPlane(result);
    this.fillSharing(result, answers);
    this.wireActions();
    this.reached = "finished";
    this.root.append(this.result);
    this.arrange();
    this.result.querySelector("[data-result-title]").focus();
  }

  keepOnly(selector, wanted, within = this.result) {
    for (const each of within.querySelectorAll(selector)) if (!wanted(each)) each.remove();
  }

  fillScale(section, result, number) {
    const { range, place } = result.scales[number];
    section.querySelector("[data-score]").textContent = scoreText(
      this.texts,
      this.definition,
      result,
      number,
    );
    this.keepOnly("[data-range]", (each) => Number(each.dataset.range) === range, section);
    if (place === null) this.keepOnly(".assessment-line, .assessment-ends", () => false, section);
    section.querySelector("[data-marker]")?.setAttribute("cx", place + MARGIN);
    section.querySelector(`[data-segment="${range}"]`)?.classList.add("is-here");
  }

  fillPlane(result) {
    const plane = this.result.querySelector("[data-plane]");
    if (!plane) return;
    const [across, upwards] = result.scales.map((scale) => scale.place);
    if (across === null || upwards === null) {
      plane.remove();
      return;
    }
    const marker = plane.querySelector("[data-marker]");
    marker.setAttribute("cx", across);
    marker.setAttribute("cy", PLACES - upwards);
    for (const number of result.pairs) {
      plane.querySelector(`[data-cell="${number}"]`)?.classList.add("is-here");
    }
  }

  fillSharing(result, answers) {
    const share = this.result.querySelector("[data-share]");
    if (!share) return;
    const text = summary(this.texts, this.definition, result);
    share.elements.assessment_summary.value = text;
    share.elements.assessment_answers.value = answersText(this.texts, this.definition, answers);
    share.querySelector("[data-summary]").textContent = text;
  }

  wireActions() {
    const on = (selector, act) =>
      this.result.querySelector(selector)?.addEventListener("click", act);
    on("[data-print]", () => this.print());
    on("[data-save]", () => this.save());
    on("[data-again]", () => {
      this.restart();
      this.show(-1);
    });
  }

  print() {
    this.result.toggleAttribute("data-printing", true);
    window.print();
    this.result.removeAttribute("data-printing");
  }

  /** The result as a text file, made and saved by the browser alone. */
  save() {
    const copy = this.result.cloneNode(true);
    for (const each of copy.querySelectorAll("svg, form, [data-actions], [data-plane]")) each.remove();
    const lines = copy.textContent.split("\n").map((line) => line.trim());
    const text = `${this.definition.title}\n\n${lines.filter(Boolean).join("\n\n")}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    element("a", { href: address, download: this.texts.file_name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  leave() {
    const address = this.root.dataset[this.reached];
    if (address && !navigator.globalPrivacyControl) {
      // No cookie, no referrer, no body: the address alone says which assessment, and how far.
      fetch(address, {
        method: "POST",
        keepalive: true,
        credentials: "omit",
        referrerPolicy: "no-referrer",
      }).catch(() => {});
    }
    this.reached = undefined;
    this.restart();
  }
}

for (const root of document.querySelectorAll("[data-assessment]")) {
  if (!root.dataset.ready) new SelfAssessment(root);
  root.dataset.ready = "yes";
}
