/** Text and data inside HTML: nothing that is shown can become markup. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the content of an element or for a quoted attribute. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => entities[sign]!);

/** JSON for the content of a script element: no `</script>`, no comment can end it early. */
export const embeddedJson = (data: unknown): string =>
  JSON.stringify(data).replace(/</g, '\\u003c');
