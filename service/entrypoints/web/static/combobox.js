/* The editable combobox with a list, as the ARIA Authoring Practices describe it. */
const DELAY = 120;
const MOST = 8;

export function startCombobox(box, say) {
  const input = box.querySelector("input");
  const list = box.querySelector("ul");
  let timer = 0;
  let asked = 0;
  let active = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  const options = () => [...list.children];

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(index) {
    const all = options();
    active = all.length ? (index + all.length) % all.length : -1;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) return;
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function show(skills) {
    list.replaceChildren(
      ...skills.map((skill, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.skill = skill.skill;
        option.textContent = skill.name;
        return option;
      }),
    );
    list.hidden = !skills.length;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", String(skills.length > 0));
    say(skills.length ? `${skills.length} suggestions` : "No suggestion; press Enter to add it as written");
  }

  async function ask() {
    const text = input.value.trim();
    const mine = ++asked;
    if (!text) return close();
    try {
      const response = await fetch(`/v1/skills?${new URLSearchParams({ q: text, limit: MOST })}`);
      const found = response.ok ? (await response.json()).skills : [];
      if (mine === asked && document.activeElement === input) show(found);
    } catch {
      close();
    }
  }

  function take(option) {
    input.value = option.dataset.skill;
    asked += 1;
    close();
    input.form.requestSubmit();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  input.addEventListener("blur", () => setTimeout(close, 100));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else point(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    } else if (event.key === "Enter") {
      clearTimeout(timer);
      asked += 1;
      if (!list.hidden && active >= 0) {
        event.preventDefault();
        take(options()[active]);
      } else {
        close();
      }
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) take(option);
  });
}
