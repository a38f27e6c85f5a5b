const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** `amp`, `lt`, `gt`, `quot` or `apos`: what XML knows without a document type. */
export function isPredefinedEntity(name: string): boolean {
  return Object.hasOwn(predefined, name);
}

/** Replaces the five predefined entities and character references of XML; anything else stays as written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (written, decimal, hex, name) => {
      if (name !== undefined) return predefined[name] ?? written;
      const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : written;
    },
  );
}

/** Escapes text for an attribute value in double quotes or for element text. */
export function encodeEntities(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[character]};`);
}
