/** What is kept of a prompt: what the applicable policy allows, and nothing when that is unknown. */
import { createHash } from 'node:crypto';
import type { Repository } from '../../git';
import type { KeptPrompt } from '../../provenance/journal';
import { loadPolicy } from '../../policy/load';

/** Only the beginning is shown, so no more is searched for secrets (UTF-16 code units). */
const SEARCHED = 16_384;
const EXCERPT = 200;

/** Undefined when nothing is kept. Never throws. */
export async function keptPrompt(repository: Repository, prompt: string): Promise<KeptPrompt | undefined> {
  try {
    if (prompt.trim() === '') return undefined;
    const { prompts } = (await loadPolicy(repository)).policy;
    if (prompts === 'none') return undefined;
    const digest = `sha256:${createHash('sha256').update(prompt).digest('hex')}`;
    const excerpt = prompts === 'redacted' ? await excerptOf(prompt) : undefined;
    return { digest, ...(excerpt === undefined ? {} : { excerpt }) };
  } catch {
    return undefined;
  }
}

/** The beginning of a text without secrets. Undefined when the detector fails: what was not searched is not kept. */
export async function excerptOf(prompt: string): Promise<string | undefined> {
  try {
    const { withoutSecrets } = await import('./remove-secrets');
    const clean = await withoutSecrets(prompt.slice(0, SEARCHED));
    const line = clean.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
    const letters = [...line];
    return letters.length > EXCERPT ? `${letters.slice(0, EXCERPT - 1).join('')}…` : line;
  } catch {
    return undefined;
  }
}
