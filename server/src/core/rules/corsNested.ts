import { policyElements } from '../effective/policyElements';
import type { PolicyDocument, PolicyElement } from '../syntax/policyTree';
import { childrenNamed, sectionElements } from '../syntax/treeQueries';
import { mayHoldCors } from './corsElement';
import { blockOf, moveBlockBefore } from './corsFixes/moveElement';
import type { EffectiveContext } from './effectiveContext';
import { optionsOperations } from './operationFacts';
import type { Fix, Rule } from './rule';
import { describeUncovered } from './uncoveredRules';

export const corsNested: Rule = {
  meta: {
    id: 'cors-nested',
    summary: 'A cors stands inside choose, retry or another policy, so it does not answer preflight requests.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/cors-policy'],
  },
  checkDocument(document, report) {
    if (document.kind !== 'fragment' || document.root === undefined || !mayHoldCors(document)) return;
    for (const { cors, container } of nestedIn(document.root)) {
      report({ document, span: cors.startTagSpan, message: messageFor(container) });
    }
  },
  checkEffective(context, report) {
    const { document } = context;
    if (!mayHoldCors(document)) return;
    for (const section of sectionElements(document, 'inbound')) {
      for (const { cors, container } of nestedIn(section)) {
        if (optionsOperations(context).length > 0) return;
        report({
          document,
          span: cors.startTagSpan,
          message: messageFor(container),
          fixes: () => hoist(cors, section, context),
        });
      }
    }
  },
};

interface NestedCors {
  readonly cors: PolicyElement;
  /** The policy that it stands in, innermost: `choose`, not `when`. */
  readonly container: string;
}

function nestedIn(holder: PolicyElement): readonly NestedCors[] {
  return [...policyElements(holder)].flatMap((cors) =>
    cors.name === 'cors' && cors.parent !== undefined && cors.parent !== holder
      ? [{ cors, container: policyName(cors.parent) }]
      : [],
  );
}

function policyName(parent: PolicyElement): string {
  return parent.name === 'when' || parent.name === 'otherwise' ? 'choose' : parent.name;
}

function messageFor(container: string): string {
  return `This cors stands inside ${container}, and only those directly in the inbound section answer preflight requests: browsers are refused, unless an operation with the method OPTIONS answers them. Move the cors out of ${container}; what has to differ by request can be an expression in <origin>.`;
}

/** The condition goes, so this is never applied without being asked for. */
function hoist(cors: PolicyElement, section: PolicyElement, context: EffectiveContext): readonly Fix[] {
  const { document } = context;
  const outermost = outermostIn(section, cors);
  if (outermost === undefined || cors.closing === 'implied' || hasOtherCors(document, cors)) return [];
  const edits = moveBlockBefore(document, outermost, blockOf(document, cors));
  const title = `Move this cors before ${outermost.name}: it then answers whatever ${outermost.name} decides`;
  return [{ id: 'hoist-cors', title: title + describeUncovered(edits, context), isGuess: true, edits }];
}

function outermostIn(section: PolicyElement, element: PolicyElement): PolicyElement | undefined {
  let outermost: PolicyElement | undefined = element;
  while (outermost !== undefined && outermost.parent !== section) outermost = outermost.parent;
  return outermost;
}

/** Two in one section are refused, and which of two was meant for everybody, nobody can tell. */
function hasOtherCors(document: PolicyDocument, cors: PolicyElement): boolean {
  return sectionElements(document, 'inbound').some(
    (section) =>
      childrenNamed(section, 'cors').length > 0 || nestedIn(section).some(({ cors: other }) => other !== cors),
  );
}
