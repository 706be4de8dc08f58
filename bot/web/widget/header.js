// The bar at the top of the chat: who answers, a new conversation, and a menu of what is needed less often.

import { avatar, button, element, icon } from "./dom.js";

/**
 * @typedef {import("./strings.vi.js").Strings} Strings
 * @typedef {{name: string, page: boolean, reports: string, look: import("./look.js").Look, restart: () => void,
 *   minimise: () => void, expand: (on: boolean) => void}} Options
 */

export class Header {
  #strings;

  /** @param {Strings} strings @param {Options} options */
  constructor(strings, options) {
    this.#strings = strings;
    const title = element("h2", { class: "title", text: options.name });
    if (options.page) title.setAttribute("aria-level", "1");
    this.menu = element("div", { class: "menu" }, ...this.#items(options));
    this.menu.hidden = true;
    this.more = button({ class: "tool", icon: "more", label: strings.more }, () => this.toggle(this.menu.hidden));
    this.more.setAttribute("aria-expanded", "false");
    const parts = [
      avatar(),
      element("div", { class: "who" }, title, element("p", { class: "presence", text: strings.presence })),
      button({ class: "tool compose", icon: "compose", label: strings.newConversation }, options.restart),
      this.more,
    ];
    if (!options.page) {
      parts.push(this.#expand(options), button({ class: "tool", icon: "minimise", label: strings.minimise }, options.minimise));
    }
    this.root = element("header", { class: "head" }, ...parts, this.menu);
    this.root.addEventListener("focusout", (event) => {
      const to = event.relatedTarget;
      if (to instanceof Node && !this.menu.contains(to) && to !== this.more) this.#show(false);
    });
  }

  get menuIsOpen() {
    return !this.menu.hidden;
  }

  /** @param {boolean} open */
  toggle(open) {
    this.#show(open);
    if (open) this.menu.querySelector("button")?.focus();
    else this.more.focus();
  }

  /** @param {boolean} open */
  #show(open) {
    this.menu.hidden = !open;
    this.more.setAttribute("aria-expanded", String(open));
  }

  /** @param {Options} options */
  #items({ look, page, reports: address, restart }) {
    const strings = this.#strings;
    const anew = button({ class: "item", text: strings.newConversation }, () => {
      this.#show(false);
      restart();
    });
    const large = button({ class: "item", text: strings.largeText }, () => {
      look.large = !look.large;
      large.setAttribute("aria-pressed", String(look.large));
    });
    large.setAttribute("aria-pressed", String(look.large));
    const themes = /** @type {const} */ (["auto", "light", "dark"]).map((theme) => {
      const made = button({ text: strings.themes[theme] }, () => {
        look.theme = theme;
        for (const one of themes) one.setAttribute("aria-pressed", String(one === made));
      });
      made.setAttribute("aria-pressed", String(look.theme === theme));
      return made;
    });
    const theme = element(
      "div", { class: "themes", role: "group", label: strings.theme }, element("span", { text: strings.theme }), ...themes,
    );
    const reports = element("a", { class: "item", text: strings.reports });
    reports.href = address;
    reports.rel = "noopener";
    if (!page) reports.target = "_blank";
    return [anew, large, theme, reports];
  }

  /** @param {Options} options */
  #expand(options) {
    const strings = this.#strings;
    let on = false;
    const made = button({ class: "tool expand", icon: "expand", label: strings.expand }, () => {
      on = !on;
      options.expand(on);
      made.replaceChildren(icon(on ? "shrink" : "expand"));
      made.title = on ? strings.shrink : strings.expand;
      made.setAttribute("aria-label", made.title);
    });
    return made;
  }
}
