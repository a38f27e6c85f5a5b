import { type Finding, type Severity, severities } from '../../core';
import type { CommandLineIo } from '../io';
import type { Places } from '../places';
import { count, type Palette, paletteFor, wrapBehind } from './text';

/** `lint --format text`: by file, each finding with related places and fixes below it, and the counts at the end. */
export function findingsText(
  findings: readonly Finding[],
  filesChecked: number,
  places: Places,
  io: CommandLineIo,
): string {
  const palette = paletteFor(io);
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    const file = places.file(finding.path);
    byFile.set(file, [...(byFile.get(file) ?? []), finding]);
  }
  const groups = [...byFile].map(
    ([file, ofFile]) =>
      `${palette.underline(file)}\n${ofFile.map((finding) => findingText(finding, places, palette, io)).join('')}\n`,
  );
  return groups.join('') + summary(findings, filesChecked, palette);
}

function findingText(finding: Finding, places: Places, palette: Palette, io: CommandLineIo): string {
  const { start } = places.range(finding.path, finding.span);
  const position = `${start.line + 1}:${start.character + 1}`.padEnd(7);
  const beginning = `  ${position}  ${finding.severity}  `;
  const lines = [wrapBehind(beginning, `${finding.message}  ${finding.ruleId}`, io)]
    .map((text) => text.replace(beginning, `  ${palette.dim(position)}  ${paint(finding.severity, palette)}  `))
    .map((text) => dimLast(text, finding.ruleId, palette));
  for (const { path, span, message } of finding.related) {
    lines.push(wrapBehind(`${' '.repeat(11)}${places.shown(path, span)}  `, message, io, 13));
  }
  for (const { title } of finding.fixes) lines.push(wrapBehind(`${' '.repeat(11)}fix: `, title, io, 13));
  return `${lines.join('\n')}\n`;
}

function dimLast(text: string, ruleId: string, palette: Palette): string {
  return text.slice(0, text.length - ruleId.length) + palette.dim(ruleId);
}

function paint(severity: Severity, palette: Palette): string {
  if (severity === 'error') return palette.red(severity);
  return severity === 'warning' ? palette.yellow(severity) : palette.blue(severity);
}

/** "3 findings (1 error, 2 warnings) in 9 files" */
function summary(findings: readonly Finding[], filesChecked: number, palette: Palette): string {
  const files = count(filesChecked, 'file');
  if (findings.length === 0) return `${palette.green('No findings')} in ${files}.\n`;
  const counts = severities
    .map((severity) => ({ severity, number: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => (severity === 'information' ? `${number} information` : count(number, severity)));
  const fixable = findings.filter(({ fixes }) => fixes.length > 0).length;
  const fixes =
    fixable === 0 ? '' : ` ${fixable === findings.length && fixable > 1 ? 'All' : fixable} can be fixed in the editor.`;
  return `${palette.bold(`${count(findings.length, 'finding')} (${counts.join(', ')})`)} in ${files}.${fixes}\n`;
}
