/** `linekeeper`, for any command: everything is loaded on demand. */
import { start } from '../cli/start-cli';

start({});
