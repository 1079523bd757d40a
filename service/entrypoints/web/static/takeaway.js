/* Copy the link, print, and turn the picture into a PNG: all in the browser. */
const SHARPNESS = 2;
const MOST_PIXELS = 16000;

export function startTakeaway(root, say) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      say("Link copied");
      button.textContent = "Copied";
    });
  }
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of root.querySelectorAll("[data-png]")) {
    button.hidden = false;
    button.addEventListener("click", () => savePicture(button.dataset.png, say));
  }
}

async function savePicture(address, say) {
  const picture = new Image();
  picture.src = address;
  try {
    await picture.decode();
  } catch {
    return say("The picture cannot be loaded. Try again.");
  }
  const scale = Math.min(SHARPNESS, MOST_PIXELS / Math.max(picture.naturalWidth, picture.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth * scale;
  canvas.height = picture.naturalHeight * scale;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = "learning-path.png";
    link.click();
    URL.revokeObjectURL(link.href);
    say("Picture saved");
  }, "image/png");
}
