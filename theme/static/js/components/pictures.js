// Pictures of a text that are shown smaller than they are open in a viewer, by a click or a key.
import { messagesOf } from "../lib/messages.js";
import { addSheet } from "../lib/sheet.js";
import { filesOf } from "../lib/picture-sources.js";

const WORTH = 1.25; // times wider than it is shown

/** The widest of the smaller files of a picture, or the picture itself where it has none: `{url, width}`. */
function widest(picture) {
  const source = picture.closest("picture")?.querySelector("source[type]");
  return filesOf(source?.srcset ?? "")[0] ?? { url: picture.src, width: picture.naturalWidth };
}

/** The viewer: one dialog with the picture in the window, and after another click its own file at its own size. */
function viewer(messages) {
  const dialog = document.createElement("dialog");
  dialog.className = "picture-viewer";
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  form.append(Object.assign(document.createElement("button"), { className: "text-button", textContent: messages.close }));
  const figure = document.createElement("figure");
  const image = figure.appendChild(document.createElement("img"));
  const caption = figure.appendChild(document.createElement("figcaption"));
  dialog.append(form, figure);
  let own;
  image.addEventListener("click", () => image.classList.toggle("whole") && (image.src = own));
  dialog.addEventListener("click", (event) => event.target === image || dialog.close());
  document.body.append(dialog);
  return (picture) => {
    const said = picture.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
    own = picture.src;
    Object.assign(image, { src: widest(picture).url, alt: picture.alt, className: "" });
    caption.textContent = said;
    dialog.setAttribute("aria-label", picture.alt || said || messages.close);
    dialog.showModal();
  };
}

export async function mount(page) {
  const pictures = [...page.querySelectorAll("[data-note-body] img")].filter((image) => !image.closest("a, [data-node]"));
  if (!pictures.length) return () => {};
  await addSheet("scripted");
  const ended = new AbortController();
  const { signal } = ended;
  let show;

  /** Offer to open a picture, as soon as its size is known. */
  function offer(picture) {
    if (widest(picture).width < picture.clientWidth * WORTH) return;
    picture.classList.add("opens");
    picture.tabIndex = 0;
    picture.setAttribute("role", "button");
    picture.setAttribute("aria-haspopup", "dialog");
  }

  function open(event) {
    if (!event.target.matches?.("img.opens") || (event.key && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    show ??= viewer(messagesOf(document));
    show(event.target);
  }

  for (const picture of pictures) {
    if (picture.complete) offer(picture);
    else picture.addEventListener("load", () => offer(picture), { once: true, signal });
  }
  page.addEventListener("click", open, { signal });
  page.addEventListener("keydown", open, { signal });
  return () => ended.abort();
}
