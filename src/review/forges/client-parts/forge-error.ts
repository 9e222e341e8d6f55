/** Why a request to a forge failed. */

/** The forge's response when it refused. */
export interface Refusal {
  readonly status: number;
  /**
   * Its own message, cut to one line, without control characters and without the token; empty when it gave none. Text
   * from outside.
   */
  readonly words: string;
}

/**
 * Why a query to a forge failed. The message says what happened and what to do; it contains no token and no address
 * with one.
 */
export class ForgeError extends Error {
  override readonly name = 'ForgeError';
  constructor(
    readonly reason:
      | 'no-token'
      | 'not-allowed'
      | 'not-found'
      | 'rate-limit'
      | 'unreachable'
      | 'moved'
      | 'fork'
      | 'answer'
      | 'unknown-forge',
    message: string,
    readonly refusal?: Refusal,
  ) {
    super(message);
  }
}

/** Nobody can tell any more who opened it. */
export const openerGone = (number: number): ForgeError =>
  new ForgeError(
    'answer',
    `The account that opened pull request ${String(number)} does not exist any more, so whose change it is can't be known.`,
  );
