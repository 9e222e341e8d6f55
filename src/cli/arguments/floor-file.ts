/** `--floor FILE`: a company's policy that lies under the base's, beside the one in the machine's managed place. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { whyUnread } from '../../base/files';
import { isInside, floorIn, managedFloors } from '../../policy/load';
import type { Repository } from '../../git';
import { quoted } from '../../policy';
import type { Floor } from '../../policy/file/parse';
import { CannotSay, type Call } from '../verb';

/** The option. */
export const FLOOR_OPTION = {
  type: 'string',
  value: 'FILE',
  says: "a company's policy, outside of the checked-out tree. The repository's policy may require more and never less",
} as const;

/** The option of those that ask for what a floor and the policy require. */
export const OBSERVE_OPTION = {
  type: 'boolean',
  says: "report the policy's requirements, and end with 0, or with 2 if it cannot decide",
} as const;

/** Throws a CannotSay for a file that can't be read, or that the change itself could have written. */
export function floorsOf(call: Call, repository: Repository): readonly Floor[] {
  const name = call.values['floor'];
  if (typeof name !== 'string') return managedFloors();
  if (name.trim() === '') throw new CannotSay('--floor is empty.');
  const file = path.resolve(call.terminal.cwd, name);
  try {
    if ([file, realpathSync(file)].some((one) => isInside(repository.root, one)))
      throw new CannotSay(
        `--floor ${quoted(name)} lies in the checked-out tree, where the change itself could have written it. Copy it to a folder outside first.`,
      );
    return [...managedFloors(), floorIn(file)];
  } catch (error) {
    if (error instanceof CannotSay) throw error;
    throw new CannotSay(`--floor ${quoted(name)} can't be read: ${whyUnread(error)}.`, { cause: error });
  }
}
