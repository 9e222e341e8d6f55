/** Which addresses belong to one person, so that somebody with several does not count as a group. */
import { assistantOfEmail } from '../../provenance/assistants/commit-marks';
import { mailmapIn, readPeople } from '../../review/gate';
import type { Repository } from '../../git';
import { identityOf, isBot, keysOf, type Policy } from '../../policy';

/** The person behind a commit's address, as one of their addresses; null for bots, assistants and no address. */
export type PersonOf = (address: string) => string | null;

/**
 * By the policy's aliases, the forges' noreply addresses and `.mailmap`. `mailmap`: the id of its blob; null without
 * one. Throws a GitError.
 */
export async function personsOf(
  repository: Repository,
  addresses: Iterable<string>,
  policy: Policy,
  mailmap: string | null,
): Promise<PersonOf> {
  const known = [...new Set(addresses)].filter(
    (address) => address !== '' && assistantOfEmail(address) === undefined && !isBot(policy, identityOf(address)),
  );
  const people = new Set(known);
  const { mapped } = await readPeople(mailmapIn(repository, mailmap), [], policy, known);
  const persons = new Map<string, Person>();
  for (const address of known.sort()) {
    const identity = mapped(identityOf(address));
    const main = (identity.emails.at(-1)?.address ?? address).toLowerCase();
    const names = [...keysOf(policy, identity)];
    // Somebody who shares a name with two people is the same person as both.
    const person: Person = { names: new Set(names), mains: new Set([main]) };
    for (const twin of new Set(names.flatMap((name) => persons.get(name) ?? []))) {
      for (const name of twin.names) person.names.add(name);
      for (const name of twin.mains) person.mains.add(name);
    }
    for (const name of person.names) persons.set(name, person);
  }
  const firstAliases = Object.values(policy.aliases).flatMap(([first]) => first?.toLowerCase() ?? []);
  return (address) => {
    const person = persons.get(address);
    if (person === undefined || !people.has(address)) return null;
    const mains = [...person.mains];
    return (
      firstAliases.find((first) => person.names.has(first)) ??
      mains.find((main) => !main.includes('@users.noreply.')) ??
      mains[0] ??
      address
    );
  };
}

interface Person {
  readonly names: Set<string>;
  /** Addresses that may represent them. */
  readonly mains: Set<string>;
}
