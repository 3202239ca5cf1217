// The interface's messages that scripts need, written into the page by its template.

/** The messages of a document, by key. */
export function messagesOf(document) {
  return JSON.parse(document.querySelector("script[data-messages]")?.textContent ?? "{}");
}

/** A message with its gaps, such as `%(query)s`, filled with the values of these names. */
export function filled(message, values) {
  return message.replace(/%\((\w+)\)s/g, (gap, name) => values[name] ?? gap);
}

/** The plural form that a language has for a number; `forms` also name the language. */
export function counted(forms, num) {
  const category = new Intl.PluralRules(forms.language).select(num);
  return filled(forms[category] ?? forms.other, { num });
}
