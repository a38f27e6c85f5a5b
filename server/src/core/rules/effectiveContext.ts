import { type CorsChain, type CorsReader, readCorsChain } from '../cors/corsChain';
import { computeEffectivePolicy, computeParentPolicy, type FragmentLookup } from '../effective/computeEffectivePolicy';
import type { EffectivePolicy } from '../effective/effectivePolicy';
import type { NamedValueLookup } from '../effective/namedValues';
import { parsePolicyDocument } from '../syntax/parsePolicyDocument';
import type { PolicyDocument } from '../syntax/policyTree';
import { applyEdits } from '../text/textEdits';
import type { PolicyScope } from '../workspace/policyScope';
import type { ProjectSettings } from '../workspace/projectSettings';
import type { ApiFacts, ProductFacts } from '../workspace/service';
import { type CorsConflict, findCorsConflicts } from './corsConflicts';
import { type CorsInChain, certainCors } from './corsInChains';
import type { TextEdit } from './rule';

/** What is known around one policy definition. */
export interface DefinitionSurroundings {
  readonly scope: PolicyScope;
  /** True where a name or the text hints at the scope, and nothing more. */
  readonly isScopeGuessed: boolean;
  readonly namedValues: NamedValueLookup;
  /** With the named values of the place. */
  readonly readCors: CorsReader;
  readonly settings: ProjectSettings;
  /** What information and specification files say of the API. */
  readonly apiFacts: ApiFacts | undefined;
  /** Whether calls to the API need a subscription key; undefined where the files do not tell. */
  readonly needsKey: boolean | undefined;
  /** The same of the product, for a product's own document. */
  readonly productFacts: ProductFacts | undefined;
  readonly fragments: FragmentLookup;
  /** The contexts of the definitions whose chains pass through this one: those of narrower scopes. */
  readonly narrower: () => readonly EffectiveContext[];
  /** The rules that report something for a context, each as often as it does. For fixes that are tried before they are offered. */
  readonly reportedRules: (context: EffectiveContext) => readonly string[];
  /** How messages and titles name a file. */
  readonly relativePath: (path: string) => string;
}

/** A policy definition and everything that runs for requests of its scope. Life: one content version of the workspace. */
export interface EffectiveContext extends DefinitionSurroundings {
  readonly document: PolicyDocument;
  /** One per chain: without a product first, then by product. */
  readonly policies: readonly EffectivePolicy[];
  /** What `<base />` in each section would bring in, for each of the policies; undefined at global scope. */
  readonly parentPolicies: () => readonly (EffectivePolicy | undefined)[];
  /** The `cors` statements of one of the policies, or of a parent policy; read once for all rules. */
  readonly corsChain: (policy: EffectivePolicy) => CorsChain;
  /** Those of one of the policies that take part for certain, in order; found once for all rules. */
  readonly corsInInbound: (policy: EffectivePolicy) => readonly CorsInChain[];
  /** What inherited and own `cors` of this document do to each other, found once for all rules about it. */
  readonly corsConflicts: () => readonly CorsConflict[];
  /** The same context as it would be with the edits made; edits of files that take no part change nothing. */
  readonly afterEdits: (edits: readonly TextEdit[]) => EffectiveContext;
}

export function createEffectiveContext(
  document: PolicyDocument,
  policies: readonly EffectivePolicy[],
  surroundings: DefinitionSurroundings,
): EffectiveContext {
  let conflicts: readonly CorsConflict[] | undefined;
  let parents: readonly (EffectivePolicy | undefined)[] | undefined;
  const chains = new Map<EffectivePolicy, CorsChain>();
  const certain = new Map<EffectivePolicy, readonly CorsInChain[]>();
  const context: EffectiveContext = {
    // One by one: spreading an object with so many functions takes longer than all that is asked of most contexts.
    scope: surroundings.scope,
    isScopeGuessed: surroundings.isScopeGuessed,
    namedValues: surroundings.namedValues,
    readCors: surroundings.readCors,
    settings: surroundings.settings,
    apiFacts: surroundings.apiFacts,
    productFacts: surroundings.productFacts,
    needsKey: surroundings.needsKey,
    fragments: surroundings.fragments,
    narrower: surroundings.narrower,
    reportedRules: surroundings.reportedRules,
    relativePath: surroundings.relativePath,
    document,
    policies,
    parentPolicies: () => {
      parents ??= policies.map((policy) => computeParentPolicy(policy, surroundings.fragments));
      return parents;
    },
    corsChain: (policy) => {
      const chain = chains.get(policy) ?? readCorsChain(policy, surroundings.readCors);
      chains.set(policy, chain);
      return chain;
    },
    corsInInbound: (policy) => {
      const found = certain.get(policy) ?? certainCors(context.corsChain(policy), document);
      certain.set(policy, found);
      return found;
    },
    corsConflicts: () => {
      conflicts ??= findCorsConflicts(context);
      return conflicts;
    },
    afterEdits: (edits) => contextAfter(context, edits),
  };
  return context;
}

function contextAfter(context: EffectiveContext, edits: readonly TextEdit[]): EffectiveContext {
  const edited = new Map<string, PolicyDocument>();
  const after = (document: PolicyDocument): PolicyDocument => {
    const own = edits.filter(({ path }) => path === document.path);
    if (own.length === 0 || document.isEmbedded) return document;
    const known = edited.get(document.path) ?? parsePolicyDocument(applyEdits(document.text, own), document.path, -1);
    edited.set(document.path, known);
    return known;
  };
  const fragments: FragmentLookup = (id, includer) => {
    const fragment = context.fragments(id, includer);
    return fragment === undefined ? undefined : after(fragment);
  };
  const policies = context.policies.map(({ chain }) => {
    const links = chain.links.map((link) =>
      link.state === 'present' ? { ...link, document: after(link.document) } : link,
    );
    return computeEffectivePolicy({ ...chain, links }, fragments);
  });
  return createEffectiveContext(after(context.document), policies, { ...context, fragments });
}
