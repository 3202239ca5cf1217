// The switch between the preview and the site as it will be published: the same page at another port.

/** Show a link, in a corner, to the other view of this page. */
export function offerOtherView(label) {
  const nav = document.createElement("nav");
  nav.className = "garden-view";
  nav.setAttribute("aria-label", "Preview");
  const link = document.createElement("a");
  link.textContent = label;
  link.href = `/_garden/other?page=${encodeURIComponent(location.pathname)}`;
  nav.append(link);
  // Beside the body, which is compared with its file.
  document.documentElement.append(nav);
}
