// The chat's window: its parts, what a click does, and when it is a corner, a whole screen or a page of its own.

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { button, element } from "./dom.js";
import { Header } from "./header.js";
import { Log } from "./log.js";
import { SourcePane } from "./source_pane.js";
import { body } from "./wording.js";

/**
 * @typedef {import("./api.js").Api} Api
 * @typedef {import("./api.js").Reply} Reply
 * @typedef {import("./api.js").Citation} Citation
 * @typedef {import("./strings.vi.js").Strings} Strings
 */

const SHEET_WIDTH = 720; // narrower than this, a source covers the chat
const TOAST_MS = 9000;

export class View {
  /** @type {HTMLElement | null} */
  #openedBy = null;
  #small = matchMedia("(max-width: 600px), (max-height: 480px)");
  #ends = new AbortController();
  #resized = new ResizeObserver(() => this.#fit());

  /**
   * @param {HTMLElement} host
   * @param {ShadowRoot} shadow
   * @param {{api: Api, strings: Strings, look: import("./look.js").Look}} parts
   */
  constructor(host, shadow, { api, strings, look }) {
    this.host = host;
    this.strings = strings;
    this.look = look;
    this.page = host.getAttribute("mode") === "page";
    this.openKey = `hoidap.open.1:${api.base}`;
    this.conversation = new Conversation(api, strings, {
      changed: () => this.#render(),
      answered: (reply) => this.#announce(reply),
    });
    this.source = new SourcePane(api, strings, { close: () => this.closeSource(), tell: (text) => this.tell(text) });
    this.live = element("div", { class: "unseen", role: "status" });
    this.toast = element("div", { class: "toast" });
    this.toast.hidden = true;
    this.banner = element("p", { class: "banner", role: "status" });
    this.log = new Log(strings, {
      strings,
      href: (path) => api.href(path),
      dark: () => look.dark,
      open: (reply, citation, from) => void this.openSource(reply, citation, from),
      choose: (text) => this.#say(text),
      retry: (said) => this.conversation.retry(said),
      rate: (answered, verdict, reason) => this.conversation.rate(answered, verdict, reason),
      tell: (text) => this.tell(text),
    });
    this.composer = new Composer(strings, (text) => this.#say(text));
    const name = host.getAttribute("title") || strings.title;
    this.header = new Header(strings, {
      name, page: this.page, look, reports: api.href("/reports") ?? "",
      restart: () => this.restart(),
      minimise: () => this.minimise(),
      expand: (on) => void this.root.classList.toggle("expanded", on),
    });
    this.chat = element(
      "div", { class: "chat" }, this.header.root, this.banner, ...this.log.parts, this.toast, this.composer.root,
    );
    this.panel = this.page ? element("section") : element("dialog");
    this.panel.className = "panel";
    this.panel.setAttribute("aria-label", name);
    this.panel.append(this.chat, this.source.root, this.live);
    this.badge = element("span", { class: "badge" });
    this.launcher = button({ class: "launcher", label: strings.open, icon: "chat" }, () => this.open());
    this.launcher.append(this.badge);
    this.root = element("div", { class: `root ${this.page ? "page" : "corner"}`, lang: strings.locale.slice(0, 2) });
    this.root.append(...(this.page ? [] : [this.launcher]), this.panel);
    shadow.replaceChildren(this.root);
    look.changed = () => this.log.colourCharts(look.dark);
    look.start(shadow, this.root);
    this.#listen();
    this.#render();
    if (this.page || host.hasAttribute("open") || this.#wasOpen()) this.open({ focus: false });
  }

  /** Give back what was taken from the page. */
  close() {
    this.conversation.close();
    this.look.close();
    this.log.close();
    this.#resized.disconnect();
    this.#ends.abort();
  }

  get isOpen() {
    return this.panel instanceof HTMLDialogElement ? this.panel.open : true;
  }

  open({ focus = true } = {}) {
    if (this.panel instanceof HTMLDialogElement && !this.panel.open) {
      // On a phone it is the whole screen, and nothing behind it can be reached; elsewhere the page stays usable.
      if (this.#small.matches && focus) this.panel.showModal();
      else if (!this.#small.matches) this.panel.show();
      else return;
      this.#remember(true);
    }
    this.#fit();
    this.log.show();
    this.#render();
    if (focus) this.focusInput();
  }

  minimise() {
    if (!(this.panel instanceof HTMLDialogElement) || !this.panel.open) return;
    this.closeSource();
    this.panel.close();
    this.#remember(false);
    this.#render();
    this.launcher.focus();
  }

  /** @param {FocusOptions} [options] */
  focusInput(options) {
    if (this.isOpen) this.composer.input.focus(options);
    else this.launcher.focus(options);
  }

  restart() {
    this.closeSource();
    const undo = this.conversation.restart();
    this.#offer(this.strings.started, this.strings.undo, undo);
    this.focusInput();
  }

  /** Say something to those who listen to the screen. @param {string} text */
  tell(text) {
    this.live.textContent = "";
    setTimeout(() => (this.live.textContent = text), 50);
  }

  /** @param {Reply} reply @param {Citation} citation @param {HTMLElement} from */
  async openSource(reply, citation, from) {
    this.#openedBy?.removeAttribute("aria-current");
    this.#openedBy = from;
    from.setAttribute("aria-current", "true");
    this.host.toggleAttribute("source-open", true);
    this.root.classList.add("with-source");
    this.source.root.hidden = false;
    this.#fit();
    // The chat is narrower now and its lines are more: what was clicked stays in view.
    from.scrollIntoView({ block: "nearest" });
    await this.source.open(reply.citations, citation);
  }

  closeSource() {
    if (this.source.root.hidden) return;
    this.source.root.hidden = true;
    this.host.removeAttribute("source-open");
    this.root.classList.remove("with-source");
    this.#fit();
    this.#openedBy?.removeAttribute("aria-current");
    if (this.#openedBy?.isConnected) this.#openedBy.focus();
    else this.focusInput();
    this.#openedBy = null;
  }

  /** @param {string} text */
  #say(text) {
    this.toast.hidden = true;
    this.conversation.say(text);
    this.composer.input.focus({ preventScroll: true });
  }

  /** @param {Reply} reply */
  #announce(reply) {
    const sources = reply.citations.length ? ` ${this.strings.withSources(reply.citations.length)}` : "";
    const warnings = reply.findings.map((found) => ` ${this.strings.finding}: ${found.text}`);
    this.tell(body(reply).replace(/\s*\[\d{1,2}\]/g, "") + warnings.join("") + sources);
    const detail = { status: reply.status, message_id: reply.message_id };
    this.#dispatch("hoidap-answer", detail);
  }

  #render() {
    const { history } = this.conversation;
    if (this.isOpen && document.visibilityState === "visible") history.markRead();
    this.log.render(history.entries, { waiting: this.conversation.waiting, epoch: history.epoch });
    this.root.classList.toggle("open", this.isOpen);
    const { unread } = history;
    this.badge.textContent = unread ? String(Math.min(unread, 99)) : "";
    const { open } = this.strings;
    this.launcher.setAttribute("aria-label", unread ? `${open} (${this.strings.unread(unread)})` : open);
  }

  /** Everything that depends on the room there is. */
  #fit() {
    const { panel } = this;
    this.banner.textContent = navigator.onLine === false ? this.strings.offlineBanner : "";
    if (panel instanceof HTMLDialogElement && panel.open && panel.matches(":modal") !== this.#small.matches) {
      panel.close(); // from a corner to the whole screen, or back: a window was turned or made larger
      if (this.#small.matches) panel.showModal();
      else panel.show();
    }
    if (panel.matches(":modal")) {
      // The on-screen keyboard covers the page without telling it, except here. Asked for only where it is used: the
      // answer takes a layout of the whole page.
      const { height = innerHeight, offsetTop = 0 } = visualViewport ?? {};
      this.root.style.setProperty("--hd-height", `${Math.round(height)}px`);
      this.root.style.setProperty("--hd-top", `${Math.round(offsetTop)}px`);
    }
    const { hidden } = this.source.root;
    const sheet = !hidden && panel.clientWidth > 0 && panel.clientWidth < SHEET_WIDTH;
    this.root.classList.toggle("sheet", sheet);
    this.chat.inert = sheet; // what a sheet covers cannot be reached
    if (sheet) this.source.root.setAttribute("role", "dialog");
    else this.source.root.removeAttribute("role");
  }

  #listen() {
    const refit = () => this.#fit();
    const { signal } = this.#ends;
    this.#small.addEventListener("change", refit, { signal });
    addEventListener("online", refit, { signal });
    addEventListener("offline", refit, { signal });
    visualViewport?.addEventListener("resize", refit, { signal });
    visualViewport?.addEventListener("scroll", refit, { signal });
    addEventListener("beforeprint", () => this.log.drawAll(), { signal });
    document.addEventListener("visibilitychange", () => this.#render(), { signal });
    this.#resized.observe(this.panel);
    this.panel.addEventListener("cancel", (event) => {
      event.preventDefault(); // Esc in a modal dialog: our own handling below
    });
    for (const name of ["keydown", "keypress", "keyup"]) {
      // The page's own short-cuts are not for what is typed here.
      this.root.addEventListener(name, (event) => event.stopPropagation());
    }
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (!this.source.root.hidden) this.closeSource();
      else if (this.header.menuIsOpen) this.header.toggle(false);
      else this.minimise();
    });
  }

  /** @param {string} text @param {string} label @param {() => void} act */
  #offer(text, label, act) {
    const { toast } = this;
    toast.replaceChildren(
      text,
      button({ text: label }, () => {
        toast.hidden = true;
        act();
        this.focusInput();
      }),
    );
    toast.hidden = false;
    this.tell(text);
    setTimeout(() => (toast.hidden = true), TOAST_MS);
  }

  #wasOpen() {
    try {
      return sessionStorage.getItem(this.openKey) === "yes";
    } catch {
      return false;
    }
  }

  /** @param {boolean} open */
  #remember(open) {
    this.host.toggleAttribute("open", open);
    this.#dispatch(open ? "hoidap-open" : "hoidap-close", null);
    try {
      sessionStorage.setItem(this.openKey, open ? "yes" : "no");
    } catch {
      // forbidden: the next page starts with the chat put away
    }
  }

  /** @param {string} name @param {unknown} detail */
  #dispatch(name, detail) {
    this.host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}
