/** What makes a service wait or stop: locks of migrations, capacity that is cut, probes that leave, versions that jump. */
export { capacity } from './reduced-capacity-and-version-jumps';
export { locks } from './migration-locks';
