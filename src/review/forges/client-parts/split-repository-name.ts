/** The two parts of a repository's name, as most forges have them. */
import { ForgeError } from './forge-error';

/**
 * The parts of a name such as `OWNER/NAME`. `otherwise`: the sentence of the {@link ForgeError} that is thrown when it has
 * not exactly two.
 */
export function twoPartsOf(repository: string, otherwise: string): readonly [string, string] {
  const [first = '', second = '', ...more] = repository.split('/');
  if (first === '' || second === '' || more.length > 0) throw new ForgeError('answer', otherwise);
  return [first, second];
}
