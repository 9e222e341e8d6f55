/** All verbs, loaded on demand: a bundle of its own (`dist/verbs.js`). */
import type { Verb } from '../verb';
import { ack } from './ack';
import { approveRun } from './approve-run';
import { audit } from './audit';
import { blame } from './blame';
import { check } from './check';
import { ci } from './ci';
import { declare } from './declare';
import { deploy } from './deploy';
import { doctor } from './doctor';
import { evidence } from './evidence';
import { exception } from './exception';
import { exportVerb } from './export';
import { fleet } from './fleet';
import { hook } from './hook';
import { importVerb } from './import';
import { incident } from './incident';
import { install, uninstall } from './install';
import { may } from './may';
import { notes } from './notes';
import { policy } from './policy';
import { prompts } from './prompts';
import { purge } from './purge';
import { record } from './record';
import { report } from './report';
import { requestRun } from './request-run';
import { restore } from './restore';
import { review } from './review';
import { sign } from './sign';
import { show } from './show';
import { status } from './status';
import { trace } from './trace';

/** `linekeeper help` groups them: src/cli/help.ts. */
export const VERBS: Readonly<Record<string, Verb | undefined>> = {
  status,
  show,
  blame,
  declare,
  ack,
  check,
  ci,
  review,
  report,
  notes,
  import: importVerb,
  policy,
  install,
  uninstall,
  doctor,
  export: exportVerb,
  fleet,
  purge,
  restore,
  may,
  audit,
  sign,
  'request-run': requestRun,
  'approve-run': approveRun,
  exception,
  deploy,
  trace,
  incident,
  evidence,
  prompts,
  record,
  hook,
};
