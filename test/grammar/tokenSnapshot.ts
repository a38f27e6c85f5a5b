import type { PolicyToken } from './tokenizePolicy';

/**
 * Tokens as text: each line of the text behind a `>`, and below it each token of the line, underlined, with its scopes.
 * What has no line of its own is plain text.
 */
export function renderTokens(text: string, tokens: readonly PolicyToken[]): string {
  const rendered: string[] = [];
  let next = 0;
  let lineStart = 0;
  for (const line of text.split('\n')) {
    rendered.push(`>${line}`);
    const lineEnd = lineStart + line.length;
    for (let token = tokens[next]; token !== undefined && token.start <= lineEnd; token = tokens[++next]) {
      if (token.scopes === '' || token.text === '') continue;
      rendered.push(`#${' '.repeat(token.start - lineStart)}${'^'.repeat(token.text.length)} ${token.scopes}`);
    }
    lineStart = lineEnd + 1;
  }
  return `${rendered.join('\n')}\n`;
}

/**
 * The tokens without what the C# grammar itself says: that differs between the grammars of C#, while everything around
 * and between must not.
 */
export function withoutCsharpScopes(tokens: readonly PolicyToken[]): readonly PolicyToken[] {
  const merged: PolicyToken[] = [];
  for (const token of tokens) {
    const scopes = token.scopes
      .split(' ')
      .filter((scope) => scope === 'source.cs' || !scope.endsWith('.cs'))
      .join(' ');
    const last = merged.at(-1);
    const continues = last?.scopes === scopes && last.start + last.text.length === token.start;
    if (last !== undefined && continues) merged[merged.length - 1] = { ...last, text: last.text + token.text };
    else merged.push({ ...token, scopes });
  }
  return merged;
}
