/* Without this file the page works with plain links and forms; with it, without reloading. */
import { startCombobox } from "./combobox.js";
import { startAtlas, startMap } from "./map.js";
import { startTakeaway } from "./takeaway.js";

const status = document.getElementById("status");
let running = null;
let shown = location.pathname + location.search;

export function say(text) {
  status.textContent = text;
}

function start(root) {
  root.querySelectorAll(".combobox").forEach((box) => startCombobox(box, say));
  root.querySelectorAll(".path-map").forEach(startMap);
  root.querySelectorAll(".atlas").forEach(startAtlas);
  startTakeaway(root, say);
}

/** Put the fresh parts of a page in the place of the old ones; keep focus and scroll. */
function replace(page, address, how) {
  const regions = [...document.querySelectorAll("[data-region]")];
  const fresh = (id) => page.getElementById(id);
  const focused = document.activeElement?.id;
  const isAmongSkills = Boolean(document.activeElement?.closest("#skills"));
  if (how !== "all" && regions.length && regions.every((region) => fresh(region.id))) {
    for (const region of regions) {
      const name = (details) => details.id || details.querySelector("summary")?.textContent;
      const open = new Map([...region.querySelectorAll("details")].map((details) => [name(details), details.open]));
      const next = document.importNode(fresh(region.id), true);
      next.querySelectorAll("details").forEach((details) => (details.open = open.get(name(details)) ?? details.open));
      region.replaceWith(next);
      start(next);
    }
    const instead = isAmongSkills ? document.querySelector("#claims summary") ?? document.getElementById("add") : null;
    ((focused && document.getElementById(focused)) || instead)?.focus({ preventScroll: true });
    syncForm(page);
  } else {
    const main = document.importNode(page.getElementById("main"), true);
    document.getElementById("main").replaceWith(main);
    start(main);
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
  document.title = page.title;
  if (address) shown = address;
  const heading = page.getElementById("fault-summary")?.textContent ?? page.querySelector("main h1")?.textContent ?? "";
  say(heading.replace(/\s+/g, " ").trim());
}

/** Fields outside the replaced regions follow the address: target, pace and start. */
function syncForm(page) {
  const fresh = page.getElementById("question");
  const form = document.getElementById("question");
  if (!fresh || !form) return;
  const goal = fresh.querySelector(".goal");
  const mine = form.querySelector(".goal");
  if (goal.innerHTML !== mine.innerHTML && goal.querySelectorAll("input").length !== mine.querySelectorAll("input").length) mine.replaceWith(document.importNode(goal, true));
  const chosen = goal.querySelector("input[type=radio]:checked")?.value;
  for (const radio of form.querySelectorAll(".goal input[type=radio]")) radio.checked = radio.value === chosen;
  const hidden = (root) => [...root.querySelectorAll(".paste input[type=hidden]")];
  const paste = document.querySelector(".side .paste");
  const freshPaste = page.querySelector(".side .paste");
  if (paste && freshPaste) {
    hidden(paste).forEach((input) => input.remove());
    paste.prepend(...hidden(freshPaste).map((input) => document.importNode(input, true)));
  }
}

async function load(address, options = {}, how = "part") {
  running?.abort();
  running = new AbortController();
  const answer = document.getElementById("answer");
  answer?.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { ...options, signal: running.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!options.method && !options.keep) history[how === "all" ? "pushState" : "replaceState"](null, "", address);
    replace(page, options.method ? null : address, how);
    return true;
  } catch (error) {
    if (error.name === "AbortError") return false;
    answer?.removeAttribute("aria-busy");
    say("The service cannot be reached. Try again.");
    offline(true);
    return false;
  }
}

function offline() {
  if (document.getElementById("offline")) return;
  const note = document.createElement("p");
  note.id = "offline";
  note.className = "notice";
  note.setAttribute("role", "alert");
  note.textContent = "The service cannot be reached right now. What you see is the last answer; try again in a moment.";
  document.getElementById("main").prepend(note);
}

function query(form) {
  const data = [...new FormData(form)].filter(([, value]) => typeof value === "string" && value.trim());
  return `${new URL(form.action).pathname}?${new URLSearchParams(data.length ? data : [["target", "either"]])}`;
}

document.addEventListener("click", async (event) => {
  const mending = event.target.closest(".faults a");
  if (mending) document.getElementById(mending.hash.slice(1))?.focus();
  const link = event.target.closest("a[data-swap]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const href = link.getAttribute("href");
  const [address, anchor] = href.split("#");
  const whole = !document.getElementById("answer");
  if (!(await load(address, {}, whole ? "all" : "part"))) return;
  document.getElementById("offline")?.remove();
  const goal = anchor && (document.getElementById("what-if") ?? document.getElementById(anchor));
  if (goal) {
    goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
    goal.scrollIntoView({ block: "nearest" });
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-swap]");
  if (!form) return;
  event.preventDefault();
  document.getElementById("offline")?.remove();
  if (form.method === "post") {
    const body = new URLSearchParams(new FormData(form, event.submitter));
    await load(new URL(form.action).pathname, { method: "POST", body }, "all");
    return;
  }
  const add = form.querySelector("#add");
  const typed = add?.value.trim();
  const whole = form.classList.contains("confirm");
  if ((await load(query(form), {}, whole ? "all" : "part")) && typed) {
    add.value = "";
    document.getElementById("claims")?.setAttribute("open", "");  // who adds a skill sets its level next
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form || event.target.id === "add") return;
  form.requestSubmit();
});

window.addEventListener("popstate", () => {
  const address = location.pathname + location.search;
  if (address !== shown) load(address, { keep: true }, "all");  // else only the anchor changed
});

document.documentElement.dataset.live = "";
start(document);
