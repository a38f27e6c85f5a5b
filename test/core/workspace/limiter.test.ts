import assert from 'node:assert/strict';
import { createLimiter } from '../../../server/src/core/workspace/limiter';

describe('limiter', () => {
  /** Work that ends when it is told to, and what has begun. */
  function work(atOnce: number) {
    const limit = createLimiter(atOnce);
    const begun: string[] = [];
    const ends = new Map<string, (error?: Error) => void>();
    const ask = (name: string): Promise<string> =>
      limit(() => {
        begun.push(name);
        return new Promise((done, fail) => ends.set(name, (error) => (error === undefined ? done(name) : fail(error))));
      });
    return { ask, begun, end: (name: string, error?: Error) => ends.get(name)?.(error) };
  }

  it('does so much at once, and then first what was asked for last', async () => {
    const { ask, begun, end } = work(2);
    const answers = ['a', 'b', 'c', 'd'].map(ask);
    assert.deepEqual(begun, ['a', 'b']);
    end('a');
    await answers[0];
    assert.deepEqual(begun, ['a', 'b', 'd']);
    end('d');
    await answers[3];
    assert.deepEqual(begun, ['a', 'b', 'd', 'c']);
  });

  it('goes on behind what failed', async () => {
    const { ask, begun, end } = work(1);
    const first = ask('a');
    const second = ask('b');
    end('a', new Error('no'));
    await assert.rejects(first, /no/);
    end('b');
    assert.equal(await second, 'b');
    assert.deepEqual(begun, ['a', 'b']);
  });
});
