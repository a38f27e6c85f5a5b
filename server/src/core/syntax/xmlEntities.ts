const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** `amp`, `lt`, `gt`, `quot` or `apos`: what XML knows without a document type. */
export function isPredefinedEntity(name: string): boolean {
  return Object.hasOwn(predefined, name);
}

/** What XML knows without a document type, behind the `&`; its groups are the number, or the name. */
const entity = String.raw`#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|(amp|lt|gt|quot|apos);`;
const anyEntity = new RegExp(`&(?:${entity})`);
const everyEntity = new RegExp(anyEntity, 'g');
const bareMarkup = new RegExp(`<|&(?!${entity})`);

/** True where an XML reader would decode something in the text. */
export function hasEntity(text: string): boolean {
  return anyEntity.test(text);
}

/** True where the text has a `<`, or an `&` that begins no entity: no XML reader accepts it. */
export function hasBareMarkup(text: string): boolean {
  return bareMarkup.test(text);
}

/** What no XML document can hold, not even as an entity; lone halves of surrogate pairs included. */
export const forbiddenCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Replaces the five predefined entities and character references of XML; anything else stays as written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(everyEntity, (written, decimal, hex, name) => {
    if (name !== undefined) return predefined[name] ?? written;
    const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
}

/** Escapes text for an attribute value in double quotes or for element text. */
export function encodeEntities(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[character]};`);
}
