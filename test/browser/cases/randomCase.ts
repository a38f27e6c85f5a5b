import { createRandom, type Random } from '../../support/random';
import { type CorsParts, cors, policy, shop, type TruthCase } from './truthCase';

const origins = [shop, 'https://shop.contoso.com:8443', 'https://news.fabrikam.com', 'http://localhost:5173'] as const;
const listedOrigins = [...origins, '*', `${shop}/`, 'https://SHOP.contoso.com:443'];
// Node's server takes no other spelling.
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'REPORT'];
const headerNames = ['content-type', 'x-a', 'X-B', 'ocp-apim-subscription-key'];
const contentTypes = ['application/json', 'text/plain', 'text/plain;charset=UTF-8'];

/** A policy or two and a call, the same for the same seed. Authorization is left out: there Chromium is not the standard. */
export function randomCase(seed: number): Omit<TruthCase, 'is' | 'preflights'> {
  const random = createRandom(seed);
  const own = random.chance(0.9) ? cors(randomCors(random)) : '';
  const inherited = random.chance(0.5) ? { global: policy(cors(randomCors(random))) } : {};
  const base = random.oneOf(['', '<base />']);
  const inbound = random.chance(0.5) ? `${base}${own}` : `${own}${base}`;
  const sent = headerNames.filter(() => random.chance(0.3));
  const headers = Object.fromEntries(
    sent.map((name) => [name, name === 'content-type' ? random.oneOf(contentTypes) : '1']),
  );
  return {
    title: `seed ${seed}`,
    page: random.chance(0.1) ? 'sandboxed iframe' : random.oneOf(origins),
    policies: { ...inherited, api: policy(inbound) },
    call: { method: random.oneOf(methods), headers, credentials: random.oneOf(['include', 'same-origin', 'omit']) },
  };
}

function randomCors(random: Random): CorsParts {
  const some = (values: readonly string[]): string => {
    const chosen = values.filter(() => random.chance(0.4));
    return (chosen.length === 0 ? [random.oneOf(values)] : chosen).join(' ');
  };
  // The service refuses a star beside other origins.
  const list = some(listedOrigins);
  return {
    origins: list.includes('*') ? '*' : list,
    methods: random.chance(0.3) ? '*' : some(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
    headers: random.chance(0.3) ? '*' : some(headerNames),
    ...(random.chance(0.5) ? { credentials: random.chance(0.5) } : {}),
    terminate: random.chance(0.5),
  };
}
