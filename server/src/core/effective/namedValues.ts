import type { NamedValueFacts } from '../workspace/service';
import { known, type Resolved, unknown } from './resolved';

/** The value of a named value by its display name. Never echoes a secret. */
export type NamedValueLookup = (name: string) => Resolved<string>;

export function lookUpNamedValues(namedValues: readonly NamedValueFacts[]): NamedValueLookup {
  return (name) => {
    const facts =
      namedValues.find((candidate) => candidate.name === name) ??
      namedValues.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
    if (facts === undefined) return unknown(`the named value {{${name}}} is not in the workspace`);
    if (facts.isSecret) return unknown(`the named value {{${name}}} is a secret`);
    if (facts.value === undefined) return unknown(`the value of {{${name}}} is not in the workspace`);
    return known(facts.value);
  };
}
