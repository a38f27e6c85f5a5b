/** For tests in TypeScript. */
import type { Browser } from 'playwright-core';

export const howToGetChromium: string;
export function findChromium(): string | undefined;
export function launchChromium(executablePath?: string, moreArguments?: readonly string[]): Promise<Browser>;
