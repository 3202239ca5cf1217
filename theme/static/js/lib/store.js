// What a reader chose, remembered in their browser; where storage is closed, nothing is remembered.

/** A small store over `storage` (of the kind of localStorage), its keys after `prefix`. */
export function createStore(storage, prefix = "garden:") {
  const attempt = (action) => {
    try {
      return action(storage()) ?? "";
    } catch {
      return "";
    }
  };
  return {
    get: (key) => attempt((place) => place.getItem(prefix + key)),
    set: (key, value) => attempt((place) => place.setItem(prefix + key, value)),
    remove: (key) => attempt((place) => place.removeItem(prefix + key)),
  };
}

/** The store of this browser. Asking for localStorage may itself raise, so it is asked for late. */
export const store = createStore(() => globalThis.localStorage);
