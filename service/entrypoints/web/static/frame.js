/* In a frame: tell the page around how high this one is, and take over its colours. */
const THEME = { accent: "--next", paper: "--paper", ground: "--ground", ink: "--ink", muted: "--muted", done: "--done", overlap: "--overlap" };
const root = document.documentElement;

function dress() {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (name === "scheme" && (value === "light" || value === "dark")) root.style.colorScheme = value;
    else if (THEME[name] && CSS.supports("color", value)) root.style.setProperty(THEME[name], value);
  }
}

function tell() {
  window.parent.postMessage({ type: "skills-gap:height", height: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
}

dress();
window.addEventListener("hashchange", dress);
new ResizeObserver(tell).observe(document.body);
