/** How formatting indents. Nothing else about a policy's layout is a matter of taste: the service has one way. */
export interface FormattingStyle {
  /** One step: a tab, or blanks. */
  readonly indentation: string;
}

/** What the service writes (docs/formatting.md, measured). */
export const serviceStyle: FormattingStyle = { indentation: '\t' };

/** Deeper elements stay at this depth: indenting each level of a text of nothing but levels would take quadratic space. */
const deepestLevel = 32;

/** The indentation of each level. */
export function indentationLevels({ indentation }: FormattingStyle): (level: number) => string {
  const levels = Array.from({ length: deepestLevel + 1 }, (_, level) => indentation.repeat(level));
  return (level) => levels[Math.min(level, deepestLevel)] as string;
}
