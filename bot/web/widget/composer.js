// The field that questions are typed into. It can be written in while an answer is awaited.

import { button, element } from "./dom.js";

const LONGEST = 4000;
const TALLEST_PX = 168;

export class Composer {
  /**
   * @param {import("./strings.vi.js").Strings} strings
   * @param {(text: string) => void} say
   */
  constructor(strings, say) {
    this.input = element("textarea", { label: strings.question, lang: "vi" });
    this.input.name = "question";
    this.input.rows = 1;
    this.input.maxLength = LONGEST;
    this.input.placeholder = strings.placeholder;
    this.input.enterKeyHint = "send";
    this.input.autocomplete = "off";
    this.send = button({ class: "send", icon: "send", label: strings.send }, () => this.#submit(say));
    this.root = element("form", { class: "composer" }, this.input, this.send);
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit(say);
    });
    this.input.addEventListener("keydown", (event) => {
      // Enter while an input method composes a letter ends the letter, not the message.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit(say);
    });
    this.input.addEventListener("input", () => this.#fit());
    this.#fit();
  }

  /** @param {(text: string) => void} say */
  #submit(say) {
    const text = this.input.value;
    if (!text.trim()) return;
    this.input.value = "";
    this.#fit();
    say(text);
  }

  #fit() {
    this.input.style.height = "auto";
    if (this.input.value) this.input.style.height = `${Math.min(this.input.scrollHeight + 2, TALLEST_PX)}px`;
    this.send.disabled = !this.input.value.trim();
  }
}
