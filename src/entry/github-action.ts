/**
 * The entry of the Action (action.yml): turns its inputs into arguments for `linekeeper ci` or
 * `linekeeper deploy check`, which decide.
 */
import { actionCall } from '../cli/ci/action-inputs';
import { part } from './code-cache';

const call = actionCall(process.env);
if ('refused' in call) {
  process.stdout.write(`::error title=Linekeeper::${call.refused}\n`);
  process.exitCode = 2;
} else {
  Object.assign(process.env, call.env);
  process.argv.splice(2, Infinity, ...call.words);
  part(__dirname, './main.js', require);
}
