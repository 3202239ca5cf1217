// On the page for missing addresses: notes whose names are similar to the address that was asked for.
import { nearest } from "../lib/near-names.js";

export function mount(section) {
  const list = section.querySelector("ul");

  async function suggest() {
    const answer = await fetch(section.dataset.source);
    if (!answer.ok) return;
    const { nodes } = await answer.json();
    for (const { t, u } of nearest(location.pathname, nodes)) {
      const link = document.createElement("a");
      link.href = u;
      link.textContent = t;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    section.hidden = !list.childElementCount;
  }

  suggest();
  return () => {
    section.hidden = true;
    list.replaceChildren();
  };
}
