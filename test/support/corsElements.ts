import { definition } from './policies';
import { lint, type ServiceFiles } from './service';

/** The policy that tests of one `cors` are about. */
export const ordersPolicy = 'apis/orders/policy.xml';

/** An API's policy with this `cors` before `<base />`, and a project file where settings are given. */
export function withCors(cors: string, settings?: object): ServiceFiles {
  const project = settings === undefined ? {} : { 'apim-policy.config.json': JSON.stringify(settings) };
  return { ...project, [ordersPolicy]: definition(`${cors}\n    <base />`) };
}

/** The complete findings of that policy. */
export function lintCors(cors: string, settings?: object): readonly string[] {
  return lint(withCors(cors, settings), ordersPolicy);
}
