/** `linekeeper policy init`: a first policy, based on what is in the repository. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createFile } from '../../files';
import { POLICY_PATH, list, quoted } from '../../policy';
import { declareWritten } from '../../decision/declarations';
import { CannotSay, type Call, type ExitCode } from '../command';

/** Writes it, or prints it with `--print`. Never touches an existing policy. */
export async function initPolicy(call: Call): Promise<ExitCode> {
  const { terminal, values } = call;
  const repository = call.repository();
  const { isPreset, PRESETS, readFacts, starterPolicy } = await import('../../policy/starter');
  const preset = values['preset'] ?? 'startup';
  if (typeof preset !== 'string' || !isPreset(preset))
    throw new CannotSay(`There is no preset ${quoted(String(preset))}. --preset takes one of ${list(PRESETS)}.`);
  const text = starterPolicy(await readFacts(repository), preset);
  if (values['print'] === true) {
    terminal.out(text);
    return 0;
  }
  const file = path.join(repository.root, POLICY_PATH);
  if (existsSync(file))
    throw new CannotSay(
      `${POLICY_PATH} already exists and was not changed. "linekeeper policy init --print" prints a new one.`,
    );
  createFile(file, text);
  await declareWritten(repository, POLICY_PATH, terminal.now);
  terminal.out(
    `${POLICY_PATH} written (preset ${preset}). Review it, above all who is senior, then commit it. It decides once it is on the default branch.\n`,
  );
  return 0;
}
