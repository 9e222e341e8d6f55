/** `linekeeper doctor`: what is recorded here and what is not, and why. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { assistantOf } from '../../provenance/assistants';
import { examineAssistants, type AssistantReport } from '../../provenance/assistants/coverage';
import { installGitHooks, settleFirst } from '../../provenance/commits';
import { gitHooksState, HooksError, lfsHooksState, runGit, type HooksState, type Repository } from '../../git';
import { openJournal, unexpectedPlaces, whyNotWritable } from '../../provenance/journal';
import { decideLocally } from '../../policy/local-work';
import { NO_COUNTS } from '../../provenance/authorship';
import { jsonText, countOf } from '../../policy';
import { examineCommits } from '../doctor/commits';
import { examineNotes } from '../doctor/notes';
import type { Finding } from '../doctor/finding';
import { prove } from '../doctor/prove/prove';
import { allProven, chainsText } from '../doctor/prove/render';
import type { Call, ExitCode, Verb } from '../command';
import { LFS_SAYS } from '../output/lfs';
import { runtimeOf, setUpRuntime } from '../program';
import { fillFirst } from '../backfill';
import { setupOptions } from '../assistant-setup';

export const doctor: Verb = {
  name: 'doctor',
  summary: 'What is recorded here and what is not, and why',
  usage: '[--prove] [--json]',
  options: { prove: { type: 'boolean', says: 'play an edit through every installed hook, up to the gate' } },
  words: 0,
  async run(call): Promise<ExitCode> {
    if (call.values['prove'] === true) {
      const chains = await prove(call);
      call.terminal.out(call.json ? jsonText({ proven: allProven(chains), chains }) : chainsText(chains));
      return allProven(chains) ? 0 : 1;
    }
    const { findings, assistants } = await examine(call);
    const healthy = findings.every((finding) => finding.ok || finding.note === true);
    if (call.json) call.terminal.out(jsonText({ healthy, findings, assistants }));
    else
      call.terminal.out(
        findings
          .map(
            (finding) =>
              `${finding.ok ? 'ok  ' : finding.note === true ? 'note' : 'FIX '}  ${finding.name}: ${finding.says}\n`,
          )
          .join(''),
      );
    return healthy ? 0 : 1;
  },
};

/** Renews the hooks of an older Linekeeper; where they can't be written, they stay what they are. */
async function renewed(repository: Repository, { terminal }: Call): Promise<HooksState> {
  const runtime = setUpRuntime(terminal);
  try {
    await installGitHooks(repository, runtime);
  } catch (error) {
    if (!(error instanceof HooksError)) throw error;
  }
  return gitHooksState(repository, runtime);
}

async function examine(
  call: Call,
): Promise<{ readonly findings: readonly Finding[]; readonly assistants: readonly AssistantReport[] }> {
  const repository = call.repository();
  const findings: Finding[] = [];
  const version = await runGit(['--version'], { cwd: repository.root });
  findings.push({ name: 'git', ok: true, says: version.stdout.toString('utf8').trim() });
  let hooks = await gitHooksState(repository, runtimeOf(call.terminal));
  const isOld = hooks === 'outdated';
  if (isOld) hooks = await renewed(repository, call);
  const mend = 'run "linekeeper install --git"';
  findings.push({
    name: 'git hooks',
    ok: hooks === 'installed',
    says: {
      installed: isOld
        ? 'they started another Linekeeper than this one, and are renewed; commits get their trailers'
        : 'installed; commits get their trailers',
      outdated: `they start another Linekeeper than this one; ${mend} to renew them`,
      partly: `some are missing; ${mend}`,
      absent: `not installed, so commits get no trailers; ${mend}`,
      displaced: `another tool has pointed git's core.hooksPath at its own hooks since; ${mend}`,
    }[hooks],
  });
  const lfs = await lfsHooksState(repository);
  if (lfs === 'sent' || lfs === 'unsent')
    findings.push({
      name: 'Git LFS',
      ok: lfs === 'sent',
      says: lfs === 'sent' ? LFS_SAYS.sent : `${LFS_SAYS.unsent}; ${mend}`,
    });
  const { now } = call.terminal;
  fillFirst(repository, call.terminal); // what no hook reported is found there
  const assistants = examineAssistants(repository, (scope) => setupOptions(call, scope, repository), now());
  findings.push(...assistants.findings);
  const { examineRules, examineSwitches } = await import('../doctor/native-rules');
  findings.push(...(await examineRules(repository, call)), ...examineSwitches(repository, call));
  await settleFirst(repository, call.terminal.now, (sentence) => {
    findings.push({ name: 'notes', ok: false, says: sentence });
  });
  const journal = openJournal(repository.gitDir, call.terminal.now);
  for (const odd of unexpectedPlaces(journal.folder)) findings.push({ name: 'journal', ok: false, says: odd });
  const notWritable = whyNotWritable(journal.folder);
  if (notWritable !== undefined)
    findings.push({
      name: 'journal',
      ok: false,
      says: `nothing can be written in ${journal.folder} (${notWritable}), so edits are not recorded; check its permissions and the free space`,
    });
  journal.read(); // sets aside what it can't read
  const waiting = journal.names().length;
  findings.push({
    name: 'journal',
    ok: true,
    says: waiting === 0 ? 'nothing is waiting to be committed' : `${countOf(waiting, 'record')} of uncommitted work`,
  });
  for (const aside of journal.asides())
    findings.push({
      name: 'set aside',
      ok: false,
      says: `${path.join(journal.folder, 'aside', aside.name)}: ${aside.reason}; update Linekeeper, or delete the file: what it records counts as unknown`,
    });
  const folder = path.join(journal.folder, 'aside');
  const payloads = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('payload-')) : [];
  const senders = [...new Set(payloads.map((name) => /^payload-([a-z-]+?)-\d/.exec(name)?.[1] ?? ''))].map(
    (id) => assistantOf(id)?.title ?? id,
  );
  if (payloads.length > 0)
    findings.push({
      name: 'payloads',
      ok: false,
      says: `${countOf(payloads.length, 'payload')} (${senders.join(', ')}) could not be understood (${folder}): what was edited there counts as unknown. Once you have looked, delete the files.`,
    });
  const { policy, notices } = await decideLocally(repository, { files: [], added: NO_COUNTS, removed: NO_COUNTS });
  findings.push({
    name: 'policy',
    ok: notices.length === 0,
    says: notices.length > 0 ? notices.join(' ') : policy.source,
  });
  const { assistedBy, lines } = policy.policy.trailers;
  if (assistedBy || lines) findings.push(...(await examineCommits(repository)));
  findings.push(...(await examineNotes(repository)));
  return { findings, assistants: assistants.reports };
}
