export { SWITCHES } from './switches-by-assistant';
export type * from './types';
