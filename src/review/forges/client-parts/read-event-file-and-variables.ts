/** The file in which GitHub, Gitea and Forgejo say what started a job. Anybody may choose the texts in it. */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { CiError, type Environment } from './ci-events-and-variables';
import { OBJECT_ID } from '../../../base/patterns';

const LARGEST = 32 * 1024 * 1024;

/** Schema of a full commit id. */
export const commitIdSchema = z.string().regex(OBJECT_ID);

/** The content of the event file. Throws a {@link CiError}. */
export function readJson(file: string | undefined): unknown {
  if (file === undefined || file === '')
    throw new CiError('GITHUB_EVENT_PATH is not set, so what started this job is not known.');
  try {
    if (statSync(file).size > LARGEST) throw new CiError('The file of GITHUB_EVENT_PATH is too large.');
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    if (error instanceof CiError) throw error;
    throw new CiError("The file of GITHUB_EVENT_PATH can't be read, so what started this job is not known.");
  }
}

/** The event in the expected shape. Throws a {@link CiError}. */
export function shaped<T>(schema: z.ZodType<T>, event: unknown, subject: string): T {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw new CiError(
    `The event file is not what ${subject} (${parsed.error.issues[0]?.path.map(String).join('.') ?? ''}).`,
  );
}

/** A commit's id in a variable. Throws a {@link CiError}. */
export function commitIn(env: Environment, name: string): string {
  const commit = commitIdSchema.safeParse(env[name]);
  if (!commit.success) throw new CiError(`${name} is no id of a commit.`);
  return commit.data;
}

/** A pull request's number in a variable. Throws a {@link CiError}. */
export function numberIn(env: Environment, name: string, subject: string): number {
  const text = env[name] ?? '';
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new CiError(`${name} is no number of a ${subject}.`);
  return Number(text);
}
