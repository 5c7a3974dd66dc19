// Keys of the work page: a key presses the button that bears it, in the panel that is open, or else on the desk.
// Nothing acts while an answer is on its way: the line to which it would apply is not drawn yet. Nor just after that: a
// second press or click in so short a time was meant for the line before, and nobody has read the one that came.
"use strict";

const UNREAD = 400; // milliseconds in which nobody reads a line; a double click takes less
const SAID = 150; // milliseconds after which a reader of screens has begun with what got the focus
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
  const bear = [...within.querySelectorAll(`[data-key="${wanted}"], [data-also="${wanted}"]`)];
  return bear.find((each) => within !== document || !each.closest("[data-panel]"));
}

// The key that opened a panel leads into it again: the next search begins as the first did.
function opener(panel, key) {
  const button = panel && bearer(key, document);
  return button?.dataset.opens === panel?.id ? button : null;
}

// What stands behind an open panel is out of reach of Tab, of clicks and of screen readers; what speaks up is not.
function setAside(panel) {
  document.querySelectorAll("[data-aside]").forEach((each) => { each.inert = false; delete each.dataset.aside; });
  for (let at = panel; at && at !== document.body; at = at.parentElement) {
    for (const each of at.parentElement.children) {
      if (each === at || each.inert || each.matches("[role=alert], #said, script")) continue;
      each.inert = true;
      each.dataset.aside = "";
    }
  }
}

// Grounds that have only just opened are unread: a key pressed so soon was meant for something else.
let fresh;
function isFresh(panel) {
  clearTimeout(fresh);
  panel.dataset.fresh = "";
  fresh = setTimeout(() => delete panel.dataset.fresh, UNREAD);
}

let opened; // what had the focus as the panel was opened, and gets it again
function show(panel) {
  if (panel && !open()) opened = document.activeElement;
  document.querySelectorAll("[data-panel]").forEach((each) => { each.hidden = each !== panel; });
  setAside(panel);
  if (panel?.querySelector(".grounds")) isFresh(panel);
  if (!panel) return (opened?.closest("#desk") ? opened : document.querySelector("#line-title"))?.focus();
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

// What was done with the line before, for who hears the page: once the next line has the focus, which would cut it off.
let saying;
function say(told) {
  clearTimeout(saying);
  const said = document.querySelector("#said");
  said.replaceChildren();
  saying = setTimeout(() => said.replaceChildren(...told.flatMap((each) => [...each.cloneNode(true).childNodes])), SAID);
}

// Words for a key that chooses, and that nothing here bears.
function unborne(key, panel) {
  if (panel?.id === "refuse") return /^[a-z1-9]$/.test(key) ? document.querySelector("[data-no-ground]") : null;
  const chooses = (!panel || panel.id === "search") && /^[1-9]$/.test(key);
  return chooses ? document.querySelector("[data-no-number]") : null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (busy || unread) { if (!typing && event.key.length === 1) event.preventDefault(); return; }
  const panel = open();
  if (typing && event.key !== "Escape") return;
  if (event.repeat) { event.preventDefault(); return; }
  if (event.key.length > 1 && event.key !== "Escape") return;
  const button = bearer(event.key, panel || document) ?? opener(panel, event.key) ?? unborne(event.key, panel);
  if (!button) return;
  event.preventDefault();
  if ("says" in button.dataset) return tell(button.textContent);
  if (button.name === "reason" && "fresh" in panel.dataset) {
    return tell(document.querySelector("[data-too-soon]").textContent);
  }
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

const isSearching = (event) => event.target.closest("#search") && !event.target.closest("#found");
// What was typed anew stays, for its person to mend: the focus stays, and the refusal stands above it.
function refusedTyping() {
  if (!document.activeElement.closest("#retype")) document.querySelector("#retype input:not([type=hidden])").focus();
  document.querySelector("#refusal").scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isSearching(event)) return;
  busy = true;
  document.body.classList.add("busy");
  delete document.documentElement.dataset.ready;
});

// The voter who was chosen stays where he is until the line is answered, whatever a search begun before finds by then.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (busy && event.target.id === "found") event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.xhr.status) document.querySelector("#lost").hidden = true;
  if (isSearching(event)) return;
  busy = false;
  document.body.classList.remove("busy");
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

// Enter in the search box searches; the results then have the digits, since nothing is typed into any more, and their
// heading gets the focus, which tells how many they are.
let entered = false;
document.addEventListener("submit", (event) => {
  if (!event.target.closest("#search") || !event.target.querySelector("#typed")) return;
  entered = true;
  document.querySelector("#search").focus();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "desk") {
    setAside(open()); // the panel went with its line
    opened = null;
    document.querySelector("#desk h1")?.focus({ preventScroll: true });
    document.querySelectorAll(".told[role=status], [data-before]").forEach((each) => each.remove()); // said of a line before this one
    document.title = `${document.querySelector("#desk").dataset.title} · Ballotworthy`;
    say([...document.querySelectorAll("#desk [data-told]")]);
    entered = false;
  }
  if (event.target.id === "found" && entered && document.activeElement.id !== "typed") {
    entered = false;
    document.querySelector("#found-title")?.focus({ preventScroll: true });
  }
  if (!event.target.closest("#search")) isDrawn();
  sayLate();
});
isDrawn();
sayLate();
document.querySelector("#desk h1")?.focus({ preventScroll: true });

// What the page brought with it stays to be read, and is said as what is done on it.
const brought = [...document.querySelectorAll(".told[role=status]")];
brought.forEach((each) => { each.removeAttribute("role"); each.dataset.before = ""; });
if (brought.length) say(brought);
