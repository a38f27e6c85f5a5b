/** Waiting without guessing how long: look, and look again, until it is so or the deadline has passed. */
import { setTimeout as pause } from 'node:timers/promises';

const lookAgainMs = 50;

/**
 * Calls `look` until it returns something truthy, and returns that. After the deadline it throws and says what it waited
 * for and, from `seen`, what there was instead.
 */
export async function untilDeadline(what, look, { timeoutMs = 15_000, seen = () => 'nothing more is known' } = {}) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}. Seen: ${await seen()}`);
    await pause(lookAgainMs);
  }
}
