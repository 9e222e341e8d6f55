/** What a CI job is about. */
export { CiError, type ChangeEvent, type Environment, type PushEvent } from '../forge';
