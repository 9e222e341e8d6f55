/** `linekeeper`, whatever is asked of it. */
import { start } from './cli/start';
import { hook } from './cli/verbs/hook';
import { record } from './cli/verbs/record';

start({ record, hook });
