import type { NamedThing, Place, References } from '../workspace/references';

/** Every place that names the thing, by path; with those that define it first, where they are wanted. */
export function usesOfThing(
  thing: NamedThing,
  path: string,
  references: References,
  withDefinition: boolean,
): readonly Place[] {
  const uses = references.usesOf(thing, path);
  if (thing.kind === 'variable') return uses.filter(({ isWritten }) => withDefinition || !isWritten).map(placeOf);
  const definitions = withDefinition ? references.definitionPlaces(thing, path) : [];
  return [...definitions, ...uses.map(placeOf)];
}

function placeOf({ path, span }: Place): Place {
  return { path, span };
}
