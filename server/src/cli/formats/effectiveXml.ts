import {
  capital,
  describeScope,
  type EffectiveItem,
  type EffectivePolicy,
  type PolicyDocument,
  type ScopeLink,
  type SectionName,
} from '../../core';
import type { Places } from '../places';
import { indentationUnit, reindent } from './reindent';

/**
 * One chain as a policy document to read: statements as written, comments where each file's part begins and ends, and
 * for what cannot be read. It is no document to deploy: what is inherited stands in it as if it were the API's own.
 */
export function effectiveXml(
  policy: EffectivePolicy,
  document: PolicyDocument,
  sections: readonly SectionName[],
  places: Places,
): string {
  const unit = indentationUnit(document);
  const lines = [...headLines(policy, places, unit), '<policies>'];
  for (const section of sections) {
    const body = sectionLines(policy, section, unit.repeat(2), places);
    if (body.length === 0) lines.push(`${unit}<${section} />`);
    else lines.push(`${unit}<${section}>`, ...body, `${unit}</${section}>`);
  }
  return `${[...lines, '</policies>'].join('\n')}\n`;
}

function headLines({ chain }: EffectivePolicy, places: Places, unit: string): readonly string[] {
  const [own] = chain.links;
  const product = chain.product === undefined ? 'without a product' : `in product ${chain.product}`;
  const title = `Effective policy of ${own === undefined ? 'nothing' : describeScope(own.scope)}, ${product}`;
  const width = Math.max(...chain.links.map(({ scope }) => describeScope(scope).length));
  const rows = chain.links.map(
    (link) => `${unit}${unit}${describeScope(link.scope).padEnd(width)}  ${whereIs(link, places)}`,
  );
  return ['<!--', `${unit}${safe(title)}`, ...rows.map(safe), '-->'];
}

function whereIs(link: ScopeLink, places: Places): string {
  return link.state === 'present' ? places.file(link.document.path) : `${link.state}: ${link.because}`;
}

/** A part of a section that one document contributes; parts nest as the documents do. */
interface Part {
  /** The `<base />` or `<include-fragment>` that brings it in; undefined for the chain's own document. */
  readonly through: object | undefined;
  readonly label: string;
}

function sectionLines(
  policy: EffectivePolicy,
  section: SectionName,
  indentation: string,
  places: Places,
): readonly string[] {
  const lines: string[] = [];
  const comment = (text: string): number => lines.push(`${indentation}<!-- ${safe(text)} -->`);
  for (const missing of policy.missingSections) {
    if (missing.section === section)
      comment(`${describeScope(missing.scope)} has no <${section}>: taken as inheriting nothing here`);
  }
  let open: readonly Part[] = [];
  const moveTo = (parts: readonly Part[]): void => {
    let common = 0;
    while (common < Math.min(open.length, parts.length) && open[common]?.through === parts[common]?.through) common++;
    for (const part of open.slice(common).reverse()) comment(`end of ${part.label}`);
    for (const part of parts.slice(common)) comment(`begin of ${part.label}`);
    open = parts;
  };
  for (const item of policy.sections[section]) {
    moveTo(partsOf(item, policy, places));
    if (item.kind === 'unknown') comment(unknownText(item));
    else {
      if (item.ifPassedOnBy.length > 0) {
        comment(`the next one takes part only if ${item.ifPassedOnBy.map(describeScope).join(' and ')} has <base />`);
      }
      lines.push(...reindent(item, indentation));
    }
  }
  moveTo([]);
  return lines;
}

function partsOf(item: EffectiveItem, policy: EffectivePolicy, places: Places): readonly Part[] {
  const documents = item.via.map(({ document }) => document);
  if (item.kind === 'statement') documents.push(item.document);
  return documents.map((document, index) => {
    const step = item.via[index - 1];
    const link = policy.chain.links.find(
      (candidate) => candidate.state === 'present' && candidate.document === document,
    );
    const name =
      step?.kind === 'fragment'
        ? `fragment ${step.fragmentId}`
        : link === undefined
          ? 'a document'
          : describeScope(link.scope);
    return { through: step?.element, label: `${name}: ${places.file(document.path)}` };
  });
}

function unknownText({ because, scope, fragmentId }: Extract<EffectiveItem, { kind: 'unknown' }>): string {
  const what = fragmentId === undefined ? describeScope(scope) : `fragment ${fragmentId}`;
  return `UNKNOWN: ${capital(what)} may contribute anything here, since ${because}`;
}

/** Two hyphens may not stand in a comment. */
function safe(text: string): string {
  return text.replace(/-(?=-)/g, '- ').replace(/-$/, '- ');
}
