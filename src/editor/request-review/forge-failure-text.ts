/** The message when a forge rejected a pull request. Pure. */
import type { ForgeError } from '../../review/forges/client-parts';
import type { Translate } from '../translate';

interface Attempt {
  readonly host: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly base: string;
  readonly head: string;
  /** A request that changes a pull request was sent. */
  readonly sent: boolean;
}

export const isForgeError = (error: unknown): error is ForgeError =>
  error instanceof Error && error.name === 'ForgeError';

/** Its sign-in is not accepted: signing in again helps. */
export const isSignedOut = ({ refusal }: ForgeError): boolean => refusal?.status === 401;

/** What happened and why; what can be done is on the buttons, or in the text. */
export function failureText(error: ForgeError, { host, repository, base, head, sent }: Attempt, t: Translate): string {
  const { reason, refusal } = error;
  const words = refusal?.words ?? '';
  if (isSignedOut(error)) return t('Your sign-in at {0} has expired. Nothing was sent.', host);
  switch (reason) {
    case 'not-allowed':
      return words === ''
        ? t('Your account may not open a pull request in {0}.', repository)
        : t('Your account may not open a pull request in {0}. {1} says: {2}', repository, host, words);
    case 'not-found':
      return t('{0} shows your account no repository {1}.', host, repository);
    case 'fork':
      return t('{0} is a fork. Choose the target repository on its page.', repository);
    case 'rate-limit':
      return t('{0} accepts no more requests from your account for now. Try again later.', host);
    case 'unreachable':
      return sent
        ? t(
            '{0} did not answer, so the pull request may or may not exist. Request the review again: an existing one is updated.',
            host,
          )
        : t('{0} could not be reached, or did not answer in time. Nothing was sent.', host);
    default:
      if (/no commits between/i.test(words))
        return t(
          '{0} has no commits on {1} ahead of {2}. Push the branch, then request the review again.',
          host,
          head,
          base,
        );
      if (/\bhead\b.*invalid|source.branch.*(?:exist|invalid|blank)/i.test(words))
        return t('{0} does not have the branch {1} yet. Push it, then request the review again.', host, head);
      return words === '' ? error.message : t('{0} refused: {1}', host, words);
  }
}
