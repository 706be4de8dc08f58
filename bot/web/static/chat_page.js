// The chat page: the widget with the list of reports beside it. The field for the question is what the page is for.

const chat = /** @type {HTMLElement} */ (document.getElementById("chat"));

document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  chat.focus();
});

// On a phone the focus would bring up the keyboard before anybody asked for it.
chat.addEventListener("hoidap-ready", () => {
  if (matchMedia("(pointer: fine)").matches) chat.focus();
}, { once: true });
