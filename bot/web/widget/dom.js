// Makes elements. Text only ever goes in as text: nothing here or elsewhere writes markup.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {{class?: string, text?: string, label?: string, role?: string, title?: string, lang?: string}} [options]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(name, options = {}, ...children) {
  const made = document.createElement(name);
  const { class: className, text, label, role, title, lang } = { ...options };
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  if (label) made.setAttribute("aria-label", label);
  if (role) made.setAttribute("role", role);
  if (title) made.title = title;
  if (lang) made.lang = lang;
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

/**
 * A button that acts when it is clicked; with an icon alone its label is its name and its tool tip.
 * @param {{class?: string, text?: string, label?: string, icon?: IconName}} options
 * @param {() => void} act
 */
export function button({ class: className, text, label, icon: picture }, act) {
  const made = element("button", { class: className, label, title: text ? undefined : label });
  made.type = "button";
  if (picture) made.append(icon(picture));
  if (text) made.append(element("span", { text }));
  made.addEventListener("click", act);
  return made;
}

const PATHS = {
  chat: "M12 3C6.5 3 2 6.8 2 11.5c0 2.5 1.3 4.8 3.4 6.3-.1 1-.6 2.2-1.6 3.2 1.9-.1 3.6-.8 4.8-1.6 1.1.3 2.2.5 3.4.5 5.5 0 10-3.8 10-8.4S17.500 3 12 3z",
  send: "M3.4 20.6 21.5 12 3.4 3.4v6.700L15 12 3.400 13.900z",
  minimise: "M6 9.500l6 6 6-6-1.400-1.400-4.600 4.600-4.600-4.600z",
  expand: "M14 4v2h2.600l-4.300 4.300 1.400 1.400L18 7.400V10h2V4zM10.300 12.300 6 16.600V14H4v6h6v-2H7.400l4.300-4.300z",
  shrink: "M12.300 10.300 16.600 6H14V4h6v6h-2V7.400l-4.300 4.300zM4 14h6v6H8v-2.600l-4.300 4.300-1.400-1.400L6.600 16H4z",
  more: "M12 4.500a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400zm0 5.800a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400zm0 5.800a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400z",
  compose: "M4 17.200V20h2.800l8.300-8.200-2.800-2.800zM17.600 9.300c.4-.4.4-1 0-1.400l-1.500-1.500a1 1 0 0 0-1.400 0L13.300 7.800l2.800 2.800zM4 4h9v2H4zm0 4h6v2H4z",
  down: "M11 4h2v11.200l4.600-4.600L19 12l-7 7-7-7 1.400-1.400 4.600 4.600z",
  close: "M6.400 5 5 6.400l5.600 5.600L5 17.600 6.400 19l5.600-5.600 5.600 5.600 1.400-1.400-5.600-5.600L19 6.400 17.600 5 12 10.600z",
  previous: "M15.400 6 14 4.600 6.600 12l7.400 7.400 1.400-1.400-6-6z",
  next: "M8.600 6 10 4.600l7.400 7.400-7.400 7.400L8.600 18l6-6z",
  copy: "M8 3h11v13h-2V5H8zM5 7h10v14H5zm2 2v10h6V9z",
  up: "M2 10h4v11H2zm6 0 5-8c1.700.200 2.600 1.400 2.300 3L14.700 9H20a2 2 0 0 1 2 2.400l-1.500 7.900a2 2 0 0 1-2 1.700H8z",
  bad: "M22 14h-4V3h4zm-6 0-5 8c-1.700-.2-2.600-1.400-2.300-3l.6-4H4a2 2 0 0 1-2-2.400l1.500-7.900a2 2 0 0 1 2-1.700H16z",
  page: "M5 4h6v2H7v11h10v-4h2v6H5zm8 0h6v6h-2V7.400l-6.300 6.300-1.400-1.400L15.600 6H13z",
  warning: "M12 3 1.500 21h21zm-1 7h2v5h-2zm0 6.500h2v2h-2z",
  none: "M10.500 3a7.500 7.500 0 1 0 4.700 13.300l4.700 4.700 1.400-1.400-4.700-4.700A7.500 7.500 0 0 0 10.500 3zm0 2a5.500 5.500 0 1 1 0 11 5.500 5.500 0 0 1 0-11zM7.500 9.500h6v2h-6z",
  ask: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zm-1 12.500h2v2h-2zM8.500 9.800C8.500 7.900 10 6.500 12 6.500s3.500 1.300 3.500 3.100c0 2.200-2.500 2.500-2.500 4.400h-2c0-2.900 2.500-3 2.500-4.400 0-.7-.6-1.200-1.500-1.200s-1.500.6-1.500 1.400z",
  check: "M9 16.200 4.800 12l-1.400 1.400L9 19 21 7l-1.400-1.400z",
};

/** @typedef {keyof typeof PATHS} IconName */

/** @param {IconName} name */
export function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("class", "icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  path.setAttribute("fill", "currentColor");
  drawn.append(path);
  return drawn;
}

/** The assistant's face: the product's mark on a round ground. */
export function avatar() {
  return element("span", { class: "avatar" }, icon("chat"));
}

/** A key that no other has; crypto.randomUUID is missing where a page came over plain http. */
export function newKey() {
  let key = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(9))) key += byte.toString(36).padStart(2, "0");
  return key;
}
