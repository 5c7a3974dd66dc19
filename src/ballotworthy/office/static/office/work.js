// Keys of the work page: a key presses the button that bears it, in the panel that is open, or else on the desk.
// Nothing acts while an answer is on its way: the line to which it would apply is not drawn yet. Nor just after that: a
// second press or click in so short a time was meant for the line before, and nobody has read the one that came.
"use strict";

const UNREAD = 400; // milliseconds in which nobody reads a line; a double click takes less
const LATE = 1000; // milliseconds after which a reference signature that has not come is spoken of
let busy = false;
let unread;
const open = () => document.querySelector("[data-panel]:not([hidden])");

function isDrawn() {
  clearTimeout(unread);
  unread = setTimeout(() => {
    unread = 0;
    document.documentElement.dataset.ready = document.querySelector("#desk")?.dataset.line || "";
  }, UNREAD);
}

// Voters shown were found by what is typed now, not by the beginning of it.
function isAnswered(panel) {
  const found = panel.querySelector("[data-found]");
  return !found || found.dataset.found === panel.querySelector("#typed").value.trim();
}

function bearer(key, within) {
  const wanted = CSS.escape(key);
  return within.querySelector(`[data-key="${wanted}"], [data-also="${wanted}"]`);
}

// The key that opened a panel leads into it again: the next search begins as the first did.
function opener(panel, key) {
  const button = panel && bearer(key, document);
  return button?.dataset.opens === panel?.id ? button : null;
}

function show(panel) {
  document.querySelectorAll("[data-panel]").forEach((each) => { each.hidden = each !== panel; });
  if (!panel) return document.querySelector("#line-title")?.focus();
  const typed = panel.querySelector("input:not([type=hidden])");
  if (typed) { typed.focus(); typed.select(); } else panel.querySelector("h2")?.focus(); // Enter chooses no ground unread
}

// Why a key does nothing on this line, where a refusal stands; the next line brings an empty one.
function tell(words) {
  const told = document.querySelector("#refusal");
  told.className = "told warning";
  told.textContent = words;
  told.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (busy || unread) { if (!typing && event.key.length === 1) event.preventDefault(); return; }
  const panel = open();
  if (typing && event.key !== "Escape") return;
  if (event.repeat) { event.preventDefault(); return; }
  if (event.key.length > 1 && event.key !== "Escape") return;
  const button = bearer(event.key, panel || document) ?? opener(panel, event.key);
  if (!button || (!panel && button.closest("[data-panel]"))) return;
  event.preventDefault();
  if ("says" in button.dataset) return tell(button.textContent);
  if (button.closest("#found") && !isAnswered(panel)) return;
  button.click();
});

document.addEventListener("click", (event) => {
  if (!(busy || unread || event.detail > 1) || !event.target.closest("#desk button")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.opens) show(document.getElementById(button.dataset.opens));
  if ("closes" in button.dataset) show(null);
  if (button.dataset.dialog) document.getElementById(button.dataset.dialog).showModal();
});

// What was typed anew stays, for its person to mend: the focus stays, and the refusal stands above it.
function refusedTyping() {
  if (!document.activeElement.closest("#retype")) document.querySelector("#retype input:not([type=hidden])").focus();
  document.querySelector("#refusal").scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const searching = event.target.closest("#search") && !event.target.closest("#found");
  if (searching) return;
  busy = true;
  document.body.classList.add("busy");
  delete document.documentElement.dataset.ready;
});

document.addEventListener("htmx:afterRequest", (event) => {
  busy = false;
  document.body.classList.remove("busy");
  if (event.detail.xhr.status) document.querySelector("#lost").hidden = true;
  if (event.detail.xhr.status < 400) return;
  if (event.target.closest("#retype")) return refusedTyping();
  if (!event.target.closest("#search form")) show(null); // the digits are voters again
});

// No answer came: the line that stands there may be ruled on again, and the server rules on none twice.
document.addEventListener("htmx:sendError", () => {
  document.querySelector("#lost").hidden = false;
  isDrawn();
});

// A reference signature that the office's address does not give, or not soon: words stand in its place.
function instead(picture, isShown) {
  picture.hidden = !isShown;
  picture.nextElementSibling.hidden = isShown;
}

function sayLate() {
  document.querySelectorAll(".signatures img").forEach((picture) => {
    setTimeout(() => { if (!picture.complete) instead(picture, false); }, LATE);
  });
}

document.addEventListener("load", (event) => {
  if (event.target instanceof HTMLImageElement && event.target.closest(".signatures")) instead(event.target, true);
}, true);

document.addEventListener("error", async (event) => {
  const picture = event.target;
  if (!(picture instanceof HTMLImageElement) || !picture.closest(".signatures")) return;
  instead(picture, false);
  const answer = await fetch(picture.src).catch(() => null);
  if (answer?.ok && !picture.dataset.again) {
    picture.dataset.again = "once";
    picture.src = picture.src; // asked anew: the office has it by now
  } else if (answer?.headers.get("Content-Type")?.startsWith("text/plain")) {
    picture.nextElementSibling.textContent = await answer.text();
  }
}, true);

// Enter in the search box searches; the results then have the digits, since nothing is typed into any more.
document.addEventListener("submit", (event) => {
  if (event.target.closest("#search") && event.target.querySelector("#typed")) document.activeElement.blur();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "desk") {
    document.querySelector("#desk h1")?.focus({ preventScroll: true });
    document.querySelectorAll(".told[role=status]").forEach((each) => each.remove()); // said of a line before this one
  }
  if (!event.target.closest("#search")) isDrawn();
  sayLate();
});
isDrawn();
sayLate();
document.querySelector("#desk h1")?.focus({ preventScroll: true });
