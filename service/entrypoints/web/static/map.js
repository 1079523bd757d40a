/* The map: hover or focus lights up what a box rests on and what rests on it, and says why. */
export function startMap(section) {
  const map = section.querySelector(".map");
  const tip = section.querySelector(".card-tip");
  if (!map || !tip) return;
  const boxes = new Map([...map.querySelectorAll("[data-box]")].map((box) => [box.dataset.box, box]));
  const threads = [...map.querySelectorAll(".threads path")];
  map.querySelectorAll("a.box title").forEach((title) => title.remove());
  let shown = null;

  function reach(id, neighbours, found = new Set()) {
    for (const other of neighbours(id)) {
      if (!found.has(other)) {
        found.add(other);
        reach(other, neighbours, found);
      }
    }
    return found;
  }
  const below = (id) => (boxes.get(id)?.dataset.needs ?? "").split(" ").filter(Boolean);
  const above = (id) => threads.filter((t) => t.dataset.from === id).map((t) => t.dataset.to);

  function line(className, text) {
    const p = document.createElement("p");
    p.className = className;
    p.textContent = text;
    return p;
  }

  function show(box) {
    if (shown === box) return;
    hide();
    shown = box;
    const id = box.dataset.box;
    const lit = new Set([id, ...reach(id, below), ...reach(id, above)]);
    map.classList.add("tracing");
    boxes.forEach((each, key) => each.classList.toggle("lit", lit.has(key)));
    threads.forEach((t) => t.classList.toggle("lit", lit.has(t.dataset.from) && lit.has(t.dataset.to)));
    const { name, level, hours, why, choice } = box.dataset;
    if (!name) return;
    const title = document.createElement("p");
    title.append(Object.assign(document.createElement("b"), { textContent: name }), ` to ${level}`);
    tip.replaceChildren(title, line("cost", hours), line("why", why));
    if (choice) tip.append(line("choice-line", choice));
    tip.append(line("cost", "Choose it to see the path without it."));
    tip.hidden = false;
    place(box);
  }

  function place(box) {
    const around = section.getBoundingClientRect();
    const at = box.getBoundingClientRect();
    const left = Math.min(Math.max(at.left - around.left, 0), around.width - tip.offsetWidth);
    const under = at.bottom - around.top + 8;
    const fits = at.bottom + tip.offsetHeight + 16 < window.innerHeight;
    tip.style.left = `${left}px`;
    tip.style.top = `${fits ? under : at.top - around.top - tip.offsetHeight - 8}px`;
  }

  function hide() {
    shown = null;
    tip.hidden = true;
    map.classList.remove("tracing");
    map.querySelectorAll(".lit").forEach((each) => each.classList.remove("lit"));
  }

  let leaving = 0;
  section.addEventListener("pointerover", (event) => {
    const box = event.target.closest("[data-box]");
    clearTimeout(leaving);
    if (box) show(box);
    else if (!event.target.closest(".card-tip") && shown) leaving = setTimeout(hide, 200);
  });
  section.addEventListener("pointerleave", () => (leaving = setTimeout(hide, 200)));
  map.addEventListener("focusin", (event) => {
    const box = event.target.closest("a.box");
    if (box?.matches(":focus-visible")) show(box);
  });
  map.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  section.querySelector(".scroller").addEventListener("scroll", () => shown && place(shown), { passive: true });
}

const WIDTH = 178;
const HALF = 10;

/* The whole graph: what a skill needs and what it opens, one step each way. */
export function startAtlas(atlas) {
  const spots = new Map([...atlas.querySelectorAll(".spot")].map((spot) => [spot.dataset.box, spot]));
  const needs = new Map([...spots].map(([id, spot]) => [id, new Set(spot.dataset.needs.split(" ").filter(Boolean))]));

  const threads = atlas.querySelector(".threads");
  const at = (spot) => spot.transform.baseVal.consolidate().matrix;

  function join(from, to) {
    const [start, end] = [at(from), at(to)];
    const [x1, y1, x2, y2] = [start.e + WIDTH, start.f + HALF, end.e, end.f + HALF];
    const bend = Math.max(Math.abs(x2 - x1) / 2, HALF);
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
    threads.append(path);
  }

  function show(spot) {
    hide();
    const id = spot.dataset.box;
    atlas.classList.add("tracing");
    spot.classList.add("lit");
    for (const [other, node] of spots) {
      if (needs.get(id).has(other)) {
        node.classList.add("lit", "below");
        join(node, spot);
      }
      if (needs.get(other).has(id)) {
        node.classList.add("lit", "above");
        join(spot, node);
      }
    }
  }
  function hide() {
    atlas.classList.remove("tracing");
    threads.replaceChildren();
    atlas.querySelectorAll(".lit").forEach((node) => node.classList.remove("lit", "below", "above"));
  }
  atlas.addEventListener("pointerover", (event) => {
    const spot = event.target.closest(".spot");
    spot ? show(spot) : hide();
  });
  atlas.addEventListener("pointerleave", hide);
  atlas.addEventListener("focusin", (event) => event.target.matches(".spot:focus-visible") && show(event.target));
  atlas.addEventListener("focusout", hide);
}
