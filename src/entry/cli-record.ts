/** `linekeeper record`, which assistants wait for. */
import { start } from '../cli/start-cli';
import { record } from '../cli/verbs/record';

start({ record });
