/** `linekeeper hook`, which git waits for. */
import { start } from '../cli/start-cli';
import { hook } from '../cli/verbs/hook';

start({ hook });
