import { closestName } from '../text/closestName';

/** Keys and indexes from the outermost value to a part of it. */
export type ShapePath = readonly (string | number)[];

/** Something that does not fit, as a clause for people. */
export interface ShapeProblem {
  readonly path: ShapePath;
  /** `key`: the path's last key itself is wrong; `value`: what it holds. */
  readonly at: 'key' | 'value';
  /** "request.method must be a text, and is 7" */
  readonly because: string;
}

/** What a part of a JSON value must look like: one description for our reader and, as a JSON schema, for editors. */
export interface Shape {
  readonly schema: Readonly<Record<string, unknown>>;
  /** Adds a problem for everything that does not fit. */
  check(value: unknown, path: ShapePath, problems: ShapeProblem[]): void;
}

/** The same shape with words for people who complete or point at it in an editor. */
export function described(description: string, shape: Shape): Shape {
  return { ...shape, schema: { ...shape.schema, description } };
}

/** Any text; with `isFilled`, one that is not empty. */
export function text(isFilled = false): Shape {
  return {
    schema: isFilled ? { type: 'string', pattern: '\\S' } : { type: 'string' },
    check(value, path, problems) {
      if (typeof value !== 'string') problems.push(wrong(path, `must be a text, and is ${describe(value)}`));
      else if (isFilled && value.trim() === '') problems.push(wrong(path, 'must not be empty'));
    },
  };
}

/** `true` or `false`. */
export const flag: Shape = {
  schema: { type: 'boolean' },
  check(value, path, problems) {
    if (typeof value !== 'boolean') problems.push(wrong(path, `must be true or false, and is ${describe(value)}`));
  },
};

/** A whole number. */
export const wholeNumber: Shape = {
  schema: { type: 'integer' },
  check(value, path, problems) {
    if (!Number.isInteger(value)) problems.push(wrong(path, `must be a whole number, and is ${describe(value)}`));
  },
};

/** One of a few texts. */
export function oneOf(options: readonly string[]): Shape {
  return {
    schema: { enum: options },
    check(value, path, problems) {
      if (typeof value === 'string' && options.includes(value)) return;
      problems.push(wrong(path, `must be one of ${options.join(', ')}, and is ${describe(value)}`));
    },
  };
}

/** Either of two shapes; the second one's problems are told. */
export function either(first: Shape, second: Shape): Shape {
  return {
    schema: { anyOf: [first.schema, second.schema] },
    check(value, path, problems) {
      const found: ShapeProblem[] = [];
      first.check(value, path, found);
      if (found.length > 0) second.check(value, path, problems);
    },
  };
}

/** `null`, or this. */
export function nullOr(shape: Shape): Shape {
  return {
    schema: { anyOf: [shape.schema, { type: 'null' }] },
    check(value, path, problems) {
      if (value !== null) shape.check(value, path, problems);
    },
  };
}

/** An array of these. */
export function listOf(shape: Shape): Shape {
  return {
    schema: { type: 'array', items: shape.schema },
    check(value, path, problems) {
      if (!Array.isArray(value)) problems.push(wrong(path, `must be a list, and is ${describe(value)}`));
      else for (const [index, entry] of value.entries()) shape.check(entry, [...path, index], problems);
    },
  };
}

/** An object with any keys and these values. */
export function mapOf(shape: Shape): Shape {
  return {
    schema: { type: 'object', additionalProperties: shape.schema },
    check(value, path, problems) {
      if (!isObject(value)) problems.push(wrong(path, `must be an object, and is ${describe(value)}`));
      else for (const [key, entry] of Object.entries(value)) shape.check(entry, [...path, key], problems);
    },
  };
}

/** An object with these keys and no others: a key that nobody reads is most often a typing error. */
export function objectOf(required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>>): Shape {
  const all = { ...required, ...optional };
  return {
    schema: {
      type: 'object',
      additionalProperties: false,
      ...(Object.keys(required).length === 0 ? {} : { required: Object.keys(required) }),
      properties: schemasOf(all),
    },
    check(value, path, problems) {
      if (!isObject(value)) {
        problems.push(wrong(path, `must be an object, and is ${describe(value)}`));
        return;
      }
      for (const key of Object.keys(required)) {
        if (value[key] === undefined)
          problems.push({ path, at: 'value', because: `${shown([...path, key])} is missing` });
      }
      for (const [key, entry] of Object.entries(value)) {
        const shape = Object.hasOwn(all, key) ? all[key] : undefined;
        if (shape !== undefined) shape.check(entry, [...path, key], problems);
        else problems.push(unknownKey([...path, key], key, Object.keys(all)));
      }
    },
  };
}

/** The JSON schemas of an object's values, by key. */
export function schemasOf(shapes: Readonly<Record<string, Shape>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(shapes).map(([key, { schema }]) => [key, schema]));
}

/** "request.orgin is no known key; did you mean origin?" */
export function unknownKey(path: ShapePath, key: string, known: readonly string[]): ShapeProblem {
  const meant = closestName(key, known);
  const instead = meant === undefined ? `known are ${known.join(', ')}` : `did you mean ${meant}?`;
  return { path, at: 'key', because: `${shown(path)} is no known key; ${instead}` };
}

function wrong(path: ShapePath, because: string): ShapeProblem {
  return { path, at: 'value', because: `${shown(path)} ${because}` };
}

/** `expected.headersInclude.Vary[0]` */
function shown(path: ShapePath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
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
