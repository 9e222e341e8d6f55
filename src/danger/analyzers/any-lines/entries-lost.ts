/** Entries that leave a list of what is made or managed: machines, pools of nodes, stores. */
import { escapedPattern } from '../../../base/patterns';
import { factWas } from '../../rule-rows/sentences-of-code-rules';
import type { ChangedLine, ChangedLines } from '../../changed-lines';
import type { Change, Noticed } from '../../types';
import { named } from '../../yaml-and-json';

/** Lists of which each entry is a machine or a store. */
const LIST =
  /^(?:- )?["']?(?:[a-z]+[_-])?(?:servers?|node[_-]?pools?|node[_-]?groups?|agent[_-]?pools?|worker[_-]?groups?|instances|machines|vms|virtual[_-]machines|databases|buckets|proxmox\w*|droplets)["']?\s*[:=]\s*[[{]?\s*$/i;
const ENTRY =
  /^(?:- )?(?:\{\s*)?(?:["']?(?:name|server_name|hostname|host|id)["']?\s*[:=]\s*["']?([\w.-]+)|["']?([\w.-]+)["']?\s*[:=]\s*\{?$|["']?([\w.-]{4,})["']?,?$)/;
const INVENTORY = /(?:^|\/)(?:[\w-]*inventor(?:y|ies)[\w.-]*|hosts)(?:\/|$|\.)/i;
const INVENTORY_OF = 'the inventory';
const HOST = /^([\w][\w.-]*[\w])\s+(?:.*\s)?(?:ansible_\w+|hostname|ip|\w*instance_id)\s*=/;

export function entriesLost({ path, before, after }: Change, { lost, gained }: ChangedLines): readonly Noticed[] {
  const entries = (
    lines: readonly ChangedLine[],
  ): readonly { readonly name: string; readonly line: number; readonly list: string }[] =>
    lines.flatMap(({ text, line, parent }) => {
      const [, host] = (INVENTORY.test(path) ? HOST.exec(text) : null) ?? [];
      const [, first, second, third] = (LIST.test(parent) ? ENTRY.exec(text) : null) ?? [];
      const name = host ?? first ?? second ?? third;
      return name === undefined ? [] : [{ name, line, list: host === undefined ? parent : INVENTORY_OF }];
    });
  const [gone, fresh] = [entries(lost), entries(gained)];
  const listed = (before ?? '').split('\n').length;
  if (fresh.length >= gone.length || listed < 2) return [];
  const lines = (after ?? '').split('\n').filter((line) => !/^\s*(?:#|\/\/|;)/.test(line));
  const entry = gone
    .slice(0, ENTRIES_AT_MOST)
    .find(({ name, list }) => (list === INVENTORY_OF ? !hasName(lines, name) : (after ?? '').includes(list)));
  return entry === undefined
    ? []
    : [
        factWas('destructive/cloud-stop (medium): The entry {name} leaves {list}: what is made of it goes.', entry, {
          name: named(entry.name),
          list: named(entry.list.replace(/\W+$/g, '')),
        }),
      ];
}

/** So many entries are looked for. */
const ENTRIES_AT_MOST = 200;

function hasName(lines: readonly string[], name: string): boolean {
  const whole = new RegExp(`(?<![\\w.-])${escapedPattern(name)}(?![\\w.-])`);
  return lines.some((line) => line.includes(name) && whole.test(line));
}
