/** How much a finding matters, most first. The same four as LSP's. */
export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];
