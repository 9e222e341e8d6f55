/** `linekeeper`, whatever is asked of it: everything is read on demand. */
import { start } from '../cli/start';

start({});
