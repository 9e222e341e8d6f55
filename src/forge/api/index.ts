/**
 * The door to what forges know: approvals, teams, pull requests, and where a verdict is shown. A bundle of its own
 * (dist/forge-api.js): it uses the network, and only commands that need it load it.
 */
export { forgeOf, type Environment } from './environment';
export {
  ForgeError,
  type ForgeApi,
  type ForgeChange,
  type ForgeDeployment,
  type Refusal,
  type ResolvedTeams,
  type Written,
} from './types';
export type { Patience } from './transport';
export {
  requestsAt,
  type NewRequest,
  type OpenRequest,
  type RequestApi,
  type RequestPlace,
  type SentRequest,
} from './requests';
