/* One line puts the path into any page:
   <script src="https://skills.example.com/embed.js" data-profile="backend-engineer" async></script>
   data-profile, data-skill (several between commas), data-target, data-hours-per-week ask the question;
   the CSS variables --skills-gap-accent, -paper, -ground, -ink, -muted, -done, -overlap and -scheme dress it. */
(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const { profile, skill, target, hoursPerWeek, title } = script.dataset;
  const asked = new URLSearchParams();
  if (profile) asked.set("profile", profile);
  for (const one of (skill ?? "").split(",").map((s) => s.trim()).filter(Boolean)) asked.append("skill", one);
  if (target) asked.set("target", target);
  if (hoursPerWeek) asked.set("hours_per_week", hoursPerWeek);

  const style = getComputedStyle(script.parentElement ?? document.documentElement);
  const theme = new URLSearchParams();
  for (const name of ["accent", "paper", "ground", "ink", "muted", "done", "overlap", "scheme"]) {
    const value = style.getPropertyValue(`--skills-gap-${name}`).trim();
    if (value) theme.set(name, value);
  }

  const frame = document.createElement("iframe");
  frame.src = `${origin}/embed?${asked}#${theme}`;
  frame.title = title || "Learning path";
  frame.loading = "lazy";
  frame.style.cssText = "display:block;width:100%;border:0;height:40rem;color-scheme:normal";
  window.addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return;
    if (event.data?.type === "skills-gap:height") frame.style.height = `${Math.max(200, Number(event.data.height) || 0)}px`;
  });
  script.after(frame);
})();
