/** The door of the analyzer of secrets. */
export { secrets } from './notice-secrets';
