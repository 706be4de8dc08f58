// Light, dark or as the system: the choice of the chat's menu and of the bar of the other pages, kept for all of them.
// A classic script in the head, so that no page is seen in the other colours first.

(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const key = `hoidap.theme.1:${new URL("../../", script.src).href}`;
  const sheet = /** @type {HTMLLinkElement} */ (document.getElementById("dark"));
  const system = sheet.media;

  function chosen() {
    try {
      return localStorage.getItem(key) ?? "auto";
    } catch {
      return "auto"; // forbidden: as the system
    }
  }

  /** @param {string} theme */
  function apply(theme) {
    sheet.media = theme === "dark" ? "screen" : theme === "light" ? "not all" : system;
    for (const field of document.querySelectorAll("select.theme")) /** @type {HTMLSelectElement} */ (field).value = theme;
  }

  apply(chosen());
  addEventListener("storage", (event) => event.key === key && apply(chosen()));
  addEventListener("hoidap-theme", (event) => apply(/** @type {CustomEvent} */ (event).detail.theme));
  addEventListener("DOMContentLoaded", () => {
    for (const field of document.querySelectorAll("select.theme")) {
      const select = /** @type {HTMLSelectElement} */ (field);
      select.hidden = false;
      select.addEventListener("change", () => {
        apply(select.value);
        try {
          localStorage.setItem(key, select.value);
        } catch {
          // forbidden: the choice lives as long as the page
        }
      });
    }
    apply(chosen());
  });
})();
