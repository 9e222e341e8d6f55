/** The sample repository of the story, and of whoever tries the extension. */
export { makeSample, type Sample } from './make';
export { ADA, BEN, CLEO, JUNE } from './people';
