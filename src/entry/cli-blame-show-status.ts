/** `linekeeper blame`, `show` and `status`, which run often. */
import { start } from '../cli/start-cli';
import { blame } from '../cli/verbs/blame';
import { show } from '../cli/verbs/show';
import { status } from '../cli/verbs/status';

start({ blame, show, status });
