/** What a part of a JSON value must look like. Adds a sentence to `problems` for everything that does not fit. */
export type Shape = (value: unknown, path: string, problems: string[]) => void;

/** Any text; with `isFilled`, one that is not empty. */
export function text(isFilled = false): Shape {
  return (value, path, problems) => {
    if (typeof value !== 'string') problems.push(`${path} must be a text, and is ${describe(value)}`);
    else if (isFilled && value.trim() === '') problems.push(`${path} must not be empty`);
  };
}

/** `true` or `false`. */
export const flag: Shape = (value, path, problems) => {
  if (typeof value !== 'boolean') problems.push(`${path} must be true or false, and is ${describe(value)}`);
};

/** A whole number. */
export const wholeNumber: Shape = (value, path, problems) => {
  if (!Number.isInteger(value)) problems.push(`${path} must be a whole number, and is ${describe(value)}`);
};

/** One of a few texts. */
export function oneOf(options: readonly string[]): Shape {
  return (value, path, problems) => {
    if (typeof value !== 'string' || !options.includes(value)) {
      problems.push(`${path} must be one of ${options.join(', ')}, and is ${describe(value)}`);
    }
  };
}

/** Either of two shapes; the second one's problems are told. */
export function either(first: Shape, second: Shape): Shape {
  return (value, path, problems) => {
    const found: string[] = [];
    first(value, path, found);
    if (found.length > 0) second(value, path, problems);
  };
}

/** `null`, or this. */
export function nullOr(shape: Shape): Shape {
  return (value, path, problems) => {
    if (value !== null) shape(value, path, problems);
  };
}

/** An array of these. */
export function listOf(shape: Shape): Shape {
  return (value, path, problems) => {
    if (!Array.isArray(value)) problems.push(`${path} must be a list, and is ${describe(value)}`);
    else for (const [index, entry] of value.entries()) shape(entry, `${path}[${index}]`, problems);
  };
}

/** An object with any keys and these values. */
export function mapOf(shape: Shape): Shape {
  return (value, path, problems) => {
    if (!isObject(value)) problems.push(`${path} must be an object, and is ${describe(value)}`);
    else for (const [key, entry] of Object.entries(value)) shape(entry, `${path}.${key}`, problems);
  };
}

/** An object with these keys and no others: a key that nobody reads is most often a typing error. */
export function objectOf(required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>>): Shape {
  return (value, path, problems) => {
    if (!isObject(value)) {
      problems.push(`${path} must be an object, and is ${describe(value)}`);
      return;
    }
    for (const key of Object.keys(required)) {
      if (value[key] === undefined) problems.push(`${path}.${key} is missing`);
    }
    for (const [key, entry] of Object.entries(value)) {
      const shape = shapeOf(required, key) ?? shapeOf(optional, key);
      if (shape !== undefined) shape(entry, `${path}.${key}`, problems);
      else
        problems.push(
          `${path}.${key} is no known key; known are ${[...Object.keys(required), ...Object.keys(optional)].join(', ')}`,
        );
    }
  };
}

function shapeOf(shapes: Readonly<Record<string, Shape>>, key: string): Shape | undefined {
  return Object.hasOwn(shapes, key) ? shapes[key] : undefined;
}

/** A JSON object, not an array and not `null`. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  const written = JSON.stringify(value);
  return written.length > 40 ? `${written.slice(0, 40)}…` : written;
}
