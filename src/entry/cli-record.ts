/** `linekeeper record`, which assistants wait for. */
import { start } from '../cli/start';
import { record } from '../cli/verbs/record';

start({ record });
