// The one line that a page needs: <script src="https://SERVER/widget.js" async></script>. It loads the widget from the
// same server and puts a <hoidap-chat> at the end of the page, unless the page has one or says data-manual.
// It works as a classic script and as a module, adds no global name, and asks nobody else for anything.

(() => {
  const named = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  if (!(named instanceof HTMLScriptElement)) return;
  const script = named;
  const whole = new Promise((resolve) => {
    if (document.readyState !== "loading") resolve(undefined);
    else document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });

  function place() {
    if (script.hasAttribute("data-manual") || document.querySelector("hoidap-chat")) return;
    const chat = document.createElement("hoidap-chat");
    for (const { name, value } of script.attributes) {
      if (name.startsWith("data-")) chat.setAttribute(name.slice(5), value);
    }
    document.body.append(chat);
  }

  import(new URL("widget/__VERSION__/chat.js", script.src).href).then(() => whole).then(place, (error) => {
    console.error("hoidap: the widget could not be loaded; is this page's origin in HOIDAP_EMBED_ORIGINS?", error);
  });
})();
