import { isSectionName, type PolicyElement, type SyntaxProblem } from './policyTree';

const knownRoots =
  'A policy definition begins with <policies>, a policy fragment with <fragment>, and a resolver with <http-data-source>, ' +
  '<sql-data-source>, <cosmosdb-data-source>, <graphql-data-source> or <publish-event>.';

/** Why this text is no policy document; at its first element, or at what keeps it from being text, or at its start. */
export function notAPolicy(text: string, root: PolicyElement | undefined): SyntaxProblem {
  const nul = text.indexOf('\0');
  const span = root?.nameSpan ?? (nul < 0 ? { start: 0, end: 0 } : { start: nul, end: nul + 1 });
  return { ruleId: 'not-a-policy', span, message: `${explain(text, root)} ${knownRoots}` };
}

function explain(text: string, root: PolicyElement | undefined): string {
  if (root !== undefined) return explainRoot(root.name);
  if (text.includes('\0')) {
    return 'This file is not a policy document: it has NUL characters, as binary files and files in UTF-16 have. Save it as UTF-8.';
  }
  if (text.replace(/^\uFEFF/, '').trim() === '') return 'This file is empty, so it is not a policy document.';
  return 'This file is not a policy document: it has no element.';
}

function explainRoot(name: string): string {
  const claim = `This file is not recognised as a policy document: its first element is <${name}>.`;
  const isSection = isSectionName(name);
  return isSection
    ? `${claim} Put this section into <policies>.`
    : `${claim} If that is a policy, put it into a section of <policies>, or into <fragment> to include it elsewhere.`;
}

/** The service reads one root; which one it would be is not for us to guess. */
export function severalRoots(first: PolicyElement, second: PolicyElement): SyntaxProblem {
  return {
    ruleId: 'syntax-several-roots',
    span: second.nameSpan,
    message:
      `<${second.name}> is a second root element, and a policy document has exactly one. ` +
      `Only the first one, <${first.name}>, is looked at. Move this one into it, or into a file of its own.`,
    related: [{ span: first.nameSpan, message: 'This is the first root element.' }],
  };
}
