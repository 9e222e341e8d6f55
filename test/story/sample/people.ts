/** Who works on the sample repository. Its policy says who is senior. */
import type { Person } from '../../editor/host';

export const ADA: Person = { name: 'Ada Lind', email: 'ada@example.com' };
export const BEN: Person = { name: 'Ben Okafor', email: 'ben@example.com' };
/** Answers for the service, and writes none of it. */
export const CLEO: Person = { name: 'Cleo Marsh', email: 'cleo@example.com' };
/** Whose machine this is. The policy lists her as junior. */
export const JUNE: Person = { name: 'June Park', email: 'june@example.com' };
